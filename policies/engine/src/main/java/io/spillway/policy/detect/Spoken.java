package io.spillway.policy.detect;

import static io.spillway.policy.detect.Bytes.BLANK;
import static io.spillway.policy.detect.Bytes.LETTER;
import static io.spillway.policy.detect.Bytes.WORD;
import static io.spillway.policy.detect.Bytes.is;

import java.util.List;

/// Secrets in sentences and on command lines: `my password is ...`, `密码是...`, `--token ...`, `curl
/// -u user:...`, `machine ... password ...`.
final class Spoken {
    private static final double IN_SENTENCE = 0.7;
    private static final int REACH = 40;
    private static final int TOOL_REACH = 400;

    /// Bytes of Chinese that may stand before the value.
    private static final int SENTENCE = 240;

    private static final Words NOUNS =
            new Words(
                    "password",
                    "passphrase",
                    "passcode",
                    "passwd",
                    "pwd",
                    "passwort",
                    "kennwort",
                    "api key",
                    "apikey",
                    "api token",
                    "access key",
                    "access token",
                    "auth token",
                    "secret key",
                    "secret",
                    "token",
                    "credentials",
                    "login is",
                    "pin code",
                    "contraseña",
                    "mot de passe",
                    "senha");
    private static final Words CHINESE_NOUNS = new Words("密码", "口令", "密钥", "令牌");
    private static final Words LINKS =
            new Words(" is ", " was ", " to ", " are ", " ist ", " lautet ", " es ", " est ");
    private static final Words CHINESE_LINKS = new Words("是", "为", "改成", "设为", "设置为", "改为");
    private static final Words KEY_NOUNS =
            new Words("api", "access", "auth", "secret", "token", "密钥", "令牌");
    private static final Words TOOLS =
            new Words(
                    "curl",
                    "mysql",
                    "mysqldump",
                    "sshpass",
                    "docker login",
                    "redis-cli",
                    "mongo",
                    "ldapsearch",
                    "smbclient",
                    "wget",
                    "podman login",
                    "helm",
                    "az ",
                    "sqlcmd",
                    "http ",
                    "pg_dump",
                    "psql");
    private static final Words LOGINS = new Words("login ", "machine ");

    private Spoken() {}

    /// What a secret is called in sentences.
    static List<byte[]> nouns() {
        return NOUNS.all();
    }

    /// @param i the beginning of a word
    /// @return where the scan goes on, -1 when no secret is told there
    static int find(byte[] b, int floor, int i, int to, Hits hits) {
        if (!NOUNS.isAt(b, i, to)) {
            return -1;
        }
        int noun = i;
        while (noun < to && (is(b[noun], WORD) || b[noun] == '_')) {
            if (b[noun++] == '_') {
                return -1; // a name in a program
            }
        }
        int limit = Math.min(to, i + REACH);
        for (int k = i + 3; k < limit && b[k] != '\n' && b[k] != '.' && b[k] != ','; k++) {
            if (b[k] == ' ' && LINKS.isAt(b, k, to)) {
                int value = k + 1;
                while (value < to && b[value] != ' ') {
                    value++;
                }
                return told(b, i, value + 1, to, hits);
            }
        }
        int end = i;
        while (end < to && is(b[end], WORD)) {
            end++;
        }
        boolean netrc =
                end < to && is(b[end], BLANK) && LOGINS.within(b, Math.max(floor, i - 100), i);
        return netrc ? told(b, i, end + 1, to, hits) : -1;
    }

    /// As [#find], in Chinese, where a word may begin anywhere.
    static int findChinese(byte[] b, int i, int to, Hits hits) {
        if (!CHINESE_NOUNS.isAt(b, i, to)) {
            return -1;
        }
        int limit = Math.min(to, i + REACH);
        for (int k = i + 6; k < limit && b[k] != '\n'; k++) {
            if (b[k] < 0 && CHINESE_LINKS.isAt(b, k, to)) {
                int value = k;
                int most = Math.min(to, k + SENTENCE);
                while (value < most && (b[value] < 0 || b[value] == ' ')) {
                    value++;
                }
                return told(b, i, value, to, hits);
            }
            if (b[k] == ' ' || is(b[k], WORD)) {
                return told(b, i, b[k] == ' ' ? k + 1 : k, to, hits);
            }
        }
        return -1;
    }

