package io.spillway.policy.condition;

import dev.cel.common.CelAbstractSyntaxTree;
import dev.cel.common.ast.CelExpr;
import dev.cel.common.ast.CelExpr.CelCall;
import dev.cel.common.ast.CelExpr.ExprKind.Kind;
import io.spillway.policy.condition.Condition.Comparison;
import io.spillway.policy.document.Expression;
import io.spillway.policy.document.PolicySet.AttributeDeclaration;
import io.spillway.policy.document.Problems;
import io.spillway.policy.document.Suggestion;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/// Turns one checked CEL tree into a [Condition]. Everything outside the declared subset is a
/// mistake with a position: what is not understood is never skipped.
final class Translation {
    private static final Map<String, Comparison> COMPARISONS =
            Map.of(
                    "_==_", Comparison.EQUAL,
                    "_!=_", Comparison.NOT_EQUAL,
                    "_<_", Comparison.LESS,
                    "_<=_", Comparison.AT_MOST,
                    "_>_", Comparison.GREATER,
                    "_>=_", Comparison.AT_LEAST);

    private final CelAbstractSyntaxTree ast;
    private final Expression expression;
    private final Vocabulary vocabulary;
    private final Terms terms;
    private final Problems problems;
    private boolean failed;

    Translation(
            CelAbstractSyntaxTree ast,
            Expression expression,
            Place place,
            Vocabulary vocabulary,
            Map<String, AttributeDeclaration> attributes,
            Problems problems) {
        this.ast = ast;
        this.expression = expression;
        this.vocabulary = vocabulary;
        this.terms = new Terms(this, place, attributes);
        this.problems = problems;
    }

    Optional<Condition> run() {
        var condition = condition(ast.getExpr(), Set.of());
        return failed ? Optional.empty() : Optional.of(condition);
    }

    /// Reports a mistake and answers with a placeholder, so that the rest is looked at too.
    Condition wrong(CelExpr at, String message, String hint) {
        failed = true;
        int offset = ast.getSource().getPositionsMap().getOrDefault(at.id(), 0);
        problems.add(expression.at(offset), message, hint);
        return new Condition.Always(false);
    }

    /// @param guards optional facts that are known to be there wherever this is evaluated and
    ///   matters
    Condition condition(CelExpr expr, Set<String> guards) {
        return switch (expr.getKind()) {
            case CONSTANT -> new Condition.Always(expr.constant().booleanValue());
            case SELECT ->
                    expr.select().testOnly() ? terms.has(expr) : holds(terms.term(expr, guards));
            case CALL -> call(expr, expr.call(), guards);
            case COMPREHENSION -> quantified(expr, guards);
            case IDENT -> holds(terms.term(expr, guards));
            case LIST, MAP, STRUCT, NOT_SET ->
                    wrong(expr, "this is no condition", "compare it with something");
        };
    }

    private static Condition holds(@Nullable Term term) {
        return term == null ? new Condition.Always(false) : new Condition.Holds(term);
    }

    private Condition call(CelExpr expr, CelCall call, Set<String> guards) {
        var comparison = COMPARISONS.get(call.function());
        if (comparison != null) {
            return compare(expr, comparison, guards);
        }
        return switch (call.function()) {
            case "_&&_" -> both(call.args().get(0), call.args().get(1), guards);
            case "_||_" -> either(call.args().get(0), call.args().get(1), guards);
            case "!_" -> new Condition.Not(condition(call.args().get(0), guards));
            case "@in" -> in(expr, call.args().get(0), call.args().get(1), guards);
            case "startsWith", "endsWith", "contains" -> part(expr, call, guards);
            case "_?_:_" -> wrong(expr, "'?:' is not part of the language", "use && and ||");
            default ->
                    wrong(
                            expr,
                            "'%s' is not part of the language".formatted(call.function()),
                            "use comparisons, in, has, startsWith, endsWith, contains, exists, all"
                                    + " and size");
        };
    }

    private Condition both(CelExpr left, CelExpr right, Set<String> guards) {
        return new Condition.Both(
                condition(left, Guards.with(guards, Guards.whenTrue(right))),
                condition(right, Guards.with(guards, Guards.whenTrue(left))));
    }

