package io.spillway.policy.detect;

import java.nio.charset.StandardCharsets;
import java.util.Base64;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.function.UnaryOperator;

/// Ways to write a value so that a reader still knows it and a simple pattern does not.
final class Evasions {
    private Evasions() {}

    /// Ways that work for any value, by name.
    static Map<String, UnaryOperator<String>> ofAnyValue() {
        var ways = new LinkedHashMap<String, UnaryOperator<String>>();
        ways.put("full width", it -> each(it, c -> c > ' ' && c <= '~' ? c + 0xFEE0 : c));
        ways.put("mathematical bold", Evasions::mathematical);
        ways.put("mathematical monospace", it -> each(it, Evasions::monospace));
        ways.put("circled", it -> each(it, Evasions::circled));
        ways.put("zero width space", it -> between(it, "\u200B"));
        ways.put("zero width joiner", it -> between(it, "\u200D"));
        ways.put("word joiner", it -> between(it, "\u2060"));
        ways.put("soft hyphen", it -> between(it, "\u00AD"));
        ways.put("byte order mark", it -> between(it, "\uFEFF"));
        ways.put("bidi marks", it -> "\u202D" + between(it, "\u200E") + "\u202C");
        ways.put("variation selectors", it -> between(it, "\uFE0F"));
        ways.put("combining dots", it -> between(it, "\u0307"));
        ways.put(
                "tag characters between", it -> between(it, new String(new int[] {0xE0061}, 0, 1)));
        ways.put("tag characters", it -> each(it, c -> c <= '~' ? 0xE0000 + c : c));
        ways.put("look-alikes", Evasions::lookAlikes);
        ways.put("arabic digits", it -> each(it, c -> digit(c, 0x0660)));
        ways.put("devanagari digits", it -> each(it, c -> digit(c, 0x0966)));
        ways.put("superscripts", it -> each(it, Evasions::superscript));
        ways.put("base64", Evasions::base64);
        ways.put("base64 without padding", it -> base64(it).replace("=", ""));
        ways.put("base64url", Evasions::base64Url);
        ways.put("base64 of a sentence", it -> base64("please use " + it + " for this"));
        ways.put(
                "base64 in lines",
                it ->
                        lines(
                                base64(
                                        "here it is: "
                                                + it
                                                + ", as promised to you on the telephone this"
                                                + " morning")));
        ways.put("base64 twice", it -> base64(base64(it)));
        ways.put(
                "base64 of utf-16",
                it -> Base64.getEncoder().encodeToString(it.getBytes(StandardCharsets.UTF_16LE)));
        ways.put("hex", it -> hex(it, "", ""));
        ways.put("hex upper", it -> hex(it, "", "").toUpperCase(java.util.Locale.ROOT));
        ways.put("hex with 0x", it -> "0x" + hex(it, "", ""));
        ways.put("hex spaced", it -> hex(it, "", " "));
        ways.put("hex bytes", it -> hex(it, "0x", ", "));
        ways.put("hex colons", it -> hex(it, "", ":"));
        ways.put("hex escapes", it -> hex(it, "\\x", ""));
        ways.put("url", it -> hex(it, "%", ""));
        ways.put("url twice", it -> hex(hex(it, "%", ""), "%", ""));
        ways.put(
                "url of signs",
                it ->
                        it.replace("@", "%40")
                                .replace(" ", "%20")
                                .replace("+", "%2B")
                                .replace("-", "%2D")
                                .replace("4", "%34"));
        ways.put("html decimal", it -> codes(it, "&#%d;"));
        ways.put("html hex", it -> codes(it, "&#x%x;"));
        ways.put("html without semicolons", it -> codes(it, "&#%d ").replace(" ", ""));
        ways.put("unicode escapes", it -> codes(it, "\\u%04x"));
        ways.put("unicode escapes twice", it -> codes(it, "\\\\u%04x"));
        ways.put("braced escapes", it -> codes(it, "\\u{%x}"));
        ways.put("octal", it -> codes(it, "\\%03o"));
        ways.put("quoted printable", it -> codes(it, "=%02X"));
        ways.put("code points", it -> codes(it, "U+%04X "));
        ways.put("ascii codes", it -> codes(it, "%d "));
        ways.put("binary", Evasions::binary);
        ways.put("base64 of hex", it -> base64(hex(it, "", "")));
        ways.put("url of base64", it -> hex(base64(it), "%", ""));
        ways.put("base64 three times", it -> base64(base64(base64(it))));
        ways.put("hex of url of base64", it -> hex(hex(base64(it), "%", ""), "", ""));
        ways.put(
                "full width and zero width",
                it -> between(each(it, c -> c > ' ' && c <= '~' ? c + 0xFEE0 : c), "\u200B"));
        ways.put("spaced letters", it -> between(it.replace(" ", ""), " "));
        return ways;
    }

