package io.spillway.sync.log;

import com.fasterxml.jackson.annotation.JsonTypeInfo;
import com.fasterxml.jackson.core.JacksonException;
import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.core.StreamReadFeature;
import com.fasterxml.jackson.core.type.TypeReference;
import com.fasterxml.jackson.databind.DeserializationFeature;
import com.fasterxml.jackson.databind.JsonMappingException;
import com.fasterxml.jackson.databind.MapperFeature;
import com.fasterxml.jackson.databind.SerializationFeature;
import com.fasterxml.jackson.databind.introspect.AnnotationIntrospectorPair;
import com.fasterxml.jackson.databind.introspect.JacksonAnnotationIntrospector;
import com.fasterxml.jackson.databind.json.JsonMapper;
import com.fasterxml.jackson.databind.jsontype.NamedType;
import com.fasterxml.jackson.databind.module.SimpleModule;
import com.fasterxml.jackson.datatype.jdk8.Jdk8Module;
import com.fasterxml.jackson.datatype.jsr310.JavaTimeModule;
import io.spillway.api.decision.Decision;
import io.spillway.api.environment.PoolKey;
import io.spillway.api.environment.RegistryObject;
import io.spillway.api.state.ChangeSet;
import io.spillway.api.state.JournalRecord;
import java.util.List;
import java.util.stream.Collectors;

/// The one JSON codec of Spillway's records.
///
/// Strict on reading: unknown, repeated or missing members, trailing text and numbers for enums are
/// refused; only components marked `@Nullable` may be absent or null. Deterministic on writing:
/// sets and maps are sorted, so that equal objects give equal text on every machine, which digests
/// and signatures rely on.
public final class Json {
    private static final JsonMapper MAPPER = build();

    private Json() {}

    /// The shared mapper. It must not be reconfigured; use [JsonMapper#rebuild] for a variant.
    public static JsonMapper mapper() {
        return MAPPER;
    }

    /// The JSON text of a record, on one line.
    public static String write(Object value) {
        try {
            return MAPPER.writeValueAsString(value);
        } catch (JsonProcessingException e) {
            throw new IllegalArgumentException(
                    "%s cannot be written as JSON: %s"
                            .formatted(value.getClass().getSimpleName(), e.getOriginalMessage()));
        }
    }

    /// The JSON text of a value declared as `type`, so that a sealed type's tag is written.
    public static <T> String writeAs(T value, Class<T> type) {
        try {
            return MAPPER.writerFor(type).writeValueAsString(value);
        } catch (JsonProcessingException e) {
            throw new IllegalArgumentException(
                    "%s cannot be written as JSON: %s"
                            .formatted(type.getSimpleName(), e.getOriginalMessage()));
        }
    }

    /// The JSON text of a list whose elements are declared as `element`, so that a sealed type's
    /// tags are written.
    public static <T> String writeList(List<? extends T> values, Class<T> element) {
        var type = MAPPER.getTypeFactory().constructCollectionType(List.class, element);
        try {
            return MAPPER.writerFor(type).writeValueAsString(values);
        } catch (JsonProcessingException e) {
            throw new IllegalArgumentException(
                    "list of %s cannot be written as JSON: %s"
                            .formatted(element.getSimpleName(), e.getOriginalMessage()));
        }
    }

    /// Reads one value.
    ///
    /// @throws MalformedJsonException saying where the text departs from what is expected
    public static <T> T read(String text, Class<T> type) {
        try {
            return present(MAPPER.readValue(text, type), type.getSimpleName());
        } catch (JsonProcessingException e) {
            throw malformed(type.getSimpleName(), e);
        }
    }

    /// Reads a value of a generic type, such as a list.
    ///
    /// @throws MalformedJsonException saying where the text departs from what is expected
    public static <T> T read(String text, TypeReference<T> type) {
        var name = type.getType().getTypeName();
        try {
            return present(MAPPER.readValue(text, type), name);
        } catch (JsonProcessingException e) {
            throw malformed(name, e);
        }
    }

    private static <T> T present(@org.jspecify.annotations.Nullable T value, String type) {
        if (value == null) {
            throw new MalformedJsonException("expected a %s, found null".formatted(type));
        }
        return value;
    }

