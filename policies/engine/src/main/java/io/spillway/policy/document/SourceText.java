package io.spillway.policy.document;

import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import org.snakeyaml.engine.v2.common.ScalarStyle;
import org.snakeyaml.engine.v2.exceptions.Mark;
import org.snakeyaml.engine.v2.nodes.Node;
import org.snakeyaml.engine.v2.nodes.ScalarNode;

/// A file as code points, which finds for each code point of a scalar's value the place it was
/// written at.
///
/// Quotes, escapes, indentation and folding only ever change white space and escape sequences. So
/// the n-th visible code point of the value is the n-th visible one of the scalar's source,
/// whatever the style; white space is placed behind its predecessor.
final class SourceText {
    private final String file;
    private final int[] codePoints;
    private final List<Integer> lineStarts = new ArrayList<>();

    /// @param file name of an imported file, empty for the policy file
    SourceText(String file, String text) {
        this.file = file;
        this.codePoints = text.codePoints().toArray();
        lineStarts.add(0);
        for (int i = 0; i < codePoints.length; i++) {
            boolean carriageReturnOfPair =
                    codePoints[i] == '\r' && i + 1 < codePoints.length && codePoints[i + 1] == '\n';
            if (isLineEnd(codePoints[i]) && !carriageReturnOfPair) {
                lineStarts.add(i + 1);
            }
        }
    }

    Position position(int index) {
        int line = Collections.binarySearch(lineStarts, index);
        if (line < 0) {
            line = -line - 2;
        }
        return new Position(file, line + 1, index - lineStarts.get(line) + 1);
    }

    Position position(Mark mark) {
        return new Position(file, mark.getLine() + 1, mark.getColumn() + 1);
    }

    Position start(Node node) {
        return node.getStartMark().map(this::position).orElse(new Position(file, 1, 1));
    }

    Expression expression(ScalarNode node) {
        var value = node.getValue().codePoints().toArray();
        int start = node.getStartMark().map(Mark::getIndex).orElse(0);
        int end = node.getEndMark().map(Mark::getIndex).orElse(codePoints.length);
        var visible = visible(node.getScalarStyle(), start, Math.min(end, codePoints.length));
        var positions = new ArrayList<Position>(value.length + 1);
        int next = 0;
        int last = start;
        for (int codePoint : value) {
            if (isBlank(codePoint)) {
                positions.add(position(last + (next == 0 ? 0 : 1)));
            } else {
                if (next >= visible.size()) {
                    // Cannot happen while the rule above holds; the scalar's start is still true.
                    return new Expression(
                            node.getValue(), Collections.nCopies(value.length + 1, start(node)));
                }
                last = visible.get(next++);
                positions.add(position(last));
            }
        }
        positions.add(position(last + (next == 0 ? 0 : 1)));
        return new Expression(node.getValue(), List.copyOf(positions));
    }

    private List<Integer> visible(ScalarStyle style, int start, int end) {
        var found = new ArrayList<Integer>();
        int i = start;
        int stop = end;
        switch (style) {
            case SINGLE_QUOTED, DOUBLE_QUOTED -> {
                i++;
                stop--;
            }
            case LITERAL, FOLDED -> {
                while (i < stop && !isLineEnd(codePoints[i])) {
                    i++; // the header: indicators and a comment
                }
            }
            case PLAIN, JSON_SCALAR_STYLE -> {}
        }
        while (i < stop) {
            int length = 1;
            boolean shown = !isBlank(codePoints[i]);
            if (style == ScalarStyle.SINGLE_QUOTED && codePoints[i] == '\'') {
                length = 2;
            } else if (style == ScalarStyle.DOUBLE_QUOTED
                    && codePoints[i] == '\\'
                    && i + 1 < stop) {
                length = escapeLength(codePoints[i + 1]);
                shown = !isBlankEscape(i, length, stop);
            }
            if (shown) {
                found.add(i);
            }
            i += length;
        }
        return found;
    }

    private static int escapeLength(int kind) {
        return switch (kind) {
            case 'x' -> 4;
            case 'u' -> 6;
            case 'U' -> 10;
            default -> 2;
        };
    }

    private boolean isBlankEscape(int at, int length, int stop) {
        int kind = codePoints[at + 1];
        if (length == 2) {
            return switch (kind) {
                case 'n', 't', 'r', ' ', '\t', 'N', '_', 'L', 'P', 'a', 'b', 'e', 'f', 'v', '0' ->
                        true;
                default -> isLineEnd(kind);
            };
        }
        if (at + length > stop) {
            return true;
        }
        return isBlank(Integer.parseInt(new String(codePoints, at + 2, length - 2), 16));
    }

    private static boolean isLineEnd(int codePoint) {
        return codePoint == '\n'
                || codePoint == '\r'
                || codePoint == 0x85
                || codePoint == 0x2028
                || codePoint == 0x2029;
    }

    private static boolean isBlank(int codePoint) {
        return codePoint <= ' '
                || (codePoint >= 0x7f && codePoint <= 0xa0)
                || codePoint == 0x2028
                || codePoint == 0x2029;
    }
}
