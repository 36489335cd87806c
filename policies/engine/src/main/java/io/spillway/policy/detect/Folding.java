package io.spillway.policy.detect;

import java.text.Normalizer;

/// The plain ASCII that a reader sees in an unusual character, by code point: compatibility forms
/// (NFKC), digits of every script, enclosed letters and digits, look-alikes of other alphabets, and
/// characters that nobody sees.
final class Folding {
    /// Stays as it is.
    static final int KEEP = 0;

    /// Is not seen, or only adorns the character before.
    static final int DROP = 1 << 28;

    /// Looks like a letter, but is one of another alphabet: folded only among plain characters.
    static final int LOOK_ALIKE = 1 << 29;

    /// A letter with an accent: folded only in what may be an address or a token.
    static final int ACCENT = 1 << 30;

    /// Is folded where something else is, and is no reason to fold.
    static final int QUIET = 1 << 31;

    private static final int CHARACTERS = (1 << 28) - 1;
    private static final int MOST = 4;

    private static final int[][] COMPATIBLE = {
        {0x00A0, 0x058F},
        {0x0600, 0x1DFF},
        {0x1E00, 0x24FF},
        {0x2700, 0x27BF},
        {0x2C60, 0x2C7F},
        {0x3000, 0x33FF},
        {0xA620, 0xABFF},
        {0xFB00, 0xFB06},
        {0xFE10, 0xFE6F},
        {0xFF00, 0xFFEF},
        {0x10100, 0x11FFF},
        {0x16A00, 0x16BFF},
        {0x1D400, 0x1D7FF},
        {0x1E000, 0x1E9FF},
        {0x1F100, 0x1F1FF},
        {0x1FBF0, 0x1FBF9}
    };

    private static final int[][] UNSEEN = {
        {0x00AD, 0x00AD}, {0x034F, 0x034F}, {0x061C, 0x061C}, {0x115F, 0x1160}, {0x17B4, 0x17B5},
        {0x180B, 0x180F}, {0x200B, 0x200F}, {0x202A, 0x202E}, {0x2060, 0x206F}, {0x3164, 0x3164},
        {0xFE00, 0xFE0F}, {0xFEFF, 0xFEFF}, {0xFFA0, 0xFFA0}, {0xFFF9, 0xFFFB}, {0x1D173, 0x1D17A},
        // Marks that stand above, below or around the character before.
        {0x0300, 0x036F}, {0x0483, 0x0489}, {0x1AB0, 0x1AFF}, {0x1DC0, 0x1DFF}, {0x20D0, 0x20FF},
        {0x302A, 0x302F}, {0x3099, 0x309A}, {0xFE20, 0xFE2F}
    };

    /// Each look-alike is followed by what it looks like.
    private static final String LOOK_ALIKES =
            "аaАAВBсcСCԁdеeЕEҽeəeғfԍgһhНHіiІIїiјjЈJкkКKӏlӀlⅼlмmМMпnоoОOөoрpРPԛqгrѕsЅSтtТTцuѵvѴVԝwԜWхxХXуyУYүyҮYᴢz"
                + "з3З3б6ЬbьbчuҚKқkҢHңnҳxҲXеeёeӓaӧo"
                + "αaΑAΒBβBϲcΕEεeΖZΗHηnΙIιiϳjΚKκkΜMΝNνvΟOοoσoΡPρpΤTτtυuΥYγyΧXχxωw"
                + "ıiȷjɑaɡgɩiɪiᴀaʙbᴄcᴅdᴇeꜰfɢgʜhᴊjᴋkʟlᴍmɴnᴏoᴘpʀrꜱsᴛtᴜuᴠvᴡwʏyƖlǀlɫlℓløoØOłlŁLđdĐDħh"
                + "օoոnսuհhցgզqյjոnտsԼLՏSՍUԱUѲOθoᎪAᏴBᏟCᎠDᎬEᎻHᎫJᏦKᏞLᎷMᏢPᏒRᏚSᎢTᏙVᎳWᏃZ"
                + "ΟOⲟoⲞOꓮAꓐBꓚCꓓDꓰEꓖGꓧHꓲIꓙJꓗKꓡLꓟMꓠNꓳOꓑPꓣRꓢSꓔTꓴUꓦVꓪWꓫXꓬYꓜZ";

