package io.spillway.policy.detect;

import java.util.List;
import org.jspecify.annotations.Nullable;

/// A detector that a policy's author declared: a list of words, or a pattern.
///
/// @param name the type of its findings
/// @param category the category of its findings
/// @param words what to look for; empty for a pattern
/// @param pattern what to look for, null for words
/// @param check the check digit that a match must have, null for none
/// @param caseSensitive whether upper and lower case differ
/// @param wholeWords whether a match must not be part of a longer word
/// @param confidence of its findings, 0.0 to 1.0
public record OwnDetector(
        String name,
        String category,
        List<String> words,
        @Nullable AnchoredPattern pattern,
        @Nullable CheckDigit check,
        boolean caseSensitive,
        boolean wholeWords,
        double confidence) {

    /// Most words that all lists of a policy may have together.
    public static final int MOST_WORDS = 100_000;

    /// Longest word, in characters.
    public static final int LONGEST_WORD = 200;

    public OwnDetector {
        words = List.copyOf(words);
        if (words.isEmpty() == (pattern == null)) {
            throw new IllegalArgumentException(
                    "detector '%s' needs either words or a pattern".formatted(name));
        }
    }
}
