package io.spillway.policy.detect;

import static io.spillway.policy.detect.Lexicon.COMMON;
import static io.spillway.policy.detect.Lexicon.INSTITUTION;
import static io.spillway.policy.detect.Lexicon.PLACE;
import static io.spillway.policy.detect.Lexicon.PLACE_FIRST;
import static io.spillway.policy.detect.Lexicon.SAYS;
import static io.spillway.policy.detect.Lexicon.STORY;
import static io.spillway.policy.detect.Lexicon.STREET;
import static io.spillway.policy.detect.Lexicon.STREET_FIRST;
import static io.spillway.policy.detect.Lexicon.STREET_WEAK;

/// What speaks against a possible name being a private person's, in hundredths.
final class NameDoubt {
    private static final WordSet ARTICLE = new WordSet("the", "a", "an");
    private static final WordSet WITHIN = new WordSet("in", "at");
    private static final WordSet ARE = new WordSet("are");
    private static final WordSet YOU = new WordSet("you");
    private static final WordSet WHO = new WordSet("who");
    private static final WordSet IS = new WordSet("is");
    private static final WordSet LIKE = new WordSet("like");
    private static final WordSet BY = new WordSet("by");

    /// Before the names of authors in files.
    private static final Words RIGHTS = new Words("copyright", "(c) ", "@author", "licen");

    private final byte[] b;
    private final int from;
    private final int to;
    private final Around around;

    NameDoubt(byte[] b, int from, int to, Around around) {
        this.b = b;
        this.from = from;
        this.to = to;
        this.around = around;
    }

    /// @param title whether a title stands before it, also one in small letters
    int weight(NameParts name, boolean title) {
        boolean full = name.isFull();
        int against = form(name) + asked(title);
        if (around.is(0, ARTICLE) && !title) {
            against += full ? 8 : 30;
        }
        boolean spoken = (around.flags[1] & SAYS) != 0;
        if (around.is(0, WITHIN) && !title && !spoken) {
            against += 20;
        }
        if (around.hasAny(STORY) || (around.nextFlags & STORY) != 0) {
            against += full ? 13 : 15;
        }
        if (around.is(0, BY)) {
            against += full ? 2 : 6;
        }
        if ((around.nextFlags & INSTITUTION) != 0 && (around.nextFlags & COMMON) == 0) {
            against += 15;
        }
        return against + place(name);
    }

    /// An author's name. Looked for apart, since it costs more than the rest.
    int rights(NameParts name) {
        return RIGHTS.within(b, Math.max(from, name.start() - 40), name.start()) ? 20 : 0;
    }

    /// `Who is`, `who ... is`, `you are`, `like`: someone the world knows or nobody.
    private int asked(boolean title) {
        boolean who =
                (around.is(0, IS) && around.is(1, WHO))
                        || (around.is(0, WHO) && IS.has(around.nextHash));
        int k = title && !around.is(0, ARE) ? 1 : 0;
        boolean you = around.is(k, ARE) && around.is(k + 1, YOU);
        return who || you || around.is(0, LIKE) ? 25 : 0;
    }

    /// What the name's letters and the signs around it say.
    private int form(NameParts name) {
        int start = name.start();
        boolean single = name.size() == 1;
        int against = name.cut() ? 12 : 0;
        if (name.lower()) {
            against += single ? 0 : 4;
        } else if (name.isCapitals()) {
            against += single ? 25 : 12;
        }
        against += isBesideWide(start, name.end()) ? 15 : 0;
        return isYears(name.end()) ? against + 30 : against;
    }

    /// Places and streets have persons' names too.
    private int place(NameParts name) {
        int against = name.size() == 1 && (name.flags() & PLACE) != 0 ? 10 : 0;
        boolean first = name.first() > 0;
        if (first && (name.run().flags[name.first() - 1] & PLACE_FIRST) != 0) {
            against += 25;
        }
        if (isStreetWord(around.nextFlags) || isStreetWord(name.run().flags[name.last() - 1])) {
            against += 25;
        }
        return isStreet(name.start(), name.end()) ? against + 30 : against;
    }

    private static boolean isStreetWord(int flags) {
        return (flags & (STREET | STREET_WEAK)) == STREET;
    }

    /// A number behind, and one or a word such as `via` before.
    private boolean isStreet(int start, int end) {
        boolean number = end + 1 < to && b[end] == ' ' && Bytes.is(b[end + 1], Bytes.DIGIT);
        boolean before =
                start - 1 > from && b[start - 1] == ' ' && Bytes.is(b[start - 2], Bytes.DIGIT);
        return number && (before || around.has(STREET_FIRST));
    }

    /// Latin letters inside Chinese: mostly someone of whom the world speaks.
    private boolean isBesideWide(int start, int end) {
        return (end < to && isWide(b[end])) || (start - 3 >= from && isWide(b[start - 3]));
    }

    /// A Chinese character or sign begins with it.
    private static boolean isWide(byte c) {
        return (c & 0xFF) >= 0xE3 && (c & 0xFF) < 0xF0;
    }

    /// `(1879`, `(born`: an entry of an encyclopaedia.
    private boolean isYears(int end) {
        if (end + 6 >= to || b[end] != ' ' || b[end + 1] != '(') {
            return false;
        }
        boolean year = Bytes.is(b[end + 2], Bytes.DIGIT) && Bytes.is(b[end + 5], Bytes.DIGIT);
        return year || (b[end + 2] == 'b' && b[end + 3] == 'o');
    }
}
