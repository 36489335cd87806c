package io.spillway.policy.verify;

import com.microsoft.z3.BoolExpr;
import com.microsoft.z3.Model;
import io.spillway.api.request.DataClass;
import io.spillway.policy.condition.Condition.Comparison;
import java.util.ArrayList;
import java.util.List;

/// A data class that may be unknown, as one boolean for each class above the lowest: "at least
/// this".
///
/// @param atLeast for the classes from the second on
record Level(List<BoolExpr> atLeast) {
    private static final DataClass[] CLASSES = DataClass.values();

    Level {
        atLeast = List.copyOf(atLeast);
    }

    static Level of(Logic logic, DataClass value) {
        var atLeast = new ArrayList<BoolExpr>();
        for (int i = 1; i < CLASSES.length; i++) {
            atLeast.add(logic.constant(value.ordinal() >= i));
        }
        return new Level(atLeast);
    }

    static Level free(Logic logic, String name) {
        var atLeast = new ArrayList<BoolExpr>();
        for (int i = 1; i < CLASSES.length; i++) {
            var here = logic.free(name + " >= " + CLASSES[i].wire());
            if (i > 1) {
                logic.axiom(logic.implies(here, atLeast.getLast()));
            }
            atLeast.add(here);
        }
        return new Level(atLeast);
    }

    /// At least the class with this ordinal.
    private BoolExpr atLeast(Logic logic, int ordinal) {
        if (ordinal <= 0) {
            return logic.yes();
        }
        return ordinal >= CLASSES.length ? logic.no() : atLeast.get(ordinal - 1);
    }

    BoolExpr atLeast(Logic logic, DataClass value) {
        return atLeast(logic, value.ordinal());
    }

    BoolExpr is(Logic logic, DataClass value) {
        return logic.and(
                atLeast(logic, value.ordinal()), logic.not(atLeast(logic, value.ordinal() + 1)));
    }

    /// Something cleared for this class may see a request of the other.
    BoolExpr covers(Logic logic, Level other) {
        var all = new ArrayList<BoolExpr>();
        for (int i = 1; i < CLASSES.length; i++) {
            all.add(logic.implies(other.atLeast(logic, i), atLeast(logic, i)));
        }
        return logic.and(all);
    }

    BoolExpr compare(Logic logic, Comparison comparison, Level other) {
        return switch (comparison) {
            case EQUAL -> logic.and(covers(logic, other), other.covers(logic, this));
            case NOT_EQUAL -> logic.not(compare(logic, Comparison.EQUAL, other));
            case AT_LEAST -> covers(logic, other);
            case AT_MOST -> other.covers(logic, this);
            case LESS -> logic.not(covers(logic, other));
            case GREATER -> logic.not(other.covers(logic, this));
        };
    }

    /// The class that a model of the solver chose.
    DataClass in(Model model) {
        var found = DataClass.PUBLIC;
        for (int i = 1; i < CLASSES.length; i++) {
            if (model.eval(atLeast.get(i - 1), true).isTrue()) {
                found = CLASSES[i];
            }
        }
        return found;
    }
}
