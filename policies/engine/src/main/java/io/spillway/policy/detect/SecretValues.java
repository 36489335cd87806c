package io.spillway.policy.detect;

import static io.spillway.policy.detect.Bytes.BLANK;
import static io.spillway.policy.detect.Bytes.DIGIT;
import static io.spillway.policy.detect.Bytes.LETTER;
import static io.spillway.policy.detect.Bytes.UPPER;
import static io.spillway.policy.detect.Bytes.WORD;
import static io.spillway.policy.detect.Bytes.is;

/// Whether a value is a secret, given what the name before it promises.
final class SecretValues {
    static final int LONGEST = 1024;
    private static final int SHORTEST_PASSWORD = 6;
    private static final int SHORTEST_KEY = 10;
    private static final int SHORTEST_WEAK = 20;
    private static final int NUMBER = 16;
    private static final int LONGEST_WORD = 15;

    private static final Words METHODS =
            new Words(
                    "sha1",
                    "sha-",
                    "sha2",
                    "sha5",
                    "md5",
                    "bcrypt",
                    "scrypt",
                    "argon2",
                    "base64",
                    "utf-8",
                    "utf8",
                    "aes",
                    "rsa",
                    "pbkdf2",
                    "oauth2",
                    "http:",
                    "https:",
                    "hs256",
                    "aws4-hmac",
                    "rs256",
                    "es256");

    /// By byte, whether it can stand in a value without quotes.
    private static final boolean[] VALUE = characters();

    private SecretValues() {}

    /// The end of the value that begins at `start`, without the punctuation of a sentence.
    static int end(byte[] b, int start, int to, boolean quoted) {
        int limit = Math.min(to, start + LONGEST);
        int end = start;
        if (quoted) {
            byte quote = b[start - 1];
            while (end < limit && b[end] != quote && b[end] != '\n' && !is(b[end], BLANK)) {
                // an escaped quote ends a string inside a string
                if (b[end] == '\\'
                        && end + 1 < limit
                        && (b[end + 1] == '"' || b[end + 1] == '\'')) {
                    break;
                }
                end++;
            }
            return end;
        }
        while (end < limit && isValue(b[end])) {
            end++;
        }
        while (end > start && (b[end - 1] == '.' || b[end - 1] == ',' || b[end - 1] == '?')) {
            end--;
        }
        return end;
    }

    /// The end when ampersands belong to the value.
    static int endWithAmpersand(byte[] b, int end, int to) {
        int at = end;
        while (at + 1 < to && b[at] == '&' && isValue(b[at + 1])) {
            at++;
            while (at < to && isValue(b[at])) {
                at++;
            }
        }
        return at;
    }

    private static boolean isValue(byte c) {
        return c > 0 && VALUE[c];
    }

    private static boolean[] characters() {
        var characters = new boolean[128];
        for (int c = 0; c < 128; c++) {
            characters[c] = is((byte) c, WORD) || "_-.=+/~!@#$%^*?:".indexOf(c) >= 0;
        }
        return characters;
    }

    /// Whether a value behind a name that promises as much is a secret.
    static boolean isSecret(
            SecretNames name, byte[] b, int start, int end, int to, boolean quoted) {
        if (end - start > LONGEST
                || Placeholders.is(b, start, end)
                || (name != SecretNames.PASSWORD
                        && (isCutOff(b, end, to) || isAddress(b, start, end)))
                || (!quoted && isCode(b, start, end, to))) {
            return false;
        }
        return switch (name) {
            case NONE -> false;
            case WEAK ->
                    end - start >= SHORTEST_WEAK
                            && isMachineMade(b, start, end)
                            && isRandom(b, start, end, 3.3, 3)
                            && !isUuid(b, start, end);
            case KEY ->
                    isMachineMade(b, start, end)
                            && isKey(b, start, end)
                            && (quoted || !isIdentifier(b, start, end));
            case SECRET -> isKey(b, start, end) && (quoted || !isIdentifier(b, start, end));
            case AUTHORIZATION -> isAuthorization(b, start, end);
            case PASSWORD -> isPassword(b, start, end);
        };
    }

    /// Whether it says where something is: a secret in it is looked for by itself.
    private static boolean isAddress(byte[] b, int start, int end) {
        for (int i = start; i + 2 < end; i++) {
            if (b[i] == ':' && b[i + 1] == '/' && b[i + 2] == '/') {
                return true;
            }
        }
        return false;
    }

    /// Whether dots stand for the rest of it.
    private static boolean isCutOff(byte[] b, int end, int to) {
        return end + 1 < to && b[end] == '.' && b[end + 1] == '.';
    }

    private static boolean isKey(byte[] b, int start, int end) {
        int length = end - start;
        if (length < SHORTEST_KEY || METHODS.isAt(b, start, end)) {
            return false;
        }
        if (isNumber(b, start, end)) {
            return length >= NUMBER && length <= 64 && Entropy.bits(b, start, end) >= 2.5;
        }
        return isRandom(b, start, end, 2.8, 2)
                || (length >= 24 && isRandom(b, start, end, 3.8, 1))
                || (length >= 20 && turns(b, start, end) * 5 > length * 2);
    }

    /// Of the characters that keys are written in.
    private static boolean isMachineMade(byte[] b, int start, int end) {
        for (int i = start; i < end; i++) {
            if (!is(b[i], WORD) && "_-.=+/~:%".indexOf(b[i]) < 0) {
                return false;
            }
        }
        return true;
    }

