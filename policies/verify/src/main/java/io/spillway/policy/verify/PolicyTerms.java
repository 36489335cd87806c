package io.spillway.policy.verify;

import com.microsoft.z3.BoolExpr;
import com.microsoft.z3.Model;
import io.spillway.api.environment.Environment;
import io.spillway.api.environment.Zone;
import io.spillway.api.request.Finding;
import io.spillway.policy.CompiledPolicy;
import io.spillway.policy.condition.Condition;
import io.spillway.policy.condition.Term;
import io.spillway.policy.rule.RuleSet;
import io.spillway.policy.rule.RuleSet.PlaceRule;
import io.spillway.policy.rule.RuleSet.UseRule;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/// A whole policy for the solver: which class a request has, which rule decides, and by which entry
/// it can get to which environment.
final class PolicyTerms {
    /// Kinds of content that no detector reads, besides those that the registry and the policy
    /// name.
    private static final List<String> UNSCANNED = List.of("image", "audio", "file", "token-ids");

    private final Logic logic;
    private final RuleSet rules;
    final Asked asked;
    final List<Finding> kinds;
    final RequestTerms request;
    final ClassTerms classes;
    final GuardTerms guard;
    final List<PlaceTerms> places = new ArrayList<>();
    final List<RuleTerms> placement = new ArrayList<>();

    /// No rule matches.
    final BoolExpr unmatched;

    /// By smaller model, a request can be degraded to it.
    final Map<String, BoolExpr> degraded = new LinkedHashMap<>();

    /// A placement rule.
    ///
    /// @param asked no rule before it decided
    /// @param when its condition
    /// @param decides it is the one that decides
    record RuleTerms(
            PlaceRule rule, BoolExpr asked, Answer when, BoolExpr decides, List<Way> ways) {}

    /// One way of a request to an environment.
    ///
    /// @param entry number of the `use` entry, from 0
    /// @param taken the rule decides and the entry selects the environment
    /// @param dataClass the class the request has on this way
    record Way(PlaceRule rule, int entry, PlaceTerms place, BoolExpr taken, Level dataClass) {}

    PolicyTerms(
            Logic logic,
            Words words,
            CompiledPolicy policy,
            Inventory inventory,
            GuardParts parts) {
        this.logic = logic;
        this.rules = policy.rules();
        this.asked = new Asked(rules);
        this.kinds = FindingKinds.of(asked, policy.detectors().own());
        boolean counts = asked.reads(Term.Count.class::isInstance);
        this.request = new RequestTerms(logic, words, kinds, counts);
        UNSCANNED.forEach(request::unscanned);
        asked.unscanned().forEach(request::unscanned);
        inventory.models().forEach(it -> it.spillableUnscanned().forEach(request::unscanned));
        this.guard = new GuardTerms(logic, request, inventory, parts.checked());
        places(words, inventory);
        this.classes = new ClassTerms(logic, request, rules, kinds);
        asked.masks().forEach(it -> classes.mask(it, guard.mayMask(it)));
        this.unmatched = place(classes.dataClass(), placement, "");
        for (var rule : placement) {
            predictions(rule);
        }
        degrade();
    }

    /// Which parts of the guard are translated; all, but for the tests.
    record GuardParts(Set<GuardTerms.Part> checked) {
        static final GuardParts ALL = new GuardParts(Set.of(GuardTerms.Part.values()));
    }

    private void places(Words words, Inventory inventory) {
        var codes = GuardTerms.codes(inventory, asked.jurisdictions());
        var names = inventory.environments().stream().map(Environment::name).toList();
        for (var environment : inventory.environments()) {
            places.add(PlaceTerms.known(logic, environment, codes));
        }
        var future =
                Stream.of(Zone.values())
                        .map(it -> PlaceTerms.future(logic, words, it, names, codes))
                        .toList();
        // A registry has one environment of a name.
        logic.axiom(
                logic.not(
                        TextValue.same(logic, future.getFirst().name(), future.getLast().name())));
        places.addAll(future);
    }

    /// Translates the placement for a class.
    ///
    /// @param into receives the rules
    /// @return whether no rule matches
    BoolExpr place(Level dataClass, List<RuleTerms> into, String suffix) {
        var resident = residency(dataClass, suffix);
        var asked = logic.yes();
        for (var rule : rules.placement()) {
            var name = "rule " + rule.name() + suffix;
            var when =
                    rule.when() == null
                            ? Answer.of(logic, true)
                            : new ConditionTerms(logic, request, null, dataClass, null)
                                    .translate(rule.when().condition())
                                    .named(logic, name);
            var decides = logic.define(name + " decides", logic.and(asked, when.isTrue()));
            into.add(
                    new RuleTerms(
                            rule, asked, when, decides, ways(rule, decides, dataClass, resident)));
            asked = logic.define(name + " passed over", logic.and(asked, when.isFalse()));
        }
        return asked;
    }

