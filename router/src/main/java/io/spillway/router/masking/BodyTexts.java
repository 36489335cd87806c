package io.spillway.router.masking;

import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonToken;
import io.spillway.policy.detect.TextLeaf;
import io.spillway.policy.mask.Masker;
import io.spillway.policy.mask.Masker.Replacement;
import io.spillway.policy.mask.Masker.Text;
import io.spillway.router.api.ParsedBody;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/// The strings of a body of which it is known where they stand, so that parts of them can be
/// replaced.
///
/// Names of members and numbers are not among them, nor strings that share their path with another
/// leaf: a finding there could be of either.
final class BodyTexts {
    private static final JsonFactory JSON =
            JsonFactory.builder().disable(JsonFactory.Feature.INTERN_FIELD_NAMES).build();

    private final byte[] bytes;
    private final List<Text> texts;
    private final List<Integer> starts;

    private BodyTexts(byte[] bytes, List<Text> texts, List<Integer> starts) {
        this.bytes = bytes;
        this.texts = texts;
        this.starts = starts;
    }

    /// The strings of a body that came through the strict parser.
    static BodyTexts of(ParsedBody body) throws IOException {
        var single = new HashMap<String, TextLeaf>();
        var several = new HashMap<String, Integer>();
        for (var leaf : body.leaves()) {
            several.merge(leaf.path(), 1, Integer::sum);
            single.put(leaf.path(), leaf);
        }
        single.keySet().removeIf(path -> several.getOrDefault(path, 0) > 1);
        try (var json = JSON.createParser(body.bytes())) {
            json.nextToken();
            var walk = new Walk(json, single);
            walk.value("");
            return new BodyTexts(body.bytes(), walk.texts, walk.starts);
        }
    }

    /// The way through a body, which was read strictly before.
    private static final class Walk {
        private final JsonParser json;
        private final Map<String, TextLeaf> leaves;
        private final List<Text> texts = new ArrayList<>();
        private final List<Integer> starts = new ArrayList<>();

        Walk(JsonParser json, Map<String, TextLeaf> leaves) {
            this.json = json;
            this.leaves = leaves;
        }

        void value(String path) throws IOException {
            switch (json.currentToken()) {
                case START_OBJECT -> {
                    while (json.nextToken() == JsonToken.FIELD_NAME) {
                        var at = path + "/" + pointer(json.currentName());
                        json.nextToken();
                        value(at);
                    }
                }
                case START_ARRAY -> {
                    for (int i = 0; json.nextToken() != JsonToken.END_ARRAY; i++) {
                        value(path + "/" + i);
                    }
                }
                case VALUE_STRING -> string(path);
                default -> {}
            }
        }

        private void string(String path) throws IOException {
            var leaf = leaves.get(path);
            if (leaf == null) {
                return;
            }
            int start = start(json);
            var text = json.getText();
            if (text.equals(text(leaf))) {
                texts.add(new Text(path, text));
                starts.add(start);
            }
        }
    }

    /// First byte of a string's content.
    private static int start(JsonParser json) {
        return Math.toIntExact(json.currentTokenLocation().getByteOffset()) + 1;
    }

    private static String text(TextLeaf leaf) {
        return new String(
                leaf.utf8(), leaf.from(), leaf.to() - leaf.from(), StandardCharsets.UTF_8);
    }

    List<Text> texts() {
        return texts;
    }

    /// The texts by path, with replacements.
    Map<String, String> replaced(List<Replacement> replacements) {
        var byText = new HashMap<Integer, List<Replacement>>();
        for (var it : replacements) {
            byText.computeIfAbsent(it.text(), _ -> new ArrayList<>()).add(it);
        }
        var map = new HashMap<String, String>();
        for (int i = 0; i < texts.size(); i++) {
            var text = texts.get(i);
            map.put(text.path(), Masker.apply(text.text(), byText.getOrDefault(i, List.of())));
        }
        return map;
    }

    /// The body with replacements; every other byte as it was. Placeholders need no escapes.
    byte[] splice(List<Replacement> replacements) {
        var out = new ByteArrayOutputStream(bytes.length + 256);
        int at = 0;
        int text = -1;
        int raw = 0;
        int chars = 0;
        for (var it : replacements) {
            if (it.text() != text) {
                text = it.text();
                raw = starts.get(text);
                chars = 0;
            }
            int from = forward(raw, it.from() - chars);
            int to = forward(from, it.to() - it.from());
            out.write(bytes, at, from - at);
            out.writeBytes(it.placeholder().getBytes(StandardCharsets.US_ASCII));
            at = to;
            raw = to;
            chars = it.to();
        }
        out.write(bytes, at, bytes.length - at);
        return out.toByteArray();
    }

    /// The byte some UTF-16 units of a string's text further on.
    private int forward(int from, int units) {
        int at = from;
        for (int i = 0; i < units; ) {
            int b = bytes[at] & 0xff;
            if (b == '\\') {
                at += bytes[at + 1] == 'u' ? 6 : 2;
                i++;
            } else if (b < 0x80) {
                at++;
                i++;
            } else {
                int length = b < 0xe0 ? 2 : b < 0xf0 ? 3 : 4;
                at += length;
                i += length == 4 ? 2 : 1;
            }
        }
        return at;
    }

    private static String pointer(String name) {
        return name.replace("~", "~0").replace("/", "~1");
    }
}
