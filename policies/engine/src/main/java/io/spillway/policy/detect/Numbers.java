package io.spillway.policy.detect;

import static io.spillway.policy.detect.Bytes.DIGIT;
import static io.spillway.policy.detect.Bytes.HIGH;
import static io.spillway.policy.detect.Bytes.LETTER;
import static io.spillway.policy.detect.Bytes.UPPER;
import static io.spillway.policy.detect.Bytes.WORD;
import static io.spillway.policy.detect.Bytes.is;

/// Everything that has a digit. The validators are asked from the most to the least exact, so that
/// a card is not also reported as a telephone number.
final class Numbers {
    /// How near a word must stand that settles between two readings.
    private static final int NEAR = 24;

    /// How far behind a chain a date may end that begins with it.
    private static final int AHEAD = 64;

    private final Hits hits;
    private final byte[] b;
    private final int from;
    private final int to;
    private final NumberChain chain;
    private final Context context;
    private final Cards cards;
    private final ChineseIds chineseIds = new ChineseIds();
    private final SocialSecurityNumbers socialSecurity;
    private final NationalNumbers nationalNumbers;
    private final ChineseMobiles chineseMobiles;
    private final Phones phones;
    private final Codes codes;
    private final DocumentNumbers documents;
    private final Birthdays birthdays;

    Numbers(byte[] b, int from, int to, Hits hits) {
        this.hits = hits;
        this.b = b;
        this.from = from;
        this.to = to;
        this.chain = new NumberChain(b, from, to);
        this.context = new Context(b, from, to);
        this.cards = new Cards(context);
        this.socialSecurity = new SocialSecurityNumbers(context);
        this.nationalNumbers = new NationalNumbers(context);
        this.chineseMobiles = new ChineseMobiles(context);
        this.phones = new Phones(context);
        this.codes = new Codes(chain, context);
        this.documents = new DocumentNumbers(b, from, to, context);
        this.birthdays = new Birthdays(chain, context);
    }

    /// @param i index of the first digit of a run
    /// @return where the scan goes on
    int find(int i) {
        boolean insideWord = i > from && is(b[i - 1], LETTER);
        if (insideWord) {
            int iban = Ibans.find(b, from, i, to, hits);
            if (iban > 0) {
                return iban;
            }
        }
        chain.read(i);
        int end = isPlain(i) ? birthday() : mixed(i, insideWord);
        boolean number = !chain.insideWord() && chain.length(0) <= NumberChain.LONGEST_RUN;
        if (end < 0 && number) {
            int used = exact();
            end = used > 0 ? chain.end(used - 1) : -1;
        }
        if (end < 0 && mayBeDocument(insideWord)) {
            end = documents.find(i, isSilent(), hits);
        }
        if (end < 0 && number) {
            int used = phone();
            end = used > 0 ? chain.end(used - 1) : -1;
        }
        return end > 0 ? Math.max(end, i + 1) : restEnd(i, insideWord);
    }

    /// Whether no word around the chain says anything.
    private boolean isSilent() {
        return context.isSilent(chain.start(0), chain.end(chain.runs - 1) + AHEAD);
    }

    /// Few digits that neither letters nor other scripts touch: nearly all numbers of a text.
    private boolean isPlain(int i) {
        int behind = chain.end(0);
        return chain.digits(chain.runs) < 5
                && (behind >= to || !is(b[behind], LETTER | HIGH))
                && (i == from || !is(b[i - 1], LETTER | HIGH))
                && (i - 2 < from || !is(b[i - 2], UPPER))
                && (behind + 1 >= to || !is(b[behind + 1], UPPER))
                && (behind + 5 >= to || b[behind] != '.' || b[behind + 5] != '.');
    }

    /// Behind the run, or behind the word that it stands in: no number begins inside a word.
    private int restEnd(int i, boolean insideWord) {
        int end = chain.end(0);
        while (end < to && is(b[end], insideWord ? WORD : DIGIT)) {
            end++;
        }
        return end;
    }

    private boolean mayBeDocument(boolean insideWord) {
        int end = chain.end(0);
        return insideWord || chain.digits(chain.runs) > 4 || (end < to && is(b[end], LETTER));
    }

    /// A code for banks that has no digit.
    int findSwift(int start, int end) {
        return documents.findSwift(start, end, hits);
    }

    /// What letters belong to, or characters of other scripts.
    private int mixed(int i, boolean insideWord) {
        int behind = chain.end(0);
        byte next = behind < to ? b[behind] : 0;
        int start = codes.wordStart(i);
        int end = codes.find(i, start, next, isSilent(), hits);
        boolean plate =
                is(next, HIGH)
                        || (i > from && is(b[i - 1], UPPER | HIGH))
                        || (i - 2 >= from && is(b[i - 2], UPPER));
        if (end < 0 && plate) {
            end = Plates.find(b, from, i, to, hits);
        }
        if (end < 0 && (insideWord || is(next, LETTER) || next == '.')) {
            end = token(start);
        }
        return end < 0 ? birthday() : end;
    }

    private int birthday() {
        boolean quiet = context.isQuiet(chain.start(0), chain.end(chain.runs - 1) + AHEAD);
        return quiet ? -1 : birthdays.find(chain, hits);
    }

    /// Bank codes and hardware addresses with digits among their letters.
    private int token(int start) {
        int end = start;
        while (end < to && end - start <= 12 && is(b[end], WORD)) {
            end++;
        }
        int length = end - start;
        if ((length == 8 || length == 11) && is(b[start], UPPER)) {
            return documents.findSwift(start, end, hits);
        }
        boolean dotted = length == 4 && end + 5 < to && b[end] == '.' && b[end + 5] == '.';
        return dotted ? MacAddresses.find(b, from, end, to, hits) : -1;
    }

    /// What a form and a check digit settle.
    private int exact() {
        if (chain.digits(chain.runs) < 7 && !isDotted()) {
            return 0;
        }
        boolean silent = isSilent();
        int used = isDotted() ? Ipv4Addresses.find(chain, hits, context) : 0;
        int start = chain.start(0);
        boolean identity =
                used == 0
                        && !silent
                        && chain.digits(chain.runs) > 10
                        && context.distance(Topic.NATIONAL, start) <= NEAR;
        used = used > 0 ? used : chineseIds.find(chain, hits);
        used = used > 0 || !identity ? used : nationalNumbers.find(chain, silent, hits);
        used = used > 0 ? used : cards.find(chain, hits);
        used = used > 0 ? used : chineseMobiles.find(chain, hits);
        used = used > 0 ? used : socialSecurity.find(chain, hits);
        return used > 0 || identity ? used : nationalNumbers.find(chain, silent, hits);
    }

    private boolean isDotted() {
        return chain.runs >= 4 && chain.gap(0) == NumberChain.DOT;
    }

    private int phone() {
        return chain.digits(chain.runs) < 7 ? 0 : phones.find(chain, isSilent(), hits);
    }
}
