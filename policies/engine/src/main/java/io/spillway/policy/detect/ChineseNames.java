package io.spillway.policy.detect;

import java.nio.charset.StandardCharsets;
import java.util.BitSet;
import java.util.HashMap;
import java.util.HashSet;
import java.util.Map;
import java.util.Set;

/// Names of persons in Chinese: a surname, one or two further characters, and something around them
/// that says so, since nearly every surname is also a part of ordinary words.
final class ChineseNames {
    private static final int LABEL = 1;
    private static final int CALL = 2;
    private static final int LONGEST_CUE = 6;

    private static final Map<String, String> LISTS = lists();
    private static final BitSet SURNAMES = bits("surnames");
    private static final BitSet GIVEN = bits("given");
    private static final BitSet ENDS = bits("end");
    private static final Set<Long> COMPOUND = words("compound");
    private static final Set<Long> ORDINARY = words("ordinary");
    private static final Set<Long> KNOWN = known();
    private static final Set<Long> LABELS = words("label");
    private static final Set<Long> CALLS = words("call");
    private static final Set<Long> TITLES = words("title");

    private final byte[] b;
    private final int from;
    private final int to;
    private final Candidates found;
    private final ChineseAddresses addresses;
    private int done;

    ChineseNames(byte[] b, int from, int to, Candidates found) {
        this.b = b;
        this.from = from;
        this.to = to;
        this.found = found;
        this.addresses = new ChineseAddresses(b, from, to, found);
        this.done = from;
    }

    private static Map<String, String> lists() {
        var lists = new HashMap<String, String>();
        for (var line : Lexicon.read("chinese-names.txt").split("\n")) {
            int colon = line.indexOf(':');
            lists.put(line.substring(0, colon), line.substring(colon + 1));
        }
        return Map.copyOf(lists);
    }

    private static BitSet bits(String list) {
        var bits = new BitSet(0x10000);
        LISTS.getOrDefault(list, "").codePoints().filter(it -> it != ' ').forEach(bits::set);
        return bits;
    }

    private static Set<Long> words(String list) {
        var words = new HashSet<Long>();
        for (var word : LISTS.getOrDefault(list, "").split(" ")) {
            var utf8 = word.getBytes(StandardCharsets.UTF_8);
            words.add(hash(utf8, 0, utf8.length));
        }
        return Set.copyOf(words);
    }

    private static Set<Long> known() {
        var known = new HashSet<>(words("sample"));
        known.addAll(words("famous"));
        return Set.copyOf(known);
    }

    private static long hash(byte[] b, int start, int end) {
        long h = 0;
        for (int i = start; i < end; i++) {
            h = h * 1000003 + b[i];
        }
        return h;
    }

    /// @return where the pass goes on
    int at(int i) {
        if (i + 2 >= to) {
            return i + 1;
        }
        int c = character(i);
        if (ChineseAddresses.isUnit(c)) {
            addresses.unit(i, c);
        } else if (i >= done && SURNAMES.get(c)) {
            name(i);
        }
        return i + 3;
    }

    /// The character of three bytes there, 0 when it is another.
    private int character(int i) {
        if (i < from || i + 2 >= to || (b[i] & 0xF0) != 0xE0) {
            return 0;
        }
        return (b[i] & 0x0F) << 12 | (b[i + 1] & 0x3F) << 6 | (b[i + 2] & 0x3F);
    }

    private static boolean isHan(int c) {
        return c >= 0x4E00 && c <= 0x9FFF;
    }

    private boolean has(Set<Long> set, int start, int end) {
        return end <= to && set.contains(hash(b, start, end));
    }

