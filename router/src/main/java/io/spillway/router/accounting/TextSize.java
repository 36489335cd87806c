package io.spillway.router.accounting;

/// Size of a prompt by script. Tokens per character differ by a factor of four between scripts.
///
/// @param ascii ASCII characters
/// @param wide Chinese, Japanese and Korean characters
/// @param other all other code points
/// @param utf8Bytes bytes in UTF-8
/// @param messages chat messages or prompts, each of which the server wraps in a template
public record TextSize(long ascii, long wide, long other, long utf8Bytes, int messages) {

    /// No text.
    public static final TextSize NONE = new TextSize(0, 0, 0, 0, 0);

    /// Measures one message or prompt.
    public static TextSize of(CharSequence text) {
        long ascii = 0;
        long wide = 0;
        long other = 0;
        long bytes = 0;
        for (int i = 0; i < text.length(); ) {
            int point = Character.codePointAt(text, i);
            i += Character.charCount(point);
            if (point < 0x80) {
                ascii++;
                bytes++;
            } else {
                bytes += point < 0x800 ? 2 : point < 0x10000 ? 3 : 4;
                if (isWide(point)) {
                    wide++;
                } else {
                    other++;
                }
            }
        }
        return new TextSize(ascii, wide, other, bytes, 1);
    }

    /// The same text with at least that many bytes.
    public TextSize atLeast(long bytes) {
        return bytes <= utf8Bytes ? this : new TextSize(ascii, wide, other, bytes, messages);
    }

    /// Both together.
    public TextSize plus(TextSize more) {
        return new TextSize(
                ascii + more.ascii,
                wide + more.wide,
                other + more.other,
                utf8Bytes + more.utf8Bytes,
                messages + more.messages);
    }

    private static boolean isWide(int point) {
        return (point >= 0x2e80 && point <= 0xa4cf)
                || (point >= 0xac00 && point <= 0xd7af)
                || (point >= 0xf900 && point <= 0xfaff)
                || (point >= 0xff00 && point <= 0xffef)
                || (point >= 0x20000 && point <= 0x3ffff);
    }
}
