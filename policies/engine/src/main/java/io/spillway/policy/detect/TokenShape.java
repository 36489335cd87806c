package io.spillway.policy.detect;

import static io.spillway.policy.detect.Bytes.DIGIT;
import static io.spillway.policy.detect.Bytes.LETTER;
import static io.spillway.policy.detect.Bytes.LOWER;
import static io.spillway.policy.detect.Bytes.UPPER;
import static io.spillway.policy.detect.Bytes.is;

/// What follows a published prefix of a token.
///
/// @param alphabet what it is made of
/// @param least fewest characters
/// @param most most characters; more is something else
/// @param entropy least entropy, which tells tokens from words and placeholders
/// @param digit whether there must be a digit
record TokenShape(Alphabet alphabet, int least, int most, double entropy, boolean digit) {

    enum Alphabet {
        WORD,
        WORD_UNDERSCORE,
        URL,
        URL_DOT,
        HEX,
        UPPER_DIGIT
    }

    static TokenShape exactly(int length, Alphabet alphabet) {
        return new TokenShape(alphabet, length, length, 2.8, false);
    }

    static TokenShape between(int least, int most, Alphabet alphabet) {
        return new TokenShape(alphabet, least, most, 2.8, false);
    }

    /// For prefixes so short that words begin with them too.
    static TokenShape random(int least, int most, Alphabet alphabet) {
        return new TokenShape(alphabet, least, most, 3.5, true);
    }

    /// The end of a token whose rest begins at `start`, -1 when it is none.
    int end(byte[] b, int start, int to) {
        int i = start;
        boolean digits = false;
        while (i < to && i - start <= most && has(b[i])) {
            digits |= is(b[i], DIGIT);
            i++;
        }
        // A full stop or a dash at the end belongs to the sentence.
        while (i > start && (b[i - 1] == '.' || b[i - 1] == '-')) {
            i--;
        }
        int length = i - start;
        if (length < least || length > most || (digit && !digits)) {
            return -1;
        }
        return Entropy.bits(b, start, i) < entropy || Placeholders.is(b, start, i) ? -1 : i;
    }

    private boolean has(byte c) {
        return switch (alphabet) {
            case WORD -> is(c, LETTER | DIGIT);
            case WORD_UNDERSCORE -> is(c, LETTER | DIGIT) || c == '_';
            case URL -> is(c, LETTER | DIGIT) || c == '_' || c == '-';
            case URL_DOT -> is(c, LETTER | DIGIT) || c == '_' || c == '-' || c == '.' || c == '/';
            case HEX -> is(c, DIGIT) || (is(c, LOWER | UPPER) && Bytes.isHex(c));
            case UPPER_DIGIT -> is(c, UPPER | DIGIT);
        };
    }
}
