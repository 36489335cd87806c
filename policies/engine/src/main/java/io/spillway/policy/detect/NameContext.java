package io.spillway.policy.detect;

import static io.spillway.policy.detect.Lexicon.COMMON;
import static io.spillway.policy.detect.Lexicon.KIN;
import static io.spillway.policy.detect.Lexicon.ROLE;
import static io.spillway.policy.detect.Lexicon.SAYS;
import static io.spillway.policy.detect.Lexicon.TITLE;

/// What the words around a possible name say for a person, in hundredths.
final class NameContext {
    /// Whatever follows is a name.
    static final int NAMED = 2;

    /// A name may follow.
    static final int MAYBE = 1;

    private static final int ANSWER = 40;

    private static final WordSet NAME = new WordSet("name");
    private static final WordSet NAMES = new WordSet("name", "names");
    private static final WordSet IS = new WordSet("is");
    private static final WordSet IS_IT = new WordSet("is", "it");
    private static final WordSet THIS = new WordSet("this");
    private static final WordSet I = new WordSet("i");
    private static final WordSet AM = new WordSet("am");
    private static final WordSet I_AM = new WordSet("i'm");
    private static final WordSet ME = new WordSet("me");
    private static final WordSet CALLS = new WordSet("call", "calls");
    private static final WordSet OURS = new WordSet("my", "our");
    private static final WordSet GREETING = new WordSet("dear", "hi", "hello", "hey");
    private static final WordSet ADDRESSED = new WordSet("from", "to", "cc");
    private static final WordSet WITH = new WordSet("with", "call");
    private static final WordSet LOWER =
            new WordSet("dear", "i'm", "name", "with", "call", "contact");
    private static final WordSet SPEAKING = new WordSet("speaking", "here");
    private static final WordSet REQUESTS = new WordSet("can", "could");
    private static final WordSet WHOSE =
            new WordSet(
                    "first",
                    "last",
                    "full",
                    "family",
                    "given",
                    "my",
                    "your",
                    "his",
                    "her",
                    "their",
                    "legal",
                    "account",
                    "partner",
                    "father",
                    "mother",
                    "child",
                    "the",
                    "display",
                    "doctor",
                    "middle",
                    "card",
                    "cardholder",
                    "maiden",
                    "and");
    private static final Words NAME_ASKED = new Words("name");

    private final byte[] b;
    private final int from;
    private final int to;
    private final Lexicon lexicon = Lexicon.builtIn();
    private final Around around;

    NameContext(byte[] b, int from, int to, Around around) {
        this.b = b;
        this.from = from;
        this.to = to;
        this.around = around;
    }

    /// Whether a name without capitals may follow the word: 0, [#MAYBE] or [#NAMED].
    int announces(long hash, int start) {
        int flags = lexicon.of(hash);
        if ((flags & TITLE) != 0) {
            return NAMED;
        }
        if ((flags & ROLE) != 0 || LOWER.has(hash)) {
            return MAYBE;
        }
        if (!IS.has(hash) && !AM.has(hash) && !ME.has(hash)) {
            return 0;
        }
        around.look(start, start);
        if (IS.has(hash)) {
            return !around.is(0, NAME) ? 0 : around.is(1, OURS) ? NAMED : MAYBE;
        }
        return around.is(0, AM.has(hash) ? I : CALLS) ? MAYBE : 0;
    }

    /// What stands before and behind.
    int weight(NameParts name, boolean single) {
        boolean known = name.isKnown();
        boolean says = (around.nextFlags & SAYS) != 0;
        boolean speech = single && (says || around.hasAny(SAYS)) && isSpeech(name);
        if (speech && says && around.first && name.flags() == 0) {
            return 30;
        }
        int cue = before(name, single) + behind(known, single, says && (speech || !single));
        boolean likely = known || name.run().isAccented(name.first(), name.last());
        if (cue == 0 && speech && likely) {
            return name.isGiven() ? 13 : 20;
        }
        return cue;
    }

    private int behind(boolean known, boolean single, boolean says) {
        if (SPEAKING.has(around.nextHash)) {
            return 20;
        }
        if (says) {
            return single ? 13 : 8;
        }
        if (around.owned) {
            return 13;
        }
        boolean asked = around.first && around.commaBehind && REQUESTS.has(around.nextHash);
        return asked ? known ? 20 : 32 : 0;
    }

    private int before(NameParts name, boolean single) {
        if (around.is(0, NAMES)) {
            return named(single, name.isKnown());
        }
        if (around.label && answers(name.start())) {
            return 30;
        }
        if (around.is(0, IS_IT) && around.is(1, NAME)) {
            return around.capital && !name.isCapitals() ? 0 : 40;
        }
        if (around.has(ROLE) && around.label) {
            return around.quoted ? 15 : 30;
        }
        if (around.label && around.is(0, ADDRESSED)) {
            return around.quoted ? 0 : 30;
        }
        if (around.has(ROLE) && (!single || name.isKnown())) {
            return 18;
        }
        if (around.is(0, I_AM) || (around.is(0, AM) && around.is(1, I))) {
            return name.isGiven() ? 25 : 8;
        }
        if (around.is(0, IS) && around.is(1, THIS)) {
            return name.isGiven() ? 15 : 0;
        }
        if (around.is(0, ME) && around.is(1, CALLS)) {
            return 30;
        }
        if (around.has(KIN)) {
            return relative(name.isKnown(), single);
        }
        return letter(single);
    }

    /// `my wife`, `her brother`
    private int relative(boolean known, boolean single) {
        if (!around.comma && around.is(1, OURS)) {
            return single ? 40 : 25;
        }
        boolean whose = !around.comma && around.is(1, WHOSE);
        return whose ? single && !known ? 28 : 20 : 3;
    }

    /// How letters begin and end.
    private int letter(boolean single) {
        if (around.is(0, GREETING) || around.has(Lexicon.CLOSING)) {
            return single ? 13 : 14;
        }
        return around.is(0, WITH) ? 4 : 0;
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
        if (around.label && thing && !around.is(1, WHOSE)) {
            return 5;
        }
        if (around.label) {
            return single ? 9 : !known || around.quoted ? 15 : 30;
        }
        // A name that is spoken of as a word: the name 'Ethan'.
        return single && around.quoted ? 5 : 30;
    }

    /// Direct speech: a quotation mark or an exclamation close by.
    private boolean isSpeech(NameParts name) {
        for (int i = Math.max(from, name.start() - 24); i < name.start(); i++) {
            if (b[i] == '"' || b[i] == '!') {
                return true;
            }
        }
        for (int i = name.end(); i < Math.min(to, name.end() + 32); i++) {
            if (b[i] == '"') {
                return true;
            }
        }
        return false;
    }
}
