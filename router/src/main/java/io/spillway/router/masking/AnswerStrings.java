package io.spillway.router.masking;

import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonToken;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;

/// The strings of one answer, or of one event of it, that a model wrote, and where they stand.
///
/// Everything below `choices` that is a string is taken for the model's text, in whatever field a
/// server puts it, but for the names that the API itself gives and for `logprobs`.
final class AnswerStrings {
    private static final JsonFactory JSON =
            JsonFactory.builder().disable(JsonFactory.Feature.INTERN_FIELD_NAMES).build();

    private static final Set<String> NOT_TEXT =
            Set.of("role", "type", "id", "name", "finish_reason", "stop_reason", "object");

    private static final Set<String> HEAD =
            Set.of("id", "object", "created", "model", "system_fingerprint");

    private final byte[] bytes;
    private final JsonParser json;
    private final List<Choice> choices = new ArrayList<>();
    private final Map<String, String> head = new LinkedHashMap<>();

    /// A string of the model.
    ///
    /// @param path names and indexes on the way to it inside the choice, elements of a list as `#`
    ///   and the index that the element states, or else its place
    /// @param from first byte, the quotation mark
    /// @param to byte after the last
    record Item(List<String> path, String text, int from, int to) {

        /// Whether it is JSON by its name.
        boolean isJson() {
            return path.getLast().equals("arguments");
        }
    }

    /// One choice.
    ///
    /// @param index the index it states, or else its place
    /// @param finished whether it says why it ended
    record Choice(int index, boolean finished, List<Item> items) {}

    private AnswerStrings(byte[] bytes) throws IOException {
        this.bytes = bytes;
        this.json = JSON.createParser(bytes);
    }

    /// Reads an answer.
    ///
    /// @throws IOException when it is no JSON
    static AnswerStrings of(byte[] bytes) throws IOException {
        var strings = new AnswerStrings(bytes);
        try (var parser = strings.json) {
            if (parser.nextToken() == JsonToken.START_OBJECT) {
                strings.members();
            }
        }
        return strings;
    }

    List<Choice> choices() {
        return choices;
    }

    /// Members of the top level that belong to every event, as JSON text.
    Map<String, String> head() {
        return head;
    }

    private void members() throws IOException {
        while (json.nextToken() == JsonToken.FIELD_NAME) {
            var name = json.currentName();
            var token = json.nextToken();
            int from = offset(json.currentTokenLocation().getByteOffset());
            if (name.equals("choices") && token == JsonToken.START_ARRAY) {
                readChoices();
                continue;
            }
            json.skipChildren();
            json.finishToken();
            if (HEAD.contains(name)) {
                int to = offset(json.currentLocation().getByteOffset());
                head.put(name, new String(bytes, from, to - from, StandardCharsets.UTF_8).strip());
            }
        }
    }

    private void readChoices() throws IOException {
        for (int place = 0; json.nextToken() != JsonToken.END_ARRAY; place++) {
            if (json.currentToken() == JsonToken.START_OBJECT) {
                choices.add(choice(place));
            } else {
                json.skipChildren();
            }
        }
    }

    private Choice choice(int place) throws IOException {
        var items = new ArrayList<Item>();
        int index = place;
        boolean finished = false;
        while (json.nextToken() == JsonToken.FIELD_NAME) {
            var name = json.currentName();
            var token = json.nextToken();
            if (name.equals("index") && token == JsonToken.VALUE_NUMBER_INT) {
                index = json.getIntValue();
            } else if (name.equals("finish_reason")) {
                finished = token != JsonToken.VALUE_NULL;
                json.skipChildren();
            } else {
                value(name, List.of(), items);
            }
        }
        return new Choice(index, finished, items);
    }

    private void value(String name, List<String> parents, List<Item> items) throws IOException {
        if (NOT_TEXT.contains(name) || name.equals("logprobs")) {
            json.skipChildren();
            return;
        }
        var path = plus(parents, name);
        switch (json.currentToken()) {
            case VALUE_STRING -> items.add(item(path));
            case START_OBJECT -> object(path, items);
            case START_ARRAY -> {
                for (int place = 0; json.nextToken() != JsonToken.END_ARRAY; place++) {
                    element(place, path, items);
                }
            }
            default -> {}
        }
    }

    /// An element of a list goes by the index it states, since a stream tells only the elements
    /// that something is added to.
    private void element(int place, List<String> path, List<Item> items) throws IOException {
        if (json.currentToken() == JsonToken.START_OBJECT) {
            var own = new ArrayList<Item>();
            int index = object(List.of(), own);
            var prefix = plus(path, "#" + (index < 0 ? place : index));
            for (var it : own) {
                var whole = new ArrayList<>(prefix);
                whole.addAll(it.path());
                items.add(new Item(List.copyOf(whole), it.text(), it.from(), it.to()));
            }
        } else {
            json.skipChildren();
        }
    }

    /// @return the index that the object states, -1 when it states none
    private int object(List<String> path, List<Item> items) throws IOException {
        int index = -1;
        while (json.nextToken() == JsonToken.FIELD_NAME) {
            var name = json.currentName();
            var token = json.nextToken();
            if (name.equals("index") && token == JsonToken.VALUE_NUMBER_INT) {
                index = json.getIntValue();
            } else {
                value(name, path, items);
            }
        }
        return index;
    }

    private Item item(List<String> path) throws IOException {
        int from = offset(json.currentTokenLocation().getByteOffset());
        var text = json.getText();
        return new Item(path, text, from, offset(json.currentLocation().getByteOffset()));
    }

    private static List<String> plus(List<String> path, String name) {
        var longer = new ArrayList<>(path);
        longer.add(name);
        return List.copyOf(longer);
    }

    private static int offset(long value) {
        return Math.toIntExact(value);
    }
}
