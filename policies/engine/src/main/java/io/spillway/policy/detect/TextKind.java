package io.spillway.policy.detect;

/// What a text is for, as [TextSigns] tell it. A name in a short message is mostly a private
/// person's; in a task, a question about the world or a story it is mostly a public figure's or
/// nobody's.
enum TextKind {
    /// A story, a riddle, a sum, a text about works or fame.
    TOLD(-32, -24),

    /// Has a sentence that begins with what is to be done, and does not speak of the one who asks.
    TASK(-10, -12),

    /// Asks, and does not speak of the one who asks.
    QUESTION(-5, -12),

    /// One short question. A given name alone is then of someone whom the one who asks knows.
    INQUIRY(0, 13),

    /// Short, and nothing of the above.
    MESSAGE(14, 13),

    /// A message about works and those who made them.
    REVIEW(8, 0),

    /// Longer than a message, and does not speak of the one who writes.
    PASSAGE(-10, -12),

    OTHER(0, 0);

    /// What it adds to a name of several words.
    final int full;

    /// What it adds to a name of one word.
    final int single;

    TextKind(int full, int single) {
        this.full = full;
        this.single = single;
    }
}
