package io.spillway.policy.detect;

/// Chinese addresses, from the large to the small: province, city, district, road, number, room.
/// Read backwards from the number's unit.
final class ChineseAddresses {
    private static final int LONGEST = 90;
    private static final Words ROADS = new Words("路", "街", "大道", "巷", "弄", "胡同", "道", "村", "里");
    private static final Words ESTATES =
            new Words("小区", "花园", "苑", "大厦", "公寓", "家园", "广场", "新村", "社区", "园", "城", "路", "街");
    private static final Words REGIONS = new Words("省", "市", "区", "县", "镇", "乡", "自治");
    private static final Words AT =
            new Words("地址", "住址", "住在", "位于", "寄到", "寄往", "送到", "送至", "家住", "居住");

    private final byte[] b;
    private final int from;
    private final int to;
    private final Candidates found;
    private int done;

    ChineseAddresses(byte[] b, int from, int to, Candidates found) {
        this.b = b;
        this.from = from;
        this.to = to;
        this.found = found;
        this.done = from;
    }

    static boolean isUnit(int c) {
        return c == '号' || c == '室' || c == '栋' || c == '幢';
    }

    /// Whether an address ends with, or goes on behind, the unit there.
    void unit(int i, int unit) {
        if (i < done || !isNumber(i)) {
            return;
        }
        int start = begin(i);
        boolean region = REGIONS.within(b, start, i);
        boolean road = ROADS.within(b, start, i);
        boolean counts = unit == '号' ? road : road || ESTATES.within(b, start, i);
        if (!counts || i - start < 9) {
            return;
        }
        int end = end(i + 3);
        boolean announced = AT.within(b, Math.max(from, start - 24), Math.min(to, start + 15));
        int score = (region ? 66 : 54) + (announced ? 16 : 0);
        found.replace(
                start,
                end,
                score,
                Candidates.ADDRESS
                        | (announced ? Candidates.CONTEXT : 0)
                        | (announced && region ? Candidates.FIRM : 0));
        done = end;
    }

    private boolean isNumber(int i) {
        return i > from && (Bytes.is(b[i - 1], Bytes.WORD) || isNumeral(i - 3));
    }

    private boolean isNumeral(int i) {
        return i >= from && "一二三四五六七八九十百零〇".indexOf(character(i)) >= 0;
    }

    private int character(int i) {
        if (i < from || i + 2 >= to || (b[i] & 0xF0) != 0xE0) {
            return 0;
        }
        return (b[i] & 0x0F) << 12 | (b[i + 1] & 0x3F) << 6 | (b[i + 2] & 0x3F);
    }

    /// Goes back over Chinese characters, digits and letters to a sign or a word such as 在.
    private int begin(int i) {
        int at = i;
        while (at > from && i - at < LONGEST) {
            if (Bytes.is(b[at - 1], Bytes.WORD) || b[at - 1] == '-') {
                at--;
                continue;
            }
            int c = character(at - 3);
            if (c < 0x4E00 || c > 0x9FFF || "在于到往是至为址".indexOf(c) >= 0) {
                break;
            }
            at -= 3;
        }
        return at;
    }

    private int end(int i) {
        int at = i;
        int last = i;
        while (at < to && at - i < 40) {
            if (Bytes.is(b[at], Bytes.WORD) || b[at] == '-') {
                at++;
                continue;
            }
            int c = character(at);
            if (c == 0 || "号栋幢单元室楼层座院门".indexOf(c) < 0) {
                break;
            }
            at += 3;
            last = at;
        }
        return last;
    }
}
