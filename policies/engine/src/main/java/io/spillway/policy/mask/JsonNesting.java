package io.spillway.policy.mask;

import org.jspecify.annotations.Nullable;

/// Follows a text character by character and knows in how many JSON strings, one inside the other,
/// the next character stands.
///
/// A text that does not begin like a JSON object or array is plain, and so is a string inside of
/// one. So `{"a":"{\"b\":\"x` is at depth 2 and `{"a":"he said \"x` at depth 1.
final class JsonNesting {
    /// Deeper JSON than this is taken for plain text.
    static final int MAX_DEPTH = 4;

    private enum Kind {
        UNDECIDED,
        /// An opening bracket, which may also begin a remark or a placeholder.
        BRACKET,
        PLAIN,
        JSON
    }

    private final int level;
    private Kind kind;
    private @Nullable JsonNesting inside;
    private boolean escaped;
    private int unitDigits;
    private int unit;

    private JsonNesting(int level, Kind kind) {
        this.level = level;
        this.kind = kind;
    }

    /// @param json whether the text is known to be JSON, as a tool call's arguments are
    JsonNesting(boolean json) {
        this(0, json ? Kind.JSON : Kind.UNDECIDED);
    }

    /// The depth of each character of a text, -1 for those that continue an escape begun before
    /// them; one entry more than the text has characters. Null when it is plain.
    static byte @Nullable [] depths(String text) {
        var nesting = new JsonNesting(false);
        byte[] depths = null;
        for (int i = 0; i < text.length(); i++) {
            if (depths == null && nesting.kind == Kind.JSON) {
                depths = new byte[text.length() + 1];
            }
            if (depths != null) {
                depths[i] = nesting.entry();
            }
            nesting.feed(text.charAt(i));
            if (nesting.kind == Kind.PLAIN) {
                return null;
            }
        }
        if (depths != null) {
            depths[text.length()] = nesting.entry();
        }
        return depths;
    }

    private byte entry() {
        return (byte) (boundary() ? depth() : -1);
    }

    /// How many strings the next character stands in; 0 in plain text.
    int depth() {
        return inside == null ? 0 : 1 + inside.depth();
    }

    /// Whether no escape has begun that the next character continues.
    boolean boundary() {
        return !escaped && unitDigits == 0 && (inside == null || inside.boundary());
    }

    void feed(char c) {
        switch (kind) {
            case UNDECIDED -> begin(c);
            case BRACKET -> bracket(c);
            case PLAIN -> {}
            case JSON -> json(c);
        }
    }

    private void begin(char c) {
        if (c == '{') {
            kind = level < MAX_DEPTH ? Kind.JSON : Kind.PLAIN;
        } else if (c == '[') {
            kind = level < MAX_DEPTH ? Kind.BRACKET : Kind.PLAIN;
        } else if (!isBlank(c)) {
            kind = Kind.PLAIN;
        }
    }

    private void bracket(char c) {
        if (c == '{' || c == '[' || c == '"' || c == ']' || c == '-' || (c >= '0' && c <= '9')) {
            kind = Kind.JSON;
            json(c);
        } else if (!isBlank(c)) {
            kind = Kind.PLAIN;
        }
    }

    private static boolean isBlank(char c) {
        return c == ' ' || c == '\n' || c == '\r' || c == '\t';
    }

    private void json(char c) {
        var string = inside;
        if (string == null) {
            if (c == '"') {
                inside = new JsonNesting(level + 1, Kind.UNDECIDED);
            }
        } else if (unitDigits > 0) {
            unit = unit << 4 | Math.max(0, Character.digit(c, 16));
            unitDigits--;
            if (unitDigits == 0) {
                string.feed((char) unit);
            }
        } else if (escaped) {
            escaped = false;
            if (c == 'u') {
                unitDigits = 4;
                unit = 0;
            } else {
                string.feed(JsonEscapes.meaning(c));
            }
        } else if (c == '\\') {
            escaped = true;
        } else if (c == '"') {
            inside = null;
        } else {
            string.feed(c);
        }
    }
}
