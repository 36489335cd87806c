package io.spillway.policy.verify;

import com.microsoft.z3.BoolExpr;
import com.microsoft.z3.Context;
import com.microsoft.z3.Model;
import io.spillway.policy.CompiledPolicy;
import io.spillway.policy.condition.Condition;
import io.spillway.policy.features.Features;
import io.spillway.policy.rule.RuleSet;
import io.spillway.policy.verify.PolicyTerms.GuardParts;
import io.spillway.policy.verify.PolicyTerms.Way;
import io.spillway.policy.verify.Proof.Bound;
import io.spillway.policy.verify.Proof.Counterexample;
import io.spillway.policy.verify.Proof.InvariantResult;
import io.spillway.policy.verify.Proof.Outcome;
import io.spillway.policy.verify.Questions.Reply;
import java.time.Duration;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/// One verification of one policy.
final class Verification {
    private static final Map<GuardTerms.Part, String> BUILT_IN =
            Map.of(
                    GuardTerms.Part.CLEARANCE,
                    "a class in an environment of lower clearance",
                    GuardTerms.Part.GRANTS,
                    "a public environment that tenant, key and model do not all grant",
                    GuardTerms.Part.JURISDICTIONS,
                    "a public environment outside the caller's jurisdictions",
                    GuardTerms.Part.UNSCANNED,
                    "content that was not scanned in a public environment, without a grant");

    private final Logic logic;
    private final Inventory inventory;
    private final RuleSet rules;
    private final PolicyTerms policy;
    private final Examples examples;
    private final Replay replay;
    private final List<Invariant> invariants = new ArrayList<>();
    private final Matrix matrix;
    private final Review review;
    private final Questions questions;
    private final long deadlineNanos;

    /// @param broken where it does not hold
    /// @param confirm asks the engine whether it does not hold for a request that got somewhere
    private record Invariant(
            String never,
            boolean builtIn,
            Function<Way, BoolExpr> broken,
            Confirmation confirm,
            BoolExpr rulesAlone,
            BoolExpr withGuard) {}

    private interface Confirmation {
        boolean holds(Features features, String environment, Set<String> mask);
    }

    Verification(
            Context z3,
            CompiledPolicy compiled,
            Inventory inventory,
            Duration limit,
            GuardParts parts) {
        this.logic = new Logic(z3);
        this.inventory = inventory;
        this.rules = compiled.rules();
        var words = new Words();
        this.policy = new PolicyTerms(logic, words, compiled, inventory, parts);
        this.examples = new Examples(policy, inventory);
        this.replay = new Replay(rules);
        for (var never : rules.invariants()) {
            own(never.never().text(), never.never().condition());
        }
        for (var part : GuardTerms.Part.values()) {
            builtIn(part);
        }
        this.matrix = new Matrix(logic, policy, inventory, examples, replay);
        this.review = new Review(logic, policy, examples, replay);
        words.close(logic);
        this.deadlineNanos = System.nanoTime() + limit.toNanos();
        this.questions = new Questions(logic, deadlineNanos);
    }

    Proof proof(String name, Bound bound) {
        var results = invariants.stream().map(this::result).toList();
        var verdict =
                results.stream()
                        .map(it -> it.withGuard().verdict())
                        .reduce(Verdict.PROVED, Verdict::and);
        var warnings = new ArrayList<Proof.Warning>();
        for (var it : results) {
            if (!it.builtIn()
                    && it.rulesAlone().verdict() == Verdict.VIOLATED
                    && it.withGuard().verdict() == Verdict.PROVED) {
                var example = it.rulesAlone().counterexample();
                warnings.add(
                        new Proof.Warning(
                                Proof.WarningKind.GUARD_ONLY,
                                "never " + it.never(),
                                "the rules alone do not uphold it; grants and clearances do, and"
                                        + " those change more often",
                                example == null ? null : example.features()));
            }
        }
        var cells = matrix.cells(questions);
        warnings.addAll(review.warnings(questions, matrix.witnesses()));
        warnings.addAll(review.widening(questions, () -> new Questions(logic, deadlineNanos)));
        return new Proof(name, bound, verdict, results, warnings, cells);
    }

    private void own(String text, Condition never) {
        var byPlace = new LinkedHashMap<List<Object>, BoolExpr>();
        Function<Way, BoolExpr> broken =
                way ->
                        byPlace.computeIfAbsent(
                                List.of(way.place(), way.dataClass()),
                                _ ->
                                        logic.define(
                                                "broken at " + way.place().label(),
                                                policy.violates(
                                                        never, way.place(), way.dataClass())));
        add(
                text,
                false,
                broken,
                (features, environment, mask) ->
                        replay.violates(features, never, environment, mask));
    }

