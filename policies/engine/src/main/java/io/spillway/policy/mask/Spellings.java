package io.spillway.policy.mask;

import java.util.ArrayList;
import java.util.BitSet;
import java.util.Collection;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/// Finds other spellings of values that were masked: the same letters and digits in other case or
/// with other separators, and long numbers by their last digits, since prefixes of countries and
/// trunks are written in many ways.
///
/// It need not know what a value is. Words that stand alone are left out: in other case they are
/// often no name at all.
public final class Spellings {
    private static final int SHORTEST = 5;
    private static final int LAST_DIGITS = 7;
    private static final int MOST_BETWEEN = 3;

    /// By their first characters.
    private final Map<String, List<Spelling>> byStart = new HashMap<>();

    private final Comparisons comparisons = new Comparisons();

    /// @param compact letters and digits alone
    /// @param wholeWord whether it begins a word
    private record Spelling(String compact, boolean wholeWord) {}

    private Spellings() {}

    /// Of the values that placeholders stand for.
    public static Spellings of(Placeholders placeholders) {
        return of(placeholders.entries().stream().map(Placeholders.Entry::value).toList());
    }

    static Spellings of(Collection<String> values) {
        var spellings = new Spellings();
        for (var value : values) {
            spellings.add(value);
            if (value.indexOf('@') >= 0) {
                spellings.add(value.replace("@", " at "));
            }
        }
        return spellings;
    }

    private void add(String value) {
        var compact = new Compact(value);
        var digits = compact.digits();
        if (compact.text.length() >= SHORTEST && (compact.words() > 1 || !digits.isEmpty())) {
            put(new Spelling(compact.text, true));
        }
        if (digits.length() >= LAST_DIGITS) {
            put(new Spelling(digits.substring(digits.length() - LAST_DIGITS), false));
        }
    }

    private void put(Spelling spelling) {
        byStart.computeIfAbsent(spelling.compact().substring(0, SHORTEST), _ -> new ArrayList<>())
                .add(spelling);
    }

    /// Whether any of them stands in a text, or it would take too long to tell.
    public boolean standIn(String text) {
        if (byStart.isEmpty()) {
            return false;
        }
        comparisons.allowFor(text);
        var compact = new Compact(text);
        for (int i = 0; i + SHORTEST <= compact.text.length(); i++) {
            if (!compact.mayBegin(i)) {
                continue;
            }
            var candidates =
                    byStart.getOrDefault(compact.text.substring(i, i + SHORTEST), List.of());
            for (var one : candidates) {
                if (!comparisons.spend() || compact.stands(one, i)) {
                    return true;
                }
            }
        }
        return false;
    }

    /// The letters and digits of a text, in lower case and digits as ASCII, with a line feed where
    /// so much stands between two of them that they do not belong together.
    private static final class Compact {
        private final String text;
        private final BitSet begins = new BitSet();

        Compact(String from) {
            var letters = new StringBuilder(from.length());
            int between = 1;
            for (int i = 0; i < from.length(); ) {
                int point = from.codePointAt(i);
                i += Character.charCount(point);
                if (!Character.isLetterOrDigit(point)) {
                    between++;
                    continue;
                }
                if (between > MOST_BETWEEN) {
                    letters.append('\n');
                }
                begins.set(letters.length(), between > 0);
                int digit = Character.digit(point, 10);
                letters.appendCodePoint(digit >= 0 ? '0' + digit : Character.toLowerCase(point));
                between = 0;
            }
            text = letters.toString();
        }

        int words() {
            return begins.cardinality();
        }

        String digits() {
            var digits = new StringBuilder();
            text.chars().filter(Compact::isDigit).forEach(it -> digits.append((char) it));
            return digits.toString();
        }

        private static boolean isDigit(int c) {
            return c >= '0' && c <= '9';
        }

        /// Whether a word begins there, or the last digits of a number may.
        boolean mayBegin(int at) {
            return begins.get(at) || isDigit(text.charAt(at));
        }

        /// Both ends are ends of words, or, for the last digits of a number, the latter.
        boolean stands(Spelling spelling, int at) {
            int end = at + spelling.compact().length();
            return (!spelling.wholeWord() || begins.get(at))
                    && text.startsWith(spelling.compact(), at)
                    && (end == text.length() || begins.get(end) || text.charAt(end) == '\n');
        }
    }
}
