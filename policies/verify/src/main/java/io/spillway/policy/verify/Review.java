package io.spillway.policy.verify;

import com.microsoft.z3.BoolExpr;
import io.spillway.api.environment.Zone;
import io.spillway.api.request.DataClass;
import io.spillway.policy.condition.Fact;
import io.spillway.policy.condition.Term;
import io.spillway.policy.features.Features;
import io.spillway.policy.verify.PolicyTerms.RuleTerms;
import io.spillway.policy.verify.PolicyTerms.Way;
import io.spillway.policy.verify.Proof.Warning;
import io.spillway.policy.verify.Proof.WarningKind;
import io.spillway.policy.verify.Questions.Reply;
import java.util.ArrayList;
import java.util.EnumMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.Supplier;

/// What is allowed but probably not meant: rules that never apply, requests that no rule matches,
/// and places that open up when the class rises.
final class Review {
    private final Logic logic;
    private final PolicyTerms policy;
    private final Examples examples;
    private final Replay replay;
    private final BoolExpr unanswered;
    private final Leaving leaving;
    private final Map<DataClass, Leaving> byClass = new EnumMap<>(DataClass.class);

    /// @param ways to public places
    /// @param any one of them is taken
    private record Leaving(List<Way> ways, BoolExpr any) {}

    private record Pair(DataClass lower, DataClass higher, Leaving asLower, Leaving asHigher) {}

    Review(Logic logic, PolicyTerms policy, Examples examples, Replay replay) {
        this.logic = logic;
        this.policy = policy;
        this.examples = examples;
        this.replay = replay;
        this.unanswered =
                logic.define(
                        "a rule has no answer",
                        logic.or(
                                policy.placement.stream()
                                        .map(it -> logic.and(it.asked(), it.when().isError(logic)))
                                        .toList()));
        this.leaving = leaving(policy.placement, "");
    }

    List<Warning> warnings(Questions questions, Witnesses witnesses) {
        var found = new ArrayList<Warning>();
        for (var rule : policy.placement) {
            rule(rule, questions, witnesses, found);
        }
        gaps(questions, found);
        return found;
    }

    /// Where a request of a higher class may leave and one of a lower may not.
    ///
    /// To ask that, placement is translated once more for either class. Most policies give no
    /// reason to: nothing has the lower class, or nothing of the higher leaves.
    ///
    /// @param next starts a solver with all that was stated so far
    List<Warning> widening(Questions questions, Supplier<Questions> next) {
        var found = new ArrayList<Warning>();
        if (!policy.asked.reads(new Term.Read(Fact.DATA_CLASS)::equals)) {
            return found;
        }
        var pairs = new ArrayList<Pair>();
        for (var higher : DataClass.values()) {
            if (higher != DataClass.PUBLIC) {
                var lower = DataClass.values()[higher.ordinal() - 1];
                boolean possible =
                        !(questions.ask(is(lower)) instanceof Reply.None)
                                && !(questions.ask(is(higher), leaving.any())
                                        instanceof Reply.None);
                if (possible) {
                    pairs.add(new Pair(lower, higher, leaving(lower), leaving(higher)));
                }
            }
        }
        if (!pairs.isEmpty()) {
            var more = next.get();
            pairs.forEach(it -> widening(it, more, found));
        }
        return found;
    }

    private BoolExpr is(DataClass dataClass) {
        return policy.classes.dataClass().is(logic, dataClass);
    }

    /// What would leave if the class were this one.
    private Leaving leaving(DataClass dataClass) {
        return byClass.computeIfAbsent(
                dataClass,
                it -> {
                    var placement = new ArrayList<RuleTerms>();
                    var suffix = " as " + it.wire();
                    policy.place(Level.of(logic, it), placement, suffix);
                    return leaving(placement, suffix);
                });
    }

    private Leaving leaving(List<RuleTerms> placement, String suffix) {
        var ways =
                placement.stream()
                        .flatMap(it -> it.ways().stream())
                        .filter(it -> it.place().zone() == Zone.PUBLIC)
                        .toList();
        return new Leaving(
                ways,
                logic.define("leaves" + suffix, logic.or(ways.stream().map(Way::taken).toList())));
    }

    private void rule(
            RuleTerms rule, Questions questions, Witnesses witnesses, List<Warning> found) {
        var subject = "rule " + rule.rule().name();
        var idle = idle(rule, questions, witnesses);
        if (witnesses.decides(rule.rule().name())) {
            entries(rule, idle, questions, found);
            return;
        }
        switch (questions.ask(rule.decides())) {
            case Reply.Some _ -> entries(rule, idle, questions, found);
            case Reply.Unknown(var why) ->
                    found.add(new Warning(WarningKind.NOT_CHECKED, subject, why, null));
            case Reply.None _ -> {
                boolean shadowed = questions.ask(rule.when().isTrue()) instanceof Reply.Some;
                found.add(
                        shadowed
                                ? new Warning(
                                        WarningKind.SHADOWED,
                                        subject,
                                        "earlier rules decide every request that it matches; move"
                                                + " it up or delete it",
                                        null)
                                : new Warning(
                                        WarningKind.UNREACHABLE,
                                        subject,
                                        "no request matches it",
                                        null));
            }
        }
    }