    /// Jackson's own messages may quote the text, which can hold secrets; only positions and names
    /// of members go out, and what our own records say of themselves.
    private static MalformedJsonException malformed(String type, JsonProcessingException e) {
        var at =
                e instanceof JsonMappingException mapping
                        ? mapping.getPath().stream()
                                .map(Json::step)
                                .collect(Collectors.joining("/", "/", ""))
                        : "";
        var line = e.getLocation() == null ? "" : " (column " + e.getLocation().getColumnNr() + ")";
        var cause = e.getCause();
        var why =
                cause instanceof IllegalArgumentException && !(cause instanceof JacksonException)
                        ? cause.getMessage()
                        : reason(e);
        return new MalformedJsonException(
                "not a valid %s at '%s'%s: %s".formatted(type, at, line, why));
    }

    private static String reason(JsonProcessingException e) {
        return switch (e) {
            case com.fasterxml.jackson.databind.exc.UnrecognizedPropertyException unknown ->
                    "unknown member; known are "
                            + (unknown.getKnownPropertyIds() == null
                                    ? List.of()
                                    : unknown.getKnownPropertyIds());
            case com.fasterxml.jackson.databind.exc.InvalidNullException _ ->
                    "the member is missing or null";
            case com.fasterxml.jackson.databind.exc.InvalidFormatException format ->
                    "not a " + format.getTargetType().getSimpleName();
            case com.fasterxml.jackson.databind.exc.InvalidTypeIdException _ ->
                    "unknown or missing type";
            case Refused refused -> refused.getOriginalMessage();
            case com.fasterxml.jackson.databind.exc.MismatchedInputException mismatch ->
                    mismatch.getTargetType() == null
                            ? "unexpected value"
                            : "expected a " + mismatch.getTargetType().getSimpleName();
            default -> "broken JSON";
        };
    }

    private static String step(JsonMappingException.Reference step) {
        return step.getFieldName() != null ? step.getFieldName() : String.valueOf(step.getIndex());
    }

    /// What our own readers refuse; the message is ours and safe to show.
    static final class Refused extends JsonMappingException {
        Refused(com.fasterxml.jackson.core.JsonParser parser, String message) {
            super(parser, message);
        }
    }

    private static JsonMapper build() {
        var module =
                new SimpleModule("spillway")
                        .addDeserializer(RegistryObject.class, new KindedObject.Reader())
                        .addDeserializer(ChangeSet.Change.class, new KindedObject.ChangeReader())
                        .addKeySerializer(PoolKey.class, new PoolKeyAsText.Writer())
                        .addKeyDeserializer(PoolKey.class, new PoolKeyAsText.Reader())
                        .setSerializerModifier(new WireForms());
        return JsonMapper.builder()
                .addModules(new JavaTimeModule(), new Jdk8Module(), module)
                .annotationIntrospector(
                        new AnnotationIntrospectorPair(
                                new RecordRules(), new JacksonAnnotationIntrospector()))
                .addMixIn(JournalRecord.class, Typed.class)
                .addMixIn(Decision.class, Typed.class)
                .registerSubtypes(
                        new NamedType(JournalRecord.Reserved.class, "reserved"),
                        new NamedType(JournalRecord.Settled.class, "settled"),
                        new NamedType(JournalRecord.Decided.class, "decided"),
                        new NamedType(Decision.Serve.class, "serve"),
                        new NamedType(Decision.Queue.class, "queue"),
                        new NamedType(Decision.Degrade.class, "degrade"),
                        new NamedType(Decision.Shed.class, "shed"),
                        new NamedType(Decision.Deny.class, "deny"))
                .enable(MapperFeature.ACCEPT_CASE_INSENSITIVE_ENUMS)
                .disable(MapperFeature.ALLOW_COERCION_OF_SCALARS)
                .enable(StreamReadFeature.STRICT_DUPLICATE_DETECTION)
                .disable(StreamReadFeature.INCLUDE_SOURCE_IN_LOCATION)
                .enable(
                        DeserializationFeature.FAIL_ON_UNKNOWN_PROPERTIES,
                        DeserializationFeature.FAIL_ON_NULL_FOR_PRIMITIVES,
                        DeserializationFeature.FAIL_ON_NUMBERS_FOR_ENUMS,
                        DeserializationFeature.FAIL_ON_TRAILING_TOKENS)
                .disable(DeserializationFeature.ACCEPT_FLOAT_AS_INT)
                .enable(SerializationFeature.ORDER_MAP_ENTRIES_BY_KEYS)
                .disable(
                        SerializationFeature.WRITE_DATES_AS_TIMESTAMPS,
                        SerializationFeature.FAIL_ON_ORDER_MAP_BY_INCOMPARABLE_KEY)
                .build();
    }

    @JsonTypeInfo(use = JsonTypeInfo.Id.NAME, property = "type")
    private interface Typed {}
}