    private void builtIn(GuardTerms.Part part) {
        Function<Way, BoolExpr> broken =
                way -> logic.not(policy.guard.check(part, way.place(), way.dataClass(), null));
        add(
                BUILT_IN.getOrDefault(part, ""),
                true,
                broken,
                (features, environment, _) -> !replay.guarded(features).contains(environment));
    }

    private void add(
            String never, boolean builtIn, Function<Way, BoolExpr> broken, Confirmation confirm) {
        var rulesAlone = new ArrayList<BoolExpr>();
        var withGuard = new ArrayList<BoolExpr>();
        for (var way : policy.ways()) {
            var here = broken.apply(way);
            rulesAlone.add(logic.and(way.taken(), here));
            withGuard.add(
                    logic.and(builtIn ? policy.guarded(way, null) : policy.guarded(way), here));
        }
        invariants.add(
                new Invariant(
                        never,
                        builtIn,
                        broken,
                        confirm,
                        logic.define("broken by rules", logic.or(rulesAlone)),
                        logic.define("broken past the guard", logic.or(withGuard))));
    }

    private InvariantResult result(Invariant invariant) {
        return new InvariantResult(
                invariant.never(),
                invariant.builtIn(),
                outcome(invariant, invariant.rulesAlone(), false),
                outcome(invariant, invariant.withGuard(), true));
    }

    private Outcome outcome(Invariant invariant, BoolExpr broken, boolean guarded) {
        return switch (questions.ask(broken)) {
            case Reply.None _ -> Outcome.PROVED;
            case Reply.Unknown(var why) -> new Outcome(Verdict.UNDECIDED, why, null);
            case Reply.Some(var model) -> {
                var found = counterexample(model, invariant, guarded);
                yield found == null
                        ? new Outcome(
                                Verdict.UNDECIDED,
                                "the solver found a request that the engine does not confirm",
                                null)
                        : new Outcome(
                                Verdict.VIOLATED,
                                "rule %s, %s lets a request of class %s into %s"
                                        .formatted(
                                                found.rule(),
                                                found.entry(),
                                                found.dataClass().wire(),
                                                place(found)),
                                found);
            }
        };
    }

    /// The name of the place, and what it is where nobody has seen it yet.
    private String place(Counterexample found) {
        var name = found.environment();
        var places = found.features().environments();
        return inventory.environments().stream().anyMatch(it -> it.name().equals(name))
                ? name
                : places.stream()
                        .filter(it -> it.name().equals(name))
                        .map(it ->
                                "'%s', which stands for any %s environment that may still appear"
                                        .formatted(name, it.zone().wire()))
                        .findFirst()
                        .orElse(name);
    }

    private @Nullable Counterexample counterexample(
            Model model, Invariant invariant, boolean guarded) {
        for (var way : policy.taken(model)) {
            if (!holds(model, invariant.broken().apply(way))) {
                continue;
            }
            var models = new ArrayList<@Nullable String>();
            models.add(null);
            models.addAll(policy.degraded.keySet());
            for (var servedAs : models) {
                if (!guarded || holds(model, policy.guarded(way, servedAs))) {
                    var found = confirmed(model, invariant, way, servedAs, guarded);
                    if (found != null) {
                        return found;
                    }
                }
            }
        }
        return null;
    }

    private @Nullable Counterexample confirmed(
            Model model, Invariant invariant, Way way, @Nullable String servedAs, boolean guarded) {
        var features = examples.of(model, way, servedAs);
        var environment = examples.name(model, way.place());
        var use = way.rule().use().get(way.entry());
        var there = guarded ? replay.guarded(features) : replay.selection(features).environments();
        // Past the guard, getting there at all breaks a built-in invariant.
        boolean broken =
                (invariant.builtIn() && guarded)
                        || invariant.confirm().holds(features, environment, use.mask());
        if (!there.contains(environment) || !broken) {
            return null;
        }
        return new Counterexample(
                way.rule().name(),
                use.label(),
                environment,
                replay.seen(features, environment, use.mask()),
                features);
    }

    private static boolean holds(Model model, BoolExpr expr) {
        return model.eval(expr, true).isTrue();
    }

    /// A request for every way of the policy that can be gone, confirmed by the engine or not.
    List<Reached> reached() {
        var all = new ArrayList<Reached>();
        for (var way : policy.ways()) {
            if (questions.ask(policy.guarded(way, null)) instanceof Reply.Some(var model)) {
                var features = examples.of(model, way, null);
                var name = examples.name(model, way.place());
                all.add(
                        new Reached(
                                way.rule().name(),
                                name,
                                features,
                                replay.guarded(features).contains(name)));
            }
        }
        return all;
    }

    /// @param confirmed the engine lets the request in
    record Reached(String rule, String environment, Features features, boolean confirmed) {}

    RuleSet rules() {
        return rules;
    }
}
