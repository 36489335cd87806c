package io.spillway.wire;

import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonToken;
import io.spillway.api.connector.ResponseObserver.Usage;
import java.io.IOException;
import org.jspecify.annotations.Nullable;

/// Reads a `usage` object.
final class UsageReader {
    private static final long UNKNOWN = -1;

    private UsageReader() {}

    /// Reads the value that the parser stands on.
    ///
    /// @return null when it states no prompt tokens as a whole number: unknown is never zero
    static @Nullable Usage read(JsonParser parser) throws IOException {
        if (parser.currentToken() != JsonToken.START_OBJECT) {
            parser.skipChildren();
            return null;
        }
        var prompt = UNKNOWN;
        var completion = UNKNOWN;
        var cached = UNKNOWN;
        while (parser.nextToken() == JsonToken.FIELD_NAME) {
            switch (parser.currentName()) {
                case "prompt_tokens" -> prompt = count(parser);
                case "completion_tokens" -> completion = count(parser);
                case "prompt_tokens_details" -> cached = cachedTokens(parser);
                default -> Json.skipValue(parser);
            }
        }
        if (prompt == UNKNOWN) {
            return null;
        }
        return new Usage(prompt, Math.max(completion, 0), Math.clamp(cached, 0, prompt));
    }

    private static long cachedTokens(JsonParser parser) throws IOException {
        var cached = UNKNOWN;
        if (parser.nextToken() != JsonToken.START_OBJECT) {
            parser.skipChildren();
            return cached;
        }
        while (parser.nextToken() == JsonToken.FIELD_NAME) {
            if (parser.currentName().equals("cached_tokens")) {
                cached = count(parser);
            } else {
                Json.skipValue(parser);
            }
        }
        return cached;
    }

    private static long count(JsonParser parser) throws IOException {
        if (parser.nextToken() != JsonToken.VALUE_NUMBER_INT
                || parser.getNumberType() == JsonParser.NumberType.BIG_INTEGER
                || parser.getLongValue() < 0) {
            parser.skipChildren();
            return UNKNOWN;
        }
        return parser.getLongValue();
    }
}
