package io.spillway.router;

import io.spillway.router.accounting.TextSize;
import io.spillway.router.api.ParsedBody;

/// Measures a prompt as [TextSize] wants it, from bytes that are already known to be valid UTF-8.
final class PromptSize {
    private PromptSize() {}

    /// Size of a body's text. As bytes it counts the whole body: servers render more of it into
    /// their template than strings alone.
    static TextSize of(ParsedBody body) {
        long ascii = 0;
        long wide = 0;
        long other = 0;
        for (var leaf : body.leaves()) {
            var bytes = leaf.utf8();
            for (int i = leaf.from(); i < leaf.to(); i++) {
                int b = bytes[i];
                if (b >= 0) {
                    ascii++;
                } else if ((b & 0xc0) == 0xc0) {
                    if (isWide(bytes, i)) {
                        wide++;
                    } else {
                        other++;
                    }
                }
            }
        }
        long most = Math.max(body.bytes().length, body.textBytes());
        return new TextSize(ascii, wide, other, most, body.prompts());
    }

    /// Whether a sequence begins a Chinese, Japanese or Korean character.
    private static boolean isWide(byte[] bytes, int at) {
        int lead = bytes[at] & 0xff;
        if (lead < 0xe2 || lead > 0xf0) {
            return false;
        }
        int second = bytes[at + 1] & 0xff;
        if (lead == 0xf0) {
            return second >= 0xa0 && second <= 0xbf;
        }
        int point = (lead & 0x0f) << 12 | (second & 0x3f) << 6 | (bytes[at + 2] & 0x3f);
        return (point >= 0x2e80 && point <= 0xa4cf)
                || (point >= 0xac00 && point <= 0xd7af)
                || (point >= 0xf900 && point <= 0xfaff)
                || (point >= 0xff00 && point <= 0xffef);
    }
}
