package io.spillway.wire;

import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonToken;
import java.io.IOException;
import org.jspecify.annotations.Nullable;

/// The error object of a server, in whatever shape it came: the OpenAI envelope, an envelope around
/// a plain string, no envelope, or the `detail` of a web framework.
///
/// @param message what went wrong; may quote the prompt, so it must not be logged
/// @param type such as `BadRequestError` or `insufficient_quota`
/// @param code as text, whether the server sent a string or a number
public record ErrorBody(@Nullable String message, @Nullable String type, @Nullable String code) {
    private static final int LONGEST_MESSAGE = 4096;

    /// What is known when a body is no error object.
    public static final ErrorBody NONE = new ErrorBody(null, null, null);

    /// Reads a body; [#NONE] when it is not JSON or says nothing of an error.
    public static ErrorBody read(byte[] body) {
        var builder = new Builder();
        try (var parser = Json.parser(body, 0, body.length)) {
            if (parser.nextToken() != JsonToken.START_OBJECT) {
                return NONE;
            }
            builder.object(parser);
        } catch (IOException unreadable) {
            // An error page of a proxy, or a cut answer: the status alone has to do. The parser's
            // message would quote the body.
            return NONE;
        }
        return new ErrorBody(builder.message, builder.type, builder.code);
    }

    /// The code as an HTTP status when it is one, else 0.
    public int codeAsStatus() {
        return code != null && code.matches("[45]\\d\\d") ? Integer.parseInt(code) : 0;
    }

    private static final class Builder {
        @Nullable String message;
        @Nullable String type;
        @Nullable String code;

        void object(JsonParser parser) throws IOException {
            while (parser.nextToken() == JsonToken.FIELD_NAME) {
                var name = parser.currentName();
                var value = parser.nextToken();
                switch (name) {
                    case "error" -> {
                        if (value == JsonToken.START_OBJECT) {
                            object(parser);
                        } else {
                            message = scalar(parser, message);
                        }
                    }
                    case "message", "detail" -> message = scalar(parser, message);
                    case "type" -> type = scalar(parser, type);
                    case "code" -> code = scalar(parser, code);
                    default -> parser.skipChildren();
                }
            }
        }

        private static @Nullable String scalar(JsonParser parser, @Nullable String otherwise)
                throws IOException {
            var token = parser.currentToken();
            if (token != JsonToken.VALUE_STRING && !token.isNumeric()) {
                parser.skipChildren();
                return otherwise;
            }
            var text = parser.getText();
            return text.length() <= LONGEST_MESSAGE ? text : text.substring(0, LONGEST_MESSAGE);
        }
    }
}
