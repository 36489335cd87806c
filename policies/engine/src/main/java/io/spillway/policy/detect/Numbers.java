package io.spillway.policy.detect;

import static io.spillway.policy.detect.Bytes.DIGIT;
import static io.spillway.policy.detect.Bytes.is;

/// Everything that begins with a digit. The validators are asked from the most to the least exact,
/// so that a card is not also reported as a telephone number.
final class Numbers {
    private final Hits hits;
    private final NumberChain chain;
    private final Cards cards = new Cards();
    private final ChineseIds chineseIds = new ChineseIds();
    private final SocialSecurityNumbers socialSecurity;
    private final NationalNumbers nationalNumbers;
    private final ChineseMobiles chineseMobiles = new ChineseMobiles();
    private final Phones phones;

    Numbers(byte[] b, int from, int to, Hits hits) {
        this.hits = hits;
        this.chain = new NumberChain(b, from, to);
        var context = new Context(b, from, to);
        this.socialSecurity = new SocialSecurityNumbers(context);
        this.nationalNumbers = new NationalNumbers(context);
        this.phones = new Phones(context);
    }

    /// @param i index of the first digit of a run
    /// @return where the scan goes on
    int find(int i) {
        int iban = Ibans.find(chain.b, chain.from, i, chain.to, hits);
        if (iban > 0) {
            return iban;
        }
        chain.read(i);
        int used = 0;
        if (chain.length(0) <= NumberChain.LONGEST_RUN) {
            used = validators();
        }
        int end = chain.end(Math.max(used, 1) - 1);
        while (end < chain.to && is(chain.b[end], DIGIT)) {
            end++;
        }
        return end;
    }

    private int validators() {
        if (chain.digits(chain.runs) < 7 && !(chain.runs >= 4 && chain.gap(0) == NumberChain.DOT)) {
            return 0;
        }
        int used = Ipv4Addresses.find(chain, hits);
        used = used > 0 ? used : cards.find(chain, hits);
        used = used > 0 ? used : chineseIds.find(chain, hits);
        used = used > 0 ? used : socialSecurity.find(chain, hits);
        used = used > 0 ? used : nationalNumbers.find(chain, hits);
        used = used > 0 ? used : chineseMobiles.find(chain, hits);
        return used > 0 ? used : phones.find(chain, hits);
    }
}
