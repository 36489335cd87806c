package io.spillway.control.openapi;

import java.util.HashMap;
import java.util.Map;
import java.util.Set;
import java.util.stream.Collectors;
import org.jboss.jandex.ClassInfo;
import org.jboss.jandex.DotName;
import org.jboss.jandex.IndexView;
import org.jboss.jandex.RecordComponentInfo;

/// The records of Spillway by the name of their schema, for their nullness.
final class RecordIndex {
    private static final DotName RECORD = DotName.createSimple("java.lang.Record");
    private static final DotName NULLABLE =
            DotName.createSimple("org.jspecify.annotations.Nullable");
    private static final Set<String> OPTIONALS =
            Set.of(
                    "java.util.OptionalLong",
                    "java.util.OptionalInt",
                    "java.util.OptionalDouble",
                    "java.util.Optional");

    private final Map<String, Set<String>> nullableByName = new HashMap<>();

    RecordIndex(IndexView index) {
        for (var record : index.getAllKnownSubclasses(RECORD)) {
            if (record.name().toString().startsWith("io.spillway.")) {
                nullableByName.put(record.simpleName(), nullable(record));
            }
        }
    }

    /// Names of the fields of a schema that may be null.
    Set<String> nullable(String schema) {
        return nullableByName.getOrDefault(schema, Set.of());
    }

    private static Set<String> nullable(ClassInfo record) {
        return record.recordComponents().stream()
                .filter(it ->
                        it.type().hasAnnotation(NULLABLE)
                                || OPTIONALS.contains(it.type().name().toString()))
                .map(RecordComponentInfo::name)
                .collect(Collectors.toUnmodifiableSet());
    }
}
