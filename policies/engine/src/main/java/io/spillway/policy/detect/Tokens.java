package io.spillway.policy.detect;

import static io.spillway.policy.detect.Bytes.DIGIT;
import static io.spillway.policy.detect.Bytes.LETTER;
import static io.spillway.policy.detect.Bytes.is;

import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collections;
import java.util.List;
import org.jspecify.annotations.Nullable;

/// Tokens with a text of their own at the beginning, found by walking a trie of those texts from
/// the beginning of a word.
final class Tokens {
    private static final double CONFIDENCE = 0.9;

    /// The texts that tokens begin with.
    private static final List<byte[]> PREFIXES = new ArrayList<>();

    private static final Node ROOT = trie();

    /// The ways on from the root, by byte: there are many.
    private static final @Nullable Node[] FIRST = first();

    private Tokens() {}

    /// One place in the trie. Few have more than one way on, so the ways are a short list.
    private static final class Node {
        private byte[] letters = {};
        private Node[] next = {};
        private Form[] forms = {};

        void add(Form form) {
            forms = Arrays.copyOf(forms, forms.length + 1);
            forms[forms.length - 1] = form;
        }

        @Nullable Node next(byte letter) {
            for (int i = 0; i < letters.length; i++) {
                if (letters[i] == letter) {
                    return next[i];
                }
            }
            return null;
        }

        Node add(byte letter) {
            var known = next(letter);
            if (known != null) {
                return known;
            }
            int size = letters.length;
            letters = Arrays.copyOf(letters, size + 1);
            next = Arrays.copyOf(next, size + 1);
            letters[size] = letter;
            next[size] = new Node();
            return next[size];
        }
    }

    /// What may follow a text.
    private sealed interface Form {
        record Published(String vendor, TokenShape shape) implements Form {}

        record KeyBody(TokenShape shape) implements Form {}

        record Jwt() implements Form {}

        record Bearer() implements Form {}
    }

    /// The texts that tokens begin with.
    static List<byte[]> prefixes() {
        return Collections.unmodifiableList(PREFIXES);
    }

    private static @Nullable Node[] first() {
        var first = new @Nullable Node[256];
        for (int i = 0; i < 256; i++) {
            first[i] = ROOT.next((byte) i);
        }
        return first;
    }

    private static Node trie() {
        var root = new Node();
        for (var row : VendorTokens.rows()) {
            var shape = TokenShape.of(row.notation());
            node(root, shape.prefix()).add(new Form.Published(row.vendor(), shape));
        }
        for (var notation : VendorTokens.keyBodies()) {
            var shape = TokenShape.of(notation);
            node(root, shape.prefix()).add(new Form.KeyBody(shape));
        }
        node(root, new byte[] {'e', 'y', 'J'}).add(new Form.Jwt());
        for (var word : new String[] {"Bearer ", "bearer ", "BEARER "}) {
            node(root, word.getBytes(StandardCharsets.US_ASCII)).add(new Form.Bearer());
        }
        return root;
    }

    private static Node node(Node root, byte[] prefix) {
        var node = root;
        for (byte letter : prefix) {
            node = node.add(letter);
        }
        if (node == root) {
            throw new IllegalArgumentException("a form must begin with a text");
        }
        PREFIXES.add(prefix);
        return node;
    }

    /// @param i the beginning of a word, or the end of the text
    /// @return where the scan goes on, -1 when no token begins there
    static int find(byte[] b, int i, int to, Hits hits) {
        var node = i < to ? FIRST[b[i] & 0xFF] : null;
        int at = i + 1;
        int end = -1;
        @Nullable Form found = null;
        while (node != null) {
            for (var form : node.forms) {
                int one = end(form, b, at, to, hits);
                if (one > end) {
                    end = one;
                    found = form;
                }
            }
            node = at < to ? node.next(b[at++]) : null;
        }
        switch (found) {
            case null -> {}
            case Form.Published(var vendor, _) -> hits.addToken(CONFIDENCE, i, end, vendor);
            case Form.KeyBody _ -> hits.add(FindingType.PRIVATE_KEY, CONFIDENCE, i, end);
            case Form.Jwt _ -> hits.add(FindingType.JWT, CONFIDENCE, i, end);
            case Form.Bearer _ -> hits.add(FindingType.ACCESS_TOKEN, CONFIDENCE, i, end);
        }
        return end;
    }

    private static int end(Form form, byte[] b, int at, int to, Hits hits) {
        return switch (form) {
            case Form.Published(_, var shape) -> shape.end(b, at, to);
            case Form.KeyBody(var shape) -> shape.end(b, at, to);
            case Form.Jwt() -> jwtEnd(b, at, to, hits);
            case Form.Bearer() -> bearerEnd(b, at, to, hits);
        };
    }

    /// Three parts of base64url, the first two of them objects.
    private static int jwtEnd(byte[] b, int start, int to, Hits hits) {
        // Each word of a long run may begin like a token and have the run read to its end.
        int dot = hits.spend(0) ? base64UrlEnd(b, start, to) : start;
        hits.spend(dot - start);
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

    private static int bearerEnd(byte[] b, int start, int to, Hits hits) {
        if (start + 3 < to && b[start] == 'e' && b[start + 1] == 'y' && b[start + 2] == 'J') {
            int jwt = jwtEnd(b, start + 3, to, hits);
            if (jwt > 0) {
                return jwt;
            }
        }
        int end = start;
        while (end < to
                && end - start <= 2048
                && (TokenAlphabet.PATH.has(b[end]) || b[end] == '~')) {
            end++;
        }
        while (end > start && (b[end - 1] == '.' || b[end - 1] == '-')) {
            end--;
        }
        boolean token =
                end - start >= 16
                        && end - start <= 2048
                        && Entropy.bits(b, start, end) >= 3.0
                        && !Placeholders.is(b, start, end);
        for (int i = start; token && i < end; i++) {
            if (is(b[i], DIGIT)) {
                return end;
            }
        }
        return -1;
    }
}
