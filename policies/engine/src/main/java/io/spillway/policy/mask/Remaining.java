package io.spillway.policy.mask;

import io.spillway.api.request.Finding;
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
        return findings.stream()
                .filter(it -> {
                    var text = texts.get(it.path());
                    return text == null || !it.literal() || saysMore(it, text, placeholders);
                })
                .toList();
    }

    private static boolean saysMore(Finding finding, String text, Placeholders placeholders) {
        if (text.codePointCount(0, text.length()) < finding.end()) {
            return true;
        }
        int from = text.offsetByCodePoints(0, finding.start());
        int to = text.offsetByCodePoints(from, finding.end() - finding.start());
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
