package io.spillway.policy.detect;

import static io.spillway.policy.detect.Bytes.DIGIT;
import static io.spillway.policy.detect.Bytes.LETTER;
import static io.spillway.policy.detect.Bytes.is;

import io.spillway.policy.detect.TokenShape.Alphabet;
import org.jspecify.annotations.Nullable;

/// Tokens with a published prefix, found by walking a trie of the prefixes from the beginning of a
/// word.
final class Tokens {
    private static final double CONFIDENCE = 0.9;
    private static final Node ROOT = prefixes();

    private Tokens() {}

    private static final class Node {
        final @Nullable Node[] next = new Node[128];
        @Nullable TokenShape shape;
        boolean jwt;
        boolean bearer;
    }

    private static Node prefixes() {
        var root = new Node();
        cloud(root);
        code(root);
        services(root);
        models(root);
        node(root, "eyJ").jwt = true;
        node(root, "Bearer ").bearer = true;
        node(root, "bearer ").bearer = true;
        return root;
    }

    private static void cloud(Node root) {
        // Amazon, Google, Alibaba, Tencent, Azure DevOps, DigitalOcean, Databricks, Vault
        for (var prefix : new String[] {"AKIA", "ASIA", "ABIA", "ACCA"}) {
            put(root, prefix, TokenShape.exactly(16, Alphabet.UPPER_DIGIT));
        }
        put(root, "AIza", TokenShape.exactly(35, Alphabet.URL));
        put(root, "ya29.", TokenShape.between(20, 500, Alphabet.URL_DOT));
        put(root, "GOCSPX-", TokenShape.exactly(28, Alphabet.URL));
        put(root, "LTAI", TokenShape.random(12, 26, Alphabet.WORD));
        put(root, "AKID", TokenShape.random(32, 36, Alphabet.WORD));
        put(root, "dop_v1_", TokenShape.exactly(64, Alphabet.HEX));
        put(root, "doo_v1_", TokenShape.exactly(64, Alphabet.HEX));
        put(root, "dapi", TokenShape.exactly(32, Alphabet.HEX));
        put(root, "hvs.", TokenShape.between(24, 300, Alphabet.URL));
        put(root, "hvb.", TokenShape.between(100, 300, Alphabet.URL));
        put(root, "AGE-SECRET-KEY-1", TokenShape.exactly(58, Alphabet.UPPER_DIGIT));
    }

    private static void code(Node root) {
        for (var prefix : new String[] {"ghp_", "gho_", "ghu_", "ghs_", "ghr_"}) {
            put(root, prefix, TokenShape.exactly(36, Alphabet.WORD));
        }
        put(root, "github_pat_", TokenShape.exactly(82, Alphabet.WORD_UNDERSCORE));
        var gitlab =
                new String[] {
                    "glpat-",
                    "gldt-",
                    "glrt-",
                    "glcbt-",
                    "glptt-",
                    "glsoat-",
                    "glimt-",
                    "glagent-",
                    "glft-",
                    "GR1348941"
                };
        for (var prefix : gitlab) {
            put(root, prefix, TokenShape.between(20, 64, Alphabet.URL_DOT));
        }
        put(root, "npm_", TokenShape.exactly(36, Alphabet.WORD));
        put(root, "pypi-AgEIcHlwaS5vcmc", TokenShape.between(50, 1000, Alphabet.URL));
        put(root, "rubygems_", TokenShape.exactly(48, Alphabet.HEX));
        put(root, "dckr_pat_", TokenShape.between(27, 36, Alphabet.URL));
        put(root, "pul-", TokenShape.exactly(40, Alphabet.HEX));
        put(root, "ATATT3", TokenShape.between(50, 400, Alphabet.URL_DOT));
        put(root, "glsa_", TokenShape.between(41, 41, Alphabet.WORD_UNDERSCORE));
        put(root, "lin_api_", TokenShape.exactly(40, Alphabet.WORD));
        put(root, "nfp_", TokenShape.exactly(36, Alphabet.WORD));
        put(root, "sntrys_", TokenShape.between(80, 500, Alphabet.URL_DOT));
    }

