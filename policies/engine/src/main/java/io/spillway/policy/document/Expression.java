package io.spillway.policy.document;

import java.util.List;

/// The text of a condition and where each of its code points stands in the file.
///
/// @param text the condition as YAML delivers it: quotes, escapes and folded lines resolved
/// @param positions one for each code point of the text, and one for its end
public record Expression(String text, List<Position> positions) {

    /// Where a code point of the text stands in the file; beyond the end, the end.
    public Position at(int codePoint) {
        return positions.get(Math.clamp(codePoint, 0, positions.size() - 1));
    }

    /// Where the text begins.
    public Position start() {
        return at(0);
    }
}