    private static final int[][] PAGES = pages();

    private Folding() {}

    /// One of the flags, or up to four ASCII characters (7 bits each, the first lowest) with or
    /// without a flag.
    static int of(int codePoint) {
        if (codePoint >= 0x20000) {
            boolean unseen = codePoint >= 0xE0000 && codePoint <= 0xE0FFF;
            return unseen ? DROP : KEEP;
        }
        var page = PAGES[codePoint >> 8];
        return page == null ? KEEP : page[codePoint & 0xFF];
    }

    /// The characters of a value, without its flags.
    static int characters(int value) {
        return value & CHARACTERS;
    }

    private static int[][] pages() {
        var pages = new int[0x200][];
        for (var range : COMPATIBLE) {
            for (int c = range[0]; c <= range[1]; c++) {
                set(pages, c, plain(c));
            }
        }
        for (int i = 0; i < 26; i++) {
            set(pages, 0x1F150 + i, 'A' + i); // negative circled
            set(pages, 0x1F170 + i, 'A' + i); // negative squared
            set(pages, 0x1F1E6 + i, 'a' + i); // regional indicators
        }
        for (int i = 0; i < LOOK_ALIKES.length(); i += 2) {
            set(pages, LOOK_ALIKES.charAt(i), LOOK_ALIKE | LOOK_ALIKES.charAt(i + 1));
        }
        for (var range : UNSEEN) {
            for (int c = range[0]; c <= range[1]; c++) {
                set(pages, c, DROP);
            }
        }
        return pages;
    }

    private static void set(int[][] pages, int codePoint, int value) {
        if (value == KEEP) {
            return;
        }
        if (pages[codePoint >> 8] == null) {
            pages[codePoint >> 8] = new int[256];
        }
        pages[codePoint >> 8][codePoint & 0xFF] = value;
    }

    private static int plain(int c) {
        if (c == 0x3002 || c == 0xFF61 || c == 0x2024) {
            return '.' | QUIET; // the full stop of Chinese, which domain names take for a dot
        }
        int type = Character.getType(c);
        if (type == Character.DECIMAL_DIGIT_NUMBER) {
            return '0' + Character.digit(c, 10);
        }
        boolean enclosed = (c >= 0x2460 && c <= 0x24FF) || (c >= 0x2776 && c <= 0x2793);
        if (type == Character.OTHER_NUMBER && enclosed) {
            return pack(Integer.toString(Character.getNumericValue(c)), c);
        }
        if (type == Character.UNASSIGNED || type == Character.SURROGATE) {
            return KEEP;
        }
        var text = Character.toString(c);
        int packed = pack(Normalizer.normalize(text, Normalizer.Form.NFKC), c);
        if (packed != KEEP) {
            return packed;
        }
        var parts = Normalizer.normalize(text, Normalizer.Form.NFKD);
        boolean accented = parts.length() > 1 && parts.charAt(0) < 0x80 && parts.charAt(1) >= 0x300;
        return accented && Character.isLetter(parts.charAt(0)) ? parts.charAt(0) | ACCENT : KEEP;
    }

    /// The characters in one value, [#KEEP] when they are not plain or take more room than the
    /// character they stand for.
    private static int pack(String plain, int codePoint) {
        int room = codePoint < 0x800 ? 2 : codePoint < 0x10000 ? 3 : 4;
        if (plain.isEmpty() || plain.length() > Math.min(MOST, room)) {
            return KEEP;
        }
        int packed = 0;
        boolean telling = false;
        for (int i = 0; i < plain.length(); i++) {
            char c = plain.charAt(i);
            if (c < ' ' || c > '~') {
                return KEEP;
            }
            packed |= c << (7 * i);
            telling |= Bytes.is((byte) c, Bytes.WORD) || "@.+-_%&=/\\".indexOf(c) >= 0;
        }
        // Three dots are an ellipsis, not three full stops.
        return telling && codePoint != 0x2026 && codePoint != 0x2025 ? packed : packed | QUIET;
    }
}
