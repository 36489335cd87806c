package io.spillway.policy.detect;

import static io.spillway.policy.detect.Bytes.WORD;
import static io.spillway.policy.detect.Bytes.is;

import java.nio.charset.StandardCharsets;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/// Makes the reading of a text with its escapes decoded: of URLs (`%34`), of HTML (`&#52;`,
/// `&commat;`), of JSON, C and JavaScript (hex, octal, with and without braces), of mail (`=34`),
/// and `U+0034`. What is no whole escape stays as it is.
final class Escapes {
    /// What escapes begin with.
    static final String SIGNS = "%&\\=+";

    private static final int LONGEST_ENTITY = 10;

    /// Entities that can stand in what is looked for; the empty ones are not seen.
    private static final Map<String, String> ENTITIES =
            Map.ofEntries(
                    Map.entry("amp", "&"),
                    Map.entry("lt", "<"),
                    Map.entry("gt", ">"),
                    Map.entry("quot", "\""),
                    Map.entry("apos", "'"),
                    Map.entry("commat", "@"),
                    Map.entry("period", "."),
                    Map.entry("comma", ","),
                    Map.entry("colon", ":"),
                    Map.entry("sol", "/"),
                    Map.entry("lowbar", "_"),
                    Map.entry("equals", "="),
                    Map.entry("plus", "+"),
                    Map.entry("dash", "-"),
                    Map.entry("hyphen", "-"),
                    Map.entry("ndash", "-"),
                    Map.entry("minus", "-"),
                    Map.entry("percnt", "%"),
                    Map.entry("num", "#"),
                    Map.entry("bsol", "\\"),
                    Map.entry("lpar", "("),
                    Map.entry("rpar", ")"),
                    Map.entry("nbsp", " "),
                    Map.entry("ensp", " "),
                    Map.entry("emsp", " "),
                    Map.entry("thinsp", " "),
                    Map.entry("Tab", "\t"),
                    Map.entry("NewLine", "\n"),
                    Map.entry("shy", ""),
                    Map.entry("zwj", ""),
                    Map.entry("zwnj", ""),
                    Map.entry("ZeroWidthSpace", ""));

    private static final byte[] ANCHORS = anchors();

    /// The value of each character as a hex digit, -1 when it is none.
    private static final byte[] DIGITS = digits();

    private final byte[] b;
    private final int from;
    private final int to;
    private final Views views;
    private @Nullable View view;
    private int copied;

    /// End of the escape that was decoded last.
    private int last = -1;

    private Escapes(byte[] b, int from, int to, Views views) {
        this.b = b;
        this.from = from;
        this.to = to;
        this.views = views;
        this.copied = from;
    }

    private static byte[] digits() {
        var digits = new byte[128];
        for (int c = 0; c < 128; c++) {
            digits[c] = (byte) Character.digit(c, 16);
        }
        return digits;
    }

    private static byte[] anchors() {
        var anchors = new byte[256];
        for (char c : new char[] {'%', '&', '\\', '=', '+'}) {
            anchors[c] = 1;
        }
        return anchors;
    }

    /// The reading, null when there is no escape.
    static @Nullable View view(byte[] b, int from, int to, Views views) {
        return new Escapes(b, from, to, views).read();
    }

    private @Nullable View read() {
        int i = from;
        while (i < to) {
            if (ANCHORS[b[i] & 0xFF] == 0) {
                i++;
                continue;
            }
            int end = decode(i);
            if (end > 0) {
                last = end;
            }
            i = end > 0 ? end : i + 1;
        }
        if (view == null) {
            return null;
        }
        view.copy(b, copied, to);
        view.end(to);
        return view;
    }

    private int decode(int i) {
        return switch (b[i]) {
            case '%' -> percent(i);
            case '&' -> entity(i);
            case '\\' -> backslash(i);
            case '=' -> quoted(i);
            default -> unicode(i);
        };
    }

    /// Puts a code point, or a byte when `raw`, in the place of an escape.
    private int replace(int start, int end, int value, boolean raw) {
        var out = begin(start, end);
        if (raw) {
            out.put(value, start);
        } else if (value > 0 && value <= 0x10FFFF && (value < 0xD800 || value > 0xDFFF)) {
            out.putCodePoint(value, start);
        }
        return end;
    }

    private View begin(int start, int end) {
        if (view == null) {
            view = views.take(View.Kind.DECODED, to - from);
        }
        view.copy(b, copied, start);
        copied = end;
        return view;
    }

    private int percent(int i) {
        if (i + 5 < to && (b[i + 1] == 'u' || b[i + 1] == 'U')) {
            int unit = hex(i + 2, 4);
            return unit < 0 ? -1 : replace(i, i + 6, unit, false);
        }
        int value = hex(i + 1, 2);
        if (value < 0) {
            return -1;
        }
        var out = begin(i, i);
        int end = i;
        do {
            out.put(value, end);
            end += 3;
            value = end < to && b[end] == '%' ? hex(end + 1, 2) : -1;
        } while (value >= 0);
        copied = end;
        return end;
    }

