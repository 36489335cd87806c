package io.spillway.sync.log;

import com.fasterxml.jackson.core.JsonGenerator;
import com.fasterxml.jackson.databind.BeanDescription;
import com.fasterxml.jackson.databind.JavaType;
import com.fasterxml.jackson.databind.JsonSerializer;
import com.fasterxml.jackson.databind.SerializationConfig;
import com.fasterxml.jackson.databind.SerializerProvider;
import com.fasterxml.jackson.databind.ser.BeanSerializerModifier;
import com.fasterxml.jackson.databind.ser.std.StdSerializer;
import com.fasterxml.jackson.databind.type.CollectionType;
import java.io.IOException;
import java.util.Collection;
import java.util.Comparator;
import java.util.Locale;
import java.util.Set;

/// How enums and sets are written: enums in lower case, sets sorted, since the order of
/// `Set.copyOf` differs from one process to the next.
final class WireForms extends BeanSerializerModifier {

    @Override
    public JsonSerializer<?> modifyEnumSerializer(
            SerializationConfig config,
            JavaType valueType,
            BeanDescription description,
            JsonSerializer<?> serializer) {
        return new LowerCase();
    }

    @Override
    public JsonSerializer<?> modifyCollectionSerializer(
            SerializationConfig config,
            CollectionType valueType,
            BeanDescription description,
            JsonSerializer<?> serializer) {
        return Set.class.isAssignableFrom(valueType.getRawClass()) ? new Sorted() : serializer;
    }

    private static final class LowerCase extends StdSerializer<Enum<?>> {
        LowerCase() {
            super(Enum.class, false);
        }

        @Override
        public void serialize(Enum<?> value, JsonGenerator out, SerializerProvider context)
                throws IOException {
            out.writeString(value.name().toLowerCase(Locale.ROOT));
        }
    }

    private static final class Sorted extends StdSerializer<Collection<?>> {
        Sorted() {
            super(Collection.class, false);
        }

        @Override
        public boolean isEmpty(SerializerProvider context, Collection<?> value) {
            return value.isEmpty();
        }

        @Override
        public void serialize(Collection<?> value, JsonGenerator out, SerializerProvider context)
                throws IOException {
            out.writeStartArray(value, value.size());
            for (var element :
                    value.stream().sorted(Comparator.comparing(Object::toString)).toList()) {
                context.defaultSerializeValue(element, out);
            }
            out.writeEndArray();
        }
    }
}