    private static void services(Node root) {
        for (var prefix : new String[] {"xoxb-", "xoxp-", "xoxa-", "xoxr-", "xoxs-", "xoxo-"}) {
            put(root, prefix, TokenShape.random(24, 250, Alphabet.URL));
        }
        put(root, "xoxe.", TokenShape.random(40, 250, Alphabet.URL_DOT));
        put(root, "xapp-", TokenShape.random(30, 250, Alphabet.URL));
        for (var kind : new String[] {"services/", "workflows/", "triggers/"}) {
            put(root, "hooks.slack.com/" + kind, TokenShape.between(40, 120, Alphabet.URL_DOT));
        }
        for (var mode : new String[] {"test_", "live_", "prod_"}) {
            put(root, "sk_" + mode, TokenShape.between(10, 120, Alphabet.WORD));
            put(root, "rk_" + mode, TokenShape.between(10, 120, Alphabet.WORD));
        }
        put(root, "whsec_", TokenShape.between(24, 120, Alphabet.WORD));
        put(root, "SG.", TokenShape.random(60, 70, Alphabet.URL_DOT));
        put(root, "sq0atp-", TokenShape.exactly(22, Alphabet.URL));
        put(root, "sq0csp-", TokenShape.exactly(43, Alphabet.URL));
        for (var prefix : new String[] {"shpat_", "shpss_", "shpca_", "shppa_"}) {
            put(root, prefix, TokenShape.exactly(32, Alphabet.HEX));
        }
        put(root, "xkeysib-", TokenShape.between(64, 90, Alphabet.URL));
        put(root, "SK", TokenShape.exactly(32, Alphabet.HEX));
        put(root, "NRAK-", TokenShape.exactly(27, Alphabet.UPPER_DIGIT));
        put(root, "PMAK-", TokenShape.exactly(59, Alphabet.URL));
    }

    private static void models(Node root) {
        put(root, "sk-", TokenShape.random(32, 200, Alphabet.URL));
        for (var prefix :
                new String[] {"sk-proj-", "sk-svcacct-", "sk-admin-", "sk-ant-", "sk-or-v1-"}) {
            put(root, prefix, TokenShape.between(32, 250, Alphabet.URL));
        }
        put(root, "hf_", TokenShape.exactly(34, Alphabet.WORD));
        put(root, "gsk_", TokenShape.between(48, 60, Alphabet.WORD));
        put(root, "r8_", TokenShape.between(37, 40, Alphabet.WORD));
        put(root, "pplx-", TokenShape.between(40, 60, Alphabet.WORD));
        put(root, "tvly-", TokenShape.between(28, 60, Alphabet.URL));
        put(root, "xai-", TokenShape.between(60, 100, Alphabet.WORD));
    }

    private static void put(Node root, String prefix, TokenShape shape) {
        node(root, prefix).shape = shape;
    }

    private static Node node(Node root, String prefix) {
        var node = root;
        for (int i = 0; i < prefix.length(); i++) {
            var next = node.next[prefix.charAt(i)];
            if (next == null) {
                next = new Node();
                node.next[prefix.charAt(i)] = next;
            }
            node = next;
        }
        return node;
    }

    /// @param i the beginning of a word
    /// @return where the scan goes on, -1 when no token begins there
    static int find(byte[] b, int i, int to, Hits hits) {
        var node = ROOT.next[b[i]];
        int at = i + 1;
        int end = -1;
        var type = FindingType.ACCESS_TOKEN;
        while (node != null) {
            int one = -1;
            if (node.shape != null) {
                one = node.shape.end(b, at, to);
            } else if (node.jwt) {
                one = jwtEnd(b, at, to);
                type = one > 0 ? FindingType.JWT : type;
            } else if (node.bearer) {
                one = bearerEnd(b, at, to);
            }
            end = Math.max(end, one);
            if (at >= to || b[at] < 0) {
                break;
            }
            node = node.next[b[at++]];
        }
        if (end > 0) {
            hits.add(type, CONFIDENCE, i, end);
        }
        return end;
    }

    /// Three parts of base64url, the first two of them objects.
    private static int jwtEnd(byte[] b, int start, int to) {
        int dot = base64UrlEnd(b, start, to);
        if (dot - start < 8
                || dot + 3 >= to
                || b[dot] != '.'
                || b[dot + 1] != 'e'
                || b[dot + 2] != 'y') {
            return -1;
        }
        int second = base64UrlEnd(b, dot + 1, to);
        if (second - dot < 8) {
            return -1;
        }
        if (second >= to || b[second] != '.') {
            return second - dot < 16 ? -1 : second;
        }
        return base64UrlEnd(b, second + 1, to);
    }

    private static int base64UrlEnd(byte[] b, int start, int to) {
        int i = start;
        while (i < to && (is(b[i], LETTER | DIGIT) || b[i] == '_' || b[i] == '-' || b[i] == '=')) {
            i++;
        }
        return i;
    }

    private static int bearerEnd(byte[] b, int start, int to) {
        if (start < to
                && b[start] == 'e'
                && start + 3 < to
                && b[start + 1] == 'y'
                && b[start + 2] == 'J') {
            int jwt = jwtEnd(b, start + 3, to);
            if (jwt > 0) {
                return jwt;
            }
        }
        int end = base64UrlEnd(b, start, to);
        boolean token =
                end - start >= 16
                        && end - start <= 2048
                        && Entropy.bits(b, start, end) >= 3.5
                        && !Placeholders.is(b, start, end);
        for (int i = start; token && i < end; i++) {
            if (is(b[i], DIGIT)) {
                return end;
            }
        }
        return -1;
    }
}
