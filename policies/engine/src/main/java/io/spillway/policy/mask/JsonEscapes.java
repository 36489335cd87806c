package io.spillway.policy.mask;

import java.util.HexFormat;

/// The escapes of JSON strings, any number of times over.
final class JsonEscapes {
    private JsonEscapes() {}

    /// The text as it stands inside `depth` JSON strings, one in the other.
    static String escape(String text, int depth) {
        var escaped = text;
        for (int i = 0; i < depth; i++) {
            escaped = once(escaped);
        }
        return escaped;
    }

    /// The text without `depth` layers of escapes.
    static String unescape(String text, int depth) {
        var plain = text;
        for (int i = 0; i < depth; i++) {
            plain = less(plain);
        }
        return plain;
    }

    /// What the character after a backslash stands for; `u` is not its business.
    static char meaning(char c) {
        return switch (c) {
            case 'n' -> '\n';
            case 't' -> '\t';
            case 'r' -> '\r';
            case 'b' -> '\b';
            case 'f' -> '\f';
            default -> c;
        };
    }

    private static String once(String text) {
        var out = new StringBuilder(text.length() + 8);
        for (int i = 0; i < text.length(); i++) {
            char c = text.charAt(i);
            switch (c) {
                case '"', '\\' -> out.append('\\').append(c);
                case '\n' -> out.append("\\n");
                case '\t' -> out.append("\\t");
                case '\r' -> out.append("\\r");
                default -> {
                    if (c < 0x20) {
                        out.append("\\u").append(HexFormat.of().toHexDigits(c));
                    } else {
                        out.append(c);
                    }
                }
            }
        }
        return out.toString();
    }

    private static String less(String text) {
        if (text.indexOf('\\') < 0) {
            return text;
        }
        var out = new StringBuilder(text.length());
        for (int i = 0; i < text.length(); i++) {
            char c = text.charAt(i);
            if (c != '\\' || i + 1 == text.length()) {
                out.append(c);
                continue;
            }
            char kind = text.charAt(++i);
            if (kind == 'u' && i + 4 < text.length()) {
                out.append((char) HexFormat.fromHexDigits(text, i + 1, i + 5));
                i += 4;
            } else {
                out.append(meaning(kind));
            }
        }
        return out.toString();
    }
}
