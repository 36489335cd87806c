package io.spillway.sync.log;

import io.spillway.api.environment.RegistryObject;
import io.spillway.api.state.ChangeSet;
import java.lang.reflect.AnnotatedParameterizedType;
import java.lang.reflect.AnnotatedType;
import java.lang.reflect.InvocationTargetException;
import java.lang.reflect.ParameterizedType;
import java.lang.reflect.RecordComponent;
import java.lang.reflect.Type;
import java.net.URI;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.OptionalLong;
import java.util.random.RandomGenerator;
import org.jspecify.annotations.Nullable;

/// Random records, made from their components. What a record's constructor refuses is drawn again.
public final class Samples {
    private static final List<String> TEXTS =
            List.of(
                    "",
                    "a",
                    "zwölf",
                    "短信",
                    "quo\"te",
                    "line\nfeed",
                    "\u0000\u001f",
                    "\ud83d\ude00",
                    "a/b");
    private final RandomGenerator random;

    public Samples(RandomGenerator random) {
        this.random = random;
    }

    /// One random value of a record or sealed type.
    public <T> T of(Class<T> type) {
        return type.cast(value(type, ""));
    }

    private Object record(Class<?> type) {
        if (type == ChangeSet.Change.class) {
            var object = of(RegistryObject.class);
            return random.nextBoolean()
                    ? ChangeSet.Change.put(object)
                    : ChangeSet.Change.delete(object.kind(), object.key());
        }
        for (var attempt = 0; attempt < 1000; attempt++) {
            try {
                var components = type.getRecordComponents();
                var constructor =
                        type.getDeclaredConstructor(
                                Arrays.stream(components)
                                        .map(RecordComponent::getType)
                                        .toArray(Class<?>[]::new));
                return constructor.newInstance(
                        Arrays.stream(components).map(this::component).toArray());
            } catch (InvocationTargetException e) {
                if (!(e.getCause() instanceof IllegalArgumentException)) {
                    throw new AssertionError(type + " failed", e.getCause());
                }
            } catch (ReflectiveOperationException e) {
                throw new LinkageError("no canonical constructor of " + type, e);
            }
        }
        throw new AssertionError("1000 samples of " + type + " were refused");
    }

    private @Nullable Object component(RecordComponent component) {
        AnnotatedType annotated = component.getAnnotatedType();
        if (annotated.isAnnotationPresent(Nullable.class) && random.nextBoolean()) {
            return null;
        }
        return annotated instanceof AnnotatedParameterizedType
                ? value(component.getGenericType(), component.getName())
                : value(component.getType(), component.getName());
    }

    private Object value(Type type, String name) {
        if (type instanceof ParameterizedType generic) {
            return collection(generic);
        }
        var raw = (Class<?>) type;
        if (raw.isEnum()) {
            return raw.getEnumConstants()[random.nextInt(raw.getEnumConstants().length)];
        }
        if (raw.isSealed()) {
            var permitted = raw.getPermittedSubclasses();
            return value(permitted[random.nextInt(permitted.length)], name);
        }
        return raw.isRecord() ? record(raw) : simple(raw, name);
    }

    private Object simple(Class<?> type, String name) {
        return switch (type.getName()) {
            case "java.lang.String" -> text(name);
            case "int", "java.lang.Integer" -> random.nextInt(0, 1_000);
            case "long" -> random.nextBoolean() ? random.nextLong() : random.nextInt(1, 9);
            case "java.lang.Long" -> random.nextLong();
            case "double" -> random.nextDouble();
            case "boolean" -> random.nextBoolean();
            case "java.time.Instant" ->
                    Instant.ofEpochSecond(
                            random.nextLong(4_000_000_000L), random.nextInt(1_000_000_000));
            case "java.util.OptionalLong" ->
                    random.nextBoolean()
                            ? OptionalLong.empty()
                            : OptionalLong.of(random.nextLong());
            case "java.net.URI" -> URI.create("https://host-" + random.nextInt(99) + ":8443");
            default -> throw new AssertionError("no sample of " + type);
        };
    }

    private String text(String name) {
        return switch (name) {
            case "currency" -> random.nextBoolean() ? "EUR" : "USD";
            case "hash", "digest" -> "%064x".formatted(random.nextInt(Integer.MAX_VALUE));
            case "name", "id", "key", "environment", "modelVersion" -> "n" + random.nextInt(9_999);
            default -> TEXTS.get(random.nextInt(TEXTS.size()));
        };
    }

    private Object collection(ParameterizedType type) {
        var size = random.nextInt(4);
        var arguments = type.getActualTypeArguments();
        if (type.getRawType() == java.util.Map.class) {
            var map = new HashMap<Object, Object>();
            for (var i = 0; i < size; i++) {
                map.put(value(arguments[0], "name"), value(arguments[1], ""));
            }
            return map;
        }
        var list = new ArrayList<>();
        // A serve decision needs at least one candidate.
        for (var i = 0; i < size + 1; i++) {
            list.add(value(arguments[0], ""));
        }
        return type.getRawType() == java.util.Set.class ? new HashSet<>(list) : list;
    }
}
