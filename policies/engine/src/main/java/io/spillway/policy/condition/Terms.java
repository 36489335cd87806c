package io.spillway.policy.condition;

import dev.cel.common.ast.CelExpr;
import dev.cel.common.ast.CelExpr.CelCall;
import dev.cel.common.ast.CelExpr.ExprKind.Kind;
import io.spillway.api.request.DataClass;
import io.spillway.policy.document.Durations;
import io.spillway.policy.document.PolicySet.AttributeDeclaration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/// Turns the values inside a checked CEL tree into [Term]s.
final class Terms {
    /// From here on numbers lose digits when whole ones are compared with real ones.
    private static final long LARGEST = 1L << 53;

    private static final List<String> JURISDICTION = List.of("environment", "jurisdiction");

    private final Translation translation;
    private final Place place;
    private final Map<String, AttributeDeclaration> attributes;
    private String loopVariable = "";

    Terms(Translation translation, Place place, Map<String, AttributeDeclaration> attributes) {
        this.translation = translation;
        this.place = place;
        this.attributes = attributes;
    }

    /// Begins a loop whose findings go by `variable`.
    ///
    /// @return false inside another loop, or when the name has a meaning already
    boolean enterLoop(String variable) {
        boolean taken = DataClass.parse(variable).isPresent();
        for (var place : Place.values()) {
            taken |= place.variables().contains(variable);
        }
        if (inLoop() || taken) {
            return false;
        }
        loopVariable = variable;
        return true;
    }

    void leaveLoop() {
        loopVariable = "";
    }

    boolean inLoop() {
        return !loopVariable.isEmpty();
    }

    /// `a.b.c` as its names; empty when the expression is anything else.
    static List<String> path(CelExpr expr) {
        var names = new ArrayList<String>();
        var at = expr;
        while (at.getKind() == Kind.SELECT) {
            names.addFirst(at.select().field());
            at = at.select().operand();
        }
        if (at.getKind() != Kind.IDENT) {
            return List.of();
        }
        names.addFirst(at.ident().name());
        return names;
    }

    static boolean isJurisdiction(CelExpr expr) {
        return path(expr).equals(JURISDICTION);
    }

    /// How a condition spells a term, for messages.
    static String name(Term term) {
        return switch (term) {
            case Term.Read(var fact) -> fact.cel();
            case Term.Clock(var part, _) -> part.cel();
            case Term.Attribute(var name, _) -> "caller.attributes." + name;
            default -> "this";
        };
    }

    /// Null when it is none; then a mistake was reported.
    @Nullable Term term(CelExpr expr, Set<String> guards) {
        return switch (expr.getKind()) {
            case CONSTANT -> constant(expr);
            case IDENT, SELECT -> fact(expr, guards);
            case CALL -> call(expr, expr.call(), guards);
            case COMPREHENSION, LIST, MAP, STRUCT, NOT_SET ->
                    none(expr, "this value cannot be compared", "");
        };
    }

    Condition has(CelExpr expr) {
        var path = path(expr);
        if (path.equals(List.of("caller", "team"))) {
            return new Condition.Has(new Term.Read(Fact.TEAM));
        }
        var attribute = attribute(path);
        return attribute.isPresent()
                ? new Condition.Has(attribute.get())
                : translation.wrong(
                        expr,
                        "'%s' is always there".formatted(String.join(".", path)),
                        "has() asks for caller.team and for caller.attributes");
    }

    private Optional<Term> attribute(List<String> path) {
        if (path.size() != 3 || !path.subList(0, 2).equals(List.of("caller", "attributes"))) {
            return Optional.empty();
        }
        var declaration = attributes.get(path.get(2));
        if (declaration == null) {
            return Optional.empty();
        }
        return Optional.of(
                new Term.Attribute(
                        path.get(2),
                        switch (declaration.type()) {
                            case STRING -> Term.Kind.TEXT;
                            case INT -> Term.Kind.WHOLE;
                            case BOOL -> Term.Kind.FLAG;
                        }));
    }

    private @Nullable Term constant(CelExpr expr) {
        var constant = expr.constant();
        return switch (constant.getKind()) {
            case STRING_VALUE -> new Term.Text(constant.stringValue());
            case BOOLEAN_VALUE -> new Term.Flag(constant.booleanValue());
            case DOUBLE_VALUE ->
                    Math.abs(constant.doubleValue()) < LARGEST
                            ? new Term.Real(constant.doubleValue())
                            : none(expr, "this number is too large", "");
            case INT64_VALUE ->
                    Math.abs(constant.int64Value()) > LARGEST
                                    || constant.int64Value() == Long.MIN_VALUE
                            ? none(expr, "this number is too large", "")
                            : new Term.Whole(constant.int64Value());
            default -> none(expr, "this kind of value is not part of the language", "");
        };
    }

