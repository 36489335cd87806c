package io.spillway.policy.detect;

import static io.spillway.policy.detect.Lexicon.ANY_NAME;
import static io.spillway.policy.detect.Lexicon.COMMON;
import static io.spillway.policy.detect.Lexicon.FAMOUS;
import static io.spillway.policy.detect.Lexicon.GIVEN;
import static io.spillway.policy.detect.Lexicon.INSTITUTION;
import static io.spillway.policy.detect.Lexicon.KIN;
import static io.spillway.policy.detect.Lexicon.PLACE;
import static io.spillway.policy.detect.Lexicon.ROLE;
import static io.spillway.policy.detect.Lexicon.SAYS;
import static io.spillway.policy.detect.Lexicon.STORY;
import static io.spillway.policy.detect.Lexicon.SURNAME;

/// How sure it is that some words are a person's name, in hundredths: what the words are counts
/// first, then what stands around them.
final class NameScore {
    /// Whatever follows is a name.
    static final int NAMED = 2;

    /// A name may follow.
    static final int MAYBE = 1;

    private static final long NAME = Word.hashOf("name");
    private static final long NAMES = Word.hashOf("names");
    private static final long IS = Word.hashOf("is");
    private static final long IT = Word.hashOf("it");
    private static final long THIS = Word.hashOf("this");
    private static final long AM = Word.hashOf("am");
    private static final long I_AM = Word.hashOf("i'm");
    private static final long MY = Word.hashOf("my");
    private static final long OUR = Word.hashOf("our");
    private static final long ME = Word.hashOf("me");
    private static final long DEAR = Word.hashOf("dear");
    private static final long THE = Word.hashOf("the");
    private static final long A = Word.hashOf("a");
    private static final long AN = Word.hashOf("an");
    private static final long IN = Word.hashOf("in");
    private static final long AT = Word.hashOf("at");
    private static final long HI = Word.hashOf("hi");
    private static final long HELLO = Word.hashOf("hello");
    private static final long HEY = Word.hashOf("hey");
    private static final long CC = Word.hashOf("cc");
    private static final long FROM = Word.hashOf("from");
    private static final long TO = Word.hashOf("to");
    private static final long BY = Word.hashOf("by");
    private static final long HERE = Word.hashOf("here");
    private static final long SPEAKING = Word.hashOf("speaking");
    private static final long WITH = Word.hashOf("with");
    private static final long CALL = Word.hashOf("call");
    private static final long CONTACT = Word.hashOf("contact");
    private static final long CALLS = Word.hashOf("calls");
    private static final long WHO = Word.hashOf("who");
    private static final long ARE = Word.hashOf("are");
    private static final long YOU = Word.hashOf("you");
    private static final long CAN = Word.hashOf("can");
    private static final long COULD = Word.hashOf("could");
    private static final long PLEASE = Word.hashOf("please");
    private static final long[] WHOSE = {
        Word.hashOf("first"), Word.hashOf("last"), Word.hashOf("full"), Word.hashOf("family"),
        Word.hashOf("given"), Word.hashOf("my"), Word.hashOf("your"), Word.hashOf("his"),
        Word.hashOf("her"), Word.hashOf("their"), Word.hashOf("legal"), Word.hashOf("account"),
        Word.hashOf("partner"), Word.hashOf("father"), Word.hashOf("mother"), Word.hashOf("child"),
        Word.hashOf("the"), Word.hashOf("display"), Word.hashOf("doctor"), Word.hashOf("middle"),
        Word.hashOf("card"), Word.hashOf("cardholder"), Word.hashOf("maiden"), Word.hashOf("and")
    };
    private static final long LIKE = Word.hashOf("like");

    private static final int ANSWER = 40;
    private static final Words NAME_ASKED = new Words("name");

    /// Before the names of authors in files.
    private static final Words RIGHTS = new Words("copyright", "(c) ", "@author", "licen");

