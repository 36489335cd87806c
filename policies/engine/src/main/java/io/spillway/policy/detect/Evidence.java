package io.spillway.policy.detect;

/// Settles how much each possible person and address weighs, once the whole text is known: other
/// personal data near it speaks for it, length of the text against it.
final class Evidence {
    /// How near, in bytes.
    private static final int NEAR = 300;

    /// In texts longer than this a name raises only with context of its own.
    private static final int SHORT = 6 * 1024;

    /// And in texts longer than this only with other personal data beside it or a firm context.
    private static final int LONG = 48 * 1024;

    private static final int RAISES = 50;
    private static final int REPORTED = 30;
    private static final int CERTAIN = 92;

    private final byte[] b;
    private final int from;
    private final int to;
    private final int length;
    private final Hits hits;
    private final int[] personal;

    /// What an invented setting takes off, -1 until it is asked for.
    private int invention = -1;

    Evidence(byte[] b, int from, int to, Hits hits) {
        this.b = b;
        this.from = from;
        this.to = to;
        this.length = to - from;
        this.hits = hits;
        this.personal = hits.personal();
    }

    void settle(Candidates found) {
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

    /// Another finding that makes a lone given name near it a person's.
    private boolean isSure(Candidates found, int i) {
        if (found.score(i) < 54 || found.is(i, Candidates.SINGLE | Candidates.FAMOUS)) {
            return false;
        }
        int less = found.is(i, Candidates.FIRM) ? invention() / 2 : invention();
        return found.score(i) - less >= RAISES && length <= SHORT;
    }

    /// With someone else who is sure, a lone name counts too.
    private static int beside(Candidates found, int i, int score) {
        if (found.is(i, Candidates.KNOWN)) {
            return Math.max(score, Math.min(score + 32, 55));
        }
        return found.is(i, Candidates.UNKNOWN) ? Math.max(score, 51) : score;
    }

    private int invention() {
        if (invention < 0) {
            invention = Invention.weight(b, from, to);
        }
        return invention;
    }

    private int weigh(Candidates found, int i, boolean beside, boolean company) {
        int score = found.score(i);
        boolean context = found.is(i, Candidates.CONTEXT);
        boolean firm = found.is(i, Candidates.FIRM);
        if (beside) {
            score += 20;
        } else if (company && length <= SHORT && !found.is(i, Candidates.FAMOUS)) {
            score = beside(found, i, score);
        }
        if (score >= RAISES && !beside && !(company && found.is(i, Candidates.SINGLE))) {
            score -= firm ? invention() / 2 : invention();
        }
        if (!beside && !firm && length > SHORT && !context) {
            score = Math.min(score - 15, RAISES - 5);
        }
        if (!beside && length > LONG && !firm) {
            score = Math.min(score - 10, RAISES - 5);
        }
        return score;
    }
}
