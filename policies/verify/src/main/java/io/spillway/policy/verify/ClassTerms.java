package io.spillway.policy.verify;

import com.microsoft.z3.BoolExpr;
import io.spillway.api.request.DataClass;
import io.spillway.api.request.Finding;
import io.spillway.policy.condition.Condition;
import io.spillway.policy.condition.Parts;
import io.spillway.policy.condition.Term;
import io.spillway.policy.mask.Maskable;
import io.spillway.policy.rule.RuleSet;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.Predicate;

/// The class of a request, and that of what is left of it once findings are masked.
final class ClassTerms {
    private final Logic logic;
    private final RequestTerms request;
    private final List<Finding> kinds;
    private final Level dataClass;
    private final Level withoutFindings;
    private final Map<Set<String>, Level> masked = new LinkedHashMap<>();

    /// The class is the highest of the floors and of every rule that applies. The floors are free
    /// above the policy's default and the tenant's: key, header and session can ask for anything.
    ClassTerms(Logic logic, RequestTerms request, RuleSet rules, List<Finding> kinds) {
        this.logic = logic;
        this.request = request;
        this.kinds = kinds;
        logic.axiom(request.floor.atLeast(logic, rules.defaultClass()));
        var translation = new ConditionTerms(logic, request, null, null, null);
        var raises = new LinkedHashMap<RuleSet.RaiseRule, Answer>();
        for (var raise : rules.raises()) {
            raises.put(
                    raise,
                    translation
                            .translate(raise.when().condition())
                            .named(logic, raise.source().name()));
        }
        this.withoutFindings =
                atLeast(
                        logic,
                        request.floor,
                        "class without findings",
                        raises,
                        it -> !readsFindings(it));
        this.dataClass = atLeast(logic, request.floor, "class", raises, _ -> true);
    }

    /// The class of the request.
    Level dataClass() {
        return dataClass;
    }

    /// The class of what is left when these types are masked; empty when no entry masks them.
    Optional<Level> afterMasking(Set<String> types) {
        return Optional.ofNullable(masked.get(types));
    }

    private static Level atLeast(
            Logic logic,
            Level floor,
            String name,
            Map<RuleSet.RaiseRule, Answer> raises,
            Predicate<RuleSet.RaiseRule> counted) {
        var atLeast = new ArrayList<BoolExpr>();
        for (var dataClass : DataClass.values()) {
            if (dataClass.ordinal() > 0) {
                var any = new ArrayList<BoolExpr>();
                any.add(floor.atLeast(logic, dataClass));
                raises.forEach((raise, answer) -> {
                    if (counted.test(raise)) {
                        any.add(
                                raise.source().dataClass().covers(dataClass)
                                        ? logic.not(answer.isFalse())
                                        : answer.isError(logic));
                    }
                });
                atLeast.add(logic.define(name + " >= " + dataClass.wire(), logic.or(any)));
            }
        }
        return new Level(atLeast);
    }

    private static boolean readsFindings(RuleSet.RaiseRule raise) {
        var inside = new boolean[1];
        Parts.visit(
                raise.when().condition(),
                it ->
                        inside[0] |=
                                it instanceof Condition.AnyFinding
                                        || it instanceof Condition.EveryFinding
                                        || Parts.terms(it).stream()
                                                .anyMatch(Term.Count.class::isInstance));
        return inside[0];
    }

    /// What is left after masking can have any class from that on which everything but the findings
    /// gives. Where nothing is masked, or the tenant does not let it count, the class stays.
    ///
    /// @param mayMask the tenant lets it count
    void mask(Set<String> types, BoolExpr mayMask) {
        var after = Level.free(logic, "class after masking");
        logic.axiom(after.covers(logic, withoutFindings));
        var there = new ArrayList<BoolExpr>();
        for (int i = 0; i < kinds.size(); i++) {
            if (Maskable.is(kinds.get(i), types)) {
                there.add(request.present.get(i));
            }
        }
        logic.axiom(
                logic.or(
                        after.compare(logic, Condition.Comparison.EQUAL, dataClass),
                        logic.and(logic.or(there), mayMask)));
        masked.put(types, after);
    }
}
