package io.spillway.policy.mask;

import io.spillway.policy.mask.Placeholders.Entry;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/// Finds known values where they stand as words of their own.
final class Repeats {
    private static final int SHORTEST = 5;
    private static final int SHORTEST_WITH_DIGITS = 4;
    private static final int SHORTEST_IDEOGRAPHIC = 2;

    /// By their first two characters, longest first.
    private final Map<Integer, List<Entry>> byStart = new HashMap<>();

    private final Comparisons comparisons = new Comparisons();

    Repeats(Placeholders placeholders) {
        for (var entry : placeholders.entries()) {
            if (isTelling(entry.value())) {
                byStart.computeIfAbsent(start(entry.value(), 0), _ -> new ArrayList<>()).add(entry);
            }
        }
        byStart.values()
                .forEach(it ->
                        it.sort(
                                Comparator.comparingInt((Entry e) -> e.value().length())
                                        .reversed()));
    }

    boolean isEmpty() {
        return byStart.isEmpty();
    }

    /// Begins with another text.
    void of(String text) {
        comparisons.allowFor(text);
    }

    /// Whether values were not looked for because it would have taken too long.
    boolean isExhausted() {
        return comparisons.areExhausted();
    }

    /// Whether a value is long enough that its letters elsewhere are not there by chance.
    static boolean isTelling(String value) {
        int points = value.codePointCount(0, value.length());
        return points >= SHORTEST
                || (points >= SHORTEST_WITH_DIGITS && value.chars().anyMatch(Character::isDigit))
                || (points >= SHORTEST_IDEOGRAPHIC
                        && value.codePoints().allMatch(Character::isIdeographic));
    }

    /// The value that stands at an offset and ends before `to`, null when none does.
    @Nullable Entry at(String text, int offset, int to, byte @Nullable [] depths) {
        if (offset + 1 >= to || !isWordEdge(text, offset)) {
            return null;
        }
        for (var entry : byStart.getOrDefault(start(text, offset), List.of())) {
            if (!comparisons.spend()) {
                return null;
            }
            int end = offset + entry.value().length();
            if (end <= to
                    && text.startsWith(entry.value(), offset)
                    && isWordEdge(text, end)
                    && (depths == null || isInOneString(entry.value(), offset, end, depths))) {
                return entry;
            }
        }
        return null;
    }

    private static int start(String text, int offset) {
        return text.charAt(offset) << 16 | text.charAt(offset + 1);
    }

    private static boolean isWordEdge(String text, int offset) {
        return offset == 0
                || offset == text.length()
                || !Character.isLetterOrDigit(text.charAt(offset - 1))
                || !Character.isLetterOrDigit(text.charAt(offset))
                || Character.isIdeographic(text.charAt(offset - 1))
                || Character.isIdeographic(text.charAt(offset));
    }

    /// In JSON a value is taken only where it stands without escapes, so that it is what it seems.
    private static boolean isInOneString(String value, int from, int to, byte[] depths) {
        if (depths[from] < 1 || value.indexOf('\\') >= 0) {
            return false;
        }
        for (int i = from; i <= to; i++) {
            if (depths[i] != depths[from]) {
                return false;
            }
        }
        return true;
    }
}
