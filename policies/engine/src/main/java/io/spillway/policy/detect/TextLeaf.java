package io.spillway.policy.detect;

/// One string of a request, as UTF-8 without JSON escapes.
///
/// @param path where it stands in the body, as a JSON pointer (RFC 6901)
/// @param utf8 bytes that hold it; read and never changed or kept
/// @param from first byte of the string
/// @param to byte after its last
@SuppressWarnings("ArrayRecordComponent") // a view into a buffer, never compared
public record TextLeaf(String path, byte[] utf8, int from, int to) {

    public TextLeaf {
        if (from < 0 || to < from || to > utf8.length) {
            throw new IllegalArgumentException(
                    "text has bytes [%d, %d) of %d".formatted(from, to, utf8.length));
        }
    }

    /// Without the text.
    @Override
    public String toString() {
        return "TextLeaf[path=%s, %d bytes]".formatted(path, to - from);
    }
}
