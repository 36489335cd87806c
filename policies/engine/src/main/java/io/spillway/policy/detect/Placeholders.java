package io.spillway.policy.detect;

/// Values that stand where a secret would, in documentation and templates.
final class Placeholders {
    private static final Words WORDS =
            new Words(
                    "example",
                    "xxxx",
                    "****",
                    "....",
                    "your",
                    "changeme",
                    "change_me",
                    "placeholder",
                    "redacted",
                    "dummy",
                    "insert",
                    "replace",
                    "todo",
                    "none",
                    "null",
                    "undefined",
                    "abcdefgh",
                    "12345678");

    private Placeholders() {}

    /// Whether the value is none, judged by its words and by where it comes from.
    static boolean is(byte[] b, int start, int end) {
        byte first = b[start];
        boolean template =
                first == '$' || first == '<' || first == '{' || first == '%' || first == '*';
        return template || WORDS.within(b, start, Math.min(end, start + 128));
    }
}