    /// Ways for values that are digits.
    static Map<String, UnaryOperator<String>> ofNumbers() {
        var ways = new LinkedHashMap<String, UnaryOperator<String>>();
        ways.put("dots between digits", it -> between(plain(it), "."));
        ways.put("dashes between digits", it -> between(plain(it), "-"));
        ways.put("underscores between digits", it -> between(plain(it), "_"));
        ways.put("slashes between digits", it -> between(plain(it), "/"));
        ways.put("stars between digits", it -> between(plain(it), "*"));
        ways.put("spaces between digits", it -> between(plain(it), " "));
        ways.put("two spaces between digits", it -> between(plain(it), "  "));
        ways.put("digits one per line", it -> between(plain(it), "\n"));
        ways.put("emoji between digits", it -> between(plain(it), "🙂"));
        ways.put("letters between digits", it -> between(plain(it), "x"));
        ways.put("commas between digits", it -> between(plain(it), ", "));
        ways.put(
                "spelled",
                it -> spelled(it, "zero one two three four five six seven eight nine", " "));
        ways.put(
                "spelled with dashes",
                it -> spelled(it, "oh one two three four five six seven eight nine", "-"));
        ways.put(
                "spelled with commas",
                it -> spelled(it, "Zero One Two Three Four Five Six Seven Eight Nine", ", "));
        ways.put(
                "spelled german",
                it -> spelled(it, "null eins zwei drei vier fuenf sechs sieben acht neun", " "));
        ways.put(
                "spelled spanish",
                it -> spelled(it, "cero uno dos tres cuatro cinco seis siete ocho nueve", " "));
        ways.put("chinese numerals", it -> spelled(it, "〇 一 二 三 四 五 六 七 八 九", ""));
        ways.put("chinese telephone numerals", it -> spelled(it, "零 幺 二 三 四 五 六 七 八 九", ""));
        ways.put("chinese banker's numerals", it -> spelled(it, "零 壹 贰 叁 肆 伍 陆 柒 捌 玖", ""));
        ways.put("keycaps", it -> each(plain(it), c -> c).replaceAll("(\\d)", "$1\uFE0F\u20E3"));
        ways.put("keycaps spaced", it -> plain(it).replaceAll("(\\d)", "$1\uFE0F\u20E3 "));
        return ways;
    }

    /// Ways for e-mail addresses.
    static Map<String, UnaryOperator<String>> ofAddresses() {
        var ways = new LinkedHashMap<String, UnaryOperator<String>>();
        ways.put("at and dot", it -> it.replace("@", " at ").replace(".", " dot "));
        ways.put("AT and DOT", it -> it.replace("@", " AT ").replace(".", " DOT "));
        ways.put(
                "at and dot in square brackets",
                it -> it.replace("@", "[at]").replace(".", "[dot]"));
        ways.put("at and dot in brackets", it -> it.replace("@", " (at) ").replace(".", " (dot) "));
        ways.put("at in brackets", it -> it.replace("@", "(at)"));
        ways.put("signs in brackets", it -> it.replace("@", "[@]").replace(".", "[.]"));
        ways.put("blanks around signs", it -> it.replace("@", " @ ").replace(".", " . "));
        ways.put("blanks around the at", it -> it.replace("@", " @ "));
        ways.put("a line break before the at", it -> it.replace("@", "\n@"));
        ways.put("named entities", it -> it.replace("@", "&commat;").replace(".", "&period;"));
        ways.put("signs url encoded", it -> it.replace("@", "%40").replace(".", "%2E"));
        ways.put("ideographic full stop", it -> it.replace(".", "。").replace("@", "＠"));
        return ways;
    }

