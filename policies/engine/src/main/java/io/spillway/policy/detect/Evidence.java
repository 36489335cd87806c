package io.spillway.policy.detect;

import org.jspecify.annotations.Nullable;

/// Settles how much each possible person and address weighs, once the whole text is known: other
/// personal data near it speaks for it, length of the text against it.
final class Evidence {
    /// How near, in bytes.
    private static final int NEAR = 300;

    /// In texts longer than this a name raises only with other personal data beside it or a firm
    /// context.
    private static final int SHORT = 6 * 1024;

    /// Between a name and the address that it is part of, as in `Ann and 3rd Street`.
    private static final int CORNER = 6;

    /// How many given names in a row are persons, and how much they then weigh.
    private static final int MEMBERS = 3;

    private static final int LISTED = 55;

    /// Surnames in a pair (`Smith and Rowe were here`); outside a pair their least weight is CLEAR.
    private static final int PAIRED = 63;

    private static final int CLEAR = 30;

    /// What everyone loses in a text that has a public figure.
    private static final int FAME = 10;

    /// What a single name gains where the text says he or she.
    private static final int SPOKEN_OF = 12;

    /// A single word that something names as a person.
    private static final int NAMED = 35;

    /// Nobody: the names that examples are told with.
    private static final Words PLACEHOLDERS = new Words("alice", "bob");

    private static final Words AND = new Words(" and ");

    private static final int ABOVE = 60;

    /// What personal data beside it and the lines of an address below it add.
    private static final int BESIDE = 20;

    private static final int ADDRESSED = 16;

    /// What a long text takes off.
    private static final int LONG = 15;

    private static final int RAISES = 50;
    private static final int BELOW = 45;
    private static final int REPORTED = 30;
    private static final int CERTAIN = 92;

    private final byte[] b;
    private final int from;
    private final int to;
    private final int length;
    private final Hits hits;
    private final int[] personal;

    /// Null until it is asked for.
    private @Nullable TextSigns signs;

    /// Whether a public figure is among the candidates.
    private boolean fame;

    Evidence(byte[] b, int from, int to, Hits hits) {
        this.b = b;
        this.from = from;
        this.to = to;
        this.length = to - from;
        this.hits = hits;
        this.personal = hits.personal();
    }

    void settle(Candidates found) {
        raiseListed(found);
        fame = has(found, Candidates.FAMOUS);
        int next = 0;
        int lastSure = -NEAR * 4;
        int size = found.size();
        int ahead = 0;
        for (int i = 0; i < size; i++) {
            int start = found.start(i);
            while (next < personal.length && personal[next] < start - NEAR) {
                next++;
            }
            boolean beside = next < personal.length && personal[next] < found.end(i) + NEAR;
            ahead = Math.max(ahead, i);
            while (ahead < size && (ahead <= i || !isSure(found, ahead))) {
                ahead++;
            }
            boolean company =
                    start - lastSure < NEAR
                            || (ahead < size && found.start(ahead) - found.end(i) < NEAR);
            int score = weigh(found, i, beside, company);
            if (score >= REPORTED) {
                var type =
                        found.is(i, Candidates.ADDRESS)
                                ? FindingType.STREET_ADDRESS
                                : FindingType.PERSON;
                hits.add(type, Math.min(CERTAIN, score) / 100.0, start, found.end(i));
            }
            lastSure = isSure(found, i) ? found.end(i) : lastSure;
        }
    }

    private static boolean has(Candidates found, int kind) {
        for (int i = 0; i < found.size(); i++) {
            if (found.is(i, kind)) {
                return true;
            }
        }
        return false;
    }

    /// Another finding that makes a lone given name near it a person's.
    private boolean isSure(Candidates found, int i) {
        if (found.score(i) < 54 || found.is(i, Candidates.SINGLE | Candidates.FAMOUS)) {
            return false;
        }
        int less = Math.min(0, kind().full) / (found.is(i, Candidates.FIRM) ? 2 : 1);
        return found.score(i) + less >= RAISES && length <= SHORT;
    }

    /// With someone else who is sure, a lone name counts too.
    private static int beside(Candidates found, int i, int score) {
        if (found.is(i, Candidates.KNOWN)) {
            return Math.max(score, Math.min(score + 32, 55));
        }
        return found.is(i, Candidates.UNKNOWN) ? Math.max(score, 51) : score;
    }

    private void raiseListed(Candidates found) {
        int size = found.size();
        for (int i = 0; i < size; i++) {
            if (i > 0 && isEnumerated(found.end(i - 1), found.start(i))) {
                continue;
            }
            int end = list(found, i);
            for (int k = i; k < end; k++) {
                if (found.is(k, Candidates.SINGLE)) {
                    found.raise(k, LISTED);
                }
            }
            if (isPair(found, i)) {
                found.raise(i, PAIRED);
                found.raise(i + 1, PAIRED);
            }
        }
    }

