package io.spillway.policy.detect;

import static io.spillway.policy.detect.Bytes.BLANK;
import static io.spillway.policy.detect.Bytes.DIGIT;
import static io.spillway.policy.detect.Bytes.LETTER;
import static io.spillway.policy.detect.Bytes.LOWER;
import static io.spillway.policy.detect.Bytes.UPPER;
import static io.spillway.policy.detect.Bytes.WORD;
import static io.spillway.policy.detect.Bytes.is;

/// Secrets that are known by the name before them (`api_key=...`, `"password": "..."`,
/// `Authorization: Basic ...`) or by their place in a URL (`scheme://user:password@host`).
final class Credentials {
    private static final double KEYED = 0.8;
    private static final double PASSWORD = 0.7;
    private static final double IN_URL = 0.9;
    private static final double PLACEHOLDER = 0.3;
    private static final int LONGEST_NAME = 48;
    private static final int LONGEST_VALUE = 512;
    private static final int LONGEST_USERINFO = 200;

    private static final Words KEYS =
            new Words(
                    "api_key",
                    "apikey",
                    "api-key",
                    "access_key",
                    "accesskey",
                    "access-key",
                    "secret",
                    "token",
                    "private_key",
                    "privatekey",
                    "private-key",
                    "credential",
                    "creds",
                    "accountkey",
                    "account_key",
                    "encryption_key",
                    "signing_key",
                    "auth_key",
                    "user_auth",
                    "sharedaccesskey");
    private static final Words PASSWORDS =
            new Words("password", "passwd", "passphrase", "pwd", "密码", "口令");
    private static final Words AUTHORIZATION = new Words("authorization");
    private static final Words ANY = Words.anyOf(KEYS, PASSWORDS, AUTHORIZATION);
    private static final Words SCHEMES = new Words("bearer", "basic", "token", "apikey");

    /// Names that speak about a secret and hold none.
    private static final Words ABOUT =
            new Words(
                    "tokens",
                    "tokeniz",
                    "token_id",
                    "token_type",
                    "token_count",
                    "token_limit",
                    "_name",
                    "_url",
                    "_uri",
                    "_path",
                    "_file",
                    "_len",
                    "_expir",
                    "_ttl",
                    "_at",
                    "secret_id",
                    "secret_version",
                    "_hint",
                    "_policy",
                    "_reset",
                    "_field",
                    "_arn");

    private Credentials() {}

    /// @param sign index of the `=` or `:` between name and value
    /// @return where the scan goes on, -1 when there is no secret
    static int find(byte[] b, int floor, int sign, int to, Hits hits) {
        int nameEnd = sign;
        while (nameEnd > floor && sign - nameEnd < 4 && isAround(b[nameEnd - 1])) {
            nameEnd--;
        }
        int name = nameEnd;
        int least = Math.max(floor, nameEnd - LONGEST_NAME);
        while (name > least && isName(b[name - 1])) {
            name--;
        }
        if (nameEnd - name < 3 || !ANY.within(b, name, nameEnd)) {
            return -1;
        }
        boolean authorization = AUTHORIZATION.within(b, name, nameEnd);
        boolean password = !authorization && PASSWORDS.within(b, name, nameEnd);
        boolean named = authorization || password || KEYS.within(b, name, nameEnd);
        if (!named || ABOUT.within(b, name, nameEnd)) {
            return -1;
        }
        return value(b, sign + 1, to, authorization, password, hits);
    }

    private static int value(
            byte[] b, int from, int to, boolean authorization, boolean password, Hits hits) {
        int start = from;
        while (start < to
                && start - from < 6
                && (isAround(b[start]) || b[start] == '=' || b[start] == '>')) {
            start++;
        }
        if (authorization) {
            int word = start;
            while (word < to && word - start < 8 && is(b[word], LETTER)) {
                word++;
            }
            if (word < to && b[word] == ' ' && SCHEMES.within(b, start, word)) {
                start = word + 1;
            }
        }
        int end = start;
        while (end < to && end - start < LONGEST_VALUE && isValue(b[end])) {
            end++;
        }
        while (end > start
                && (b[end - 1] == '.'
                        || b[end - 1] == ','
                        || b[end - 1] == '!'
                        || b[end - 1] == '?')) {
            end--;
        }
        if (end - start < 6 || Placeholders.is(b, start, end)) {
            return -1;
        }
        boolean secret = password ? isPassword(b, start, end) : isKey(b, start, end, authorization);
        if (!secret) {
            return -1;
        }
        hits.add(FindingType.CREDENTIAL, password ? PASSWORD : KEYED, start, end);
        return end;
    }

    /// Characters of at least two kinds besides plain lower-case words.
    private static boolean isPassword(byte[] b, int start, int end) {
        int kinds = kinds(b, start, end);
        return Integer.bitCount(kinds) >= 2
                && (kinds & (1 | 8)) != 0
                && Entropy.bits(b, start, end) >= 2.2
                && !isCall(b, end);
    }

    private static boolean isKey(byte[] b, int start, int end, boolean authorization) {
        int kinds = kinds(b, start, end);
        boolean digit = (kinds & 1) != 0;
        int length = end - start;
        if (authorization) {
            return length >= 8 && Entropy.bits(b, start, end) >= 3.0;
        }
        return length >= 10 && digit && Entropy.bits(b, start, end) >= 3.2 && !isCall(b, end);
    }

    /// A name followed by a bracket is a piece of program.
    private static boolean isCall(byte[] b, int end) {
        return end < b.length && (b[end] == '(' || b[end] == '[');
    }

    /// 1 digits, 2 lower case, 4 upper case, 8 anything else.
    private static int kinds(byte[] b, int start, int end) {
        int kinds = 0;
        for (int i = start; i < end; i++) {
            kinds |= is(b[i], DIGIT) ? 1 : is(b[i], LOWER) ? 2 : is(b[i], UPPER) ? 4 : 8;
        }
        return kinds;
    }

    /// @param colon index of the colon of `://`
    /// @return where the scan goes on, -1 when there is no password
    static int findInUrl(byte[] b, int floor, int colon, int to, Hits hits) {
        int start = colon;
        while (start > floor
                && colon - start < 24
                && (is(b[start - 1], WORD) || b[start - 1] == '+')) {
            start--;
        }
        int from = colon + 3;
        int limit = Math.min(to, from + LONGEST_USERINFO);
        int password = -1;
        int at = -1;
        for (int i = from; i < limit && !is(b[i], BLANK); i++) {
            if (b[i] == ':' && password < 0) {
                password = i + 1;
            } else if (b[i] == '@') {
                at = i;
            } else if (b[i] == '/' || b[i] == '"' || b[i] == '\'' || b[i] == '<') {
                break;
            }
        }
        if (start == colon || password < 0 || at <= password) {
            return -1;
        }
        boolean placeholder =
                Placeholders.is(b, password, at)
                        || (PASSWORDS.within(b, password, at) && at - password <= 10);
        hits.add(FindingType.CONNECTION_STRING, placeholder ? PLACEHOLDER : IN_URL, start, at);
        return at + 1;
    }

    private static boolean isName(byte c) {
        return is(c, WORD | Bytes.HIGH) || c == '_' || c == '-' || c == '.';
    }

    /// What may stand between name, sign and value.
    private static boolean isAround(byte c) {
        return c == ' ' || c == '\t' || c == '"' || c == '\'' || c == '`' || c == ':' || c == '\\'
                || c == ']';
    }

    private static boolean isValue(byte c) {
        return is(c, WORD) || "_-.=+/~!@#$%^&*?".indexOf(c) >= 0;
    }
}
