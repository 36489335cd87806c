package io.spillway.policy.detect;

import java.util.Arrays;

/// What words around a place say. The text is searched for them once, as far as questions reach,
/// however many questions there are. Questions must come in the order of the text.
final class Context {
    /// How far before a number a word may begin that says what the number is.
    static final int REACH_BACK = 48;

    private static final int REACH_AHEAD = 16;

    /// How far behind a chain a date may end that begins with it.
    private static final int LONGEST_DATE = 64;

    private static final int NOWHERE = Integer.MIN_VALUE / 2;

    private byte[] b = {};
    private Outline outline = new Outline();
    private int from;
    private int to;
    private int searched;
    private int lastDocument;
    private int lastWord;

    /// Up to here no word can begin that was not noted.
    private int clear;

    /// The last two places of each topic's words, by ordinal.
    private final int[] starts = new int[Topic.COUNT];

    private final int[] ends = new int[Topic.COUNT];
    private final int[] earlierEnds = new int[Topic.COUNT];

    /// Turns to another text.
    void begin(byte[] text, int first, int last, Outline places) {
        b = text;
        outline = places;
        from = first;
        to = last;
        searched = first;
        clear = first;
        lastDocument = NOWHERE;
        lastWord = NOWHERE;
        Arrays.fill(starts, NOWHERE);
        Arrays.fill(ends, NOWHERE);
        Arrays.fill(earlierEnds, NOWHERE);
    }

    /// Whether a word of the topic begins shortly before `start` or right behind `end`.
    boolean says(Topic topic, int start, int end) {
        search(start, Math.min(to, end + REACH_AHEAD));
        return starts[topic.ordinal()] >= start - REACH_BACK;
    }

    /// Whether no word of any topic stands where a question about the chain could see it, so that
    /// only what needs no word counts.
    boolean isSilent(NumberChain chain) {
        return isClear(chain, true);
    }

    /// Like [#isSilent], but only by a look at how words begin: true for nearly all numbers of a
    /// table.
    boolean isQuiet(NumberChain chain) {
        return isClear(chain, false);
    }

    private boolean isClear(NumberChain chain, boolean exactly) {
        int back = chain.start(0) - REACH_BACK - Keywords.LONGEST;
        if (lastWord >= back) {
            return false;
        }
        int end = chain.end(chain.runs - 1) + LONGEST_DATE;
        int limit = Math.min(end + REACH_AHEAD, to - 1);
        var keywords = Keywords.ALL;
        int first = Math.max(Math.max(searched, clear), Math.max(back, from));
        int i = outline.keyword(first, limit);
        while (i < limit
                && !(keywords.mayBegin(b, from, i)
                        && (!exactly || keywords.isAt(b, from, i, to)))) {
            i = outline.keyword(i + 1, limit);
        }
        clear = Math.max(clear, i);
        return i >= limit;
    }

    /// Whether a word for a document ends at most `near` bytes before `start`. It may also stand
    /// behind: this only passes over the many numbers that no word is near.
    boolean mayBeDocument(int start, int near) {
        search(start, start);
        return start - lastDocument <= near;
    }

    /// Whether a word of the topic begins right behind `end`.
    boolean follows(Topic topic, int end) {
        search(end, Math.min(to, end + REACH_AHEAD));
        return starts[topic.ordinal()] >= end;
    }

    /// Bytes between the last word of the topic before `start` and `start`; large when there is
    /// none.
    int distance(Topic topic, int start) {
        search(start, start);
        int end = ends[topic.ordinal()];
        if (end > start) {
            end = earlierEnds[topic.ordinal()];
        }
        return start - end;
    }

    /// Notes the words that begin before `limit`, each once.
    private void search(int start, int limit) {
        int begin = Math.max(searched, start - REACH_BACK - Keywords.LONGEST);
        if (begin >= limit) {
            return;
        }
        var keywords = Keywords.ALL;
        int last = Math.min(limit, to - 1);
        int first = Math.max(Math.max(begin, clear), from);
        for (int i = outline.keyword(first, last); i < last; i = outline.keyword(i + 1, last)) {
            if (keywords.mayBegin(b, from, i)) {
                keywords.find(b, from, i, to, this);
            }
        }
        searched = limit;
    }

    void note(int topics, int start, int end) {
        lastWord = Math.max(lastWord, start);
        if ((topics & Topic.DOCUMENTS) != 0) {
            lastDocument = Math.max(lastDocument, end);
        }
        for (int rest = topics; rest != 0; rest &= rest - 1) {
            int topic = Integer.numberOfTrailingZeros(rest);
            if (start > starts[topic]) {
                earlierEnds[topic] = ends[topic];
                starts[topic] = start;
                ends[topic] = end;
            } else if (start == starts[topic]) {
                ends[topic] = Math.max(ends[topic], end);
            }
        }
    }
}
