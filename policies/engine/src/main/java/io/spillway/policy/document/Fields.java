package io.spillway.policy.document;

import java.math.BigInteger;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.function.BiConsumer;
import org.jspecify.annotations.Nullable;
import org.snakeyaml.engine.v2.nodes.MappingNode;
import org.snakeyaml.engine.v2.nodes.Node;
import org.snakeyaml.engine.v2.nodes.ScalarNode;
import org.snakeyaml.engine.v2.nodes.SequenceNode;
import org.snakeyaml.engine.v2.nodes.Tag;

/// The fields of one YAML mapping. Reads typed values, reports what is wrong and then answers with
/// nothing, so that reading goes on and finds the next mistake.
final class Fields {
    private final String what;
    private final SourceText source;
    private final Problems problems;
    private final Position start;
    private final boolean isMapping;
    private final Map<String, Node> values = new LinkedHashMap<>();
    private final Map<String, Position> keys = new HashMap<>();

    private Fields(String what, Node node, SourceText source, Problems problems) {
        this.what = what;
        this.source = source;
        this.problems = problems;
        this.start = source.start(node);
        this.isMapping = node instanceof MappingNode;
    }

    /// Reads a mapping with exactly the keys of a shape; those it must have are reported when they
    /// are missing.
    static Fields of(Shape shape, Node node, SourceText source, Problems problems) {
        var fields = of(shape.what(), node, source, problems, shape.names());
        for (var key : shape.keys()) {
            if (key.required()) {
                fields.required(key.name());
            }
        }
        return fields;
    }

    private static Fields of(
            String what, Node node, SourceText source, Problems problems, List<String> allowed) {
        var fields = new Fields(what, node, source, problems);
        fields.load(
                node,
                (key, at) -> {
                    if (!allowed.contains(key)) {
                        problems.add(
                                at,
                                "%s has no key '%s'".formatted(what, key),
                                Suggestion.hint(key, allowed));
                    }
                });
        return fields;
    }

    /// Reads a mapping whose keys are names that the author chose.
    static Fields open(String what, Node node, SourceText source, Problems problems) {
        var fields = new Fields(what, node, source, problems);
        fields.load(node, (_, _) -> {});
        return fields;
    }

    private void load(Node node, BiConsumer<String, Position> checkKey) {
        if (!(node instanceof MappingNode mapping)) {
            problems.add(
                    start,
                    "%s must be a mapping of keys to values".formatted(what),
                    "write 'key: value' lines, or { key: value }");
            return;
        }
        for (var tuple : mapping.getValue()) {
            var at = source.start(tuple.getKeyNode());
            if (!(tuple.getKeyNode() instanceof ScalarNode key)) {
                problems.add(at, "a key of %s must be plain text".formatted(what), "");
                continue;
            }
            if (values.containsKey(key.getValue())) {
                problems.add(
                        at,
                        "key '%s' is given twice".formatted(key.getValue()),
                        "keep one of them");
                continue;
            }
            checkKey.accept(key.getValue(), at);
            values.put(key.getValue(), tuple.getValueNode());
            keys.put(key.getValue(), at);
        }
    }

    Position start() {
        return start;
    }

    /// Whether it is a mapping at all; if not, that was reported.
    boolean isMapping() {
        return isMapping;
    }

    List<String> keys() {
        return List.copyOf(values.keySet());
    }

    boolean has(String key) {
        return values.containsKey(key);
    }

    @Nullable Node optional(String key) {
        return values.get(key);
    }

    /// Where a key stands.
    Position keyAt(String key) {
        return keys.getOrDefault(key, start);
    }

    /// Where a value stands.
    Position at(String key) {
        var node = values.get(key);
        return node == null ? start : source.start(node);
    }

    @Nullable Node required(String key) {
        var node = values.get(key);
        if (node == null && isMapping) {
            problems.add(start, "%s needs the key '%s'".formatted(what, key), "");
        }
        return node;
    }

    /// Text, also when YAML would read it as something else without quotes.
    @Nullable String text(String key) {
        var node = values.get(key);
        return node == null ? null : text("'" + key + "'", node);
    }

    @Nullable String requiredText(String key) {
        var node = required(key);
        return node == null ? null : text("'" + key + "'", node);
    }

