package io.spillway.policy.detect;

/// Values that stand where a secret would, in documentation and templates.
final class Placeholders {
    private static final Words WORDS =
            new Words(
                    "example",
                    "xxxx",
                    "****",
                    "...",
                    "####",
                    "your",
                    "changeme",
                    "change_me",
                    "change-me",
                    "changeit",
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
                    "12345678",
                    "process.env",
                    "getenv",
                    "environ",
                    "secretref",
                    "<your",
                    "-here",
                    "arn:");

    private Placeholders() {}

    /// Whether the value is none, judged by its words and by where it comes from.
    static boolean is(byte[] b, int start, int end) {
        byte first = b[start];
        boolean template =
                first == '$' || first == '<' || first == '{' || first == '%' || first == '*';
        return template
                || WORDS.within(b, start, Math.min(end, start + 128))
                || isRepeated(b, start, Math.min(end, start + 128))
                || hasTemplate(b, start, Math.min(end, start + 128));
    }

    /// One character only, but for two at most.
    private static boolean isRepeated(byte[] b, int start, int end) {
        int same = 0;
        for (int i = start + 1; i < end; i++) {
            same += b[i] == b[i - 1] ? 1 : 0;
        }
        return end - start >= 6 && same >= end - start - 3;
    }

    /// `${...}`, `{{...}}`, `$(...)`, `<...>` inside.
    private static boolean hasTemplate(byte[] b, int start, int end) {
        for (int i = start; i + 1 < end; i++) {
            if ((b[i] == '$' && (b[i + 1] == '{' || b[i + 1] == '('))
                    || (b[i] == '{' && b[i + 1] == '{')
                    || (b[i] == '#' && b[i + 1] == '{')) {
                return true;
            }
        }
        return false;
    }
}