    /// Entries that select nothing. The last is looked at first: a request that takes it shows that
    /// the rule decides, and most often takes the others too.
    private Set<Integer> idle(RuleTerms rule, Questions questions, Witnesses witnesses) {
        var idle = new HashSet<Integer>();
        for (int entry = rule.rule().use().size() - 1; entry >= 0; entry--) {
            if (!witnesses.selects(rule.rule().name(), entry)
                    && taken(ways(rule, entry), questions, witnesses) instanceof Reply.None) {
                idle.add(entry);
            }
        }
        return idle;
    }

    private static List<Way> ways(RuleTerms rule, int entry) {
        return rule.ways().stream().filter(it -> it.entry() == entry).toList();
    }

    /// Asks for each in turn: a disjunction would have to be named before the first question.
    private Reply taken(List<Way> any, Questions questions, Witnesses witnesses) {
        Reply last = new Reply.None();
        for (var one : any) {
            var reply = questions.ask(one.taken());
            if (reply instanceof Reply.Some(var model)) {
                policy.taken(model).forEach(it -> witnesses.add(it.rule().name(), it.entry()));
                return reply;
            }
            last = reply instanceof Reply.Unknown ? reply : last;
        }
        return last;
    }

    private void entries(
            RuleTerms rule, Set<Integer> idle, Questions questions, List<Warning> found) {
        for (int entry = 0; entry < rule.rule().use().size(); entry++) {
            var subject =
                    "rule %s, %s"
                            .formatted(rule.rule().name(), rule.rule().use().get(entry).label());
            if (idle.contains(entry)) {
                found.add(new Warning(WarningKind.UNREACHABLE, subject, "it never applies", null));
            } else if (!adds(rule, ways(rule, entry), questions)) {
                found.add(
                        new Warning(
                                WarningKind.SHADOWED,
                                subject,
                                "earlier entries select all that it selects",
                                null));
            }
        }
    }

    /// The entry, which does select something, selects something that no entry before it selects.
    private boolean adds(RuleTerms rule, List<Way> ways, Questions questions) {
        return ways.stream().allMatch(it -> earlier(rule, it).isEmpty())
                || ways.stream().anyMatch(it -> addsTo(earlier(rule, it), it, questions));
    }

    private static List<Way> earlier(RuleTerms rule, Way way) {
        return rule.ways().stream()
                .filter(it -> it.entry() < way.entry() && it.place() == way.place())
                .toList();
    }

    private boolean addsTo(List<Way> earlier, Way way, Questions questions) {
        var all = new ArrayList<BoolExpr>();
        all.add(way.taken());
        earlier.forEach(it -> all.add(logic.not(it.taken())));
        return !(questions.ask(all) instanceof Reply.None);
    }

    private void gaps(Questions questions, List<Warning> found) {
        if (questions.ask(policy.unmatched) instanceof Reply.Some(var model)) {
            var features = examples.of(model, null, null);
            if (rule(features).isEmpty()) {
                found.add(
                        new Warning(
                                WarningKind.GAP,
                                "placement",
                                "some requests match no rule and are denied; end with a rule"
                                        + " without 'when', or say that you mean it",
                                features));
            }
        }
        if (questions.ask(unanswered) instanceof Reply.Some(var model)) {
            var features = examples.of(model, null, null);
            var rule = rule(features);
            found.add(
                    new Warning(
                            WarningKind.GAP,
                            "rule " + rule,
                            "for some requests its 'when' cannot be evaluated, which denies them;"
                                    + " ask has() for what may be missing",
                            features));
        }
    }

    private String rule(Features features) {
        return replay.place(features, replay.classify(features)).decision().explanation().rule();
    }

    /// A warning only when the engine confirms it for one request.
    private void widening(Pair pair, Questions questions, List<Warning> found) {
        var lower = pair.lower();
        var higher = pair.higher();
        var asked =
                questions.ask(is(lower), pair.asHigher().any(), logic.not(pair.asLower().any()));
        if (!(asked instanceof Reply.Some(var model))) {
            return;
        }
        var way =
                pair.asHigher().ways().stream()
                        .filter(it -> model.eval(it.taken(), true).isTrue())
                        .findFirst()
                        .orElseThrow();
        var features = examples.of(model, way, null);
        var raised = declared(features, higher);
        if (leaves(raised) && !leaves(features)) {
            found.add(
                    new Warning(
                            WarningKind.WIDENS_WITH_CLASS,
                            "rule " + way.rule().name(),
                            "the same request may leave as %s but not as %s"
                                    .formatted(higher.wire(), lower.wire()),
                            raised));
        }
    }

    private boolean leaves(Features features) {
        return replay.selection(features).environments().stream()
                .anyMatch(name ->
                        features.environments().stream()
                                .anyMatch(
                                        it -> it.name().equals(name) && it.zone() == Zone.PUBLIC));
    }

    private static Features declared(Features features, DataClass dataClass) {
        return new Features(
                features.request().declaring(dataClass),
                features.findings(),
                features.floors(),
                features.environments(),
                features.models(),
                features.servedAs(),
                features.pools(),
                features.prices(),
                features.now(),
                features.masked());
    }
}
