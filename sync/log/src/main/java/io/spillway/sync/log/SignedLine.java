package io.spillway.sync.log;

/// A frame as it travels: its JSON text and the origin's signature over exactly that text.
///
/// @param payload JSON text of a [Frame]
/// @param signature base64 of the Ed25519 signature over the payload's UTF-8 bytes
public record SignedLine(String payload, String signature) {

    /// The line as written to the stream, without the line end.
    public String toLine() {
        return Json.write(this);
    }

    /// Reads a line of the stream. The signature is not checked: see [FrameVerifier].
    ///
    /// @throws MalformedJsonException when the line is not a signed frame
    public static SignedLine parse(String line) {
        return Json.read(line, SignedLine.class);
    }
}
