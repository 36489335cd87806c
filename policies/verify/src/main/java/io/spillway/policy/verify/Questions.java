package io.spillway.policy.verify;

import com.microsoft.z3.BoolExpr;
import com.microsoft.z3.Model;
import com.microsoft.z3.Solver;
import com.microsoft.z3.Status;
import java.util.Arrays;
import java.util.List;
import java.util.stream.Stream;

/// Asks the solver, within a time limit for all questions together.
final class Questions {
    private final Logic logic;
    private final Solver solver;
    private final long deadlineNanos;

    /// What the solver says.
    sealed interface Reply {
        /// There is no such request.
        record None() implements Reply {}

        /// There is one.
        record Some(Model model) implements Reply {}

        /// Not known.
        record Unknown(String why) implements Reply {}
    }

    /// Takes over all axioms stated so far; none may be stated later.
    ///
    /// @param deadlineNanos when to stop, as [System#nanoTime] tells it
    Questions(Logic logic, long deadlineNanos) {
        this.logic = logic;
        this.deadlineNanos = deadlineNanos;
        this.solver = logic.z3().mkSolver("QF_FD");
        solver.add(logic.axioms().toArray(BoolExpr[]::new));
    }

    /// Asks for a request for which all of this holds.
    Reply ask(BoolExpr... all) {
        return ask(Arrays.asList(all));
    }

    Reply ask(List<BoolExpr> all) {
        if (all.contains(logic.no())) {
            return new Reply.None();
        }
        long leftMillis = (deadlineNanos - System.nanoTime()) / 1_000_000;
        if (leftMillis <= 0) {
            return new Reply.Unknown("out of time");
        }
        var parameters = logic.z3().mkParams();
        parameters.add("timeout", (int) Math.min(Integer.MAX_VALUE, leftMillis));
        solver.setParameters(parameters);
        // The solver takes literals only; what was put together goes apart again.
        var assumptions = all.stream().flatMap(this::literals).toArray(BoolExpr[]::new);
        return switch (solver.check(assumptions)) {
            case Status.UNSATISFIABLE -> new Reply.None();
            case Status.SATISFIABLE -> new Reply.Some(solver.getModel());
            case Status.UNKNOWN -> {
                var why = solver.getReasonUnknown();
                yield new Reply.Unknown(
                        why.contains("timeout") || why.contains("cancel") ? "out of time" : why);
            }
        };
    }

    private Stream<BoolExpr> literals(BoolExpr expr) {
        if (expr == logic.yes()) {
            return Stream.empty();
        }
        return expr.isAnd()
                ? Arrays.stream(expr.getArgs()).map(BoolExpr.class::cast).flatMap(this::literals)
                : Stream.of(expr);
    }
}
