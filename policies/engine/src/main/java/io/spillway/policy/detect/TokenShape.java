package io.spillway.policy.detect;

import static io.spillway.policy.detect.Bytes.DIGIT;
import static io.spillway.policy.detect.Bytes.is;

import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;

/// The form of a vendor's token, compiled from a notation that reads like the token itself: text
/// stands for itself and `[hex 32]` or `[word 20-40]` for that many characters of an alphabet.
///
/// A run takes as many characters as it may and never gives one back, so a match is linear. A form
/// in which the text behind a run could belong to the run is refused.
final class TokenShape {
    /// Least entropy of what is not fixed text, in bits per character: less is a placeholder.
    private static final double LEAST_ENTROPY = 2.6;

    /// What a form needs that begins like a word.
    private static final double RANDOM_ENTROPY = 3.4;

    private final byte[] prefix;
    private final List<Part> parts;
    private final boolean random;

    private sealed interface Part {
        record Text(byte[] text) implements Part {}

        record Run(TokenAlphabet alphabet, int least, int most) implements Part {}
    }

    private TokenShape(byte[] prefix, List<Part> parts, boolean random) {
        this.prefix = prefix;
        this.parts = parts;
        this.random = random;
    }

    /// @param notation such as `SG.[url 22].[url 43]`; a `?` at the end asks for a digit and more
    ///   entropy, for prefixes so short that words begin with them too
    static TokenShape of(String notation) {
        boolean random = notation.endsWith("?");
        var rest = random ? notation.substring(0, notation.length() - 1) : notation;
        var parts = new ArrayList<Part>();
        int at = 0;
        while (at < rest.length()) {
            int open = rest.indexOf('[', at);
            int stop = open < 0 ? rest.length() : open;
            if (stop > at) {
                parts.add(text(rest.substring(at, stop), parts));
            }
            at = stop;
            if (open >= 0) {
                int close = rest.indexOf(']', open);
                parts.add(run(rest.substring(open + 1, close)));
                at = close + 1;
            }
        }
        byte[] prefix = {};
        if (parts.getFirst() instanceof Part.Text(var text)) {
            prefix = text;
            parts.removeFirst();
        }
        return new TokenShape(prefix, List.copyOf(parts), random);
    }

    private static Part text(String text, List<Part> before) {
        var bytes = text.replace("\\n", "\n").getBytes(StandardCharsets.US_ASCII);
        if (!before.isEmpty()
                && before.getLast() instanceof Part.Run(var alphabet, var least, var most)
                && least != most
                && alphabet.has(bytes[0])) {
            throw new IllegalArgumentException(
                    "'%s' could belong to the run before".formatted(text));
        }
        return new Part.Text(bytes);
    }

    private static Part run(String notation) {
        var words = notation.split(" ", 2);
        var bounds = words[1].split("-", 2);
        int least = Integer.parseInt(bounds[0]);
        int most = Integer.parseInt(bounds[bounds.length - 1]);
        return new Part.Run(TokenAlphabet.named(words[0]), least, most);
    }

    /// The fixed text that it begins with, which may be empty.
    byte[] prefix() {
        return Arrays.copyOf(prefix, prefix.length);
    }

    /// The end of a token whose rest, behind the prefix, begins at `start`; -1 when it is none.
    int end(byte[] b, int start, int to) {
        int at = start;
        for (int i = 0; i < parts.size() && at >= 0; i++) {
            at =
                    switch (parts.get(i)) {
                        case Part.Text(var text) ->
                                Bytes.isAt(b, at, to, text) ? at + text.length : -1;
                        case Part.Run run -> runEnd(run, i == parts.size() - 1, b, at, to);
                    };
        }
        return at >= 0 && isRandom(b, start, at) ? at : -1;
    }

    private static int runEnd(Part.Run run, boolean last, byte[] b, int start, int to) {
        int i = start;
        while (i < to && i - start < run.most && run.alphabet.has(b[i])) {
            i++;
        }
        if (last) {
            // More of the same is something else.
            if (i < to && i - start == run.most && run.alphabet.continues(b[i])) {
                return -1;
            }
            // A full stop or a dash at the end belongs to the sentence.
            while (i - start > run.least && (b[i - 1] == '.' || b[i - 1] == '-')) {
                i--;
            }
        }
        return i - start < run.least ? -1 : i;
    }

    private boolean isRandom(byte[] b, int start, int end) {
        double least = random && end - start >= 20 ? RANDOM_ENTROPY : LEAST_ENTROPY;
        if (Entropy.bits(b, start, end) < least || Placeholders.is(b, start, end)) {
            return false;
        }
        boolean digit = !random;
        for (int i = start; !digit && i < end; i++) {
            digit = is(b[i], DIGIT);
        }
        return digit;
    }
}