    /// By public place, no residency rule of the policy speaks against it. A rule that cannot be
    /// evaluated leaves no public place.
    private Map<PlaceTerms, BoolExpr> residency(Level dataClass, String suffix) {
        var permitted = new LinkedHashMap<PlaceTerms, List<BoolExpr>>();
        for (var rule : rules.governance().residency()) {
            var when =
                    rule.when() == null
                            ? Answer.of(logic, true)
                            : new ConditionTerms(logic, request, null, dataClass, null)
                                    .translate(rule.when().condition())
                                    .named(logic, "residency " + rule.name() + suffix);
            for (var place : places) {
                if (place.zone() == Zone.PUBLIC) {
                    permitted
                            .computeIfAbsent(place, _ -> new ArrayList<>())
                            .add(
                                    logic.or(
                                            when.isFalse(),
                                            logic.and(
                                                    when.isTrue(),
                                                    place.liesIn(logic, rule.allow()))));
                }
            }
        }
        var all = new LinkedHashMap<PlaceTerms, BoolExpr>();
        permitted.forEach((place, conditions) ->
                all.put(
                        place,
                        logic.define(
                                "residency of " + place.label() + suffix, logic.and(conditions))));
        return all;
    }

    private List<Way> ways(
            PlaceRule rule, BoolExpr decides, Level dataClass, Map<PlaceTerms, BoolExpr> resident) {
        var ways = new ArrayList<Way>();
        for (int entry = 0; entry < rule.use().size(); entry++) {
            var use = rule.use().get(entry);
            for (var place : places) {
                if (selects(use, place)) {
                    var taken =
                            logic.and(
                                    decides,
                                    when(use, entry, place, dataClass),
                                    resident.getOrDefault(place, logic.yes()));
                    if (taken != logic.no()) {
                        var name = "%s, %s".formatted(rule.name(), use.label());
                        ways.add(
                                new Way(
                                        rule,
                                        entry,
                                        place,
                                        logic.define(name + ": " + place.label(), taken),
                                        seen(use, place, dataClass)));
                    }
                }
            }
        }
        return ways;
    }

    /// The class of what the environment would see.
    private Level seen(UseRule use, PlaceTerms place, Level dataClass) {
        return place.zone() == Zone.PRIVATE
                ? dataClass
                : classes.afterMasking(use.mask()).orElse(dataClass);
    }

    private static boolean selects(UseRule use, PlaceTerms place) {
        var known = place.known();
        return use.environment() == null
                ? use.zone() == place.zone()
                : known != null && known.name().equals(use.environment());
    }

    private BoolExpr when(UseRule use, int entry, PlaceTerms place, Level dataClass) {
        var when = use.when();
        return when == null
                ? logic.yes()
                : new ConditionTerms(logic, request, place, dataClass, request.prediction(entry))
                        .translate(when.condition())
                        .isTrue();
    }

    /// A prediction is known only where an earlier entry leads somewhere.
    private void predictions(RuleTerms rule) {
        for (int entry = 1; entry < request.predictions.size(); entry++) {
            int before = entry;
            logic.axiom(
                    logic.or(
                            logic.not(rule.decides()),
                            request.prediction(entry).unknown(),
                            logic.or(
                                    rule.ways().stream()
                                            .filter(it -> it.entry() < before)
                                            .map(Way::taken)
                                            .toList())));
        }
    }

    /// A rule with `degradeTo` can hand on every request: when there is no room, or no place at
    /// all. The same rule then decides with the versions and grants of the smaller model, or
    /// another one where rules ask for the time.
    private void degrade() {
        boolean byTime =
                rules.placement().stream()
                        .map(PlaceRule::when)
                        .anyMatch(it -> it != null && it.changesWithTime());
        for (var rule : placement) {
            for (var smaller : rule.rule().degradeTo()) {
                degraded.merge(
                        smaller, byTime ? logic.yes() : rule.decides(), (a, b) -> logic.or(a, b));
            }
        }
        degraded.replaceAll((model, it) -> logic.define("degraded to " + model, it));
    }

    /// The request gets there past the guard.
    ///
    /// @param servedAs the smaller model it was degraded to, null for the requested one
    BoolExpr guarded(Way way, @Nullable String servedAs) {
        return logic.and(
                way.taken(),
                guard.permits(way.place(), way.dataClass(), servedAs),
                servedAs == null ? logic.yes() : degraded.getOrDefault(servedAs, logic.no()));
    }

    /// The request gets there past the guard, under whichever model.
    BoolExpr guarded(Way way) {
        var any = new ArrayList<BoolExpr>();
        any.add(guarded(way, null));
        degraded.keySet().forEach(it -> any.add(guarded(way, it)));
        return logic.or(any);
    }

    /// The ways that a request of the solver takes. At most one rule decides; those that are asked
    /// at all stand before the others, so it is found by halving.
    List<Way> taken(Model model) {
        int least = 0;
        int most = placement.size();
        while (most - least > 1) {
            int middle = (least + most) / 2;
            if (model.eval(placement.get(middle).asked(), true).isTrue()) {
                least = middle;
            } else {
                most = middle;
            }
        }
        return placement.get(least).ways().stream()
                .filter(it -> model.eval(it.taken(), true).isTrue())
                .toList();
    }

    /// All ways of the policy.
    List<Way> ways() {
        return placement.stream().flatMap(it -> it.ways().stream()).toList();
    }

    /// The invariant does not hold for a request of this class in this place; not being able to
    /// tell counts as not holding.
    BoolExpr violates(Condition never, PlaceTerms place, Level dataClass) {
        return logic.not(
                new ConditionTerms(logic, request, place, dataClass, null)
                        .translate(never)
                        .isFalse());
    }
}
