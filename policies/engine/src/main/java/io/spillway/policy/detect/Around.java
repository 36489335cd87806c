package io.spillway.policy.detect;

/// The words before and behind a possible name, looked up only when there is one.
final class Around {
    private final byte[] b;
    private final int from;
    private final int to;
    private final Word word;
    private final Lexicon lexicon = Lexicon.builtIn();

    /// Flags and hashes of the three words before, nearest first; 0 when there is none.
    final int[] flags = new int[3];

    final long[] hashes = new long[3];

    /// A colon, an equals sign or a line's end between the nearest word and the name.
    boolean label;

    /// Nothing but the end of a sentence, a line or of the text before.
    boolean first;

    /// The nearest word begins with a capital.
    boolean capital;

    boolean comma;
    boolean quoted;
    boolean line;

    boolean commaBehind;

    /// Behind a genitive something that belongs to a person.
    boolean owned;

    /// Flags and hash of the word behind.
    int nextFlags;

    long nextHash;

    Around(byte[] b, int from, int to) {
        this.b = b;
        this.from = from;
        this.to = to;
        this.word = new Word(b, to);
    }

    void look(int start, int end) {
        label = false;
        comma = false;
        quoted = false;
        line = false;
        first = false;
        capital = false;
        int at = start;
        for (int k = 0; k < 3; k++) {
            flags[k] = 0;
            hashes[k] = 0;
            int wordEnd = skipBack(at, k);
            int wordStart = wordEnd < 0 ? -1 : wordStart(wordEnd);
            if (wordEnd < 0 || wordStart == wordEnd) {
                for (int rest = k; rest < 3; rest++) {
                    flags[rest] = 0;
                    hashes[rest] = 0;
                }
                first |= k == 0;
                break;
            }
            if (word.read(wordStart)) {
                flags[k] = lexicon.of(word.hash);
                hashes[k] = word.hash;
                capital |= k == 0 && word.upper;
            }
            at = wordStart;
        }
        lookBehind(end);
    }

    /// The end of the word before, or -1 where a sentence begins.
    private int skipBack(int at, int k) {
        int least = Math.max(from, at - 24);
        int lines = 0;
        while (at > least) {
            byte c = b[at - 1];
            if (c == '\n') {
                lines++;
                if (k > 0 || lines > 2) {
                    return -1;
                }
            } else if (c == ':' || c == '=') {
                if (k > 0) {
                    return -1;
                }
                label = true;
            } else if (c == ',') {
                comma |= k == 0;
            } else if (c == '"' || c == '\'' || c == '`') {
                quoted |= k == 0;
            } else if (c == '.' || c == '!' || c == '?' || c == ';') {
                if (!(c == '.' && isAbbreviation(at - 1))) {
                    first |= k == 0;
                    line |= k == 0 && lines > 0;
                    // Only "last name? Krylova" asks and answers.
                    if (c != '?' || k > 0) {
                        return -1;
                    }
                }
            } else if (c != ' ' && c != '\t' && c != '\r' && c != '*' && c != '(' && c != '['
                    && c != '>' && c != '-' && c != '|' && c != '_' && c != '{') {
                break;
            }
            at--;
        }
        line |= k == 0 && lines > 0;
        first |= k == 0 && lines > 0 && !label;
        return at;
    }

    private boolean isAbbreviation(int dot) {
        int start = dot;
        while (start > from && Bytes.is(b[start - 1], Bytes.LETTER)) {
            start--;
        }
        return start < dot
                && word.read(start)
                && word.end == dot
                && (lexicon.of(word.hash) & Lexicon.TITLE) != 0;
    }

    private int wordStart(int end) {
        int start = end;
        int least = Math.max(from, end - Word.LONGEST);
        while (start > least && isWordByte(start - 1)) {
            start--;
        }
        return start;
    }

    private boolean isWordByte(int i) {
        byte c = b[i];
        return Bytes.is(c, Bytes.LETTER)
                || (Bytes.is(c, Bytes.HIGH) && (c & 0xFF) < 0xD8)
                || (c == '\'' && i > from && Bytes.is(b[i - 1], Bytes.LETTER));
    }

    private void lookBehind(int end) {
        nextFlags = 0;
        nextHash = 0;
        commaBehind = end < to && b[end] == ',';
        owned = false;
        int i = end;
        i += i + 1 < to && b[i] == '\\' && b[i + 1] == '\'' ? 1 : 0;
        boolean genitive = i + 2 < to && b[i] == '\'' && b[i + 1] == 's' && b[i + 2] == ' ';
        i += genitive ? 3 : 0;
        while (i < to && i - end < 4 && (b[i] == ' ' || b[i] == ',' || b[i] == '"')) {
            i++;
        }
        if (i < to && word.read(i)) {
            nextHash = word.hash;
            nextFlags = lexicon.of(word.hash);
            owned =
                    genitive
                            && (nextFlags & (first ? Lexicon.OWNED : Lexicon.OWNED | Lexicon.KIN))
                                    != 0;
        }
    }

    boolean has(int flag) {
        return (flags[0] & flag) != 0;
    }

    boolean hasAny(int flag) {
        return ((flags[0] | flags[1] | flags[2]) & flag) != 0;
    }

    boolean is(int k, WordSet words) {
        return words.has(hashes[k]);
    }
}
