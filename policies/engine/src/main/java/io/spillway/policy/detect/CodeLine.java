package io.spillway.policy.detect;

import static io.spillway.policy.detect.Bytes.BLANK;
import static io.spillway.policy.detect.Bytes.HIGH;
import static io.spillway.policy.detect.Bytes.LETTER;
import static io.spillway.policy.detect.Bytes.WORD;
import static io.spillway.policy.detect.Bytes.is;

/// What a single line says about being source code.
final class CodeLine {
    static final int EMPTY = 0;
    static final int NOT = 1;
    static final int LIKELY = 2;
    static final int SURE = 3;

    private static final int LONGEST = 400;
    private static final int PROSE = 6;

    /// With a sign of code later in the line.
    private static final Words STARTS =
            new Words(
                    "import ",
                    "from ",
                    "package ",
                    "using ",
                    "namespace ",
                    "#include",
                    "#define",
                    "#ifdef",
                    "#ifndef",
                    "#pragma",
                    "public ",
                    "private ",
                    "protected ",
                    "internal ",
                    "static ",
                    "final ",
                    "abstract ",
                    "class ",
                    "struct ",
                    "enum ",
                    "interface ",
                    "trait ",
                    "impl ",
                    "fn ",
                    "func ",
                    "fun ",
                    "function ",
                    "def ",
                    "async ",
                    "const ",
                    "let ",
                    "var ",
                    "val ",
                    "return ",
                    "return;",
                    "if (",
                    "if(",
                    "for (",
                    "for(",
                    "while (",
                    "while(",
                    "switch ",
                    "case ",
                    "catch ",
                    "try ",
                    "try:",
                    "except",
                    "finally",
                    "else",
                    "elif ",
                    "} else",
                    "throw ",
                    "raise ",
                    "yield ",
                    "await ",
                    "export ",
                    "module ",
                    "require",
                    "use ",
                    "pub ",
                    "match ",
                    "mod ",
                    "template",
                    "typedef ",
                    "unsigned ",
                    "void ",
                    "int ",
                    "double ",
                    "float ",
                    "char ",
                    "bool ",
                    "string ",
                    "@override",
                    "@test",
                    "<?php",
                    "begin",
                    "select ",
                    "insert into",
                    "update ",
                    "delete from",
                    "create table",
                    "alter table",
                    "print(",
                    "println",
                    "console.",
                    "system.",
                    "fmt.",
                    "std::",
                    "self.",
                    "this.",
                    "for ",
                    "while ",
                    "if ",
                    "with ",
                    "lambda",
                    "echo ",
                    "local ");

    /// The bytes that signs begin with.
    private static final boolean[] MAY_SIGN = maySign();

    private CodeLine() {}

    private static boolean[] maySign() {
        var may = new boolean[256];
        for (char c : "=!-:+&()[._<".toCharArray()) {
            may[c] = true;
        }
        return may;
    }

    static int kind(byte[] b, int from, int to) {
        int start = from;
        while (start < to && is(b[start], BLANK)) {
            start++;
        }
        int end = Math.min(to, start + LONGEST);
        while (end > start && is(b[end - 1], BLANK)) {
            end--;
        }
        if (end == start) {
            return EMPTY;
        }
        byte first = b[start];
        byte last = b[end - 1];
        if (first == '"' || first == '<' || first == '\\' || first == '$' || first == '|') {
            // data, markup, formulas, variables of a shell, tables
            return first == '<' && end - start > 4 && b[start + 1] == '?' ? LIKELY : NOT;
        }
        if (isComment(b, start, end)) {
            return LIKELY;
        }
        if (end - start <= 3) {
            return first == '}' || first == ')' || first == '{' ? LIKELY : NOT;
        }
        int signs = signs(b, start, end);
        boolean starts = STARTS.isAt(b, start, end);
        boolean closed = last == ';' || last == '{' || last == '}';
        boolean opened = last == ':' || last == '(' || last == ',' || last == ')' || last == '[';
        if (starts && (closed || signs >= 2 || (signs >= 1 && opened))) {
            return SURE;
        }
        if (signs == 0 && !closed && !starts) {
            return NOT;
        }
        int words = words(b, start, end);
        if (closed && signs >= 1 || signs >= 3 && (opened || words < PROSE)) {
            return SURE;
        }
        boolean indented = start - from >= 2;
        if (closed || (signs >= 1 && (opened || indented || words < PROSE))) {
            return LIKELY;
        }
        return starts && words <= 4 ? LIKELY : NOT;
    }

    private static boolean isComment(byte[] b, int start, int end) {
        byte second = start + 1 < end ? b[start + 1] : 0;
        return (b[start] == '/' && (second == '/' || second == '*'))
                || (b[start] == '*' && second == '/');
    }

    /// Words of prose: letters between blanks, without signs at them.
    private static int words(byte[] b, int start, int end) {
        int words = 0;
        int i = start;
        while (i < end) {
            int word = i;
            while (i < end && (is(b[i], LETTER | HIGH) || b[i] == '\'')) {
                i++;
            }
            boolean plain = i > word && (i == end || b[i] == ' ' || b[i] == ',' || b[i] == '.');
            words += plain && (word == start || b[word - 1] == ' ') ? 1 : 0;
            i = Math.max(i, word + 1);
        }
        return words;
    }

    /// Signs that prose does not have: calls, operators, members, brackets at words.
    private static int signs(byte[] b, int start, int end) {
        int signs = 0;
        for (int i = start; i + 1 < end; i++) {
            byte c = b[i];
            if (!MAY_SIGN[c & 0xFF]) {
                continue;
            }
            byte next = b[i + 1];
            boolean sign =
                    switch (c) {
                        case '=' ->
                                next == '='
                                        || next == '>'
                                        || (next == ' ' && i > start && b[i - 1] == ' ');
                        case '!' -> next == '=';
                        case '-' -> next == '>' || next == '=';
                        case ':' -> next == ':' || next == '=';
                        case '+' -> next == '=' || next == '+';
                        case '&' -> next == '&';
                        case '(' ->
                                i > start && (is(b[i - 1], WORD) || b[i - 1] == '_') && next != 's';
                        case ')' ->
                                next == ';'
                                        || next == '.'
                                        || next == ' ' && i + 2 < end && b[i + 2] == '{'
                                        || next == ':';
                        case '[' -> i > start && is(b[i - 1], WORD);
                        case '.', '_' -> i > start && is(b[i - 1], LETTER) && is(next, LETTER);
                        case '<' -> is(next, LETTER) && i > start && is(b[i - 1], WORD);
                        default -> false;
                    };
            signs += sign ? 1 : 0;
        }
        return signs;
    }
}
