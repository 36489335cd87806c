package io.spillway.router.api;

import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonToken;
import com.fasterxml.jackson.core.StreamReadConstraints;
import com.fasterxml.jackson.core.StreamReadFeature;
import com.fasterxml.jackson.core.exc.StreamConstraintsException;
import io.spillway.api.request.Operation;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/// Reads a request body once and strictly, and notes where everything stands.
///
/// The body goes upstream as the bytes it came in, so what is read here must be what any model
/// server reads: whatever two JSON readers could take differently is refused.
public final class BodyParser {
    private static final int MAX_DEPTH = 64;
    private static final int MAX_TOKENS = 500_000;
    private static final int MAX_NUMBER = 100;
    private static final int MAX_EXPONENT_DIGITS = 3;
    private static final int MAX_CHOICES = 128;

    private static final JsonFactory JSON =
            JsonFactory.builder()
                    .disable(JsonFactory.Feature.INTERN_FIELD_NAMES)
                    .enable(StreamReadFeature.STRICT_DUPLICATE_DETECTION)
                    .disable(StreamReadFeature.INCLUDE_SOURCE_IN_LOCATION)
                    .streamReadConstraints(
                            StreamReadConstraints.builder()
                                    .maxNestingDepth(MAX_DEPTH)
                                    .maxTokenCount(MAX_TOKENS)
                                    .maxNumberLength(MAX_NUMBER)
                                    .maxNameLength(4096)
                                    .maxStringLength(Integer.MAX_VALUE)
                                    .build())
                    .build();

    private final byte[] bytes;
    private final JsonParser json;
    private final LeafCollector leaves;
    private final List<ParsedBody.Member> members = new ArrayList<>();
    private @Nullable String model;
    private boolean stream;
    private boolean includeUsage;
    private @Nullable Integer maxTokens;
    private @Nullable Integer maxCompletionTokens;
    private int choices = 1;
    private @Nullable String user;

    private BodyParser(Operation operation, byte[] bytes) throws IOException {
        this.bytes = bytes;
        this.json = JSON.createParser(bytes);
        this.leaves = new LeafCollector(operation, bytes, json);
    }

    /// Reads a body.
    ///
    /// @throws InvalidBodyException when it is not strict JSON or lacks what a request must have
    public static ParsedBody parse(Operation operation, byte[] bytes) throws InvalidBodyException {
        checkEncoding(bytes);
        try {
            return new BodyParser(operation, bytes).read(operation);
        } catch (StreamConstraintsException e) {
            throw new InvalidBodyException(
                    "The body exceeds a limit: depth %d, %d tokens, numbers of %d characters."
                            .formatted(MAX_DEPTH, MAX_TOKENS, MAX_NUMBER),
                    null);
        } catch (IOException e) {
            // The parser's own message may quote the body.
            throw new InvalidBodyException(
                    "The body is not valid JSON: one object, no duplicate names, nothing after it.",
                    null);
        }
    }

    private static void checkEncoding(byte[] bytes) throws InvalidBodyException {
        int bad = Utf8.firstBad(bytes);
        if (bad >= 0) {
            throw new InvalidBodyException(
                    "The body is not valid UTF-8 at byte %d.".formatted(bad), null);
        }
        for (int i = 0; i < Math.min(4, bytes.length); i++) {
            // A byte-order mark, or the zero bytes of UTF-16 and UTF-32, which a parser would
            // follow.
            if (bytes[i] <= 0) {
                throw new InvalidBodyException(
                        "The body must be UTF-8 without a byte-order mark.", null);
            }
        }
    }

    private ParsedBody read(Operation operation) throws IOException, InvalidBodyException {
        try (json) {
            if (json.nextToken() != JsonToken.START_OBJECT) {
                throw new InvalidBodyException("The body must be a JSON object.", null);
            }
            while (json.nextToken() == JsonToken.FIELD_NAME) {
                member();
            }
            if (json.nextToken() != null) {
                throw new InvalidBodyException("The body must end after its JSON object.", null);
            }
        }
        var needed =
                switch (operation) {
                    case CHAT -> "messages";
                    case COMPLETIONS -> "prompt";
                    case EMBEDDINGS -> "input";
                };
        if (model == null || model.isEmpty()) {
            throw new InvalidBodyException("The field 'model' is missing.", "model");
        }
        if (members.stream().noneMatch(member -> member.name().equals(needed))) {
            throw new InvalidBodyException("The field '%s' is missing.".formatted(needed), needed);
        }
        return new ParsedBody(
                bytes,
                members,
                model,
                stream,
                includeUsage,
                maxCompletionTokens == null ? maxTokens : maxCompletionTokens,
                choices,
                user,
                leaves.leaves(),
                leaves.unscanned(),
                leaves.prompts());
    }

