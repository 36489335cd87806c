package io.spillway.policy.condition;

import dev.cel.common.CelValidationException;
import dev.cel.common.ast.CelExpr;
import dev.cel.common.ast.CelExpr.ExprKind.Kind;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;

/// The texts that a condition compares one fact with. Needs no registry, so that a file can be
/// checked where there is none.
public final class Mentions {
    private static final Set<String> COMPARISONS = Set.of("_==_", "_!=_", "@in");

    private final List<String> path;
    private final Set<String> found = new HashSet<>();

    private Mentions(String fact) {
        this.path = List.of(fact.split("\\."));
    }

    /// What the conditions compare `fact` with; a condition that is no CEL mentions nothing.
    ///
    /// @param fact such as `model` or `environment.name`
    public static Set<String> of(String fact, Iterable<String> conditions) {
        var mentions = new Mentions(fact);
        var compiler = new CelTypes(Map.of()).compiler(Place.USE);
        for (var condition : conditions) {
            try {
                mentions.walk(compiler.parse(condition).getAst().getExpr());
            } catch (CelValidationException _) {
                // Compiling the file reports it, with its position.
            }
        }
        return mentions.found;
    }

    private void walk(CelExpr expr) {
        switch (expr.getKind()) {
            case CALL -> {
                var call = expr.call();
                if (COMPARISONS.contains(call.function())) {
                    compared(call.args().get(0), call.args().get(1));
                    compared(call.args().get(1), call.args().get(0));
                }
                call.target().ifPresent(this::walk);
                call.args().forEach(this::walk);
            }
            case COMPREHENSION -> walk(expr.comprehension().loopStep());
            case LIST -> expr.list().elements().forEach(this::walk);
            case SELECT -> walk(expr.select().operand());
            case CONSTANT, IDENT, MAP, STRUCT, NOT_SET -> {}
        }
    }

    private void compared(CelExpr fact, CelExpr values) {
        if (!Terms.path(fact).equals(path)) {
            return;
        }
        var all = values.getKind() == Kind.LIST ? values.list().elements() : List.of(values);
        for (var value : all) {
            if (value.getKind() == Kind.CONSTANT
                    && value.constant().getKind()
                            == dev.cel.common.ast.CelConstant.Kind.STRING_VALUE) {
                found.add(value.constant().stringValue());
            }
        }
    }
}
