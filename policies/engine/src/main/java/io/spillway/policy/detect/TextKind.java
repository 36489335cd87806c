package io.spillway.policy.detect;

/// What a text is for, told by its words near the beginning and the end. A name in a short message
/// is mostly a private person's; in a task, a question about the world or a story it is mostly a
/// public figure's or nobody's. Asked only when a name was found.
enum TextKind {
    /// A story, a riddle, a sum, a text about works or fame.
    TOLD(-24, -24),

    /// Begins with what is to be done, and does not speak of the one who asks.
    TASK(-10, -12),

    /// Asks, and does not speak of the one who asks.
    QUESTION(-5, -12),

    /// Short, and nothing of the above.
    MESSAGE(8, 13),

    /// A message about works and those who made them.
    REVIEW(8, 0),

    /// Longer, and does not speak of the one who writes.
    PASSAGE(-10, -12),

    OTHER(0, 0);

    /// What tasks and questions about public figures speak of.
    private static final Words WORKS =
            new Words(
                    "movie",
                    "film",
                    "song",
                    "lyric",
                    "album",
                    "band",
                    "actor",
                    "actress",
                    "singer",
                    "player",
                    "team",
                    "article",
                    "passage",
                    "president",
                    "won ",
                    "win ",
                    "award");

    /// Behind one of these a sentence begins.
    private static final String ENDS = ".!?:\n";

    private static final int HEAD = 900;
    private static final int TAIL = 400;

    /// No message is longer.
    private static final int SHORT = 1000;

    /// One of these is enough.
    private static final Words TELLING =
            new Words(
                    "roleplay",
                    "role-play",
                    "role play",
                    "imagine you",
                    "imagine a",
                    "imagine that",
                    "pretend",
                    "detective",
                    "murder",
                    "suspect",
                    "fictional",
                    "fiction",
                    "screenplay",
                    "story",
                    "stories",
                    "fairy tale",
                    "novel",
                    "plausible",
                    "how many",
                    "how much",
                    "wikipedia",
                    "character",
                    "protagonist",
                    "poem",
                    "haiku",
                    "sonnet",
                    "limerick",
                    "dialogue",
                    "riddle",
                    "trivia",
                    "who is",
                    "your name is",
                    "alice, bob",
                    "alice and bob",
                    "who was",
                    "biography",
                    "style of",
                    "famous",
                    "historical",
                    "shakespeare",
                    "you are a",
                    "you are an",
                    "you are the",
                    "act as",
                    "theorem",
                    "calculate",
                    "in total",
                    "percentage",
                    "altogether",
                    "square feet",
                    "essay",
                    "sentence",
                    "premise",
                    "hypothesis",
                    "puzzle",
                    "logical",
                    "how long",
                    "how old",
                    "how far",
                    "word problem",
                    "assert",
                    "def ",
                    "function",
                    "python",
                    "sql",
                    "script",
                    "author",
                    "book",
                    "league",
                    "championship",
                    "sci-fi",
                    "quote",
                    "poet",
                    "philosoph",
                    "researchers",
                    "et al",
                    "paper",
                    "theory",
                    "tell me about",
                    "information about",
                    "truth",
                    "liar",
                    "what do they",
                    "what does she",
                    "what does he",
                    "parody",
                    "joke",
                    "episode",
                    "scene",
                    "character",
                    "wizard",
                    "战争",
                    "小说",
                    "故事",
                    "电影",
                    "诗");

    /// What it adds to a name of several words that has no strong context of its own.
    final int full;

    /// The same for a single word.
    final int single;

    TextKind(int full, int single) {
        this.full = full;
        this.single = single;
    }

    static TextKind of(byte[] b, int from, int to) {
        int head = Math.min(to, from + HEAD);
        int tail = Math.max(head, to - TAIL);
        if (tells(b, from, head, TELLING) || tells(b, tail, to, TELLING)) {
            return TOLD;
        }
        var word = new Word(b, to);
        boolean task = false;
        boolean asks = false;
        boolean personal = false;
        boolean you = false;
        boolean wide = false;
        boolean lead = true;
        for (int i = from; i < head; ) {
            if (!word.read(i)) {
                lead |= ENDS.indexOf(b[i]) >= 0;
                asks |= b[i] == '?' && i > from && Bytes.is(b[i - 1], Bytes.LETTER);
                wide |= (b[i] & 0xFF) >= 0xE3;
                i++;
                continue;
            }
            int flags = Lexicon.builtIn().of(word.hash);
            boolean label = word.end < to && b[word.end] == ':';
            task |= lead && !label && (flags & Lexicon.TASK) != 0;
            asks |= word.start == from && (flags & Lexicon.ASK) != 0;
            personal |= (flags & Lexicon.PERSONAL) != 0;
            you |= word.is("you") || word.is("your");
            lead &= (flags & Lexicon.POLITE) != 0;
            i = word.end;
        }
        boolean prompt = task || (asks && !you);
        if (prompt && !personal) {
            return !task ? QUESTION : tells(b, from, head, WORKS) ? TOLD : TASK;
        }
        if (prompt || asks || wide) {
            return OTHER;
        }
        boolean message = to - from <= SHORT;
        return !message
                ? personal ? OTHER : PASSAGE
                : tells(b, from, head, WORKS) ? REVIEW : MESSAGE;
    }

    /// Whether a word begins with one; `history` and `colleague` tell nothing.
    private static boolean tells(byte[] b, int from, int to, Words words) {
        boolean letter = false;
        for (int i = from; i < to; i++) {
            if ((!letter || b[i] < 0) && words.isAt(b, i, to)) {
                return true;
            }
            letter = Bytes.is(b[i], Bytes.LETTER);
        }
        return false;
    }
}
