package io.spillway.router.api;

/// Text with the escapes of JSON taken out, for text that is itself a piece of JSON.
final class Unescaped {
    private Unescaped() {}

    /// The text; what is no whole escape stays as it is.
    static String of(String text) {
        var out = new StringBuilder(text.length());
        for (int i = 0; i < text.length(); i++) {
            char c = text.charAt(i);
            if (c != '\\' || i + 1 == text.length()) {
                out.append(c);
                continue;
            }
            char kind = text.charAt(++i);
            int unit = kind == 'u' ? unit(text, i + 1) : -1;
            if (unit >= 0) {
                out.append((char) unit);
                i += 4;
            } else {
                out.append(
                        switch (kind) {
                            case 'n' -> "\n";
                            case 't' -> "\t";
                            case 'r' -> "\r";
                            case '"', '/', '\\' -> String.valueOf(kind);
                            default -> "\\" + kind;
                        });
            }
        }
        return out.toString();
    }

    /// The code unit of four hex digits, -1 when they are none.
    private static int unit(String text, int from) {
        if (from + 4 > text.length()) {
            return -1;
        }
        int unit = 0;
        for (int i = from; i < from + 4; i++) {
            int digit = Character.digit(text.charAt(i), 16);
            if (digit < 0) {
                return -1;
            }
            unit = unit * 16 + digit;
        }
        return unit;
    }
}
