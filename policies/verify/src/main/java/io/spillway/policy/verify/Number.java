package io.spillway.policy.verify;

import com.microsoft.z3.BitVecExpr;
import com.microsoft.z3.BoolExpr;
import io.spillway.policy.condition.Condition.Comparison;
import java.math.BigDecimal;
import java.math.RoundingMode;
import org.jspecify.annotations.Nullable;

/// A number in a condition: known, or a whole number that the solver chooses.
///
/// Whole numbers are bits to the solver: with them and booleans alone it answers ten times as fast
/// as with arithmetic.
sealed interface Number {
    /// Bits of a number, its sign included.
    int WIDTH = 64;

    /// A known number.
    record Literal(BigDecimal value) implements Number {}

    /// A number that the solver chooses.
    ///
    /// @param value the number, in units
    /// @param unit what one unit counts
    /// @param missing whether the engine does not know it
    record Variable(BitVecExpr value, long unit, BoolExpr missing) implements Number {}

    static Number of(long value) {
        return new Literal(BigDecimal.valueOf(value));
    }

    /// Null when the solver has no answer for these two.
    static @Nullable Answer compare(Logic logic, Comparison comparison, Number left, Number right) {
        return switch (left) {
            case Literal(var a) ->
                    switch (right) {
                        case Literal(var b) -> Answer.of(logic, comparison.holds(a.compareTo(b)));
                        case Variable variable -> compare(logic, turned(comparison), variable, a);
                    };
            case Variable a ->
                    switch (right) {
                        case Literal(var b) -> compare(logic, comparison, a, b);
                        case Variable b -> compare(logic, comparison, a, b);
                    };
        };
    }

    private static @Nullable Answer compare(
            Logic logic, Comparison comparison, Variable a, Variable b) {
        return a.unit() != b.unit()
                ? null
                : Answer.unless(
                        logic,
                        logic.or(a.missing(), b.missing()),
                        holds(logic, comparison, a.value(), b.value()));
    }

    /// Between whole numbers a bound that is none has a neighbour that says the same.
    private static Answer compare(
            Logic logic, Comparison comparison, Variable variable, BigDecimal bound) {
        var inUnits = bound.divide(BigDecimal.valueOf(variable.unit()));
        var below = inUnits.setScale(0, RoundingMode.FLOOR);
        var above = inUnits.setScale(0, RoundingMode.CEILING);
        boolean whole = below.compareTo(above) == 0;
        var nearest =
                switch (comparison) {
                    case LESS, AT_LEAST -> above;
                    case EQUAL, NOT_EQUAL, AT_MOST, GREATER -> below;
                };
        boolean equality = comparison == Comparison.EQUAL || comparison == Comparison.NOT_EQUAL;
        if (equality && !whole) {
            return Answer.unless(
                    logic, variable.missing(), logic.constant(comparison == Comparison.NOT_EQUAL));
        }
        var most = BigDecimal.valueOf(Long.MAX_VALUE);
        if (nearest.abs().compareTo(most) >= 0) {
            int sign = -nearest.signum(); // beyond all numbers there are
            return Answer.unless(logic, variable.missing(), logic.constant(comparison.holds(sign)));
        }
        return Answer.unless(
                logic,
                variable.missing(),
                holds(logic, comparison, variable.value(), logic.whole(nearest.longValueExact())));
    }

    private static BoolExpr holds(Logic logic, Comparison comparison, BitVecExpr a, BitVecExpr b) {
        var z3 = logic.z3();
        return switch (comparison) {
            case EQUAL -> z3.mkEq(a, b);
            case NOT_EQUAL -> z3.mkNot(z3.mkEq(a, b));
            case LESS -> z3.mkBVSLT(a, b);
            case AT_MOST -> z3.mkBVSLE(a, b);
            case GREATER -> z3.mkBVSGT(a, b);
            case AT_LEAST -> z3.mkBVSGE(a, b);
        };
    }

    private static Comparison turned(Comparison comparison) {
        return switch (comparison) {
            case EQUAL, NOT_EQUAL -> comparison;
            case LESS -> Comparison.GREATER;
            case AT_MOST -> Comparison.AT_LEAST;
            case GREATER -> Comparison.LESS;
            case AT_LEAST -> Comparison.AT_MOST;
        };
    }
}
