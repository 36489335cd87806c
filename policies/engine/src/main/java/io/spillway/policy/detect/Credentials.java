package io.spillway.policy.detect;

import static io.spillway.policy.detect.Bytes.BLANK;
import static io.spillway.policy.detect.Bytes.LETTER;
import static io.spillway.policy.detect.Bytes.WORD;
import static io.spillway.policy.detect.Bytes.is;

import java.nio.charset.StandardCharsets;

/// Secrets that are known by the name before them, in whatever notation: `api_key=...`,
/// `"password": "..."`, `<secret>...</secret>`, `put("TOKEN", "...")`, `Authorization: Basic ...`.
/// The scan stops at the sign between name and value.
final class Credentials {
    static final double KEYED = 0.8;
    static final double PASSWORD = 0.7;
    private static final int LONGEST_NAME = 48;
    private static final int MOST_AROUND = 24;
    private static final int LONGEST_GAP = 24;
    private static final int VENDOR_REACH = 64;

    /// Most names in a text promise nothing; these are in all that may.
    private static final Words HINTS =
            new Words(
                    "key",
                    "sec",
                    "tok",
                    "pass",
                    "pwd",
                    "pw",
                    "cred",
                    "auth",
                    "jwt",
                    "seed",
                    "ses",
                    "sid",
                    "sig",
                    "hook",
                    "kennwort",
                    "contrase",
                    "senha",
                    "парол",
                    "パスワ",
                    "비밀번",
                    "密",
                    "口令",
                    "令牌",
                    "mot");

    private static final Words SCHEMES =
            new Words(
                    "bearer ", "basic ", "token ", "apikey ", "api-token ", "digest ", "sso-key ");
    private static final Words TYPES = new Words("string", "str", "text", "char", "varchar", "any");
    private static final Words CHECKSUMS =
            new Words(
                    "sha",
                    "md5",
                    "digest",
                    "checksum",
                    "hash",
                    "integrity",
                    "commit",
                    "rev",
                    "version",
                    "resolved",
                    "uuid",
                    "guid");
    private static final Words VALUES = new Words("value", "val", "default");
    private static final byte[][] HASHES = hashes();

    private Credentials() {}

    private static byte[][] hashes() {
        var prefixes =
                new String[] {
                    "$2a$", "$2b$", "$2y$", "$apr1$", "$1$", "$5$", "$6$", "$y$", "$argon2",
                    "{SHA}", "{SSHA}"
                };
        var hashes = new byte[prefixes.length][];
        for (int i = 0; i < prefixes.length; i++) {
            hashes[i] = prefixes[i].getBytes(StandardCharsets.US_ASCII);
        }
        return hashes;
    }

    /// @param sign index of the `=` or `:`, or of the `>` or `,` that closes a name
    /// @return where the scan goes on, -1 when there is no secret
    static int find(byte[] b, int floor, int sign, int to, Hits hits) {
        int nameEnd = nameEnd(b, floor, sign);
        int name = nameStart(b, floor, nameEnd);
        if (nameEnd - name < 2) {
            return -1;
        }
        if (TYPES.isAt(b, name, nameEnd)) {
            // var apiToken string = "..."
            int before = nameEnd(b, floor, name);
            int typed = nameStart(b, floor, before);
            if (before - typed >= 2 && HINTS.within(b, typed, before)) {
                name = typed;
                nameEnd = before;
            }
        }
        var promise = SecretNames.NONE;
        if (HINTS.within(b, name, nameEnd)) {
            promise = SecretNames.of(b, name, nameEnd);
        }
        if (promise == SecretNames.NONE && VALUES.isAt(b, name, nameEnd)) {
            promise = pair(b, Math.max(floor, name - 80), name);
        }
        return value(b, floor, name, sign, to, promise, hits);
    }

    /// The names of `"name": "API_TOKEN", "value": "..."`.
    private static SecretNames pair(byte[] b, int from, int end) {
        int stop = end;
        while (stop > from && !is(b[stop - 1], WORD)) {
            stop--;
        }
        int start = nameStart(b, from, stop);
        boolean promising = stop - start >= 3 && HINTS.within(b, start, stop);
        return promising ? SecretNames.of(b, start, stop) : SecretNames.NONE;
    }

