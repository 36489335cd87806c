package io.spillway.policy.detect;

import static io.spillway.policy.detect.Bytes.DIGIT;
import static io.spillway.policy.detect.Bytes.is;

import java.util.List;

/// A part of a string that is joined with parts of others.
///
/// @param leaf the string
/// @param from its first byte in the leaf's bytes
/// @param to the byte after its last
/// @param apart whether it has nothing to do with the piece before
record Piece(TextLeaf leaf, int from, int to, boolean apart) {

    /// Figures of fewer digits are days, parts and sums.
    private static final int LEAST_FIGURES = 3;

    /// Adds a short string whole, else its beginning and its end.
    static void edges(TextLeaf leaf, int edge, List<Piece> pieces) {
        if (leaf.to() - leaf.from() <= 2 * edge) {
            pieces.add(new Piece(leaf, leaf.from(), leaf.to(), false));
        } else {
            pieces.add(new Piece(leaf, leaf.from(), leaf.from() + edge, false));
            pieces.add(new Piece(leaf, leaf.to() - edge, leaf.to(), true));
        }
    }

    /// Adds the first and the last figures of a string, once when they are the same.
    static void figures(TextLeaf leaf, List<Piece> pieces) {
        int first = -1;
        int firstEnd = -1;
        int last = -1;
        int lastEnd = -1;
        int i = leaf.from();
        while (i < leaf.to()) {
            if (!is(leaf.utf8()[i], DIGIT)) {
                i++;
                continue;
            }
            int start = i;
            int end = figuresEnd(leaf, i);
            i = end;
            if (end - start < LEAST_FIGURES) {
                continue;
            }
            boolean plus = start > leaf.from() && leaf.utf8()[start - 1] == '+';
            last = plus ? start - 1 : start;
            lastEnd = end;
            first = first < 0 ? last : first;
            firstEnd = firstEnd < 0 ? end : firstEnd;
        }
        if (first >= 0) {
            pieces.add(new Piece(leaf, first, firstEnd, false));
            if (last != first) {
                pieces.add(new Piece(leaf, last, lastEnd, true));
            }
        }
    }

    /// The end of digits in groups with single blanks or dashes between.
    private static int figuresEnd(TextLeaf leaf, int start) {
        var b = leaf.utf8();
        int i = start;
        while (i < leaf.to()) {
            boolean gap = (b[i] == ' ' || b[i] == '-') && i + 1 < leaf.to() && is(b[i + 1], DIGIT);
            if (!is(b[i], DIGIT) && !gap) {
                break;
            }
            i++;
        }
        boolean check = i < leaf.to() && (b[i] | 0x20) == 'x' && i - start >= 4;
        boolean ends = i + 1 >= leaf.to() || !is(b[i + 1], Bytes.WORD);
        return check && ends ? i + 1 : i;
    }
}
