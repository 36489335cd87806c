package io.spillway.policy.detect;

/// Reads a pattern for its longest fixed text and for how far a match can reach. It knows only the
/// part of the language that [AnchoredPattern#of] names and refuses all else.
final class PatternForm {
    private static final int LEAST_ANCHOR = 2;
    private static final String BOUNDED = "say how many, such as {1,40}";

    private final int[] text;
    private int at;

    /// Most characters that may stand before `at` on the outermost level.
    private int most;

    private final StringBuilder run = new StringBuilder();
    private int runBefore;
    private String anchor = "";
    private int before;

    PatternForm(String text) {
        this.text = text.codePoints().toArray();
    }

    String anchor() {
        return anchor;
    }

    int before() {
        return before;
    }

    int after() {
        return most - before - anchor.codePointCount(0, anchor.length());
    }

    void read() throws PatternProblem {
        if (text.length > AnchoredPattern.LONGEST) {
            throw new PatternProblem(
                    0,
                    "the pattern is longer than %d characters".formatted(AnchoredPattern.LONGEST),
                    "split it in several detectors");
        }
        while (at < text.length) {
            outermost();
            if (most > AnchoredPattern.LONGEST) {
                throw new PatternProblem(
                        0,
                        "a match could be longer than %d characters"
                                .formatted(AnchoredPattern.LONGEST),
                        "lower the numbers in { }");
            }
        }
        endRun();
        if (anchor.codePointCount(0, anchor.length()) < LEAST_ANCHOR) {
            throw new PatternProblem(
                    0,
                    "the pattern contains no fixed text of %d characters or more"
                            .formatted(LEAST_ANCHOR),
                    "begin it with a text that every match has, such as PT-, outside of groups");
        }
    }

    private void outermost() throws PatternProblem {
        if (text[at] == '|') {
            throw new PatternProblem(
                    at, "alternatives stand in a group", "such as ID-(A|B)[0-9]{6}");
        }
        int literal = literal();
        int longest = literal >= 0 ? 1 : item();
        int behind = at;
        int times = times();
        if (literal >= 0 && at == behind) {
            if (run.isEmpty()) {
                runBefore = most;
            }
            run.appendCodePoint(literal);
        } else {
            endRun();
        }
        most += longest * times;
    }

    private void endRun() {
        if (run.length() > anchor.length()) {
            anchor = run.toString();
            before = runBefore;
        }
        run.setLength(0);
    }

    /// A character that stands for itself, -1 when there is none; only then nothing is consumed.
    private int literal() throws PatternProblem {
        int c = text[at];
        if (c == '\\') {
            if (at + 1 == text.length) {
                throw new PatternProblem(at, "a backslash needs a character behind it", "");
            }
            int next = text[at + 1];
            if (Character.isLetterOrDigit(next)) {
                return -1;
            }
            at += 2;
            return next;
        }
        if ("[(.{?*+)|^$".indexOf(c) >= 0) {
            return -1;
        }
        at++;
        return c;
    }

    /// Consumes a class or a group.
    ///
    /// @return most characters that it matches
    private int item() throws PatternProblem {
        int c = text[at];
        switch (c) {
            case '\\' -> {
                if ("dDwWsS".indexOf(text[at + 1]) < 0) {
                    throw new PatternProblem(
                            at, "this escape is not known here", "there are \\d, \\w and \\s");
                }
                at += 2;
                return 1;
            }
            case '.' -> {
                at++;
                return 1;
            }
            case '[' -> {
                charClass();
                return 1;
            }
            case '(' -> {
                return group();
            }
            case '^', '$' ->
                    throw new PatternProblem(
                            at, "a pattern is not tied to a line", "leave '^' and '$' out");
            default ->
                    throw new PatternProblem(
                            at, "'%s' has nothing before it".formatted(Character.toString(c)), "");
        }
    }

    private void charClass() throws PatternProblem {
        int open = at++;
        at += at < text.length && text[at] == '^' ? 1 : 0;
        at += at < text.length && text[at] == ']' ? 1 : 0;
        while (at < text.length && text[at] != ']') {
            at += text[at] == '\\' ? 2 : 1;
        }
        if (at >= text.length) {
            throw new PatternProblem(open, "this '[' is not closed", "");
        }
        at++;
    }

    private int group() throws PatternProblem {
        int open = at++;
        if (at < text.length && text[at] == '?') {
            if (at + 1 < text.length && text[at + 1] == ':') {
                at += 2;
            } else {
                throw new PatternProblem(at, "groups have no options", "write ( or (?:");
            }
        }
        int longest = 0;
        int length = 0;
        while (at < text.length && text[at] != ')') {
            if (text[at] == '|') {
                at++;
                longest = Math.max(longest, length);
                length = 0;
                continue;
            }
            int one = literal() >= 0 ? 1 : item();
            length += one * times();
            if (length > AnchoredPattern.LONGEST) {
                throw new PatternProblem(open, "a match could be too long", BOUNDED);
            }
        }
        if (at >= text.length) {
            throw new PatternProblem(open, "this '(' is not closed", "");
        }
        at++;
        return Math.max(longest, length);
    }

    /// Consumes how often the item before may stand there.
    ///
    /// @return how often at most
    private int times() throws PatternProblem {
        if (at >= text.length) {
            return 1;
        }
        int c = text[at];
        if (c == '*' || c == '+') {
            throw new PatternProblem(
                    at, "'%s' has no upper bound".formatted(Character.toString(c)), BOUNDED);
        }
        if (c == '?') {
            at++;
            return 1;
        }
        return c == '{' ? counted() : 1;
    }

    private int counted() throws PatternProblem {
        int open = at++;
        var bounds = new StringBuilder();
        while (at < text.length && text[at] != '}') {
            bounds.appendCodePoint(text[at++]);
        }
        at++;
        var parts = bounds.toString().split(",", -1);
        var last = parts[parts.length - 1];
        boolean numbers = parts.length <= 2 && last.length() <= 3 && !last.isEmpty();
        for (var part : parts) {
            numbers &= !part.isEmpty() && part.chars().allMatch(it -> it >= '0' && it <= '9');
        }
        if (at > text.length || !numbers) {
            throw new PatternProblem(open, "expected {n} or {n,m}", BOUNDED);
        }
        return Integer.parseInt(last);
    }
}
