package io.spillway.policy.document;

import io.spillway.policy.document.Shape.Key;
import io.spillway.policy.document.Shape.Value;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/// The JSON Schema of policy files, for editors. It follows from [Shapes], as reading does.
///
/// A schema sees keys, types and words. Names of the registry, conditions and what several keys
/// have to do with one another are for `spillway policy lint`.
public final class PolicySchema {
    private final Map<String, Object> definitions = new LinkedHashMap<>();

    private PolicySchema() {}

    /// The schema as JSON.
    public static String json() {
        var schema = new PolicySchema();
        var whole = new LinkedHashMap<String, Object>();
        whole.put("$schema", "https://json-schema.org/draft/2020-12/schema");
        whole.put("title", "Spillway policy");
        whole.put(
                "description",
                "A policy file or a file that policies import. Generated; do not edit.");
        whole.put("oneOf", List.of(schema.section(Shapes.POLICY), schema.section(Shapes.FRAGMENT)));
        whole.put("$defs", schema.definitions);
        return JsonText.of(whole) + "\n";
    }

    private Map<String, Object> section(Shape shape) {
        var name = shape.what().replaceAll("^an? ", "").replaceAll("[^A-Za-z]+", "-");
        var key = name.replaceAll("^-|-$", "");
        if (!definitions.containsKey(key)) {
            definitions.put(key, Map.of()); // a place of its own, in the order of the file
            definitions.put(key, mapping(shape));
        }
        return Map.of("$ref", "#/$defs/" + key);
    }

    private Map<String, Object> mapping(Shape shape) {
        var properties = new LinkedHashMap<String, Object>();
        for (var key : shape.keys()) {
            properties.put(key.name(), property(key));
        }
        var mapping = new LinkedHashMap<String, Object>();
        mapping.put("description", shape.description());
        mapping.put("type", "object");
        mapping.put("properties", properties);
        var required = shape.keys().stream().filter(Key::required).map(Key::name).toList();
        if (!required.isEmpty()) {
            mapping.put("required", required);
        }
        mapping.put("additionalProperties", false);
        return mapping;
    }

    private Map<String, Object> property(Key key) {
        var property = new LinkedHashMap<String, Object>();
        property.put("description", key.description());
        property.putAll(value(key.value()));
        property.put("examples", List.of(new JsonText.Raw(key.example())));
        return property;
    }

    private Map<String, Object> value(Value value) {
        return switch (value) {
            case Value.Constant(var text) -> Map.of("const", text);
            case Value.Text(var pattern) -> text(pattern);
            case Value.Condition() -> Map.of("type", List.of("string", "boolean"));
            case Value.Choice(var words) -> Map.of("enum", words);
            case Value.Whole(var least, var most) -> whole(least, most);
            case Value.Share() -> ordered("type", "number", "minimum", 0, "maximum", 1);
            case Value.Flag() -> Map.of("type", "boolean");
            case Value.Listing(var entry, var least) -> {
                var list = ordered("type", "array", "items", value(entry));
                if (least > 0) {
                    list.put("minItems", least);
                }
                yield list;
            }
            case Value.Either(var one, var other) ->
                    Map.of("anyOf", List.of(value(one), value(other)));
            case Value.Section(var shape) -> section(shape);
            case Value.Named(var pattern, var inner) ->
                    ordered(
                            "type",
                            "object",
                            "patternProperties",
                            Map.of("^" + pattern + "$", value(inner)),
                            "additionalProperties",
                            false);
        };
    }

    private static Map<String, Object> text(String pattern) {
        return pattern.isEmpty()
                ? Map.of("type", "string")
                : ordered("type", "string", "pattern", pattern);
    }

    private static Map<String, Object> whole(long least, long most) {
        var number = ordered("type", "integer", "minimum", least);
        if (most < Long.MAX_VALUE) {
            number.put("maximum", most);
        }
        return number;
    }

    private static Map<String, Object> ordered(Object... pairs) {
        var map = new LinkedHashMap<String, Object>();
        var rest = new ArrayList<>(List.of(pairs));
        while (!rest.isEmpty()) {
            map.put((String) rest.removeFirst(), rest.removeFirst());
        }
        return map;
    }
}
