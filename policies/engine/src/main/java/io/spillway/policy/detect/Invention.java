package io.spillway.policy.detect;

/// Tells a task about the world or about invented people (a story, a riddle, a sum) from a text
/// about someone real, by words near the beginning and the end. Asked only when a name was found.
final class Invention {
    private static final int HEAD = 900;
    private static final int TAIL = 400;

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

    private static final long YOU = Word.hashOf("you");
    private static final Words CAN = new Words(" can ", " could ");

    private Invention() {}

    /// How much it takes off a name that has no strong context of its own, in hundredths.
    static int weight(byte[] b, int from, int to) {
        int head = Math.min(to, from + HEAD);
        int tail = Math.max(head, to - TAIL);
        if (tells(b, from, head) || tells(b, tail, to)) {
            return 24;
        }
        return isTask(b, from, head) ? 10 : 0;
    }

    /// `You can tell` is no task, `You are given` is one.
    private static boolean isCan(byte[] b, int at, int to) {
        return CAN.isAt(b, at, to);
    }

    /// Whether a word begins with one; `history` and `colleague` tell nothing.
    private static boolean tells(byte[] b, int from, int to) {
        boolean letter = false;
        for (int i = from; i < to; i++) {
            if ((!letter || b[i] < 0) && TELLING.isAt(b, i, to)) {
                return true;
            }
            letter = Bytes.is(b[i], Bytes.LETTER);
        }
        return false;
    }

    /// Whether it ends in a question that does not speak of the one who asks.
    static boolean asks(byte[] b, int from, int to) {
        int last = to;
        while (last > from && b[last - 1] <= ' ' && b[last - 1] >= 0) {
            last--;
        }
        if (last == from || b[last - 1] != '?') {
            return false;
        }
        var word = new Word(b, to);
        for (int i = from; i < Math.min(to, from + HEAD); i = word.end) {
            while (i < to && !word.read(i)) {
                i++;
            }
            if (i >= to || (Lexicon.builtIn().of(word.hash) & Lexicon.PERSONAL) != 0) {
                return i >= to;
            }
        }
        return true;
    }

    /// Begins as a question or a task and does not speak of the one who asks.
    private static boolean isTask(byte[] b, int from, int to) {
        var word = new Word(b, to);
        boolean task = false;
        boolean asks = false;
        int words = 0;
        for (int i = from; i < to; ) {
            if (!word.read(i)) {
                i++;
                continue;
            }
            int flags = Lexicon.builtIn().of(word.hash);
            task |= (words == 0 || asks) && (flags & Lexicon.TASK) != 0;
            asks = words == 0 && word.hash != YOU && (flags & (Lexicon.COMMON | Lexicon.TASK)) != 0;
            asks |= words == 0 && word.hash == YOU && !isCan(b, word.end, to);
            if ((flags & Lexicon.PERSONAL) != 0 || (words > 2 && !task)) {
                return false;
            }
            words++;
            i = word.end;
        }
        return task;
    }
}
