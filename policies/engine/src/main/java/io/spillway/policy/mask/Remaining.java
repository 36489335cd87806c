package io.spillway.policy.mask;

import io.spillway.api.request.Finding;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/// What a second scan found in a masked request, without what it took our own placeholders for.
public final class Remaining {
    private static final int LONGEST = 100;

    private Remaining() {}

    /// The findings that say something about the request: those whose span has a letter or digit
    /// outside of all placeholders. `password: [CREDENTIAL_k7f3p9_1]` looks like a password.
    ///
    /// @param findings of the masked texts
    /// @param texts the masked texts by path; findings elsewhere stay
    public static List<Finding> of(
            List<Finding> findings, Map<String, String> texts, Placeholders placeholders) {
        // One table of offsets per text: counting anew for each finding would be quadratic.
        var offsets = new HashMap<String, int[]>();
        return findings.stream()
                .filter(it -> {
                    var text = texts.get(it.path());
                    return text == null
                            || !it.literal()
                            || saysMore(
                                    it,
                                    text,
                                    offsets.computeIfAbsent(it.path(), _ -> offsets(text)),
                                    placeholders);
                })
                .toList();
    }

    /// The offset of each code point, and the text's length behind them.
    private static int[] offsets(String text) {
        int points = text.codePointCount(0, text.length());
        var offsets = new int[points + 1];
        int at = 0;
        for (int i = 0; i < points; i++) {
            offsets[i] = at;
            at += Character.charCount(text.codePointAt(at));
        }
        offsets[points] = text.length();
        return offsets;
    }

    private static boolean saysMore(
            Finding finding, String text, int[] offsets, Placeholders placeholders) {
        if (offsets.length <= finding.end()) {
            return true;
        }
        int from = offsets[finding.start()];
        int to = offsets[finding.end()];
        int at = from;
        while (at < to) {
            int end = placeholderAround(text, at, placeholders.tag());
            if (end > 0) {
                at = end;
            } else if (Character.isLetterOrDigit(text.codePointAt(at))) {
                return true;
            } else {
                at++;
            }
        }
        return false;
    }

    /// Where the placeholder ends that the offset lies in, -1 when it lies in none.
    private static int placeholderAround(String text, int offset, String tag) {
        int open = offset;
        while (open > 0 && open > offset - LONGEST && text.charAt(open) != '[') {
            open--;
        }
        int close = offset;
        int end = Math.min(text.length(), offset + LONGEST);
        while (close < end && text.charAt(close) != ']') {
            close++;
        }
        boolean ours =
                close < end
                        && text.charAt(open) == '['
                        && text.substring(open + 1, close)
                                .matches("[A-Z0-9_]+_" + tag + "_[0-9]{1,4}");
        return ours ? close + 1 : -1;
    }
}
