package io.spillway.api.environment;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import org.junit.jupiter.api.Test;

class MoneyTest {

    @Test
    void sumsAreExact() {
        assertThat(new Money(1, "USD").times(3).plus(new Money(4, "USD")))
                .isEqualTo(new Money(7, "USD"));
    }

    @Test
    void anOverflowIsAnErrorAndNeverWrapsAround() {
        assertThatThrownBy(() -> new Money(Long.MAX_VALUE, "USD").plus(new Money(1, "USD")))
                .isInstanceOf(ArithmeticException.class);
    }

    @Test
    void currenciesDoNotMix() {
        assertThatThrownBy(() -> new Money(1, "USD").plus(new Money(1, "EUR")))
                .hasMessageContaining("convert first");
    }
}
