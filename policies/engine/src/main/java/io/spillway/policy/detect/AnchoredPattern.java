package io.spillway.policy.detect;

import com.google.re2j.Pattern;
import com.google.re2j.PatternSyntaxException;

/// A pattern that is cheap to look for: it contains a fixed text, its anchor, and its length is
/// bounded. The anchor is found together with all words; the pattern itself runs only on the few
/// bytes around it, on RE2/J, which takes linear time.
///
/// @param text the pattern as written
/// @param anchor the longest text that every match contains
/// @param before most characters in front of the anchor
/// @param after most characters behind it
/// @param compiled the pattern
public record AnchoredPattern(String text, String anchor, int before, int after, Pattern compiled) {

    /// Longest pattern and longest match, in characters.
    public static final int LONGEST = 256;

    /// Reads a pattern: characters, classes such as `[0-9A-F]`, `\d`, `\w`, `\s` and `.`, groups
    /// with alternatives, `?`, `{n}` and `{n,m}`.
    public static AnchoredPattern of(String text, boolean caseSensitive) throws PatternProblem {
        var form = new PatternForm(text);
        form.read();
        try {
            int flags = caseSensitive ? 0 : Pattern.CASE_INSENSITIVE;
            return new AnchoredPattern(
                    text, form.anchor(), form.before(), form.after(), Pattern.compile(text, flags));
        } catch (PatternSyntaxException e) {
            throw new PatternProblem(
                    0, "the pattern cannot be read: " + e.getDescription(), "mend it there");
        }
    }
}