    /// What else is known of a run.
    ///
    /// @param title whether a title such as Dr. stands before it
    /// @param lower without capitals
    /// @param cut whether other capitalised words follow
    record Setting(boolean title, boolean lower, boolean cut) {}

    private final byte[] b;
    private final int from;
    private final int to;
    private final Lexicon lexicon = Lexicon.builtIn();
    private final Around around;
    private final Acting acting;

    NameScore(byte[] b, int from, int to) {
        this.b = b;
        this.from = from;
        this.to = to;
        this.around = new Around(b, from, to);
        this.acting = new Acting(b, to);
    }

    /// Whether a name without capitals may follow the word: 0, [#MAYBE] or [#NAMED].
    int cue(long hash, int start) {
        if (hash == DEAR || hash == I_AM) {
            return MAYBE;
        }
        int flags = lexicon.of(hash);
        if ((flags & Lexicon.TITLE) != 0) {
            return NAMED;
        }
        if ((flags & ROLE) != 0) {
            return MAYBE;
        }
        if (hash == NAME || hash == WITH || hash == CALL || hash == CONTACT) {
            return MAYBE;
        }
        if (hash == IS || hash == AM || hash == ME) {
            around.look(start, start);
            boolean named = hash == IS && around.is(0, NAME);
            boolean call = hash == ME && (around.is(0, CALL) || around.is(0, CALLS));
            return named
                    ? NAMED
                    : call || (hash == AM && around.is(0, Word.hashOf("i"))) ? MAYBE : 0;
        }
        return 0;
    }

    void judge(NameRun run, int first, int last, Setting setting, Candidates found) {
        int start = run.starts[first];
        int end = run.ends[last - 1];
        around.look(start, end);
        int base = base(run, first, last, setting);
        int words = words(run, first, last);
        boolean title = setting.title() || (around.has(Lexicon.TITLE) && !around.label);
        boolean single = words == 1 && !title;
        int cue = context(run, first, last, single);
        boolean famous = isFamous(run, first, last);
        int score = base + cue;
        if (!single && base >= 40 && acting.isSubject(around)) {
            score += 8;
        }
        if (title) {
            score = Math.max(score, 72);
            cue = Math.max(cue, 10);
        }
        if (famous) {
            score = Math.min(score - 30, cue >= 30 ? 60 : 35);
        }
        boolean full =
                words > 1
                        && isClear(run.flags[first])
                        && (run.flags[last - 1] & (COMMON | PLACE)) == 0;
        if (single && cue < 13 && (run.flags[first] & (COMMON | PLACE)) == 0) {
            score += acting.weight(around, end, (run.flags[first] & GIVEN) != 0);
        }
        score -= against(run, first, last, setting, title, full);
        if (score >= Candidates.LEAST && RIGHTS.within(b, Math.max(from, start - 40), start)) {
            score -= 20;
        }
        int kind = single ? kind(run, first, base) : 0;
        kind |= cue >= 10 ? Candidates.CONTEXT : 0;
        kind |= cue >= 30 && !famous ? Candidates.FIRM : 0;
        kind |= famous ? Candidates.FAMOUS : 0;
        found.add(start, end, score, kind);
    }

    /// Of a single word.
    private int kind(NameRun run, int first, int base) {
        boolean known = (run.flags[first] & ANY_NAME) != 0;
        boolean word = (run.flags[first] & COMMON) != 0;
        boolean doubtful = word && around.first && run.length(first) <= 4;
        int kind = Candidates.SINGLE | (known && base >= 20 && !doubtful ? Candidates.KNOWN : 0);
        boolean unknown =
                run.starts[first] == from
                        && run.flags[first] == 0
                        && run.length(first) > 3
                        && around.nextHash != IS
                        && !run.endsInS(first);
        return unknown ? kind | Candidates.UNKNOWN : kind;
    }