    /// Two known names that `and` joins, one of them a surname.
    private boolean isPair(Candidates found, int i) {
        int other = i + 1;
        return other < found.size()
                && isClear(found, i)
                && isClear(found, other)
                && (found.is(i, Candidates.SURNAME) || found.is(other, Candidates.SURNAME))
                && AND.within(b, found.end(i), found.start(other))
                && isEnumerated(found.end(i), found.start(other));
    }

    private static boolean isClear(Candidates found, int i) {
        return found.is(i, Candidates.KNOWN)
                && !found.is(i, Candidates.FAMOUS)
                && found.score(i) >= CLEAR;
    }

    /// Behind the last of the names that stand there in one enumeration, or its first when it is
    /// none of persons.
    private int list(Candidates found, int first) {
        if (!found.is(first, Candidates.SINGLE) || isBehindWide(found.start(first))) {
            return first;
        }
        int last = first;
        int known = 0;
        int members = 0;
        for (int i = first; i < found.size(); i++) {
            if (i > first && found.start(i) < found.end(last)) {
                continue;
            }
            boolean next = i == first || isEnumerated(found.end(last), found.start(i));
            if (!next || !found.is(i, Candidates.SINGLE)) {
                break;
            }
            if (PLACEHOLDERS.is(b, found.start(i), found.end(i))) {
                return first;
            }
            members++;
            known += found.is(i, Candidates.KNOWN) ? 1 : 0;
            last = i;
        }
        return members >= MEMBERS && known * 2 >= members ? last + 1 : first;
    }

    /// Behind a Chinese character or sign.
    private boolean isBehindWide(int start) {
        return start > from + 2 && (b[start - 3] & 0xFF) >= 0xE3;
    }

    private boolean isEnumerated(int end, int start) {
        if (start - end == 2) {
            return b[end] == ',' && b[end + 1] == ' ';
        }
        return (start - end == 5 || start - end == 6) && AND.within(b, end, start);
    }

    private TextSigns signs() {
        if (signs == null) {
            signs = new TextSigns(b, from, to);
        }
        return signs;
    }

    private TextKind kind() {
        return signs().kind();
    }

    /// Above the lines of an address.
    private static boolean isAddressed(Candidates found, int i) {
        int next = i + 1;
        return next < found.size()
                && found.is(next, Candidates.ADDRESS)
                && found.score(next) >= RAISES
                && found.start(next) - found.end(i) < ABOVE;
    }

    /// A town behind a street, or the other street of a corner.
    private boolean isInAddress(Candidates found, int i) {
        int next = i + 1;
        boolean corner =
                next < found.size()
                        && found.is(next, Candidates.ADDRESS)
                        && found.start(next) <= found.end(i) + CORNER
                        && AND.within(b, found.end(i), found.start(next));
        int before = i - 1;
        return corner
                || before >= 0
                        && found.is(before, Candidates.ADDRESS)
                        && found.start(i) > found.end(before)
                        && found.start(i) <= found.end(before) + CORNER
                        && b[found.end(before)] != '\n';
    }

    private int weigh(Candidates found, int i, boolean beside, boolean company) {
        int score = found.score(i);
        boolean famous = found.is(i, Candidates.FAMOUS);
        if (beside) {
            score += BESIDE;
        } else if (company && length <= SHORT && !famous) {
            score = beside(found, i, score);
        }
        boolean lone = found.is(i, Candidates.SINGLE) && found.score(i) < NAMED;
        boolean address = found.is(i, Candidates.ADDRESS);
        if (!lone && !famous && !address && length <= SHORT && isAddressed(found, i)) {
            score += ADDRESSED;
        }
        if (!beside) {
            score += score >= REPORTED ? ofKind(found, i, company) : 0;
            if (length > SHORT && !found.is(i, Candidates.FIRM)) {
                score = Math.min(score, RAISES) - LONG;
            }
        }
        return !address && isInAddress(found, i) ? Math.min(score, BELOW) : score;
    }

    /// What the kind of text adds to a candidate.
    private int ofKind(Candidates found, int i, boolean company) {
        boolean single = found.is(i, Candidates.SINGLE);
        int change = (single ? kind().single : kind().full) - (fame ? FAME : 0);
        if (change < 0) {
            return single && company ? 0 : found.is(i, Candidates.FIRM) ? change / 2 : change;
        }
        if (found.is(i, Candidates.ADDRESS | Candidates.FAMOUS)
                || (single && !found.is(i, Candidates.KNOWN))) {
            return 0;
        }
        return single && change > 0 && signs().speaksOfSomeone() ? change + SPOKEN_OF : change;
    }
}
