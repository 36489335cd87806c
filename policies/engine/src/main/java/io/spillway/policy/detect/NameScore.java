package io.spillway.policy.detect;

import static io.spillway.policy.detect.Lexicon.COMMON;

/// How sure it is that some words are a person's name, in hundredths: what the words are
/// ([NameParts]) counts first, then what speaks for it ([NameContext], [Acting]) and against it
/// ([NameDoubt]) around them. [Evidence] adds what the whole text says.
final class NameScore {
    /// The least of a name behind a title.
    private static final int TITLED = 72;

    /// What a public figure loses, and the most that is left without and with a firm context.
    private static final int FAME = 30;

    private static final int FAMOUS = 35;
    private static final int FAMOUS_FIRM = 45;

    /// What an unknown name gains by acting as only people do, and how many words it then has.
    private static final int HUMAN = 20;

    private static final int LONG = 3;

    private static final int SUBJECT = 8;
    private static final int CONTEXT = 10;
    private static final int ENOUGH = 13;
    private static final int FIRM = 30;
    private static final long IS = Word.hashOf("is");

    private final int from;
    private final Lexicon lexicon = Lexicon.builtIn();
    private final Around around;
    private final NameContext context;
    private final NameDoubt doubt;
    private final Acting acting;

    NameScore(byte[] b, int from, int to) {
        this.from = from;
        this.around = new Around(b, from, to);
        this.context = new NameContext(b, from, to, around);
        this.doubt = new NameDoubt(b, from, to, around);
        this.acting = new Acting(b, to);
    }

    /// Whether a name without capitals may follow the word: 0, [NameContext#MAYBE] or
    /// [NameContext#NAMED].
    int announces(long hash, int start) {
        return context.announces(hash, start);
    }

    void judge(NameParts name, Candidates found) {
        around.look(name.start(), name.end());
        boolean title = name.title() || (around.has(Lexicon.TITLE) && !around.label);
        boolean single = name.words() == 1 && !title;
        int base = name.weight(around.first);
        int cue = context.weight(name, single);
        boolean human = cue == 0 && isHuman(name, single);
        int score = base + cue + acts(name, single, base, cue) + (human ? HUMAN : 0);
        if (title) {
            score = Math.max(score, TITLED);
            cue = Math.max(cue, CONTEXT);
        }
        boolean famous = name.isFamous(lexicon);
        if (famous) {
            score = Math.min(score - FAME, cue >= FIRM ? FAMOUS_FIRM : FAMOUS);
        }
        score -= doubt.weight(name, title);
        score -= score >= Candidates.LEAST ? doubt.rights(name) : 0;
        int kind = single ? kind(name, base, human) : 0;
        kind |= cue >= CONTEXT ? Candidates.CONTEXT : 0;
        kind |= cue >= FIRM && !famous ? Candidates.FIRM : 0;
        kind |= famous ? Candidates.FAMOUS : 0;
        found.add(name.start(), name.end(), score, kind);
    }

    /// What the name does or what is done to it.
    private int acts(NameParts name, boolean single, int base, int cue) {
        boolean surname = name.isKnown() && !name.isGiven() && name.isClear();
        boolean likely = single ? surname : base >= 40;
        int weight = likely && acting.isSubject(around) ? SUBJECT : 0;
        boolean alone = single && cue < ENOUGH && name.isClear();
        return alone ? weight + acting.weight(around, name.end(), name.isGiven()) : weight;
    }

    /// Whether an unknown name does what only people do.
    private boolean isHuman(NameParts name, boolean single) {
        boolean things = single && name.run().isPlural(name.first());
        return !name.isKnown()
                && !name.cut()
                && !things
                && name.size() <= LONG
                && acting.isHuman(around, name.end());
    }

    /// Of a single word.
    private int kind(NameParts name, int base, boolean human) {
        int length = name.run().length(name.first());
        boolean word = (name.flags() & COMMON) != 0 && around.first && length <= 4;
        word |= name.lower() && length < 3;
        if (human || (name.isKnown() && base >= 20 && !word)) {
            int surname = human || name.isGiven() ? 0 : Candidates.SURNAME;
            return Candidates.SINGLE | Candidates.KNOWN | surname;
        }
        boolean unknown =
                name.start() == from
                        && name.flags() == 0
                        && length > 3
                        && around.nextHash != IS
                        && !name.run().isPlural(name.first());
        return unknown ? Candidates.SINGLE | Candidates.UNKNOWN : Candidates.SINGLE;
    }

    /// `Smith, John`.
    void inverted(int start, int end, Candidates found) {
        around.look(start, end);
        boolean listed = around.first || around.label || around.line;
        found.add(start, end, listed ? 58 : 40, listed ? Candidates.CONTEXT : 0);
    }
}
