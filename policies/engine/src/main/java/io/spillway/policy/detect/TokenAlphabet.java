package io.spillway.policy.detect;

import java.util.Arrays;

/// What a part of a token is made of.
enum TokenAlphabet {
    DIGIT("digit", "0-9", ""),
    HEX("hex", "0-9a-fA-F", ""),
    LOWER("lower", "a-z0-9", ""),
    UPPER("upper", "A-Z0-9", ""),
    WORD("word", "a-zA-Z0-9", ""),
    WORD_UNDERSCORE("word_", "a-zA-Z0-9", "_"),
    URL("url", "a-zA-Z0-9", "_-"),
    URL_DOT("url.", "a-zA-Z0-9", "_-."),
    UUID("uuid", "0-9a-fA-F", "-"),
    BASE64("base64", "a-zA-Z0-9", "+/="),
    PATH("path", "a-zA-Z0-9", "_-./%=+"),
    TILDE("tilde", "a-zA-Z0-9", "_-.~"),
    ANY("any", "a-zA-Z0-9", "_-.+/=~!@#$%^&*:");

    private final String written;
    private final boolean[] members = new boolean[256];

    TokenAlphabet(String written, String ranges, String others) {
        this.written = written;
        for (int i = 0; i + 2 < ranges.length(); i += 3) {
            Arrays.fill(members, ranges.charAt(i), ranges.charAt(i + 2) + 1, true);
        }
        for (int i = 0; i < others.length(); i++) {
            members[others.charAt(i)] = true;
        }
    }

    static TokenAlphabet named(String written) {
        return Arrays.stream(values())
                .filter(it -> it.written.equals(written))
                .findFirst()
                .orElseThrow(() -> new IllegalArgumentException("no alphabet " + written));
    }

    boolean has(byte c) {
        return members[c & 0xFF];
    }

    /// Whether a character behind the longest run makes it something longer.
    boolean continues(byte c) {
        return members[c & 0xFF] && c != '.' && c != '-' && c != '=' && c != '/' && c != ':'
                || Bytes.is(c, Bytes.WORD);
    }

    /// Its characters, in order.
    String characters() {
        var all = new StringBuilder();
        for (int i = 0; i < members.length; i++) {
            if (members[i]) {
                all.append((char) i);
            }
        }
        return all.toString();
    }
}
