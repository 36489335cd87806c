package io.spillway.router.accounting;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.spillway.api.environment.Money;
import io.spillway.api.environment.Pool;
import java.util.SplittableRandom;
import org.junit.jupiter.api.Test;

class TokenBoundTest {

    @Test
    void noUsageThatTheContextAllowsCostsMoreThanTheBound() {
        var random = new SplittableRandom(7);
        for (int i = 0; i < 200_000; i++) {
            int context = random.nextInt(1, 200);
            Integer maxTokens = random.nextBoolean() ? random.nextInt(0, 250) : null;
            int choices = random.nextInt(1, 4);
            var size = new TextSize(0, 0, 0, random.nextInt(300), 1);
            var pool = pool(random.nextLong(20), random.nextLong(20));
            var bound = TokenEstimator.bound(size, maxTokens, choices, context);

            long prompt = random.nextLong(Math.min(size.utf8Bytes(), context) + 1);
            long most = Math.min(context - prompt, maxTokens == null ? context : maxTokens);
            long output = choices * random.nextLong(most + 1);

            assertThat(Prices.cost(pool, prompt, output).nanos())
                    .isLessThanOrEqualTo(bound.mostIn(pool).nanos());
        }
    }

    @Test
    void theBoundIsNotLooserThanTheWorstUsage() {
        var bound = new TokenBound(30, 50, 1, 100);

        assertThat(bound.mostIn(pool(1, 3)).nanos()).isEqualTo(30 + 3 * 50);
        assertThat(new TokenBound(80, 50, 1, 100).mostIn(pool(1, 3)).nanos())
                .isEqualTo(50 + 3 * 50);
        assertThat(new TokenBound(80, 100, 2, 100).mostIn(pool(5, 3)).nanos())
                .isEqualTo(2 * 3 * 100);
    }

    @Test
    void aCostBeyondALongIsAnErrorAndNeverWrapsAround() {
        var dear = pool(Long.MAX_VALUE / 2, Long.MAX_VALUE / 2);

        assertThatThrownBy(() -> new TokenBound(10, 10, 1, 100).mostIn(dear))
                .isInstanceOf(ArithmeticException.class);
    }

    private static Pool pool(long input, long output) {
        return new Pool("e", "v", "m", new Money(input, "USD"), new Money(output, "USD"));
    }
}
