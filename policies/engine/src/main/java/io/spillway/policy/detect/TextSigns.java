package io.spillway.policy.detect;

/// Tells the [TextKind] by words near a text's beginning and end. Asked only when a name was found.
final class TextSigns {
    private static final int HEAD = 900;
    private static final int TAIL = 400;

    /// No message, no question and no inquiry is longer.
    private static final int MESSAGE = 1000;

    private static final int QUESTION = 300;
    private static final int INQUIRY = 120;

    /// Behind one of these a sentence begins.
    private static final String ENDS = ".!?:\n";

    /// From this byte on a Chinese character or sign begins.
    private static final int WIDE = 0xE3;

    /// One of these is enough for a story, a riddle or the like.
    private static final Words TOLD =
            words(
                    """
                    roleplay|role-play|role play|imagine you|imagine a|imagine that|pretend|
                    you are a|you are an|you are the|act as|your name is|detective|murder|suspect|
                    fiction|screenplay|story|stories|fairy tale|novel|character|protagonist|
                    wizard|sci-fi|parody|joke|episode|scene|script|poem|poet|haiku|sonnet|limerick|
                    dialogue|shakespeare|style of|book|author|quote|essay|philosoph|biography|
                    famous|historical|wikipedia|league|championship|researchers|et al|paper|theory|
                    theorem|who is|who was|tell me about|information about|trivia|riddle|puzzle|
                    logical|plausible|truth|liar|alice, bob|alice and bob|what do they|
                    what does she|what does he|word problem|calculate|how many|how much|how long|
                    how old|how far|in total|percentage|altogether|square feet|sentence|premise|
                    hypothesis|perspective of|point of view|know about|know anything|say about|
                    you are given|following question|following text|following sent|typical person|
                    the total |speech from|an array|magic|witch|question:|options:|context:|
                    passage:|assert|def |function|python|sql|战争|小说|故事|电影|诗|问题：|选项：|
                    """);

    /// What reviews speak of, and tasks about public figures.
    private static final Words WORKS =
            words(
                    """
                    movie|film|song|lyric|album|band|actor|actress|singer|player|team|article|
                    passage|president|won |win |award|
                    """);

    private static final WordSet THIRD = new WordSet("he", "she", "him", "his", "her");

    private static final Words CHINESE_TASKS =
            words(
                    """
                    写一|编写|生成|解释|翻译|分类|总结|判断|任务|以下|下面|给定|根据|描述|列出|改写|创作|设计一|
                    答案|重写|提取|
                    """);

    private final byte[] b;
    private final int from;
    private final int to;
    private final int head;
    private final TextKind kind;

    private boolean task;
    private boolean asks;
    private boolean opensAsking;

    /// Speaks of the one who writes.
    private boolean personal;

    /// Speaks to someone.
    private boolean you;

    /// Has Chinese text.
    private boolean wide;

    private boolean third;

    TextSigns(byte[] b, int from, int to) {
        this.b = b;
        this.from = from;
        this.to = to;
        this.head = Math.min(to, from + HEAD);
        this.kind = tell();
    }

    private static Words words(String words) {
        return new Words(words.replace("\n", "").split("\\|"));
    }

    TextKind kind() {
        return kind;
    }

    /// Whether a short text speaks of a man or a woman.
    boolean speaksOfSomeone() {
        return third;
    }

    private TextKind tell() {
        if (tells(TOLD, from, head) || tells(TOLD, Math.max(head, to - TAIL), to)) {
            return TextKind.TOLD;
        }
        read();
        int length = to - from;
        boolean works = tells(WORKS, from, head);
        if (opensAsking && !task && !personal && !wide && !works && length < INQUIRY) {
            return TextKind.INQUIRY;
        }
        boolean prompt = task || (asks && !you);
        if (prompt && !personal) {
            boolean question = !task && length < QUESTION;
            return question ? TextKind.QUESTION : works ? TextKind.TOLD : TextKind.TASK;
        }
        if (prompt || asks || wide) {
            return TextKind.OTHER;
        }
        if (length > MESSAGE) {
            return personal ? TextKind.OTHER : TextKind.PASSAGE;
        }
        return works ? TextKind.REVIEW : TextKind.MESSAGE;
    }

    private void read() {
        var word = new Word(b, to);
        boolean begins = true;
        for (int i = from; i < head; ) {
            if (!word.read(i)) {
                begins |= ENDS.indexOf(b[i]) >= 0;
                asks |= b[i] == '?' && i > from && Bytes.is(b[i - 1], Bytes.LETTER);
                wide |= (b[i] & 0xFF) >= WIDE;
                i++;
                continue;
            }
            int flags = Lexicon.builtIn().of(word.hash);
            boolean label = word.end < to && b[word.end] == ':';
            task |= begins && !label && (flags & Lexicon.TASK) != 0;
            opensAsking |= i == from && (flags & Lexicon.ASK) != 0;
            personal |= (flags & Lexicon.PERSONAL) != 0;
            third |= THIRD.has(word.hash);
            you |= word.is("you") || word.is("your");
            begins &= (flags & Lexicon.POLITE) != 0;
            i = word.end;
        }
        asks |= opensAsking;
        task |= wide && CHINESE_TASKS.within(b, from, head);
    }

    /// Whether a word begins with one; `history` and `colleague` tell nothing.
    private boolean tells(Words words, int start, int end) {
        boolean letter = false;
        for (int i = start; i < end; i++) {
            if ((!letter || b[i] < 0) && words.isAt(b, i, end)) {
                return true;
            }
            letter = Bytes.is(b[i], Bytes.LETTER);
        }
        return false;
    }
}
