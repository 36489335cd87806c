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

    private Invention() {}

    /// How much it takes off a name that has no strong context of its own, in hundredths.
    static int weight(byte[] b, int from, int to) {
        int head = Math.min(to, from + HEAD);
        int tail = Math.max(head, to - TAIL);
        if (TELLING.within(b, from, head) || TELLING.within(b, tail, to)) {
            return 24;
        }
        return isTask(b, from, head) ? 13 : 0;
    }

    /// Begins as a question or a task and does not speak of the one who asks.
    private static boolean isTask(byte[] b, int from, int to) {
        var word = new Word(b, to);
        boolean task = false;
        int words = 0;
        for (int i = from; i < to; ) {
            if (!word.read(i)) {
                i++;
                continue;
            }
            int flags = Lexicon.builtIn().of(word.hash);
            task |= words < 2 && (flags & Lexicon.TASK) != 0;
            if ((flags & Lexicon.PERSONAL) != 0 || (words > 2 && !task)) {
                return false;
            }
            words++;
            i = word.end;
        }
        return task;
    }
}