    /// An unknown word before a surname: by its letters it is no English one.
    private static int foreign(NameRun run, int first, int last) {
        return run.flags[first] == 0 && run.isAccented(first, last) ? 52 : 42;
    }

    /// An unknown word in -s: more often things than a surname.
    private static boolean plural(NameRun run, int k) {
        return run.flags[k] == 0 && run.endsInS(k) && !run.isAccented(k, k + 1);
    }

    /// A given name that means nothing else.
    private static boolean isClear(int flags) {
        return (flags & GIVEN) != 0 && (flags & (COMMON | PLACE)) == 0;
    }

    private static int words(NameRun run, int first, int last) {
        int words = 0;
        for (int k = first; k < last; k++) {
            words += run.length(k) > 1 ? 1 : 0;
        }
        return words;
    }

    /// What the words themselves say.
    private int base(NameRun run, int first, int last, Setting setting) {
        int words = 0;
        int initials = 0;
        int surname = 0;
        int unknown = 0;
        for (int k = first; k < last; k++) {
            if (run.length(k) == 1) {
                initials++;
                continue;
            }
            words++;
            surname = run.flags[k];
            unknown += (run.flags[k] & ANY_NAME) == 0 ? 1 : 0;
        }
        if (words == 0) {
            return 0;
        }
        if (words == 1) {
            return one(run, first, initials, surname);
        }
        int base = several(run, first, last, surname);
        base += initials > 0 || run.particle ? 8 : 0;
        base -= unknown > 1 ? 10 : 0;
        base -= words > 3 ? 12 : 0;
        return base;
    }

    /// What two words or more say.
    private static int several(NameRun run, int first, int last, int surname) {
        int given = run.flags[first];
        boolean clear = (given & GIVEN) != 0 && (given & (COMMON | PLACE)) == 0;
        boolean unclear = (given & GIVEN) != 0;
        boolean family = (surname & SURNAME) != 0 && (surname & (COMMON | PLACE)) == 0;
        boolean maybeFamily = (surname & SURNAME) != 0;
        return clear && family
                ? 62
                : clear && maybeFamily
                        ? 58
                        : clear
                                ? plural(run, last - 1) ? 41 : 58
                                : unclear && family
                                        ? 50
                                        : unclear && maybeFamily
                                                ? 40
                                                : unclear
                                                        ? 38
                                                        : family ? foreign(run, first, last) : 22;
    }

    private int one(NameRun run, int first, int initials, int flags) {
        boolean clear = (flags & (COMMON | PLACE)) == 0;
        if (initials > 0 && run.length(first) == 1) {
            return (flags & SURNAME) != 0 && clear ? 50 : 25;
        }
        return (flags & GIVEN) != 0 && clear
                ? 38
                : (flags & GIVEN) != 0
                        ? 20
                        : (flags & SURNAME) != 0 && clear ? 30 : (flags & SURNAME) != 0 ? 15 : 22;
    }

    private boolean isFamous(NameRun run, int first, int last) {
        for (int k = first; k + 1 < last; k++) {
            if (lexicon.isFamous(run.hashes[k], run.hashes[k + 1])) {
                return true;
            }
        }
        return (run.flags[last - 1] & FAMOUS) != 0
                || (first > 0 && lexicon.isFamous(run.hashes[first - 1], run.hashes[first]))
                || (last - first > 2 && lexicon.isFamous(run.hashes[first], run.hashes[last - 1]));
    }