    private Condition either(CelExpr left, CelExpr right, Set<String> guards) {
        return new Condition.Either(
                condition(left, Guards.with(guards, Guards.whenFalse(right))),
                condition(right, Guards.with(guards, Guards.whenFalse(left))));
    }

    private Condition compare(CelExpr expr, Comparison comparison, Set<String> guards) {
        var left = expr.call().args().get(0);
        var right = expr.call().args().get(1);
        if (Terms.isJurisdiction(left)) {
            if (Terms.isJurisdiction(right)) {
                return wrong(expr, "a jurisdiction cannot be compared with itself", "");
            }
            var is = jurisdictionIn(List.of(right), guards);
            return comparison == Comparison.EQUAL ? is : new Condition.Not(is);
        }
        var a = terms.term(left, guards);
        var b = terms.term(right, guards);
        if (a == null || b == null) {
            return new Condition.Always(false);
        }
        if (isConstant(a) && isConstant(b)) {
            return wrong(
                    expr,
                    "this compares two constants, so it is always the same",
                    "a fact stands without quotes");
        }
        var complaint = complaint(comparison, a, b);
        if (complaint != null) {
            return wrong(expr, complaint, "use == or !=");
        }
        checkSpelling(a, right, b);
        checkSpelling(b, left, a);
        return new Condition.Compare(comparison, a, b);
    }

    private static @Nullable String complaint(Comparison comparison, Term a, Term b) {
        boolean equality = comparison == Comparison.EQUAL || comparison == Comparison.NOT_EQUAL;
        return switch (a.kind()) {
            case TEXT, FLAG -> equality ? null : "texts and flags have no order";
            case WHOLE, REAL ->
                    a.kind() == b.kind() || isConstant(a) || isConstant(b)
                            ? null
                            : "a whole number cannot be compared with a confidence";
            case DURATION, CLASS -> null;
        };
    }

    private Condition in(CelExpr expr, CelExpr left, CelExpr right, Set<String> guards) {
        if (Terms.path(right).equals(List.of("caller", "roles"))) {
            var role = terms.term(left, guards);
            return role == null ? new Condition.Always(false) : new Condition.HasRole(role);
        }
        if (Terms.path(right).equals(List.of("unscanned"))) {
            var kind = terms.term(left, guards);
            checkKind(left, kind);
            return kind == null ? new Condition.Always(false) : new Condition.Unscanned(kind);
        }
        if (right.getKind() != Kind.LIST) {
            return wrong(
                    right,
                    "'in' needs a list, caller.roles or unscanned",
                    "such as model in ['a', 'b']");
        }
        var elements = right.list().elements();
        if (elements.isEmpty()) {
            return wrong(right, "nothing is in an empty list", "name at least one value");
        }
        if (Terms.isJurisdiction(left)) {
            return jurisdictionIn(elements, guards);
        }
        var term = terms.term(left, guards);
        var choices = new ArrayList<Term>();
        for (var element : elements) {
            var choice = terms.term(element, guards);
            if (choice != null && term != null) {
                choices.add(choice);
                checkKind(element, term, choice);
                checkSpelling(term, element, choice);
            }
        }
        if (term != null
                && isConstant(term)
                && choices.stream().allMatch(Translation::isConstant)) {
            return wrong(
                    expr,
                    "this compares constants, so it is always the same",
                    "a fact stands without quotes");
        }
        return term == null ? new Condition.Always(false) : new Condition.OneOf(term, choices);
    }

    private Condition jurisdictionIn(List<CelExpr> elements, Set<String> guards) {
        var codes = new ArrayList<Term>();
        for (var element : elements) {
            var code = terms.term(element, guards);
            if (code instanceof Term.Text(var text) && !vocabulary.jurisdictions().contains(text)) {
                wrong(
                        element,
                        "there is no jurisdiction '%s'".formatted(text),
                        Jurisdictions.hint(text));
            }
            if (code != null) {
                checkKind(element, new Term.Text(""), code);
                codes.add(code);
            }
        }
        return new Condition.JurisdictionIn(codes);
    }

