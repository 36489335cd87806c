package io.spillway.policy.document;

import java.util.Collection;
import java.util.Locale;
import java.util.Optional;

/// Guesses what an author meant by a name that is not known.
public final class Suggestion {
    private Suggestion() {}

    /// The known name nearest to `written`, when it is near enough to be a slip of the keyboard.
    public static Optional<String> nearest(String written, Collection<String> known) {
        var sorted = known.stream().sorted().toList();
        for (var name : sorted) {
            if (written.length() >= 3 && name.startsWith(written)) {
                return Optional.of(name);
            }
        }
        int best = 1 + Math.max(1, Math.min(written.length(), 9) / 3);
        String found = null;
        for (var name : sorted) {
            int distance =
                    distance(written.toLowerCase(Locale.ROOT), name.toLowerCase(Locale.ROOT));
            if (distance < best) {
                best = distance;
                found = name;
            }
        }
        return Optional.ofNullable(found);
    }

    /// A hint for an unknown name: the nearest one, or all there are.
    public static String hint(String written, Collection<String> known) {
        return nearest(written, known)
                .map("did you mean '%s'?"::formatted)
                .orElseGet(() ->
                        known.isEmpty()
                                ? "there is none yet"
                                : "use one of: "
                                        + String.join(
                                                ", ", known.stream().sorted().limit(30).toList()));
    }

    /// Edits between two words, a swap of neighbours counting as one.
    private static int distance(String a, String b) {
        if (Math.abs(a.length() - b.length()) > 4 || a.length() > 64) {
            return Integer.MAX_VALUE;
        }
        var rows = new int[a.length() + 1][b.length() + 1];
        for (int i = 0; i <= a.length(); i++) {
            for (int j = 0; j <= b.length(); j++) {
                if (i == 0 || j == 0) {
                    rows[i][j] = i + j;
                    continue;
                }
                int change = a.charAt(i - 1) == b.charAt(j - 1) ? 0 : 1;
                int least =
                        Math.min(
                                Math.min(rows[i - 1][j], rows[i][j - 1]) + 1,
                                rows[i - 1][j - 1] + change);
                if (i > 1
                        && j > 1
                        && a.charAt(i - 1) == b.charAt(j - 2)
                        && a.charAt(i - 2) == b.charAt(j - 1)) {
                    least = Math.min(least, rows[i - 2][j - 2] + 1);
                }
                rows[i][j] = least;
            }
        }
        return rows[a.length()][b.length()];
    }
}
