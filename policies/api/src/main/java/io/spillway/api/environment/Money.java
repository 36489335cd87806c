package io.spillway.api.environment;

/// An exact amount of money.
///
/// @param nanos billionths of the currency's main unit
/// @param currency ISO 4217 code
public record Money(long nanos, String currency) {

    public Money {
        if (currency.length() != 3) {
            throw new IllegalArgumentException(
                    "currency '%s' is not an ISO 4217 code of three letters".formatted(currency));
        }
    }

    /// Nothing, in the given currency.
    public static Money zero(String currency) {
        return new Money(0, currency);
    }

    /// The exact sum.
    ///
    /// @throws ArithmeticException when it does not fit a `long`
    /// @throws IllegalArgumentException when the currencies differ
    public Money plus(Money other) {
        sameCurrency(other);
        return new Money(Math.addExact(nanos, other.nanos), currency);
    }

    /// The exact difference, under the conditions of [#plus].
    public Money minus(Money other) {
        sameCurrency(other);
        return new Money(Math.subtractExact(nanos, other.nanos), currency);
    }

    /// This price for `count` units, exactly.
    public Money times(long count) {
        return new Money(Math.multiplyExact(nanos, count), currency);
    }

    private void sameCurrency(Money other) {
        if (!currency.equals(other.currency)) {
            throw new IllegalArgumentException(
                    "cannot add %s to %s: convert first".formatted(other.currency, currency));
        }
    }
}
