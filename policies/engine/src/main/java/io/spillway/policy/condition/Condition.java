package io.spillway.policy.condition;

import java.util.List;

/// A condition as checked and typed: what the engine evaluates and what a proof can speak about.
public sealed interface Condition {

    record Always(boolean value) implements Condition {}

    record Not(Condition condition) implements Condition {}

    record Both(Condition left, Condition right) implements Condition {}

    record Either(Condition left, Condition right) implements Condition {}

    /// A term of kind FLAG that is true.
    record Holds(Term flag) implements Condition {}

    /// Two terms of one kind, or a whole and a real number.
    record Compare(Comparison comparison, Term left, Term right) implements Condition {}

    /// A term equal to one of several of its kind.
    record OneOf(Term term, List<Term> choices) implements Condition {
        public OneOf {
            choices = List.copyOf(choices);
        }
    }

    /// One of the caller's roles.
    record HasRole(Term role) implements Condition {}

    /// Content of this kind that could not be scanned, such as `image`.
    record Unscanned(Term kind) implements Condition {}

    /// Known: an optional attribute, or `caller.team`.
    record Has(Term term) implements Condition {}

    record Prefix(Term text, Term prefix) implements Condition {}

    record Suffix(Term text, Term suffix) implements Condition {}

    record Contains(Term text, Term part) implements Condition {}

    /// Some finding for which this holds.
    record AnyFinding(Condition condition) implements Condition {}

    /// All findings, also when there is none.
    record EveryFinding(Condition condition) implements Condition {}

    /// All codes of the environment's jurisdictions lie in the list. When only some do, or the
    /// environment states none, the answer is unknown: so neither `in` nor `!(... in ...)` lets a
    /// request into a place of which only a part is meant.
    record JurisdictionIn(List<Term> codes) implements Condition {
        public JurisdictionIn {
            codes = List.copyOf(codes);
        }
    }

    /// The six comparisons.
    enum Comparison {
        EQUAL,
        NOT_EQUAL,
        LESS,
        AT_MOST,
        GREATER,
        AT_LEAST;

        /// Whether the comparison holds for two values, given the sign of their difference.
        public boolean holds(int sign) {
            return switch (this) {
                case EQUAL -> sign == 0;
                case NOT_EQUAL -> sign != 0;
                case LESS -> sign < 0;
                case AT_MOST -> sign <= 0;
                case GREATER -> sign > 0;
                case AT_LEAST -> sign >= 0;
            };
        }
    }
}
