package io.spillway.policy.detect;

/// What a given name does or what is done to it, for names that stand alone: `Regina is`, `they met
/// Regina`, `come here, Regina!`.
final class Acting {
    /// Lifts a given name just over the threshold.
    private static final int SLIGHT = 13;

    private static final int STRONG = 25;

    private static final WordSet DOES =
            new WordSet(
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
    private static final WordSet DONE =
            new WordSet(
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
    private static final WordSet MET =
            new WordSet("called", "told", "asked", "met", "contact", "call", "under", "me");
    private static final WordSet NAMED = new WordSet("named", "called", "name", "call");
    private static final WordSet WHOSE = new WordSet("his", "her", "their");
    private static final WordSet CLAUSE = new WordSet("but", "tell");
    private static final WordSet HEARD = new WordSet("me", "you");
    private static final WordSet WHOM = new WordSet("him", "her", "them");

    /// What only people do.
    private static final WordSet HUMAN =
            new WordSet(
                    "lives",
                    "thinks",
                    "wants",
                    "hates",
                    "knows",
                    "feels",
                    "married",
                    "smiled",
                    "cried",
                    "apologised",
                    "apologized",
                    "signed",
                    "texted",
                    "visited",
                    "resigned",
                    "applied");

    private static final WordSet OWN = new WordSet("his", "her", "himself", "herself");

    /// How many words behind a name still speak of what it does.
    private static final int PREDICATE = 4;

    private final Word word;
    private final byte[] b;
    private final int to;

    Acting(byte[] b, int to) {
        this.b = b;
        this.to = to;
        this.word = new Word(b, to);
    }

    /// How much speaks for a person.
    ///
    /// @param end behind the name
    /// @param given whether it is known as a given name
    int weight(Around around, int end, boolean given) {
        boolean owner = around.is(0, DONE) && WHOSE.has(around.nextHash);
        if (!given) {
            return owner ? STRONG + 5 : 0;
        }
        if (around.is(0, WHOM) && around.is(1, NAMED)) {
            return STRONG;
        }
        boolean subject = around.first || around.is(0, CLAUSE);
        boolean acts = subject && DOES.has(around.nextHash);
        boolean met = !around.comma && !around.label && around.is(0, DONE);
        boolean addressed =
                around.comma && end < to && b[end] == '!'
                        || around.is(0, HEARD) && around.commaBehind;
        return acts || met || addressed || isScript(around, end) ? SLIGHT : 0;
    }

    /// Whether it does what only people do: `Regina lost her keys`.
    boolean isHuman(Around around, int end) {
        return HUMAN.has(around.nextHash) || (around.nextFlags & Lexicon.SAYS) != 0 || owns(end);
    }

    private boolean owns(int end) {
        int at = end;
        for (int k = 0; k < PREDICATE && at + 1 < to && b[at] == ' ' && word.read(at + 1); k++) {
            if (k > 0 && OWN.has(word.hash)) {
                return true;
            }
            at = word.end;
        }
        return false;
    }

    /// Whether the words around have it do something, or be met.
    boolean isSubject(Around around) {
        return DOES.has(around.nextHash) || around.is(0, MET);
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
