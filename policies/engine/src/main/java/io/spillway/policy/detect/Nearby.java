package io.spillway.policy.detect;

/// Whether one of some words stands near a number. The text is searched for them once, as far as
/// questions reach, however many questions there are. Questions must come in the order of the text.
final class Nearby {
    private static final int REACH_BACK = 48;
    private static final int REACH_AHEAD = 16;

    private final Words words;
    private final byte[] b;
    private final int to;
    private int searched;
    private int last = -REACH_BACK - 1;

    Nearby(Words words, byte[] b, int from, int to) {
        this.words = words;
        this.b = b;
        this.to = to;
        this.searched = from;
    }

    /// Whether a word begins shortly before `start` or right behind `end`.
    boolean is(int start, int end) {
        int limit = Math.min(to, end + REACH_AHEAD);
        int begin = Math.max(searched, start - REACH_BACK);
        for (int i = begin; i < limit; i++) {
            if (words.isAt(b, i, limit)) {
                last = i;
            }
        }
        // A word that the limit cut off is met again by the next question.
        searched = Math.max(begin, limit - Words.LONGEST);
        return last >= start - REACH_BACK;
    }
}