    /// What stands before, for a person.
    private int before(NameRun run, int first, boolean single) {
        int cue = 0;
        boolean known = (run.flags[first] & ANY_NAME) != 0;
        if (around.is(0, NAME) || around.is(0, NAMES)) {
            cue = named(single, known);
        } else if (around.label && answers(run.starts[first])) {
            cue = 30;
        } else if ((around.is(0, IS) || around.is(0, IT)) && around.is(1, NAME)) {
            cue = 40;
        } else if (around.has(ROLE) && around.label) {
            cue = around.quoted ? 15 : 30;
        } else if (around.label && (around.is(0, FROM) || around.is(0, TO) || around.is(0, CC))) {
            cue = around.quoted ? 0 : 30;
        } else if (around.has(ROLE) && (!single || (run.flags[first] & ANY_NAME) != 0)) {
            cue = 18;
        } else if (around.is(0, I_AM) || (around.is(0, AM) && around.is(1, Word.hashOf("i")))) {
            cue = (run.flags[first] & GIVEN) != 0 ? 25 : 8;
        } else if (around.is(0, IS) && around.is(1, THIS)) {
            cue = (run.flags[first] & GIVEN) != 0 ? 15 : 0;
        } else if (around.is(0, ME) && (around.is(1, CALL) || around.is(1, CALLS))) {
            cue = 30;
        } else if (around.has(KIN)) {
            boolean mine = !around.comma && (around.is(1, MY) || around.is(1, OUR));
            cue = mine ? single ? 40 : 25 : 3;
        } else if (around.is(0, DEAR)
                || around.is(0, HI)
                || around.is(0, HELLO)
                || around.is(0, HEY)) {
            cue = single ? 13 : 14;
        } else if (around.has(Lexicon.CLOSING)) {
            cue = single ? 10 : 20;
        } else if (around.is(0, WITH) || around.is(0, CALL)) {
            cue = 4;
        }
        return cue;
    }

    /// What stands before and behind, for a person.
    private int context(NameRun run, int first, int last, boolean single) {
        int cue = before(run, first, single);
        boolean known = (run.flags[first] & ANY_NAME) != 0;
        if (around.nextHash == SPEAKING || around.nextHash == HERE) {
            cue += 20;
        } else if ((around.nextFlags & SAYS) != 0 && (!single || isSpeech(run, first, last))) {
            cue += single ? 13 : 8;
        } else if (around.owned) {
            cue += 13;
        } else if (around.first
                && around.commaBehind
                && (around.nextHash == CAN || around.nextHash == COULD)) {
            cue += known ? 20 : 32;
        }
        if (single
                && !known
                && around.first
                && (around.nextFlags & SAYS) != 0
                && run.flags[first] == 0
                && isSpeech(run, first, last)) {
            cue = 30;
        }
        boolean name = known || run.isAccented(first, last);
        if (cue == 0 && single && name && around.hasAny(SAYS) && isSpeech(run, first, last)) {
            cue = (run.flags[first] & GIVEN) != 0 ? 13 : 20;
        }
        return cue;
    }

    /// `What is your name? Caller: Ann Lee`
    private boolean answers(int start) {
        for (int i = start - 1; i > Math.max(from, start - ANSWER); i--) {
            if (b[i] == '?') {
                return NAME_ASKED.within(b, Math.max(from, i - ANSWER), i);
            }
        }
        return false;
    }

    /// Behind the word name: a form's field, or a thing's name as in `Planet name: Vulcan`.
    private int named(boolean single, boolean known) {
        boolean thing = (around.flags[1] & COMMON) != 0 && (around.flags[1] & ROLE) == 0;
        if (around.label && thing && !isWhose(around.hashes[1])) {
            return 5;
        }
        if (around.label) {
            return single ? 9 : !known ? 15 : around.quoted ? 15 : 30;
        }
        // A name that is spoken of as a word: the name 'Ethan'.
        return single && around.quoted ? 5 : 30;
    }

    private boolean isWhose(long hash) {
        for (long whose : WHOSE) {
            if (whose == hash) {
                return true;
            }
        }
        return false;
    }

    /// Direct speech: a quotation mark or an exclamation close by.
    private boolean isSpeech(NameRun run, int first, int last) {
        for (int i = Math.max(0, run.starts[first] - 24); i < run.starts[first]; i++) {
            if (b[i] == '"' || b[i] == '!') {
                return true;
            }
        }
        int end = Math.min(to, run.ends[last - 1] + 32);
        for (int i = run.ends[last - 1]; i < end; i++) {
            if (b[i] == '"') {
                return true;
            }
        }
        return false;
    }

