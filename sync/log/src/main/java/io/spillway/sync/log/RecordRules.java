package io.spillway.sync.log;

import com.fasterxml.jackson.annotation.JsonSetter;
import com.fasterxml.jackson.annotation.Nulls;
import com.fasterxml.jackson.databind.introspect.Annotated;
import com.fasterxml.jackson.databind.introspect.AnnotatedField;
import com.fasterxml.jackson.databind.introspect.AnnotatedParameter;
import com.fasterxml.jackson.databind.introspect.NopAnnotationIntrospector;
import java.lang.reflect.RecordComponent;
import java.util.Arrays;
import java.util.Optional;
import java.util.OptionalDouble;
import java.util.OptionalInt;
import java.util.OptionalLong;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/// Makes the nullness written in the records hold for JSON too: a component may be absent or null
/// only when it is `@Nullable` or an optional.
final class RecordRules extends NopAnnotationIntrospector {
    private static final Set<Class<?>> OPTIONALS =
            Set.of(Optional.class, OptionalInt.class, OptionalLong.class, OptionalDouble.class);

    @Override
    public JsonSetter.@Nullable Value findSetterInfo(Annotated member) {
        var component = component(member);
        if (component == null
                || component.getType().isPrimitive()
                || OPTIONALS.contains(component.getType())
                || component.getAnnotatedType().isAnnotationPresent(Nullable.class)) {
            return null;
        }
        var type = component.getType();
        var elements =
                java.util.Collection.class.isAssignableFrom(type)
                        || java.util.Map.class.isAssignableFrom(type);
        return JsonSetter.Value.construct(Nulls.FAIL, elements ? Nulls.FAIL : Nulls.DEFAULT);
    }

    private static @Nullable RecordComponent component(Annotated member) {
        return switch (member) {
            case AnnotatedParameter parameter -> {
                var components = parameter.getDeclaringClass().getRecordComponents();
                yield components == null
                                || parameter.getOwner().getParameterCount() != components.length
                        ? null
                        : components[parameter.getIndex()];
            }
            case AnnotatedField field -> {
                var components = field.getDeclaringClass().getRecordComponents();
                yield components == null
                        ? null
                        : Arrays.stream(components)
                                .filter(it -> it.getName().equals(field.getName()))
                                .findFirst()
                                .orElse(null);
            }
            default -> null;
        };
    }
}
