package io.spillway.sync.log;

import com.fasterxml.jackson.core.JsonGenerator;
import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.databind.DeserializationContext;
import com.fasterxml.jackson.databind.JsonDeserializer;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.JsonSerializer;
import com.fasterxml.jackson.databind.SerializerProvider;
import io.spillway.api.environment.RegistryObject;
import io.spillway.api.state.ChangeSet;
import java.io.IOException;
import java.util.Locale;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/// A registry object on the wire: its kind stands beside it and selects the record type.
final class KindedObject {
    private static final String KIND = "kind";
    private static final String KEY = "key";
    private static final String OBJECT = "object";

    private KindedObject() {}

    /// `{"kind":…,"object":{…}}`.
    static final class Writer extends JsonSerializer<RegistryObject> {
        @Override
        public void serialize(RegistryObject object, JsonGenerator out, SerializerProvider context)
                throws IOException {
            out.writeStartObject(object);
            out.writeStringField(KIND, object.kind().name().toLowerCase(Locale.ROOT));
            out.writeFieldName(OBJECT);
            context.findValueSerializer(object.getClass()).serialize(object, out, context);
            out.writeEndObject();
        }
    }

    /// Reads what [Writer] writes.
    static final class Reader extends JsonDeserializer<RegistryObject> {
        @Override
        public RegistryObject deserialize(JsonParser in, DeserializationContext context)
                throws IOException {
            JsonNode node = context.readTree(in);
            checkMembers(in, node, Set.of(KIND, OBJECT));
            var object = object(context, node, kind(in, context, node));
            if (object == null) {
                throw new Json.Refused(in, "member 'object' is missing or null");
            }
            return object;
        }
    }

    /// Reads `{"kind":…,"key":…,"object":{…} or null}`.
    static final class ChangeReader extends JsonDeserializer<ChangeSet.Change> {
        @Override
        public ChangeSet.Change deserialize(JsonParser in, DeserializationContext context)
                throws IOException {
            JsonNode node = context.readTree(in);
            checkMembers(in, node, Set.of(KIND, KEY, OBJECT));
            var kind = kind(in, context, node);
            if (!node.path(KEY).isTextual()) {
                throw new Json.Refused(in, "member 'key' is missing or not a text");
            }
            var key = node.path(KEY).textValue();
            var object = object(context, node, kind);
            if (object != null && !object.key().equals(key)) {
                throw new Json.Refused(in, "member 'key' differs from the key of the object");
            }
            return new ChangeSet.Change(kind, key, object);
        }
    }

    private static RegistryObject.Kind kind(
            JsonParser in, DeserializationContext context, JsonNode node) throws IOException {
        if (!node.path(KIND).isTextual()) {
            throw new Json.Refused(in, "member 'kind' is missing or not a text");
        }
        return context.readTreeAsValue(node.path(KIND), RegistryObject.Kind.class);
    }

    private static @Nullable RegistryObject object(
            DeserializationContext context, JsonNode node, RegistryObject.Kind kind)
            throws IOException {
        var object = node.path(OBJECT);
        if (object.isNull() || object.isMissingNode()) {
            return null;
        }
        return context.readTreeAsValue(object, kind.type());
    }

    private static void checkMembers(JsonParser in, JsonNode node, Set<String> known)
            throws IOException {
        if (!node.isObject()) {
            throw new Json.Refused(in, "expected an object with the members " + known);
        }
        for (var names = node.fieldNames(); names.hasNext(); ) {
            if (!known.contains(names.next())) {
                throw new Json.Refused(in, "unknown member; known are " + known);
            }
        }
    }
}