    /// What speaks against.
    private int against(
            NameRun run, int first, int last, Setting setting, boolean title, boolean full) {
        int against = 0;
        if (around.is(0, THE) || around.is(0, A) || around.is(0, AN)) {
            against += title ? 0 : full ? 8 : 30;
        }
        boolean spoken = (around.flags[1] & SAYS) != 0;
        if ((around.is(0, IN) || around.is(0, AT)) && !title && !spoken) {
            against += 20;
        }
        if (around.hasAny(STORY) || (around.nextFlags & STORY) != 0) {
            against += full ? 13 : 15;
        }
        boolean you =
                (around.is(0, ARE) && around.is(1, YOU))
                        || (title && around.is(1, ARE) && around.is(2, YOU));
        boolean who =
                (around.is(0, IS) && around.is(1, WHO))
                        || (around.is(0, WHO) && around.nextHash == IS);
        if (who || around.is(0, LIKE) || you) {
            against += 20;
        }
        if (around.is(0, BY)) {
            against += full ? 2 : 6;
        }
        if ((around.nextFlags & INSTITUTION) != 0 && (around.nextFlags & COMMON) == 0) {
            against += 15;
        }
        return against + form(run, first, last, setting);
    }

    /// What the name's form and the signs around it say against it.
    private int form(NameRun run, int first, int last, Setting setting) {
        int against = setting.cut() ? 12 : 0;
        if (setting.lower()) {
            against += last - first == 1 ? 0 : 4;
        } else if (run.isCapitals(first, last)) {
            against += last - first == 1 ? 25 : 12;
        }
        int start = run.starts[first];
        if (isBesideHan(run.starts[first], run.ends[last - 1])) {
            against += 15;
        }
        if (isYears(run.ends[last - 1])) {
            against += 30;
        }
        if (last - first == 1 && (run.flags[first] & PLACE) != 0) {
            against += 10;
        }
        if (isStreet(run.starts[first], run.ends[last - 1])) {
            against += 30;
        }
        if (first > 0 && (run.flags[first - 1] & Lexicon.PLACE_FIRST) != 0) {
            against += 25;
        }
        return against;
    }

    /// A number behind, and one or a word such as `via` before: a street of that name.
    private boolean isStreet(int start, int end) {
        boolean number = end + 1 < to && b[end] == ' ' && Bytes.is(b[end + 1], Bytes.DIGIT);
        boolean before =
                start - 1 > from && b[start - 1] == ' ' && Bytes.is(b[start - 2], Bytes.DIGIT);
        return number && (before || around.has(Lexicon.STREET_FIRST));
    }

    /// Latin letters inside Chinese: mostly someone of whom the world speaks.
    private boolean isBesideHan(int start, int end) {
        return (end < to && isWide(b[end])) || (start - 3 >= from && isWide(b[start - 3]));
    }

    /// A Chinese character or sign begins with it.
    private static boolean isWide(byte c) {
        return (c & 0xFF) >= 0xE3 && (c & 0xFF) < 0xF0;
    }

    /// `(1879`, `(born`: an entry of an encyclopaedia.
    private boolean isYears(int end) {
        int i = end;
        if (i + 6 < to && b[i] == ' ' && b[i + 1] == '(') {
            i += 2;
            return Bytes.is(b[i], Bytes.DIGIT) && Bytes.is(b[i + 3], Bytes.DIGIT)
                    || (b[i] == 'b' && b[i + 1] == 'o');
        }
        return false;
    }

    /// `Smith, John`.
    void inverted(int start, int end, Candidates found) {
        around.look(start, end);
        boolean listed = around.first || around.label || around.line;
        found.add(start, end, listed ? 58 : 40, listed ? Candidates.CONTEXT : 0);
    }
}
