package io.spillway.router.api;

import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonToken;
import io.spillway.api.request.Operation;
import io.spillway.policy.detect.TextLeaf;
import java.io.IOException;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/// Collects everything in a body that can carry text to a model server, and names what it cannot
/// read as text.
///
/// Strings are leaves wherever they stand, since servers take text from more fields than any list
/// names. So are member names outside the API's own, and numbers long enough to be an identifier.
final class LeafCollector {
    /// Shorter numbers cannot be a card, phone or identity number.
    private static final int LONG_NUMBER = 8;

    /// Names that the API itself defines below the top level; others are text of the caller.
    private static final Set<String> API_NAMES =
            Set.of(
                    "role",
                    "content",
                    "name",
                    "type",
                    "text",
                    "function",
                    "parameters",
                    "properties",
                    "description",
                    "required",
                    "enum",
                    "items",
                    "arguments",
                    "id",
                    "tool_calls",
                    "tool_call_id",
                    "image_url",
                    "url",
                    "detail",
                    "input_audio",
                    "data",
                    "format",
                    "file",
                    "file_id",
                    "file_data",
                    "filename",
                    "json_schema",
                    "schema",
                    "strict",
                    "additionalProperties",
                    "refusal",
                    "audio",
                    "video_url");

    private static final Set<String> TEXT_PARTS =
            Set.of("text", "input_text", "output_text", "refusal", "thinking", "reasoning");

    private final Operation operation;
    private final byte[] bytes;
    private final JsonParser json;
    private final List<TextLeaf> leaves = new ArrayList<>();
    private final Set<String> unscanned = new HashSet<>();
    private int prompts;
    private boolean mediaByName;

    LeafCollector(Operation operation, byte[] bytes, JsonParser json) {
        this.operation = operation;
        this.bytes = bytes;
        this.json = json;
    }

    List<TextLeaf> leaves() {
        return leaves;
    }

    Set<String> unscanned() {
        return unscanned;
    }

    int prompts() {
        return Math.max(1, prompts);
    }

    /// Reads a top-level member's value; the parser stands on its first token.
    void value(String name, JsonToken token) throws IOException, InvalidBodyException {
        var path = "/" + pointer(name);
        switch (name) {
            case "messages" -> messages(path, token);
            case "prompt", "input" -> prompt(path, token);
            case "prompt_embeds", "input_embeds" -> opaque("embeds", path, token);
            case "prompt_token_ids", "input_ids", "token_ids", "tokens" ->
                    opaque("token-ids", path, token);
            case "multi_modal_data", "multi_modal_uuids", "mm_data" ->
                    opaque("unknown", path, token);
            case "documents" -> {
                mediaByName = true;
                any(path, token);
                mediaByName = false;
            }
            case "model" -> {}
            default -> {
                var kind = kindOf(name);
                // As an object at the top it says in which voice to answer.
                if (kind != null && !(name.equals("audio") && token == JsonToken.START_OBJECT)) {
                    opaque(kind, path, token);
                    return;
                }
                if (unusualTopLevel(name)) {
                    leaves.add(leaf("", BodyParser.utf8(name)));
                }
                any(path, token);
            }
        }
    }

    /// Reads a member below the top level.
    void nested(String prefix, String name, JsonToken token)
            throws IOException, InvalidBodyException {
        any(prefix + pointer(name), token);
    }

    private static boolean unusualTopLevel(String name) {
        // The API's own names are short words; whatever else fits there is the caller's text.
        return name.length() > 40 || name.indexOf(' ') >= 0 || !isWord(name);
    }

    private static boolean isWord(String name) {
        for (int i = 0; i < name.length(); i++) {
            char c = name.charAt(i);
            if (!(c >= 'a' && c <= 'z') && c != '_' && !(c >= 'A' && c <= 'Z')) {
                return false;
            }
        }
        return true;
    }

    private void opaque(String kind, String path, JsonToken token)
            throws IOException, InvalidBodyException {
        if (token != JsonToken.VALUE_NULL) {
            unscanned.add(kind);
        }
        any(path, token);
    }

    private void messages(String path, JsonToken token) throws IOException, InvalidBodyException {
        if (token != JsonToken.START_ARRAY) {
            throw new InvalidBodyException("The field 'messages' must be an array.", "messages");
        }
        for (int i = 0; json.nextToken() != JsonToken.END_ARRAY; i++) {
            prompts++;
            if (json.currentToken() != JsonToken.START_OBJECT) {
                throw new InvalidBodyException(
                        "The message at index %d must be an object.".formatted(i), "messages");
            }
            message(path + "/" + i);
        }
    }

    private void message(String path) throws IOException, InvalidBodyException {
        while (json.nextToken() == JsonToken.FIELD_NAME) {
            var name = name(path);
            var token = json.nextToken();
            var at = path + "/" + pointer(name);
            if (name.equals("content") && token == JsonToken.START_ARRAY) {
                for (int i = 0; json.nextToken() != JsonToken.END_ARRAY; i++) {
                    part(at + "/" + i);
                }
            } else {
                var kind = kindOf(name);
                if (kind != null && token != JsonToken.VALUE_NULL) {
                    unscanned.add(kind);
                }
                if (name.equals("content") && token == JsonToken.START_OBJECT) {
                    unscanned.add("unknown");
                }
                any(at, token);
            }
        }
    }

