package io.spillway.policy.detect;

import java.util.stream.LongStream;
import java.util.stream.Stream;

/// What a given name does or what is done to it, for names that stand alone: `Regina is`, `they met
/// Regina`, `come here, Regina!`.
final class Acting {
    /// Lifts a given name just over the threshold.
    private static final int SLIGHT = 13;

    private static final int STRONG = 25;

    private static final long[] DOES =
            hashes(
                    "is",
                    "was",
                    "has",
                    "had",
                    "lives",
                    "works",
                    "spent",
                    "moved",
                    "went",
                    "came",
                    "loves",
                    "called",
                    "wrote",
                    "said",
                    "shouted",
                    "lived",
                    "worked",
                    "just",
                    "explained",
                    "will");
    private static final long[] DONE =
            hashes(
                    "given",
                    "gave",
                    "told",
                    "tell",
                    "met",
                    "meet",
                    "ask",
                    "asked",
                    "contact",
                    "remind",
                    "invite",
                    "invited",
                    "thank",
                    "tells",
                    "contacted",
                    "call");
    private static final long[] MET =
            hashes("called", "told", "asked", "met", "contact", "call", "under", "me");
    private static final long[] NAMED = hashes("named", "called", "name", "call");
    private static final long[] WHOSE = hashes("his", "her", "their");
    private static final long[] CLAUSE = hashes("but", "tell");
    private static final long[] HEARD = hashes("me", "you");
    private static final long[] WHOM = hashes("him", "her", "them");

    private final byte[] b;
    private final int to;

    Acting(byte[] b, int to) {
        this.b = b;
        this.to = to;
    }

    private static long[] hashes(String... words) {
        return Stream.of(words).mapToLong(Word::hashOf).toArray();
    }

    private static boolean has(long[] hashes, long hash) {
        return LongStream.of(hashes).anyMatch(it -> it == hash);
    }

    /// How much speaks for a person.
    ///
    /// @param end behind the name
    /// @param given whether it is known as a given name
    int weight(Around around, int end, boolean given) {
        boolean owner = has(DONE, around.hashes[0]) && has(WHOSE, around.nextHash);
        if (!given) {
            return owner ? STRONG + 5 : 0;
        }
        if (has(WHOM, around.hashes[0]) && has(NAMED, around.hashes[1])) {
            return STRONG;
        }
        boolean subject = around.first || has(CLAUSE, around.hashes[0]);
        boolean acts = subject && has(DOES, around.nextHash);
        boolean met = !around.comma && !around.label && has(DONE, around.hashes[0]);
        boolean addressed =
                around.comma && end < to && b[end] == '!'
                        || has(HEARD, around.hashes[0]) && around.commaBehind;
        return acts || met || addressed || isScript(around, end) ? SLIGHT : 0;
    }

    /// Whether the words around have it do something, or be met.
    boolean isSubject(Around around) {
        return has(DOES, around.nextHash) || has(MET, around.hashes[0]);
    }

    /// `Regina: "Who are you?"`
    private boolean isScript(Around around, int end) {
        if (!around.first || end >= to || b[end] != ':') {
            return false;
        }
        for (int i = end + 1; i < to && i < end + 4; i++) {
            if (b[i] == '"') {
                return true;
            }
        }
        return false;
    }
}