    private @Nullable String text(String name, Node node) {
        if (node instanceof ScalarNode scalar && scalar.getTag().equals(Tag.STR)) {
            return scalar.getValue();
        }
        problems.add(
                source.start(node),
                "%s must be text".formatted(name),
                node instanceof ScalarNode scalar && !scalar.getValue().isEmpty()
                        ? "put it into quotes: \"%s\"".formatted(scalar.getValue())
                        : "");
        return null;
    }

    @Nullable Expression expression(String key) {
        var node = values.get(key);
        if (node == null) {
            return null;
        }
        if (node instanceof ScalarNode scalar
                && (scalar.getTag().equals(Tag.STR) || scalar.getTag().equals(Tag.BOOL))) {
            if (scalar.getValue().isBlank()) {
                problems.add(
                        source.start(node),
                        "'%s' is empty".formatted(key),
                        "write a condition or leave the key out");
                return null;
            }
            return source.expression(scalar);
        }
        problems.add(
                source.start(node),
                "'%s' must be a condition in quotes".formatted(key),
                "such as \"dataClass >= confidential\"");
        return null;
    }

    @Nullable Boolean flag(String key) {
        var node = values.get(key);
        if (node == null) {
            return null;
        }
        if (node instanceof ScalarNode scalar && scalar.getTag().equals(Tag.BOOL)) {
            return Boolean.valueOf(scalar.getValue().toLowerCase(Locale.ROOT));
        }
        problems.add(source.start(node), "'%s' must be true or false".formatted(key), "");
        return null;
    }

    /// A whole number within bounds.
    @Nullable Integer wholeNumber(String key, int most) {
        var number = wholeNumber(key);
        if (number == null) {
            return null;
        }
        if (number > most) {
            problems.add(
                    at(key),
                    "'%s' is more than %,d".formatted(key, most),
                    "use a number from 0 to " + most);
            return most;
        }
        return number.intValue();
    }

    @Nullable Long wholeNumber(String key) {
        var node = values.get(key);
        if (node == null) {
            return null;
        }
        if (node instanceof ScalarNode scalar && scalar.getTag().equals(Tag.INT)) {
            try {
                var number = new BigInteger(scalar.getValue());
                if (number.signum() >= 0 && number.bitLength() < 63) {
                    return number.longValue();
                }
            } catch (NumberFormatException _) {
                // reported below: YAML knows more spellings of a number than this language
            }
        }
        problems.add(
                source.start(node),
                "'%s' must be a whole number of 0 or more".formatted(key),
                "such as 4000");
        return null;
    }

    /// One of an enum's constants, written in lower case.
    <E extends Enum<E>> @Nullable E constant(String key, Class<E> type) {
        var node = values.get(key);
        if (node == null) {
            return null;
        }
        var names = new ArrayList<String>();
        for (var constant : type.getEnumConstants()) {
            var name = constant.name().toLowerCase(Locale.ROOT);
            if (node instanceof ScalarNode scalar && scalar.getValue().equals(name)) {
                return constant;
            }
            names.add(name);
        }
        var written = node instanceof ScalarNode scalar ? scalar.getValue() : "";
        problems.add(
                source.start(node),
                "'%s' cannot be '%s'".formatted(key, written),
                Suggestion.hint(written, names));
        return null;
    }

    /// The entries of a list; none when the key is absent or something else.
    List<Node> list(String key) {
        var node = values.get(key);
        if (node == null) {
            return List.of();
        }
        if (node instanceof SequenceNode sequence) {
            return sequence.getValue();
        }
        problems.add(
                source.start(node),
                "'%s' must be a list".formatted(key),
                "write '- ' before each entry, or [ ... ]");
        return List.of();
    }

    boolean isList(String key) {
        return values.get(key) instanceof SequenceNode;
    }

    /// A list of texts, null when the key is absent.
    @Nullable List<Located> texts(String key) {
        if (!has(key)) {
            return null;
        }
        var found = new ArrayList<Located>();
        for (var node : list(key)) {
            var text = text("each entry of '" + key + "'", node);
            if (text != null) {
                found.add(new Located(text, source.start(node)));
            }
        }
        return found;
    }
}