    private static int nameEnd(byte[] b, int floor, int sign) {
        int end = sign;
        end -= end > floor + 1 && b[end - 1] == '.' && b[end - 2] == ' ' ? 1 : 0; // PHP's .=
        boolean breaks = b[sign] == '=';
        while (end > floor
                && sign - end < MOST_AROUND
                && (isAround(b[end - 1]) || (breaks && b[end - 1] == '\n'))) {
            end--;
        }
        return end;
    }

    private static int nameStart(byte[] b, int floor, int end) {
        int name = end;
        int least = Math.max(floor, end - LONGEST_NAME);
        while (name > least && isName(b[name - 1])) {
            name--;
        }
        return name;
    }

    private static int value(
            byte[] b, int floor, int name, int sign, int to, SecretNames promise, Hits hits) {
        int start = valueStart(b, sign + 1, to, promise != SecretNames.NONE);
        if (start < 0) {
            return -1;
        }
        boolean braces = b[start] == '{' && promise != SecretNames.NONE;
        int inner = braces ? inBraces(b, start, to) : start;
        boolean loose = inner > start || b[sign] == '|' || isLabel(b, sign, start);
        start = inner;
        int hash = hashEnd(b, start, to);
        if (hash > 0) {
            return report(KEYED, start, hash, hits);
        }
        if (promise != SecretNames.PASSWORD && promise != SecretNames.NONE) {
            start = behindScheme(b, start, to);
        }
        if (start == to) {
            return -1;
        }
        int token = Tokens.find(b, start, to, hits);
        if (token > 0) {
            return token;
        }
        boolean quoted = start > 0 && isQuote(b[start - 1]);
        int end = SecretValues.end(b, start, to, quoted);
        if (promise == SecretNames.PASSWORD && !isParameter(b, floor, name)) {
            end = SecretValues.endWithAmpersand(b, end, to);
        }
        if (end == start || (loose && !isAlone(b, start, end, to))) {
            return -1;
        }
        if (promise == SecretNames.NONE) {
            boolean random =
                    SecretValues.isVendorKey(b, start, end) && !CHECKSUMS.within(b, name, sign);
            int reach = Math.max(floor, name - VENDOR_REACH);
            var vendor = random ? VendorKeys.vendor(b, reach, start, end) : null;
            if (vendor == null) {
                return -1;
            }
            hits.addToken(KEYED, start, end, vendor);
            return end;
        }
        if (!SecretValues.isSecret(promise, b, start, end, to, quoted)) {
            return -1;
        }
        double confidence = promise == SecretNames.PASSWORD ? PASSWORD : KEYED;
        return report(confidence, start, end, hits);
    }

    /// Where the last word in braces begins: Jenkins writes so what it has encrypted.
    private static int inBraces(byte[] b, int brace, int to) {
        int word = brace + 1;
        int i = word;
        int limit = Math.min(to, brace + SecretValues.LONGEST);
        while (i < limit && b[i] != '}' && b[i] != '{' && b[i] != '\n') {
            if (b[i] == ' ' && i + 1 < to && b[i + 1] != ' ' && b[i + 1] != '}') {
                word = i + 1;
            }
            i++;
        }
        return i < limit && b[i] == '}' ? word : brace;
    }

    /// Whether the value stands in a line below its name.
    private static boolean isLabel(byte[] b, int sign, int start) {
        for (int i = sign + 1; b[sign] == ':' && i < start; i++) {
            if (b[i] == '|' || b[i] == '>') {
                return false;
            }
            if (b[i] == '\n') {
                return true;
            }
        }
        return false;
    }

    /// Whether a value is random enough to be one without the usual signs, and has its line, cell
    /// or braces for itself.
    private static boolean isAlone(byte[] b, int start, int end, int to) {
        int i = end;
        while (i < to && (b[i] == ' ' || isQuote(b[i]))) {
            i++;
        }
        boolean ends =
                i == to
                        || b[i] == '\n'
                        || b[i] == '\r'
                        || b[i] == '|'
                        || b[i] == '}'
                        || b[i] == ',';
        return ends && SecretValues.isVendorKey(b, start, end);
    }

    /// Whether the name is one of a URL's parameters, which an ampersand ends.
    private static boolean isParameter(byte[] b, int floor, int name) {
        return name > floor && (b[name - 1] == '?' || b[name - 1] == '&');
    }

    private static int report(double confidence, int start, int end, Hits hits) {
        hits.add(FindingType.CREDENTIAL, confidence, start, end);
        return end;
    }

