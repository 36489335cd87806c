package io.spillway.wire;

import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonToken;
import io.spillway.api.connector.ResponseObserver;
import java.io.IOException;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/// Watches a response of an OpenAI-type server.
///
/// It walks the tokens of each event once and skips over content. A cut or malformed event states
/// nothing: usage and finish reason count only when the JSON around them is whole. Such an event is
/// [Event#CONTENT], because passing on what we cannot read is the caller's right.
public final class OpenAiObserver implements ResponseObserver {
    private @Nullable Usage usage;
    private @Nullable String finishReason;

    @Override
    public Event event(byte[] buffer, int from, int to) {
        var data = EventData.of(buffer, from, to);
        if (data == null) {
            return Event.OTHER;
        }
        if (data.isDone()) {
            return Event.DONE;
        }
        var kind = read(data.buffer, data.from, data.to);
        return data.errorEvent ? Event.ERROR : kind;
    }

    @Override
    public void body(byte[] body) {
        var _ = read(body, 0, body.length);
    }

    @Override
    public Optional<Usage> usage() {
        return Optional.ofNullable(usage);
    }

    @Override
    public Optional<String> finishReason() {
        return Optional.ofNullable(finishReason);
    }

    private Event read(byte[] json, int from, int to) {
        var reading = new Reading();
        try (var parser = Json.parser(json, from, to)) {
            if (parser.nextToken() != JsonToken.START_OBJECT) {
                return Event.CONTENT;
            }
            while (parser.nextToken() == JsonToken.FIELD_NAME) {
                reading.member(parser);
            }
        } catch (IOException unreadable) {
            // The parser's message would quote the response; the event itself goes to the caller.
            return Event.CONTENT;
        }
        if (reading.usage != null) {
            usage = reading.usage;
        }
        if (reading.finishReason != null) {
            finishReason = reading.finishReason;
        }
        return reading.kind();
    }

    /// What one JSON object says, kept apart until its end was seen.
    private static final class Reading {
        @Nullable Usage usage;
        @Nullable String finishReason;
        private boolean error;
        private boolean noChoices;

        void member(JsonParser parser) throws IOException {
            switch (parser.currentName()) {
                case "choices" -> choices(parser);
                case "usage" -> {
                    parser.nextToken();
                    var stated = UsageReader.read(parser);
                    usage = stated == null ? usage : stated;
                }
                case "error" -> {
                    error |= parser.nextToken() != JsonToken.VALUE_NULL;
                    parser.skipChildren();
                }
                case "object" -> {
                    // vLLM before 0.9 had no envelope around its errors.
                    error |=
                            parser.nextToken() == JsonToken.VALUE_STRING
                                    && "error".equals(parser.getText());
                    parser.skipChildren();
                }
                default -> Json.skipValue(parser);
            }
        }

        private void choices(JsonParser parser) throws IOException {
            if (parser.nextToken() != JsonToken.START_ARRAY) {
                parser.skipChildren();
                return;
            }
            noChoices = true;
            while (parser.nextToken() != JsonToken.END_ARRAY) {
                noChoices = false;
                if (parser.currentToken() == JsonToken.START_OBJECT) {
                    choice(parser);
                } else {
                    parser.skipChildren();
                }
            }
        }

        private void choice(JsonParser parser) throws IOException {
            while (parser.nextToken() == JsonToken.FIELD_NAME) {
                if (parser.currentName().equals("finish_reason")) {
                    if (parser.nextToken() == JsonToken.VALUE_STRING) {
                        finishReason = parser.getText();
                    } else {
                        parser.skipChildren();
                    }
                } else {
                    Json.skipValue(parser);
                }
            }
        }

        Event kind() {
            if (error) {
                return Event.ERROR;
            }
            return noChoices && usage != null ? Event.USAGE_ONLY : Event.CONTENT;
        }
    }
}
