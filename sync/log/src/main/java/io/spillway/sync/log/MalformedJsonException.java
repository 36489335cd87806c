package io.spillway.sync.log;

/// Text that is not the JSON that was expected. The message says where and what was expected; it
/// never holds a value of the text.
public final class MalformedJsonException extends IllegalArgumentException {
    MalformedJsonException(String message) {
        super(message);
    }
}
