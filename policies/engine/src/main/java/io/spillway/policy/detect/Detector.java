package io.spillway.policy.detect;

/// One detector beside those that [Scanner] asks at its anchors. It reads a text by itself, in one
/// pass whose length is bounded by that of the text.
///
/// Thread-safe and immutable. A detector that may look at a byte more than a few times tells
/// [Hits#spend] how many it looked at, and stops when that says so.
interface Detector {

    /// Finds everything in `b[from, to)`, which is either a string of the request or what decoding
    /// one gave.
    void find(byte[] b, int from, int to, Hits hits);

    /// All that decides what it finds, for [Detectors#digest]: a name, a version and its settings.
    String identity();

    /// Whether texts that came out of a decoder are worth its time too.
    default boolean readsDecoded() {
        return true;
    }
}
