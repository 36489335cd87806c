package io.spillway.policy.document;

import java.util.List;
import java.util.Map;

/// Writes maps, lists, texts, numbers and flags as indented JSON. The engine has no JSON library,
/// and the schema is all it writes.
final class JsonText {
    private static final String STEP = "  ";

    private JsonText() {}

    /// JSON that stands as it is.
    record Raw(String json) {}

    static String of(Object value) {
        var out = new StringBuilder();
        write(value, "", out);
        return out.toString();
    }

    private static void write(Object value, String indent, StringBuilder out) {
        switch (value) {
            case Raw(var json) -> out.append(json);
            case Map<?, ?> map -> {
                out.append('{');
                var separator = "\n";
                for (var entry : map.entrySet()) {
                    out.append(separator).append(indent).append(STEP);
                    quote((String) entry.getKey(), out);
                    out.append(": ");
                    write(entry.getValue(), indent + STEP, out);
                    separator = ",\n";
                }
                out.append(map.isEmpty() ? "}" : "\n" + indent + "}");
            }
            case List<?> list -> {
                out.append('[');
                var separator = "";
                for (var item : list) {
                    out.append(separator);
                    write(item, indent + STEP, out);
                    separator = ", ";
                }
                out.append(']');
            }
            case String text -> quote(text, out);
            default -> out.append(value);
        }
    }

    private static void quote(String text, StringBuilder out) {
        out.append('"');
        for (int i = 0; i < text.length(); i++) {
            char c = text.charAt(i);
            if (c == '"' || c == '\\') {
                out.append('\\');
            }
            if (c < ' ') {
                throw new IllegalArgumentException(
                        "a text of the schema holds a control character");
            }
            out.append(c);
        }
        out.append('"');
    }
}
