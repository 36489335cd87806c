package io.spillway.wire;

import com.fasterxml.jackson.core.JsonGenerator;
import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonToken;
import io.spillway.api.connector.Dialect.BodyEdits.Member;
import io.spillway.api.connector.Dialect.BodyHints;
import io.spillway.api.request.Operation;
import java.io.IOException;
import java.io.StringWriter;
import java.util.Optional;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/// Asks for usage in a stream when the caller did not.
public final class StreamOptions {

    /// `continuous_usage_stats` has an effect only together with `include_usage`, which the caller
    /// did not ask for: kept, it would add usage to every event the caller sees.
    private static final Set<String> OURS = Set.of("include_usage", "continuous_usage_stats");

    private StreamOptions() {}

    /// The member to set; empty when the answer is no stream, the caller asked already, or the
    /// caller's `stream_options` is not an object: the server shall say so.
    public static Optional<Member> askForUsage(Operation operation, BodyHints hints) {
        if (operation == Operation.EMBEDDINGS || !hints.stream() || hints.includeUsage()) {
            return Optional.empty();
        }
        return merged(hints.streamOptions()).map(value -> new Member("stream_options", value));
    }

    private static Optional<String> merged(@Nullable String theirs) {
        var out = new StringWriter();
        try (var json = Json.FACTORY.createGenerator(out)) {
            json.writeStartObject();
            if (theirs != null && !copyOthers(theirs, json)) {
                return Optional.empty();
            }
            json.writeBooleanField("include_usage", true);
            json.writeEndObject();
        } catch (IOException unreadable) {
            // Without the cause: its message can quote what the caller sent.
            throw new IllegalArgumentException(
                    "stream_options is no JSON; hints must hold what a strict parse let through");
        }
        return Optional.of(out.toString());
    }

    private static boolean copyOthers(String theirs, JsonGenerator json) throws IOException {
        try (JsonParser parser = Json.FACTORY.createParser(theirs)) {
            var first = parser.nextToken();
            if (first != JsonToken.START_OBJECT) {
                return first == JsonToken.VALUE_NULL;
            }
            while (parser.nextToken() == JsonToken.FIELD_NAME) {
                if (OURS.contains(parser.currentName())) {
                    Json.skipValue(parser);
                } else {
                    json.copyCurrentStructure(parser);
                }
            }
            return true;
        }
    }
}
