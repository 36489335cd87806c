package io.spillway.wire;

import com.fasterxml.jackson.core.io.JsonStringEncoder;

/// Values as JSON text, for body edits.
public final class JsonText {
    private JsonText() {}

    /// A string with its quotes.
    public static String string(String value) {
        return '"' + String.valueOf(JsonStringEncoder.getInstance().quoteAsString(value)) + '"';
    }
}
