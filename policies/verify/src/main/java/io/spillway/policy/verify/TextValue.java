package io.spillway.policy.verify;

import com.microsoft.z3.BoolExpr;

/// A text in a condition: known, or to be chosen by the solver.
sealed interface TextValue permits TextValue.Literal, TextVariable {

    /// Not known to the engine, so that a condition that reads it is an error.
    BoolExpr missing(Logic logic);

    /// Equal to this word.
    BoolExpr is(Logic logic, String word);

    /// Begins, ends with or contains `part`.
    BoolExpr has(Logic logic, Part kind, String part);

    /// How a part can stand in a text.
    enum Part {
        PREFIX {
            @Override
            boolean test(String text, String part) {
                return text.startsWith(part);
            }
        },
        SUFFIX {
            @Override
            boolean test(String text, String part) {
                return text.endsWith(part);
            }
        },
        INSIDE {
            @Override
            boolean test(String text, String part) {
                return text.contains(part);
            }
        };

        abstract boolean test(String text, String part);
    }

    /// A known text.
    record Literal(String value) implements TextValue {
        @Override
        public BoolExpr missing(Logic logic) {
            return logic.no();
        }

        @Override
        public BoolExpr is(Logic logic, String word) {
            return logic.constant(value.equals(word));
        }

        @Override
        public BoolExpr has(Logic logic, Part kind, String part) {
            return logic.constant(kind.test(value, part));
        }
    }

    /// Equal to another.
    static BoolExpr same(Logic logic, TextValue left, TextValue right) {
        return switch (left) {
            case Literal(var value) -> right.is(logic, value);
            case TextVariable a ->
                    switch (right) {
                        case Literal(var value) -> a.is(logic, value);
                        case TextVariable b -> a.same(logic, b);
                    };
        };
    }
}