    /// Behind signs, quotes and, where a secret is promised, the ends of lines: XML, YAML and
    /// labels put values on lines of their own, programs what is quoted.
    private static int valueStart(byte[] b, int from, int to, boolean promised) {
        int i = from;
        byte sign = b[from - 1];
        boolean opens = sign == '>' || sign == ':';
        boolean below = false;
        while (i < to && i - from < LONGEST_GAP) {
            byte c = b[i];
            if (c == '\n' || c == '\r') {
                if (!promised) {
                    return -1;
                }
                below = true;
            } else if (c == '|' || c == '>') {
                opens = true;
            } else if (!isBetween(c)) {
                break;
            }
            i++;
            if (isQuote(c) && i < to && !isQuote(b[i]) && b[i] != '\\' && b[i] != ' ') {
                break;
            }
        }
        boolean reached = i < to && i - from < LONGEST_GAP;
        return reached && (!below || opens || isQuote(b[i - 1])) ? i : -1;
    }

    private static int behindScheme(byte[] b, int start, int to) {
        if (!SCHEMES.isAt(b, start, to)) {
            return start;
        }
        int i = start;
        while (i < to && b[i] != ' ') {
            i++;
        }
        while (i < to && b[i] == ' ') {
            i++;
        }
        return i;
    }

    private static int hashEnd(byte[] b, int start, int to) {
        if (b[start] != '$' && b[start] != '{') {
            return -1;
        }
        for (var prefix : HASHES) {
            if (Bytes.isAt(b, start, to, prefix)) {
                int end = start + prefix.length;
                while (end < to && (is(b[end], WORD) || "$./+=,-".indexOf(b[end]) >= 0)) {
                    end++;
                }
                return end - start >= prefix.length + 20 ? end : -1;
            }
        }
        return -1;
    }

    private static boolean isQuote(byte c) {
        return c == '"' || c == '\'' || c == '`';
    }

    private static boolean isName(byte c) {
        return is(c, WORD | Bytes.HIGH) || c == '_' || c == '-' || c == '.';
    }

    /// What may stand between a name and its sign.
    private static boolean isAround(byte c) {
        return isQuote(c)
                || c == ' '
                || c == '\t'
                || c == ':'
                || c == '\\'
                || c == ']'
                || c == ')'
                || c == '?'
                || c == '='
                || c == '!'
                || c == '+'
                || c == '*';
    }

    /// What may stand between a sign and the value.
    private static boolean isBetween(byte c) {
        return isQuote(c)
                || is(c, BLANK)
                || c == '='
                || c == ':'
                || c == '\\'
                || c == '('
                || c == '@'
                || c == '>'
                || c == '|';
    }

    /// Whether a comma stands between the arguments of a call: `put("TOKEN", "...")`,
    /// `equal(it["token"], "...")`.
    static boolean isArgument(byte[] b, int comma, int from, int to) {
        int i = comma + 1;
        while (i < to && i - comma < 4 && b[i] == ' ') {
            i++;
        }
        if (comma - 2 < from || i >= to || !isQuote(b[i])) {
            return false;
        }
        int quote = b[comma - 1] == ']' ? comma - 2 : comma - 1;
        int name = nameStart(b, from, quote);
        return name > from && isQuote(b[quote]) && b[name - 1] == b[quote];
    }

    /// Whether a dash stands between a name and a value: `token - '...'`.
    static boolean isDash(byte[] b, int dash, int from, int to) {
        return dash > from
                && b[dash - 1] == ' '
                && dash + 2 < to
                && b[dash + 1] == ' '
                && isQuote(b[dash + 2]);
    }

    /// Whether a bar stands between the cells of a table: `| API_KEY | ... |`.
    static boolean isCell(byte[] b, int bar, int from) {
        return bar > from && (b[bar - 1] == ' ' || b[bar - 1] == '`' || is(b[bar - 1], WORD));
    }

    /// Whether an angle bracket closes the beginning of an element: `<token>`.
    static boolean isElement(byte[] b, int bracket, int from) {
        if (bracket == from || !is(b[bracket - 1], LETTER)) {
            return bracket > from && b[bracket - 1] == '"';
        }
        int name = nameStart(b, from, bracket);
        return name > from && (b[name - 1] == '<' || b[name - 1] == ':');
    }
}
