package io.spillway.router.masking;

import java.io.ByteArrayOutputStream;
import java.nio.charset.StandardCharsets;
import java.util.HexFormat;
import java.util.List;

/// Puts other strings into JSON and leaves every other byte as it was.
final class Splice {
    private Splice() {}

    /// A string and what is put in its place.
    ///
    /// @param from first byte, the quotation mark
    /// @param to byte after the last
    record Cut(int from, int to, String text) {}

    /// The bytes with the cuts, which come in order.
    static byte[] apply(byte[] bytes, List<Cut> cuts) {
        var out = new ByteArrayOutputStream(bytes.length + 128);
        int at = 0;
        for (var cut : cuts) {
            out.write(bytes, at, cut.from() - at);
            out.writeBytes(quoted(cut.text()).getBytes(StandardCharsets.UTF_8));
            at = cut.to();
        }
        out.write(bytes, at, bytes.length - at);
        return out.toByteArray();
    }

    /// A JSON string. Half of a surrogate pair, which a server may send on its own when a chunk
    /// ends inside of a character, stays an escape.
    static String quoted(String text) {
        var out = new StringBuilder(text.length() + 16).append('"');
        for (int i = 0; i < text.length(); i++) {
            char c = text.charAt(i);
            switch (c) {
                case '"', '\\' -> out.append('\\').append(c);
                case '\n' -> out.append("\\n");
                case '\r' -> out.append("\\r");
                case '\t' -> out.append("\\t");
                default -> {
                    if (c < 0x20 || isAlone(text, i)) {
                        out.append("\\u").append(HexFormat.of().toHexDigits(c));
                    } else {
                        out.append(c);
                    }
                }
            }
        }
        return out.append('"').toString();
    }

    private static boolean isAlone(String text, int at) {
        char c = text.charAt(at);
        if (Character.isHighSurrogate(c)) {
            return at + 1 == text.length() || !Character.isLowSurrogate(text.charAt(at + 1));
        }
        return Character.isLowSurrogate(c)
                && (at == 0 || !Character.isHighSurrogate(text.charAt(at - 1)));
    }
}
