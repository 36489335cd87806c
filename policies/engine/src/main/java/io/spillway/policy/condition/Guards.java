package io.spillway.policy.condition;

import dev.cel.common.ast.CelExpr;
import dev.cel.common.ast.CelExpr.ExprKind.Kind;
import java.util.HashSet;
import java.util.Set;

/// Which optional facts a condition has asked `has()` for.
///
/// In `a && b` the outcome of `b` matters only where `a` is true, and the other way round, because
/// a false side absorbs an error on the other; likewise for `||` and false.
final class Guards {
    private Guards() {}

    static Set<String> with(Set<String> guards, Set<String> more) {
        if (more.isEmpty()) {
            return guards;
        }
        var all = new HashSet<>(guards);
        all.addAll(more);
        return all;
    }

    /// What is known to be there when the expression is true.
    static Set<String> whenTrue(CelExpr expr) {
        if (expr.getKind() == Kind.SELECT && expr.select().testOnly()) {
            return Set.of(String.join(".", Terms.path(expr)));
        }
        return switch (function(expr)) {
            case "_&&_" ->
                    with(whenTrue(expr.call().args().get(0)), whenTrue(expr.call().args().get(1)));
            case "!_" -> whenFalse(expr.call().args().get(0));
            default -> Set.of();
        };
    }

    /// What is known to be there when the expression is false.
    static Set<String> whenFalse(CelExpr expr) {
        return switch (function(expr)) {
            case "_||_" ->
                    with(
                            whenFalse(expr.call().args().get(0)),
                            whenFalse(expr.call().args().get(1)));
            case "!_" -> whenTrue(expr.call().args().get(0));
            default -> Set.of();
        };
    }

    private static String function(CelExpr expr) {
        return expr.getKind() == Kind.CALL ? expr.call().function() : "";
    }
}