    /// One content part. Its type may follow its content, so the kind is settled at its end.
    private void part(String path) throws IOException, InvalidBodyException {
        if (json.currentToken() != JsonToken.START_OBJECT) {
            if (json.currentToken() != JsonToken.VALUE_STRING) {
                unscanned.add("unknown");
            }
            any(path, json.currentToken());
            return;
        }
        String type = null;
        String carrier = null;
        while (json.nextToken() == JsonToken.FIELD_NAME) {
            var name = name(path);
            var token = json.nextToken();
            if (name.equals("type") && token == JsonToken.VALUE_STRING) {
                type = wellFormed(json.getText());
            }
            carrier = carrier == null ? kindOf(name) : carrier;
            any(path + "/" + pointer(name), token);
        }
        // A server may go by the type or by the member that is there: either makes it unreadable.
        if (carrier != null) {
            unscanned.add(carrier);
        }
        if (type == null || !TEXT_PARTS.contains(type)) {
            var kind = type == null ? null : kindOf(type);
            unscanned.add(kind == null ? "unknown" : kind);
        }
    }

    private static @Nullable String kindOf(String name) {
        return switch (name) {
            case "image_url",
                    "input_image",
                    "image",
                    "images",
                    "image_data",
                    "image_pil",
                    "image_embeds" ->
                    "image";
            case "input_audio", "audio_url", "audio", "audio_data" -> "audio";
            case "file", "files", "input_file", "file_id", "file_data" -> "file";
            case "video_url", "video", "videos", "video_data" -> "video";
            default -> null;
        };
    }

    /// A prompt or embedding input: text, a list of texts, or token ids.
    private void prompt(String path, JsonToken token) throws IOException, InvalidBodyException {
        if (token != JsonToken.START_ARRAY) {
            prompts++;
            if (token != JsonToken.VALUE_STRING) {
                unscanned.add(operation == Operation.CHAT ? "unknown" : "token-ids");
            }
            any(path, token);
            return;
        }
        for (int i = 0; json.nextToken() != JsonToken.END_ARRAY; i++) {
            var element = json.currentToken();
            prompts++;
            if (element.isNumeric() || element == JsonToken.START_ARRAY) {
                unscanned.add("token-ids");
            } else if (element != JsonToken.VALUE_STRING) {
                unscanned.add("unknown");
            }
            if (element.isNumeric()) {
                checkNumber();
            } else {
                any(path + "/" + i, element);
            }
        }
    }

    /// Any value: every string below it becomes a leaf.
    private void any(String path, JsonToken token) throws IOException, InvalidBodyException {
        switch (token) {
            case START_OBJECT -> {
                while (json.nextToken() == JsonToken.FIELD_NAME) {
                    var name = name(path);
                    var kind = mediaByName ? kindOf(name) : null;
                    if (kind != null) {
                        unscanned.add(kind);
                    }
                    any(path + "/" + pointer(name), json.nextToken());
                }
            }
            case START_ARRAY -> array(path);
            case VALUE_STRING -> string(path);
            case VALUE_NUMBER_INT, VALUE_NUMBER_FLOAT -> {
                checkNumber();
                if (json.getTextLength() >= LONG_NUMBER) {
                    leaves.add(leaf(path, BodyParser.utf8(json.getText())));
                }
            }
            default -> {}
        }
    }

    private void array(String path) throws IOException, InvalidBodyException {
        for (int i = 0; json.nextToken() != JsonToken.END_ARRAY; i++) {
            var element = json.currentToken();
            if (element.isNumeric() && json.getTextLength() < LONG_NUMBER) {
                checkNumber();
            } else {
                any(path + "/" + i, element);
            }
        }
    }

    private void checkNumber() throws IOException, InvalidBodyException {
        if (!BodyParser.plainNumber(json)) {
            throw new InvalidBodyException("A number has an exponent of more than 3 digits.", null);
        }
    }

    private String name(String parent) throws IOException, InvalidBodyException {
        var name = wellFormed(json.currentName());
        if (!API_NAMES.contains(name)) {
            // A name goes by the object that has it: the path of its value is its value's alone.
            leaves.add(leaf(parent, BodyParser.utf8(name)));
        }
        return name;
    }

    /// A string. Without escapes its text stands in the body as it is and is not copied.
    private void string(String path) throws IOException, InvalidBodyException {
        int from = (int) json.currentTokenLocation().getByteOffset() + 1;
        json.finishToken();
        int to = (int) json.currentLocation().getByteOffset() - 1;
        for (int i = from; i < to; i++) {
            if (bytes[i] == '\\') {
                var text = wellFormed(json.getText());
                leaves.add(leaf(path, BodyParser.utf8(text)));
                if (text.contains("\\u")) {
                    // JSON in a string, which servers decode once more.
                    leaves.add(leaf(path, BodyParser.utf8(Unescaped.of(text))));
                }
                return;
            }
        }
        if (to > from) {
            leaves.add(new TextLeaf(path, bytes, from, to));
        }
    }

    private static TextLeaf leaf(String path, byte[] text) {
        return new TextLeaf(path, text, 0, text.length);
    }

    /// Refuses a surrogate without its partner, which no UTF-8 can carry on.
    static String wellFormed(String text) throws InvalidBodyException {
        for (int i = 0; i < text.length(); i++) {
            char c = text.charAt(i);
            if (Character.isSurrogate(c)) {
                if (!Character.isHighSurrogate(c)
                        || i + 1 >= text.length()
                        || !Character.isLowSurrogate(text.charAt(i + 1))) {
                    throw new InvalidBodyException(
                            "A string holds a surrogate escape without its partner.", null);
                }
                i++;
            }
        }
        return text;
    }

    private static String pointer(String name) {
        if (name.indexOf('~') < 0 && name.indexOf('/') < 0) {
            return name;
        }
        return name.replace("~", "~0").replace("/", "~1");
    }
}
