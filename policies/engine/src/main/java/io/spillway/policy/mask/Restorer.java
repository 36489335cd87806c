package io.spillway.policy.mask;

import io.spillway.policy.mask.Placeholders.Entry;

/// Puts the values back into one text of an answer, which comes whole or in pieces.
///
/// Models write placeholders down from memory, so it is not strict: letters in any case; a blank, a
/// hyphen or an escaped underscore (`\_`) in place of an underscore; blanks inside the brackets;
/// full-width brackets or none. Name, tag and number must be there. What is no placeholder of this
/// request passes unchanged.
///
/// A value is escaped for the place where it is put: as often as there are JSON strings around the
/// placeholder, one in the other. Of the text only what may yet become a placeholder is held back.
/// Not thread-safe; one for each text.
public final class Restorer {
    private final PlaceholderMatcher matcher;
    private final JsonNesting nesting;
    private final StringBuilder pending = new StringBuilder();
    private char before = ' ';

    /// @param json whether the text is known to be JSON, as the arguments of a tool call are;
    ///   otherwise it is taken for JSON when it begins like it
    public Restorer(Placeholders placeholders, boolean json) {
        this.matcher = new PlaceholderMatcher(placeholders);
        this.nesting = new JsonNesting(json);
    }

    /// Takes the next piece.
    ///
    /// @return what of the text can be passed on now, restored
    public String feed(String piece) {
        pending.append(piece);
        return drain(false);
    }

    /// The rest of the text, which ends here.
    public String flush() {
        return drain(true);
    }

    /// Whether something is held back.
    public boolean holds() {
        return !pending.isEmpty();
    }

    private String drain(boolean last) {
        var out = new StringBuilder(pending.length());
        int at = 0;
        while (at < pending.length()) {
            int result = matcher.match(pending, at, before, last);
            if (result == PlaceholderMatcher.MORE) {
                break;
            }
            if (result == PlaceholderMatcher.NONE) {
                out.append(pending.charAt(at));
                pass(at, at + 1);
                at++;
            } else {
                int depth = nesting.depth();
                out.append(JsonEscapes.escape(value(matcher.entry()), depth));
                pass(at, result);
                at = result;
            }
        }
        pending.delete(0, at);
        return out.toString();
    }

    private static String value(Entry entry) {
        return entry.value();
    }

    private void pass(int from, int to) {
        for (int i = from; i < to; i++) {
            nesting.feed(pending.charAt(i));
        }
        before = pending.charAt(to - 1);
    }
}
