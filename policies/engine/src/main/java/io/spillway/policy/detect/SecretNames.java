package io.spillway.policy.detect;

import static io.spillway.policy.detect.Bytes.LETTER;
import static io.spillway.policy.detect.Bytes.LOWER;
import static io.spillway.policy.detect.Bytes.UPPER;
import static io.spillway.policy.detect.Bytes.is;

/// What a name promises about the value behind it. A name is read by its parts, `db_password`,
/// `dbPassword` and `DB-PASSWORD` alike, so that a monkey has no key and an author no auth.
enum SecretNames {
    /// Nothing.
    NONE,

    /// A value that is a secret if it looks very random: `key`, `session`, `sig`.
    WEAK,

    /// A machine's secret: `api_key`, `token`.
    KEY,

    /// A secret that a machine or a person made up: `client_secret`.
    SECRET,

    /// The header `Authorization`.
    AUTHORIZATION,

    /// A secret that people make up.
    PASSWORD;

    /// Found anywhere in a name.
    private static final Words PASSWORDS =
            new Words(
                    "password",
                    "passwd",
                    "passphrase",
                    "passcode",
                    "passwort",
                    "kennwort",
                    "contraseña",
                    "mot de passe",
                    "motdepasse",
                    "senha",
                    "пароль",
                    "パスワード",
                    "비밀번호",
                    "密码",
                    "密碼",
                    "口令");

    private static final Words KEYS =
            new Words(
                    "apikey",
                    "api_key",
                    "api-key",
                    "api key",
                    "accesskey",
                    "access_key",
                    "access-key",
                    "access key",
                    "secretkey",
                    "privatekey",
                    "private_key",
                    "private-key",
                    "accountkey",
                    "account_key",
                    "authkey",
                    "auth_key",
                    "encryptionkey",
                    "encryption_key",
                    "signingkey",
                    "signing_key",
                    "masterkey",
                    "master_key",
                    "storagekey",
                    "sharedkey",
                    "licensekey",
                    "license_key",
                    "subscription_key",
                    "subscription-key",
                    "credential",
                    "密钥",
                    "令牌");
    private static final Words AUTHORIZATIONS = new Words("authorization");
    private static final Words PASSWORD_PARTS = new Words("pass", "pwd", "pw", "passw");
    private static final Words KEY_PARTS = new Words("auth", "creds", "cred", "jwt", "seed");

    /// Parts that may also follow others without a border, as in `authtoken`.
    private static final Words KEY_ENDS = new Words("token");

    private static final Words SECRET_ENDS = new Words("secret");

    private static final Words PASSWORD_ENDS = new Words("pwd");

    private static final Words WEAK_PARTS =
            new Words(
                    "key", "session", "sessionid", "sessid", "sid", "sig", "signature", "webhook");

    /// As the last part: the name speaks about a secret and holds none.
    private static final Words ABOUT_ENDS =
            new Words(
                    "id",
                    "ids",
                    "name",
                    "names",
                    "url",
                    "urls",
                    "uri",
                    "path",
                    "file",
                    "dir",
                    "len",
                    "length",
                    "size",
                    "count",
                    "limit",
                    "type",
                    "types",
                    "ttl",
                    "at",
                    "hint",
                    "policy",
                    "reset",
                    "field",
                    "arn",
                    "version",
                    "regex",
                    "pattern",
                    "label",
                    "placeholder",
                    "column",
                    "param",
                    "parameter",
                    "prompt",
                    "message",
                    "error",
                    "text",
                    "title",
                    "format",
                    "method",
                    "class",
                    "provider",
                    "endpoint",
                    "host",
                    "port",
                    "header",
                    "prefix",
                    "suffix",
                    "alg",
                    "algorithm",
                    "index",
                    "idx",
                    "alias",
                    "pair",
                    "ring",
                    "store",
                    "code",
                    "frame",
                    "word",
                    "board",
                    "press",
                    "selector",
                    "usage",
                    "expiry",
                    "expires",
                    "expiration",
                    "expire",
                    "min",
                    "max",
                    "scope",
                    "scopes",
                    "enabled",
                    "required",
                    "mode",
                    "state",
                    "status",
                    "input",
                    "callback",
                    "audience",
                    "issuer",
                    "location",
                    "bits",
                    "mgr",
                    "manager",
                    "realm",
                    "encoder",
                    "parser",
                    "handler",
                    "service",
                    "client",
                    "dialog",
                    "page",
                    "view",
                    "form",
                    "button",
                    "link",
                    "factory",
                    "pem",
                    "crt",
                    "json",
                    "yaml",
                    "txt",
                    "vault");

    /// Anywhere: likewise.
    private static final Words ABOUT_PARTS =
            new Words(
                    "public",
                    "pub",
                    "publishable",
                    "csrf",
                    "authenticity",
                    "xsrf",
                    "primary",
                    "foreign",
                    "natural",
                    "bucket",
                    "schema",
                    "sequence",
                    "cache",
                    "sort",
                    "partition",
                    "idempotency",
                    "max",
                    "min",
                    "num",
                    "issuer",
                    "row",
                    "translation",
                    "i18n",
                    "author",
                    "authors",
                    "next",
                    "continuation",
                    "pagination",
                    "cancellation");

    /// What the name in the bytes promises.
    static SecretNames of(byte[] b, int start, int end) {
        if (AUTHORIZATIONS.within(b, start, end) && !isAbout(b, start, end)) {
            return AUTHORIZATION;
        }
        var promise = promise(b, start, end);
        return promise == NONE || isAbout(b, start, end) ? NONE : promise;
    }

    private static SecretNames promise(byte[] b, int start, int end) {
        if (PASSWORDS.within(b, start, end)) {
            return PASSWORD;
        }
        if (KEYS.within(b, start, end)) {
            return KEY;
        }
        var promise = NONE;
        for (int i = start; i < end; i++) {
            boolean begins = begins(b, i, start);
            if (PASSWORD_ENDS.is(b, i, end) || (begins && PASSWORD_PARTS.isPartAt(b, i, end))) {
                return PASSWORD;
            }
            if (SECRET_ENDS.isPartAt(b, i, end)) {
                return SECRET;
            }
            if (KEY_ENDS.isPartAt(b, i, end) || (begins && KEY_PARTS.isPartAt(b, i, end))) {
                return KEY;
            }
            if (begins && WEAK_PARTS.isPartAt(b, i, end)) {
                promise = WEAK;
            }
        }
        return promise;
    }

    private static boolean isAbout(byte[] b, int start, int end) {
        for (int i = start; i < end; i++) {
            if (begins(b, i, start)
                    && (ABOUT_PARTS.isPartAt(b, i, end) || ABOUT_ENDS.is(b, i, end))) {
                return true;
            }
        }
        return false;
    }

    private static boolean begins(byte[] b, int i, int start) {
        return is(b[i], LETTER)
                && (i == start
                        || !is(b[i - 1], LETTER)
                        || (is(b[i], UPPER) && is(b[i - 1], LOWER)));
    }
}