    private void name(int i) {
        int cue = cue(i);
        int family = has(COMPOUND, i, i + 6) ? 6 : 3;
        boolean titled = family == 3 && titleAt(i + 3) > 0;
        if (cue == 0 && !titled && !mayStandAlone(i, family)) {
            return;
        }
        if (family == 3 && (has(ORDINARY, i, i + 6) || isInside(i))) {
            return;
        }
        if (titled) {
            // The surname and a title are less than a name.
            found.add(i, titleAt(i + 3), cue != 0 ? 58 : 45, Candidates.CONTEXT);
            done = titleAt(i + 3);
            return;
        }
        int end = end(i + family);
        boolean foreign = end + 1 < to && (b[end] & 0xFF) == 0xC2 && (b[end + 1] & 0xFF) == 0xB7;
        if (end <= i + family || foreign) {
            return;
        }
        judge(i, end, family, cue);
    }

    /// The surname's character ends an ordinary word.
    private boolean isInside(int i) {
        return i - 3 >= from && has(ORDINARY, i - 3, i + 3);
    }

    private void judge(int i, int end, int family, int cue) {
        boolean given = isGiven(i + family, end);
        boolean ends = end >= to || ENDS.get(character(end)) || !isHan(character(end));
        boolean title = titleAt(end) > 0;
        boolean known = has(KNOWN, i, end);
        int score;
        if (known) {
            score = cue == LABEL ? 40 : 30;
        } else if (cue == LABEL) {
            score = given && ends ? 82 : ends ? 68 : given ? 60 : 40;
        } else if (title) {
            score = given ? 74 : 45;
        } else if (cue == CALL) {
            score = given && ends ? end - i - family > 3 ? 72 : 60 : 35;
        } else {
            score = given && ends ? 38 : 0;
        }
        int kind = cue != 0 || title ? Candidates.CONTEXT : 0;
        kind |= cue == LABEL && !known ? Candidates.FIRM : 0;
        kind |= known ? Candidates.FAMOUS : 0;
        found.add(i, end, score, kind);
        if (score >= 50) {
            done = end;
        }
    }

    /// Without any word before: the text or a clause begins here.
    private boolean mayStandAlone(int i, int family) {
        boolean begins = i == from || !isHan(character(i - 3)) || ENDS.get(character(i - 3));
        int end = i + family + 6;
        boolean title = titleAt(i + family + 3) > 0 || titleAt(end) > 0;
        return begins || title;
    }

    /// The end of the one or two characters behind the surname.
    private int end(int start) {
        if (!isHan(character(start))) {
            return start;
        }
        int two = start + 3;
        int second = character(two);
        boolean closes = !isHan(second) || ENDS.get(second) && !GIVEN.get(second);
        if (closes || titleAt(two) > 0) {
            return two;
        }
        int three = two + 3;
        int third = character(three);
        boolean closesThree = !isHan(third) || ENDS.get(third) || titleAt(three) > 0;
        return closesThree || (GIVEN.get(second) && !ENDS.get(second)) ? three : two;
    }

    private boolean isGiven(int start, int end) {
        for (int i = start; i < end; i += 3) {
            if (!GIVEN.get(character(i))) {
                return false;
            }
        }
        return end > start;
    }

    /// The end of a title such as 先生 that begins there, 0 when there is none.
    private int titleAt(int i) {
        return has(TITLES, i, i + 6) && i + 6 <= to ? i + 6 : 0;
    }

    /// What the characters before announce: a label with its colon, or a word that names follow.
    private int cue(int i) {
        int at = i;
        boolean colon = false;
        for (int k = 0; k < 3 && at > from; k++) {
            byte c = b[at - 1];
            int wide = character(at - 3);
            if (c == ':' || wide == '：') {
                colon = true;
                at -= c == ':' ? 1 : 3;
            } else if (c == ' ' || c == '"' || c == '*') {
                at--;
            } else if (k == 0 && (wide == '是' || wide == '为')) {
                at -= 3;
                colon = true;
            } else {
                break;
            }
        }
        for (int length = LONGEST_CUE; length >= 2; length--) {
            int start = at - length * 3;
            if (start < from) {
                continue;
            }
            if (colon && has(LABELS, start, at)) {
                return LABEL;
            }
            if (!colon && has(CALLS, start, at)) {
                return CALL;
            }
        }
        return 0;
    }
}