    /// Digits among the letters, as in no word.
    ///
    /// @param changes how often at least a digit meets a letter
    private static boolean isRandom(byte[] b, int start, int end, double bits, int changes) {
        int specials = 0;
        for (int i = start; i < end; i++) {
            specials += is(b[i], WORD) || "_-.=+/~:%@!#$*".indexOf(b[i]) >= 0 ? 0 : 1;
        }
        return specials <= 2
                && changes(b, start, end) >= changes
                && Entropy.bits(b, start, end) >= bits;
    }

    /// How often a digit meets a letter.
    private static int changes(byte[] b, int start, int end) {
        int changes = 0;
        for (int i = start + 1; i < end; i++) {
            boolean word = is(b[i], WORD) && is(b[i - 1], WORD);
            changes += word && is(b[i], DIGIT) != is(b[i - 1], DIGIT) ? 1 : 0;
        }
        return changes;
    }

    private static boolean isAuthorization(byte[] b, int start, int end) {
        boolean mixed = false;
        for (int i = start; i < end; i++) {
            mixed |= is(b[i], DIGIT) || b[i] == '=';
        }
        return mixed && end - start >= 8 && Entropy.bits(b, start, end) >= 2.75;
    }

    /// What people make up: letters with digits or signs between or behind them.
    static boolean isPassword(byte[] b, int start, int end) {
        int digits = 0;
        int letters = 0;
        int signs = 0;
        for (int i = start; i < end; i++) {
            if (is(b[i], DIGIT)) {
                digits++;
            } else if (is(b[i], LETTER)) {
                letters++;
            } else if ("!@#$%^&*?+=~".indexOf(b[i]) >= 0) {
                signs++;
            } else if ("\\(){}[]<>|^".indexOf(b[i]) >= 0) {
                return false;
            }
        }
        return end - start >= SHORTEST_PASSWORD
                && letters > 0
                && (digits > 0 || (signs > 0 && !is(b[end - 1], BLANK) && signs < letters))
                && Entropy.bits(b, start, end) >= 2.2
                && !METHODS.isAt(b, start, end)
                && !isFormat(b, start, end);
    }

    /// Whether what stands behind a user's name and a colon is a password: there also one of small
    /// and capital letters alone.
    static boolean isLogin(byte[] b, int start, int end) {
        return !Placeholders.is(b, start, end)
                && (isPassword(b, start, end) || (end - start >= 10 && turns(b, start, end) >= 4));
    }

    /// How often small letters meet capital ones.
    private static int turns(byte[] b, int start, int end) {
        int turns = 0;
        for (int i = start + 1; i < end; i++) {
            boolean letters = is(b[i], LETTER) && is(b[i - 1], LETTER);
            turns += letters && is(b[i], UPPER) != is(b[i - 1], UPPER) ? 1 : 0;
        }
        return turns;
    }

    /// `%s`, `{0}`, `$1`: a value to be put together.
    private static boolean isFormat(byte[] b, int start, int end) {
        for (int i = start; i + 1 < end; i++) {
            if (b[i] == '%' && (b[i + 1] == 's' || b[i + 1] == 'd' || b[i + 1] == '(')) {
                return true;
            }
        }
        return false;
    }

    /// A piece of a program rather than a value: a call, an index, a member of something.
    private static boolean isCode(byte[] b, int start, int end, int to) {
        if (end < to && (b[end] == '(' || b[end] == '[' || b[end] == '{')) {
            return true;
        }
        if (start > 1 && b[start - 1] == ':' && b[start - 2] == ':') {
            return true;
        }
        boolean home = b[start] == '~' && end - start > 1 && b[start + 1] == '/';
        if (home || b[start] == '!' || b[start] == '=' || b[start] == '.' || b[start] == '/') {
            return true;
        }
        boolean member = false;
        boolean other = false;
        for (int i = start; i < end; i++) {
            member |= b[i] == '.' || (b[i] == ':' && i + 1 < end && b[i + 1] == ':');
            other |= !is(b[i], WORD) && "_.:?".indexOf(b[i]) < 0;
        }
        return member && !other && !isRandom(b, start, end, 3.5, 4);
    }

    /// Words of letters with a few digits, as programs name things: `Uint8Array`, `MAX_4K_SIZE`.
    private static boolean isIdentifier(byte[] b, int start, int end) {
        int part = start;
        for (int i = start; i <= end; i++) {
            if (i == end || b[i] == '_') {
                if (i - part > LONGEST_WORD || changes(b, part, i) > 2) {
                    return false;
                }
                part = i + 1;
            } else if (!is(b[i], WORD)) {
                return false;
            }
        }
        return true;
    }

    private static boolean isNumber(byte[] b, int start, int end) {
        for (int i = start; i < end; i++) {
            if (!is(b[i], DIGIT)) {
                return false;
            }
        }
        return true;
    }

    static boolean isUuid(byte[] b, int start, int end) {
        if (end - start != 36) {
            return false;
        }
        for (int i = 0; i < 36; i++) {
            boolean dash = i == 8 || i == 13 || i == 18 || i == 23;
            if (dash ? b[start + i] != '-' : !Bytes.isHex(b[start + i])) {
                return false;
            }
        }
        return true;
    }

    /// Whether a value is random enough to be the key of a vendor that is named beside it.
    static boolean isVendorKey(byte[] b, int start, int end) {
        return end - start >= 15
                && end - start <= VendorKeys.LONGEST
                && isRandom(b, start, end, 3.0, 3)
                && !Placeholders.is(b, start, end);
    }
}