    private int entity(int i) {
        if (i + 2 >= to) {
            return -1;
        }
        if (b[i + 1] != '#') {
            return named(i);
        }
        boolean hex = b[i + 2] == 'x' || b[i + 2] == 'X';
        int k = hex ? i + 3 : i + 2;
        int start = k;
        int value = 0;
        while (k < to && k - start < 8 && digit(b[k], hex ? 16 : 10) >= 0) {
            value = value * (hex ? 16 : 10) + digit(b[k], hex ? 16 : 10);
            k++;
        }
        if (k == start) {
            return -1;
        }
        return replace(i, k < to && b[k] == ';' ? k + 1 : k, value, false);
    }

    private int named(int i) {
        int k = i + 1;
        while (k < to && k - i <= LONGEST_ENTITY + 4 && is(b[k], WORD)) {
            k++;
        }
        if (k >= to || b[k] != ';' || k == i + 1) {
            return -1;
        }
        var plain = ENTITIES.get(new String(b, i + 1, k - i - 1, StandardCharsets.US_ASCII));
        if (plain == null) {
            return -1;
        }
        var out = begin(i, k + 1);
        for (int c = 0; c < plain.length(); c++) {
            out.put(plain.charAt(c), i);
        }
        return k + 1;
    }

    private int backslash(int i) {
        // Escapes that were escaped once more have several backslashes.
        int k = i;
        while (k < to && k - i < 8 && b[k] == '\\') {
            k++;
        }
        if (k >= to) {
            return -1;
        }
        return switch (b[k]) {
            case 'u', 'U', 'x' -> {
                if (k + 1 < to && b[k + 1] == '{') {
                    yield braced(i, k + 2);
                }
                yield b[k] == 'x'
                        ? fixed(i, k + 1, 2)
                        : b[k] == 'u' ? unit(i, k + 1) : fixed(i, k + 1, 8);
            }
            case '0', '1', '2', '3' -> octal(i, k);
            // The line ends, so that what stands on two lines is not one word.
            case 'n', 'r', 't' -> view == null ? -1 : replace(i, k + 1, '\n', true);
            default -> -1;
        };
    }

    private int fixed(int i, int digits, int length) {
        int value = hex(digits, length);
        return value < 0 ? -1 : replace(i, digits + length, value, length == 2);
    }

    private int unit(int i, int digits) {
        int high = hex(digits, 4);
        if (high < 0) {
            return -1;
        }
        int next = digits + 4;
        if (Character.isHighSurrogate((char) high) && next + 6 <= to && b[next] == '\\') {
            int low = hex(next + 2, 4);
            if (low >= 0 && Character.isLowSurrogate((char) low)) {
                return replace(i, next + 6, Character.toCodePoint((char) high, (char) low), false);
            }
        }
        return replace(i, next, high, false);
    }

    private int braced(int i, int digits) {
        int value = 0;
        int k = digits;
        while (k < to && k - digits < 7 && digit(b[k], 16) >= 0) {
            value = value * 16 + digit(b[k++], 16);
        }
        return k == digits || k >= to || b[k] != '}' ? -1 : replace(i, k + 1, value, false);
    }

    private int octal(int i, int digits) {
        int value = 0;
        for (int k = digits; k < digits + 3; k++) {
            if (k >= to || b[k] < '0' || b[k] > '7') {
                return -1;
            }
            value = value * 8 + b[k] - '0';
        }
        // A reference to a group of a pattern, or a path, is no character.
        return value < ' ' || value > 255 ? -1 : replace(i, digits + 3, value, true);
    }

    /// Quoted-printable: only among others, since `a=41` is more often an assignment.
    private int quoted(int i) {
        if (i + 1 < to && (b[i + 1] == '\n' || (b[i + 1] == '\r' && i + 2 < to))) {
            if (view == null && last != i) {
                return -1;
            }
            begin(i, b[i + 1] == '\n' ? i + 2 : i + 3);
            return b[i + 1] == '\n' ? i + 2 : i + 3;
        }
        int value = hex(i + 1, 2);
        boolean lower = i + 2 < to && (b[i + 1] >= 'a' || b[i + 2] >= 'a');
        if (value < ' ' || lower) {
            return -1;
        }
        boolean among = last == i || (i + 3 < to && b[i + 3] == '=' && hex(i + 4, 2) >= 0);
        boolean usual = value == '@' || value == '=' || value == '.';
        return among || (usual && i + 3 < to && is(b[i + 3], WORD))
                ? replace(i, i + 3, value, true)
                : -1;
    }

    /// @param plus index of the `+` of `U+0034`
    private int unicode(int plus) {
        int i = plus - 1;
        if (i < copied || b[i] != 'U' || (i > from && is(b[i - 1], WORD))) {
            return -1;
        }
        int k = plus + 1;
        int value = 0;
        while (k < to && k - i < 8 && digit(b[k], 16) >= 0) {
            value = value * 16 + digit(b[k++], 16);
        }
        return k - i < 6 ? -1 : replace(i, k, value, false);
    }

    /// The value of `length` hex digits, -1 when they are none.
    private int hex(int at, int length) {
        if (at + length > to) {
            return -1;
        }
        int value = 0;
        for (int k = at; k < at + length; k++) {
            int digit = digit(b[k], 16);
            if (digit < 0) {
                return -1;
            }
            value = value << 4 | digit;
        }
        return value;
    }

    static int digit(byte c, int radix) {
        int digit = c < 0 ? -1 : DIGITS[c];
        return digit < radix ? digit : -1;
    }
}