    private @Nullable Term fact(CelExpr expr, Set<String> guards) {
        var path = path(expr);
        var dotted = String.join(".", path);
        if (path.size() == 2 && path.getFirst().equals(loopVariable)) {
            return finding(path.get(1));
        }
        if (path.size() == 1) {
            var dataClass = DataClass.parse(dotted);
            if (dataClass.isPresent()) {
                return new Term.ClassName(dataClass.get());
            }
        }
        var attribute = attribute(path);
        if (attribute.isPresent()) {
            var declaration = attributes.get(path.get(2));
            boolean optional = declaration != null && declaration.optional();
            return optional && !guards.contains(dotted) ? unguarded(expr, dotted) : attribute.get();
        }
        for (var fact : Fact.values()) {
            if (fact.cel().equals(dotted)) {
                return fact == Fact.TEAM && !guards.contains(dotted)
                        ? unguarded(expr, dotted)
                        : new Term.Read(fact);
            }
        }
        if (isJurisdiction(expr)) {
            return none(
                    expr,
                    "a jurisdiction can only be asked with in, == and !=",
                    "write environment.jurisdiction in ['DE', 'FR']");
        }
        return none(
                expr,
                "'%s' cannot be compared".formatted(dotted.isEmpty() ? "this" : dotted),
                dotted.equals("findings") ? "write size(findings) or findings.exists(f, ...)" : "");
    }

    private @Nullable Term unguarded(CelExpr expr, String dotted) {
        return none(
                expr,
                "not every caller has '%s'".formatted(dotted),
                "write has(%s) && ...".formatted(dotted));
    }

    private static @Nullable Term finding(String field) {
        return switch (field) {
            case "type" -> new Term.Read(Fact.FINDING_TYPE);
            case "category" -> new Term.Read(Fact.FINDING_CATEGORY);
            case "confidence" -> new Term.Read(Fact.FINDING_CONFIDENCE);
            default -> null; // the type check knows no other field
        };
    }

    private @Nullable Term call(CelExpr expr, CelCall call, Set<String> guards) {
        return switch (call.function()) {
            case "size" -> size(expr, call.target().orElseGet(() -> call.args().get(0)), guards);
            case "duration" -> duration(expr, call);
            case "hour", "minuteOfDay", "weekday" -> clock(expr, call);
            case "_+_", "_-_", "_*_", "_/_", "_%_", "-_" ->
                    none(expr, "a condition cannot calculate", "write the result");
            default ->
                    none(
                            expr,
                            "'%s' is not part of the language".formatted(call.function()),
                            "use facts, constants, size(...), duration('...'), hour('ZONE') and"
                                    + " weekday('ZONE')");
        };
    }

    private @Nullable Term size(CelExpr expr, CelExpr of, Set<String> guards) {
        if (path(of).equals(List.of("findings"))) {
            return new Term.Count(null);
        }
        if (of.getKind() == Kind.COMPREHENSION) {
            var loop = translation.findingsLoop(of, guards);
            if (loop == null) {
                return null;
            }
            if (loop.macro().equals("filter")) {
                return new Term.Count(loop.condition());
            }
        }
        return none(expr, "'size' counts findings only", "write size(findings.filter(f, ...))");
    }

    private @Nullable Term clock(CelExpr expr, CelCall call) {
        if (!place.clock()) {
            return none(
                    expr,
                    "'%s' cannot be read in %s".formatted(call.function(), place.words()),
                    "the time can be read in %s".formatted(clockPlaces()));
        }
        var argument = call.args().get(0);
        if (argument.getKind() != Kind.CONSTANT) {
            return none(argument, "a zone must be a constant", "such as 'Europe/Berlin'");
        }
        var zone = argument.constant().stringValue();
        if (!Zones.known(zone)) {
            return none(argument, "there is no time zone '%s'".formatted(zone), Zones.hint(zone));
        }
        for (var part : ClockPart.values()) {
            if (part.cel().equals(call.function())) {
                return new Term.Clock(part, zone);
            }
        }
        throw new IllegalStateException("no clock reads " + call.function());
    }

    private static String clockPlaces() {
        return String.join(
                " and ",
                Arrays.stream(Place.values()).filter(Place::clock).map(Place::words).toList());
    }

    private @Nullable Term duration(CelExpr expr, CelCall call) {
        var argument = call.args().get(0);
        if (argument.getKind() == Kind.CONSTANT) {
            try {
                return new Term.Span(Durations.parse(argument.constant().stringValue()).toNanos());
            } catch (IllegalArgumentException e) {
                return none(argument, String.valueOf(e.getMessage()), "such as '1500ms' or '2s'");
            }
        }
        return none(expr, "a duration must be a constant", "such as duration('1500ms')");
    }

    private @Nullable Term none(CelExpr at, String message, String hint) {
        translation.wrong(at, message, hint);
        return null;
    }
}