    private interface CodePoints {
        int of(int c);
    }

    private static String each(String text, CodePoints change) {
        var out = new StringBuilder();
        text.codePoints().forEach(c -> out.appendCodePoint(change.of(c)));
        return out.toString();
    }

    private static int digit(int c, int zero) {
        return c >= '0' && c <= '9' ? zero + c - '0' : c;
    }

    private static String mathematical(String text) {
        return each(
                text,
                c ->
                        c >= '0' && c <= '9'
                                ? 0x1D7CE + c - '0'
                                : c >= 'a' && c <= 'z'
                                        ? 0x1D41A + c - 'a'
                                        : c >= 'A' && c <= 'Z' ? 0x1D400 + c - 'A' : c);
    }

    private static int monospace(int c) {
        return c >= '0' && c <= '9'
                ? 0x1D7F6 + c - '0'
                : c >= 'a' && c <= 'z'
                        ? 0x1D68A + c - 'a'
                        : c >= 'A' && c <= 'Z' ? 0x1D670 + c - 'A' : c;
    }

    private static int circled(int c) {
        return c == '0'
                ? 0x24EA
                : c >= '1' && c <= '9'
                        ? 0x2460 + c - '1'
                        : c >= 'a' && c <= 'z'
                                ? 0x24D0 + c - 'a'
                                : c >= 'A' && c <= 'Z' ? 0x24B6 + c - 'A' : c;
    }

    private static int superscript(int c) {
        return switch (c) {
            case '1' -> 0xB9;
            case '2' -> 0xB2;
            case '3' -> 0xB3;
            default -> c >= '0' && c <= '9' ? 0x2070 + c - '0' : c;
        };
    }

    private static String lookAlikes(String text) {
        return each(
                text,
                c -> {
                    int at = "aceopxyABEHKMOPTX".indexOf(c);
                    return at < 0 ? digit(c, 0xFF10) : "асеорхуАВЕНКМОРТХ".charAt(at);
                });
    }

    private static String between(String text, String what) {
        return String.join(what, text.codePoints().mapToObj(Character::toString).toList());
    }

    private static String plain(String number) {
        return number.replaceAll("[^0-9Xx+]", "");
    }

    static String base64(String text) {
        return Base64.getEncoder().encodeToString(text.getBytes(StandardCharsets.UTF_8));
    }

    private static String base64Url(String text) {
        return Base64.getUrlEncoder()
                .withoutPadding()
                .encodeToString(text.getBytes(StandardCharsets.UTF_8));
    }

    private static String lines(String text) {
        return text.replaceAll("(.{32})", "$1\n");
    }

    private static String hex(String text, String before, String between) {
        var out = new StringBuilder();
        for (byte b : text.getBytes(StandardCharsets.UTF_8)) {
            out.append(out.isEmpty() ? "" : between).append(before).append("%02x".formatted(b));
        }
        return out.toString();
    }

    private static String codes(String text, String format) {
        var out = new StringBuilder();
        text.chars().forEach(c -> out.append(format.formatted(c)));
        return out.toString().strip();
    }

    private static String binary(String text) {
        var out = new StringBuilder();
        text.chars()
                .forEach(c ->
                        out.append("%8s ".formatted(Integer.toBinaryString(c)).replace(' ', '0')));
        return out.toString().replaceAll("([01]{8})0", "$1 ").strip();
    }

    private static String spelled(String number, String digits, String between) {
        var words = digits.split(" ");
        var out = new StringBuilder();
        for (char c : plain(number).toCharArray()) {
            out.append(out.isEmpty() ? "" : between)
                    .append(c >= '0' && c <= '9' ? words[c - '0'] : String.valueOf(c));
        }
        return out.toString();
    }
}