    private Condition part(CelExpr expr, CelCall call, Set<String> guards) {
        var target = call.target();
        if (target.isEmpty()) {
            return wrong(expr, "'%s' needs a text before it".formatted(call.function()), "");
        }
        var text = terms.term(target.get(), guards);
        var part = terms.term(call.args().get(0), guards);
        if (text == null || part == null) {
            return new Condition.Always(false);
        }
        return switch (call.function()) {
            case "startsWith" -> new Condition.Prefix(text, part);
            case "endsWith" -> new Condition.Suffix(text, part);
            default -> new Condition.Contains(text, part);
        };
    }

    private Condition quantified(CelExpr expr, Set<String> guards) {
        var loop = findingsLoop(expr, guards);
        if (loop == null) {
            return new Condition.Always(false);
        }
        return switch (loop.macro()) {
            case "exists" -> new Condition.AnyFinding(loop.condition());
            case "all" -> new Condition.EveryFinding(loop.condition());
            default ->
                    wrong(
                            expr,
                            "a list of findings is no condition",
                            "write exists(...) or size(...) > 0");
        };
    }

    /// @param macro `exists`, `all` or `filter`
    /// @param condition what is asked of each finding
    record FindingsLoop(String macro, Condition condition) {}

    /// Reads a loop over the findings, null when it is none that the language has.
    @Nullable FindingsLoop findingsLoop(CelExpr expr, Set<String> guards) {
        var macro = ast.getSource().getMacroCalls().get(expr.id());
        var loop = expr.comprehension();
        if (macro == null) {
            wrong(expr, "this loop is not part of the language", "");
            return null;
        }
        var name = macro.call().function();
        if (!Terms.path(loop.iterRange()).equals(List.of("findings"))) {
            wrong(
                    loop.iterRange(),
                    "'%s' asks findings only".formatted(name),
                    "of roles ask: 'admin' in caller.roles");
            return null;
        }
        if (!terms.enterLoop(loop.iterVar())) {
            wrong(
                    expr,
                    terms.inLoop()
                            ? "loops over findings cannot stand inside one another"
                            : "'%s' has a meaning already".formatted(loop.iterVar()),
                    terms.inLoop() ? "join two exists with &&" : "name the finding 'f'");
            return null;
        }
        var step = loop.loopStep().call().args();
        var condition = condition(name.equals("filter") ? step.get(0) : step.get(1), guards);
        terms.leaveLoop();
        return new FindingsLoop(name, condition);
    }

    /// A list of several kinds passes the type check as one of anything.
    private void checkKind(CelExpr at, Term term, Term choice) {
        boolean numbers = isNumber(term) && isNumber(choice);
        if (term.kind() != choice.kind() && !numbers) {
            wrong(at, "this is of another kind than what is looked for", "name values of one kind");
        }
    }

    private static boolean isNumber(Term term) {
        return term.kind() == Term.Kind.WHOLE || term.kind() == Term.Kind.REAL;
    }

    /// Refuses a literal that a fact can never be equal to.
    private void checkSpelling(Term fact, CelExpr literalAt, Term literal) {
        if (literal instanceof Term.Text(var text)) {
            var values = vocabulary.values(fact);
            if (values.isPresent() && !values.get().contains(text)) {
                wrong(
                        literalAt,
                        "'%s' is never '%s'".formatted(Terms.name(fact), text),
                        Suggestion.hint(text, values.get()));
            }
        }
        if (fact instanceof Term.Clock(var part, _)
                && literal instanceof Term.Whole(var number)
                && (number < 0 || number > part.largest())) {
            wrong(
                    literalAt,
                    "'%s' is 0 to %d".formatted(part.cel(), part.largest()),
                    "compare it with a number it can be");
        }
    }

    private void checkKind(CelExpr at, @Nullable Term kind) {
        if (kind instanceof Term.Text(var text) && !Vocabulary.unscanned().contains(text)) {
            wrong(
                    at,
                    "there is no kind of unscanned content '%s'".formatted(text),
                    Suggestion.hint(text, Vocabulary.unscanned()));
        }
    }

    private static boolean isConstant(Term term) {
        return switch (term) {
            case Term.Text _,
                    Term.Whole _,
                    Term.Real _,
                    Term.Span _,
                    Term.ClassName _,
                    Term.Flag _ ->
                    true;
            case Term.Read _, Term.Attribute _, Term.Clock _, Term.Count _ -> false;
        };
    }
}
