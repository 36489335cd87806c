package io.spillway.policy.mask;

import io.spillway.policy.mask.Placeholders.Entry;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/// Recognizes one placeholder at one place, in all spellings that [Restorer] allows.
final class PlaceholderMatcher {
    /// There is no placeholder here.
    static final int NONE = -1;

    /// What follows decides.
    static final int MORE = -2;

    private static final String OPEN = "[【［";
    private static final String CLOSE = "]】］";
    private static final int MAX_BLANKS = 2;
    private static final int MAX_BACKSLASHES = 2;
    private static final int MAX_DIGITS = 4;

    private final String tag;
    private final List<String> names;
    private final Map<Integer, Entry> byNumber = new HashMap<>();

    private CharSequence text = "";
    private int at;
    private boolean last;
    private @Nullable Entry entry;

    PlaceholderMatcher(Placeholders placeholders) {
        this.tag = placeholders.tag();
        this.names =
                placeholders.entries().stream()
                        .map(it -> it.name().toLowerCase(Locale.ROOT))
                        .distinct()
                        .toList();
        placeholders.entries().forEach(it -> byNumber.put(it.number(), it));
    }

    /// The placeholder that the last successful match found.
    Entry entry() {
        var found = entry;
        if (found == null) {
            throw new IllegalStateException("nothing was matched");
        }
        return found;
    }

    /// Looks for a placeholder at `from`.
    ///
    /// @param before character before, which must not continue a word
    /// @param isLast whether nothing follows the text
    /// @return where it ends, [#NONE] or [#MORE]
    int match(CharSequence in, int from, char before, boolean isLast) {
        char first = in.charAt(from);
        boolean bracket = OPEN.indexOf(first) >= 0;
        if (!bracket && first != '\\' && !isStart(first, before)) {
            return NONE;
        }
        text = in;
        last = isLast;
        at = from;
        skip('\\', MAX_BACKSLASHES);
        int opened = at < text.length() ? OPEN.indexOf(text.charAt(at)) : -1;
        if (opened >= 0) {
            at++;
            skip(' ', MAX_BLANKS);
        } else if (first == '\\') {
            return at < text.length() || last ? NONE : MORE;
        }
        var result = core();
        if (result == NONE || result == MORE) {
            return result;
        }
        return opened < 0 ? result : close(from, opened, result);
    }

    /// A placeholder in brackets goes with them; one in brackets that hold more goes without, and
    /// is found when its turn comes.
    private int close(int from, int opened, int coreEnd) {
        at = coreEnd;
        skip(' ', MAX_BLANKS);
        skip('\\', MAX_BACKSLASHES);
        if (at == text.length()) {
            return last ? NONE : MORE;
        }
        return CLOSE.indexOf(text.charAt(at)) == opened ? at + 1 : NONE;
    }

    private boolean isStart(char c, char before) {
        if (Character.isLetterOrDigit(before) && !Character.isIdeographic(before)) {
            return false;
        }
        char lower = lower(c);
        for (var name : names) {
            if (name.charAt(0) == lower) {
                return true;
            }
        }
        return false;
    }

    /// Name, tag and number from `at` on.
    private int core() {
        int start = at;
        int best = NONE;
        for (var name : names) {
            at = start;
            int result = core(name);
            if (result >= 0) {
                return result;
            }
            best = result == MORE ? MORE : best;
        }
        return best;
    }

    private int core(String name) {
        int result = words(name);
        if (result == 0) {
            result = separator();
        }
        if (result == 0) {
            result = words(tag);
        }
        if (result == 0) {
            result = separator();
        }
        return result == 0 ? number(name) : result;
    }

    private int number(String name) {
        int value = 0;
        int digits = 0;
        while (at < text.length() && isDigit(text.charAt(at)) && digits < MAX_DIGITS) {
            value = value * 10 + text.charAt(at) - '0';
            at++;
            digits++;
        }
        if (at == text.length() && !last) {
            return MORE;
        }
        var found = byNumber.get(value);
        if (digits == 0
                || (at < text.length() && isDigit(text.charAt(at)))
                || found == null
                || !found.name().equalsIgnoreCase(name)) {
            return NONE;
        }
        entry = found;
        return at;
    }

    /// Lower-case letters and digits, with separators where the word has underscores.
    private int words(String word) {
        for (int i = 0; i < word.length(); i++) {
            if (word.charAt(i) == '_') {
                int result = separator();
                if (result != 0) {
                    return result;
                }
                continue;
            }
            if (at == text.length()) {
                return end();
            }
            if (lower(text.charAt(at)) != word.charAt(i)) {
                return NONE;
            }
            at++;
        }
        return 0;
    }

    private int separator() {
        skip('\\', MAX_BACKSLASHES);
        if (at == text.length()) {
            return end();
        }
        char c = text.charAt(at);
        if (c != '_' && c != ' ' && c != '-') {
            return NONE;
        }
        at++;
        return 0;
    }

    private int end() {
        return last ? NONE : MORE;
    }

    private void skip(char c, int most) {
        for (int i = 0; i < most && at < text.length() && text.charAt(at) == c; i++) {
            at++;
        }
    }

    private static boolean isDigit(char c) {
        return c >= '0' && c <= '9';
    }

    private static char lower(char c) {
        return c >= 'A' && c <= 'Z' ? (char) (c + 32) : c;
    }
}
