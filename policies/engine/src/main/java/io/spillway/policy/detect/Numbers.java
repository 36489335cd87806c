package io.spillway.policy.detect;

import static io.spillway.policy.detect.Bytes.DIGIT;
import static io.spillway.policy.detect.Bytes.HIGH;
import static io.spillway.policy.detect.Bytes.LETTER;
import static io.spillway.policy.detect.Bytes.UPPER;
import static io.spillway.policy.detect.Bytes.WORD;
import static io.spillway.policy.detect.Bytes.is;
import static io.spillway.policy.detect.NumberForms.CARD;
import static io.spillway.policy.detect.NumberForms.CHINESE_ID;
import static io.spillway.policy.detect.NumberForms.CHINESE_MOBILE;
import static io.spillway.policy.detect.NumberForms.NATIONAL;
import static io.spillway.policy.detect.NumberForms.PHONE;
import static io.spillway.policy.detect.NumberForms.SOCIAL_SECURITY;

/// Everything that has a digit. The validators are asked from the most to the least exact, so that
/// a card is not also reported as a telephone number.
final class Numbers {
    /// How near a word must stand that settles between two readings.
    private static final int NEAR = 24;

    private final NumberChain chain = new NumberChain();
    private final Context context = new Context();
    private final Cards cards = new Cards(context);
    private final ChineseIds chineseIds = new ChineseIds();
    private final SocialSecurityNumbers socialSecurity = new SocialSecurityNumbers(context);
    private final NationalNumbers nationalNumbers = new NationalNumbers(context);
    private final ChineseMobiles chineseMobiles = new ChineseMobiles(context);
    private final Phones phones = new Phones(context);
    private final Codes codes = new Codes(chain, context);
    private final DocumentNumbers documents = new DocumentNumbers(context);
    private final Birthdays birthdays = new Birthdays(context);

    private byte[] b = {};
    private int from;
    private int to;

    /// Turns to another text.
    void begin(byte[] text, int first, int last, Outline outline) {
        b = text;
        from = first;
        to = last;
        chain.begin(text, first, last);
        context.begin(text, first, last, outline);
        codes.begin(text, first, last);
        documents.begin(text, first, last);
        birthdays.begin(text, first, last);
    }

    /// @param i index of the first digit of a run
    /// @return where the scan goes on
    int find(int i, Hits hits) {
        boolean insideWord = i > from && is(b[i - 1], LETTER);
        if (insideWord) {
            int iban = Ibans.find(b, from, i, to, hits);
            if (iban > 0) {
                return iban;
            }
        }
        chain.read(i);
        boolean quiet = context.isQuiet(chain);
        int end = isPlain(i) ? -1 : mixed(i, insideWord, hits);
        if (end < 0 && !quiet) {
            end = birthdays.find(chain, hits);
        }
        boolean number = !chain.insideWord() && chain.length(0) <= NumberChain.LONGEST_RUN;
        int forms = !number ? 0 : quiet ? NumberForms.of(chain) : NumberForms.ALL;
        if (end < 0 && forms != 0) {
            int used = exact(forms, quiet, hits);
            end = used > 0 ? chain.end(used - 1) : -1;
        }
        if (end < 0 && mayBeDocument(insideWord)) {
            end = documents.find(chain, quiet, hits);
        }
        if (end < 0 && (forms & PHONE) != 0) {
            int used = phone(quiet, hits);
            end = used > 0 ? chain.end(used - 1) : -1;
        }
        return end > 0 ? Math.max(end, i + 1) : restEnd(i, insideWord);
    }

    /// Few digits that neither letters nor other scripts touch: nearly all numbers of a text.
    private boolean isPlain(int i) {
        int behind = chain.end(0);
        return (behind >= to || !is(b[behind], LETTER | HIGH))
                && (i == from || !is(b[i - 1], LETTER | HIGH))
                && (i - 2 < from || !is(b[i - 2], UPPER))
                && (behind + 1 >= to || !is(b[behind + 1], UPPER))
                && (behind + 5 >= to || b[behind] != '.' || b[behind + 5] != '.')
                && (chain.digits(chain.runs) < 5 || !codes.goesOn(behind < to ? b[behind] : 0));
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

    /// Up to where a number may belong to a list that began with a word.
    int listEnd() {
        return documents.listEnd();
    }

    /// A code for banks that has no digit.
    int findSwift(int start, int end, Hits hits) {
        return documents.findSwift(start, end, hits);
    }

    /// What letters belong to, or characters of other scripts.
    private int mixed(int i, boolean insideWord, Hits hits) {
        int behind = chain.end(0);
        byte next = behind < to ? b[behind] : 0;
        int start = codes.wordStart(i);
        int end = codes.find(i, start, next, hits);
        boolean plate =
                is(next, HIGH)
                        || (i > from && is(b[i - 1], UPPER | HIGH))
                        || (i - 2 >= from && is(b[i - 2], UPPER));
        if (end < 0 && plate) {
            end = Plates.find(b, from, i, to, hits);
        }
        if (end < 0 && (insideWord || is(next, LETTER) || next == '.')) {
            end = token(start, hits);
        }
        return end;
    }

    /// Bank codes and hardware addresses with digits among their letters.
    private int token(int start, Hits hits) {
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
    ///
    /// @param forms of [NumberForms], those that the number may have
    private int exact(int forms, boolean quiet, Hits hits) {
        if (chain.digits(chain.runs) < 7 && !isDotted()) {
            return 0;
        }
        boolean silent = quiet || context.isSilent(chain);
        int used = isDotted() ? Ipv4Addresses.find(chain, hits, context) : 0;
        int start = chain.start(0);
        boolean identity =
                used == 0
                        && !silent
                        && chain.digits(chain.runs) > 10
                        && context.distance(Topic.NATIONAL, start) <= NEAR;
        used = used > 0 || (forms & CHINESE_ID) == 0 ? used : chineseIds.find(chain, hits);
        used = used > 0 || !identity ? used : nationalNumbers.find(chain, silent, hits);
        used = used > 0 || (forms & CARD) == 0 ? used : cards.find(chain, hits);
        used = used > 0 || (forms & CHINESE_MOBILE) == 0 ? used : chineseMobiles.find(chain, hits);
        used = used > 0 || (forms & SOCIAL_SECURITY) == 0 ? used : socialSecurity.find(chain, hits);
        boolean asked = identity || (forms & NATIONAL) == 0;
        return used > 0 || asked ? used : nationalNumbers.find(chain, silent, hits);
    }

    private boolean isDotted() {
        return chain.runs >= 4 && chain.gap(0) == NumberChain.DOT;
    }

    private int phone(boolean quiet, Hits hits) {
        if (chain.digits(chain.runs) < 7) {
            return 0;
        }
        return phones.find(chain, quiet || context.isSilent(chain), hits);
    }
}
