package io.spillway.wire;

import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonParser;
import java.io.IOException;

/// The parser settings of this package.
final class Json {
    static final JsonFactory FACTORY =
            JsonFactory.builder()
                    // Names come from other people's servers: they must not fill a JVM-wide table.
                    .disable(JsonFactory.Feature.INTERN_FIELD_NAMES)
                    .build();

    private Json() {}

    static JsonParser parser(byte[] bytes, int from, int to) throws IOException {
        return FACTORY.createParser(bytes, from, to - from);
    }

    /// From a member's name past its value.
    static void skipValue(JsonParser parser) throws IOException {
        parser.nextToken();
        parser.skipChildren();
    }
}