    private static int told(byte[] b, int noun, int from, int to, Hits hits) {
        int start = from;
        while (start < to
                && start - from < 6
                && (b[start] == ' '
                        || b[start] == '"'
                        || b[start] == '\''
                        || b[start] == '`'
                        || b[start] == ':'
                        || b[start] == '*')) {
            start++;
        }
        if (start >= to) {
            return -1;
        }
        boolean quoted = start > from && "\"'`".indexOf(b[start - 1]) >= 0;
        int end = SecretValues.end(b, start, to, quoted);
        while (!quoted
                && end > start + 1
                && (b[end - 1] == '!' || b[end - 1] == ':')
                && end - start > 12) {
            end--;
        }
        if (end == start) {
            return -1;
        }
        var name = KEY_NOUNS.isAt(b, noun, to) ? SecretNames.KEY : SecretNames.PASSWORD;
        if (!SecretValues.isSecret(name, b, start, end, to, quoted)) {
            return -1;
        }
        hits.add(FindingType.CREDENTIAL, IN_SENTENCE, start, end);
        return end;
    }

    /// @param i index of a dash
    static int findFlag(byte[] b, int floor, int i, int to, Hits hits) {
        boolean begins = i == floor || is(b[i - 1], BLANK) || b[i - 1] == '"' || b[i - 1] == '\'';
        if (!begins || i + 3 >= to) {
            return -1;
        }
        int end =
                b[i + 1] == '-' || (is(b[i + 1], LETTER) && is(b[i + 2], LETTER))
                        ? longFlag(b, i, to, hits)
                        : -1;
        return end > 0 ? end : shortFlag(b, floor, i, to, hits);
    }

    private static int longFlag(byte[] b, int i, int to, Hits hits) {
        int name = i + 1 + (b[i + 1] == '-' ? 1 : 0);
        int end = name;
        while (end < to
                && end - name < 40
                && (is(b[end], WORD) || b[end] == '-' || b[end] == '_')) {
            end++;
        }
        if (end == name || end + 1 >= to || b[end] != ' ') {
            return -1;
        }
        int start = end;
        while (start + 1 < to && b[start] == ' ') {
            start++;
        }
        boolean quoted = b[start] == '"' || b[start] == '\'';
        start += quoted ? 1 : 0;
        if (start >= to || b[start] == '-') {
            return -1;
        }
        var promise = SecretNames.of(b, name, end);
        if (promise == SecretNames.NONE) {
            boolean user = end - name == 4 && b[name] == 'u' && b[name + 1] == 's';
            return user ? userPassword(b, start, to, quoted, hits) : -1;
        }
        int stop = SecretValues.end(b, start, to, quoted);
        if (stop == start || !SecretValues.isSecret(promise, b, start, stop, to, quoted)) {
            return -1;
        }
        hits.add(FindingType.CREDENTIAL, Credentials.KEYED, start, stop);
        return stop;
    }

    private static int shortFlag(byte[] b, int floor, int i, int to, Hits hits) {
        byte flag = b[i + 1];
        if (flag != 'p' && flag != 'u' && flag != 'a' && flag != 'w' && flag != 'P') {
            return -1;
        }
        int start = i + 2;
        start += b[start] == ' ' ? 1 : 0;
        boolean quoted = start < to && (b[start] == '"' || b[start] == '\'');
        start += quoted ? 1 : 0;
        if (start >= to
                || b[start] == '-'
                || !TOOLS.within(b, Math.max(floor, i - TOOL_REACH), i)) {
            return -1;
        }
        if (flag == 'u') {
            return userPassword(b, start, to, quoted, hits);
        }
        int end = SecretValues.end(b, start, to, quoted);
        if (end == start
                || !SecretValues.isSecret(SecretNames.PASSWORD, b, start, end, to, false)) {
            return -1;
        }
        hits.add(FindingType.CREDENTIAL, Credentials.PASSWORD, start, end);
        return end;
    }

    /// `user:password`.
    private static int userPassword(byte[] b, int start, int to, boolean quoted, Hits hits) {
        int end = SecretValues.end(b, start, to, quoted);
        int colon = start;
        while (colon < end && b[colon] != ':') {
            colon++;
        }
        if (colon == end) {
            return -1;
        }
        int password = colon + 1;
        if (password < to && (b[password] == '"' || b[password] == '\'')) {
            password++;
            end = SecretValues.end(b, password, to, true);
        }
        boolean before = end - password < 3 && colon - start >= 6;
        int from = before ? start : password;
        int until = before ? colon : end;
        if (until - from < 3 || !SecretValues.isLogin(b, from, until)) {
            return -1;
        }
        hits.add(FindingType.CREDENTIAL, Credentials.PASSWORD, from, until);
        return end;
    }
}