    private void member() throws IOException, InvalidBodyException {
        int nameFrom = offset(json.currentTokenLocation().getByteOffset());
        var name = LeafCollector.wellFormed(json.currentName());
        var token = json.nextToken();
        int from = offset(json.currentTokenLocation().getByteOffset());
        switch (name) {
            case "model" -> model = text(token, name);
            case "user" -> user = token == JsonToken.VALUE_NULL ? null : text(token, name);
            case "stream" -> stream = bool(token, name);
            case "n" -> choices = number(token, name, 1, MAX_CHOICES, 1);
            case "max_tokens" -> maxTokens = limit(token, name);
            case "max_completion_tokens" -> maxCompletionTokens = limit(token, name);
            default -> {}
        }
        if (name.equals("stream_options") && token == JsonToken.START_OBJECT) {
            streamOptions();
        } else {
            leaves.value(name, token);
        }
        json.finishToken();
        int to = offset(json.currentLocation().getByteOffset());
        members.add(new ParsedBody.Member(name, nameFrom, from, to));
    }

    private void streamOptions() throws IOException, InvalidBodyException {
        while (json.nextToken() == JsonToken.FIELD_NAME) {
            var name = LeafCollector.wellFormed(json.currentName());
            var token = json.nextToken();
            if (name.equals("include_usage")) {
                includeUsage = bool(token, "stream_options.include_usage");
            } else {
                leaves.nested("/stream_options/", name, token);
            }
        }
    }

    private String text(@Nullable JsonToken token, String name)
            throws IOException, InvalidBodyException {
        if (token != JsonToken.VALUE_STRING) {
            throw wrong(name, "a string");
        }
        return LeafCollector.wellFormed(json.getText());
    }

    private static boolean bool(@Nullable JsonToken token, String name)
            throws InvalidBodyException {
        if (token == JsonToken.VALUE_TRUE) {
            return true;
        }
        if (token == JsonToken.VALUE_FALSE || token == JsonToken.VALUE_NULL) {
            return false;
        }
        throw wrong(name, "true or false");
    }

    private @Nullable Integer limit(@Nullable JsonToken token, String name)
            throws IOException, InvalidBodyException {
        if (token == JsonToken.VALUE_NULL) {
            return null;
        }
        return number(token, name, 0, Integer.MAX_VALUE, 0);
    }

    private int number(@Nullable JsonToken token, String name, int least, int most, int absent)
            throws IOException, InvalidBodyException {
        if (token == JsonToken.VALUE_NULL) {
            return absent;
        }
        if (token != JsonToken.VALUE_NUMBER_INT
                || json.getTextLength() > 10
                || json.getLongValue() < least
                || json.getLongValue() > most) {
            throw wrong(name, "a whole number from %d to %d".formatted(least, most));
        }
        return json.getIntValue();
    }

    private static InvalidBodyException wrong(String name, String expected) {
        return new InvalidBodyException(
                "The field '%s' must be %s.".formatted(name, expected), name);
    }

    private static int offset(long value) {
        return Math.toIntExact(value);
    }

    /// Whether a number's exponent is short enough for every reader to take it alike.
    static boolean plainNumber(JsonParser json) throws IOException {
        if (json.currentToken() != JsonToken.VALUE_NUMBER_FLOAT) {
            return true;
        }
        var chars = json.getTextCharacters();
        int digits = -1;
        for (int i = json.getTextOffset(); i < json.getTextOffset() + json.getTextLength(); i++) {
            if (chars[i] == 'e' || chars[i] == 'E') {
                digits = 0;
            } else if (digits >= 0 && chars[i] >= '0' && chars[i] <= '9') {
                digits++;
            }
        }
        return digits <= MAX_EXPONENT_DIGITS;
    }

    /// UTF-8 of text that came through escapes.
    static byte[] utf8(String text) {
        return text.getBytes(StandardCharsets.UTF_8);
    }
}
