package io.spillway.policy.simulate;

import io.spillway.api.environment.Environment;
import io.spillway.api.environment.Pool;
import io.spillway.api.environment.PoolKey;
import io.spillway.api.environment.Zone;
import io.spillway.api.request.Classification;
import io.spillway.api.request.Classification.Source;
import io.spillway.api.state.DecisionFeatures;
import io.spillway.api.state.Watermark;
import io.spillway.policy.CompiledPolicy;
import io.spillway.policy.PlacementFacts;
import io.spillway.policy.features.Features;
import io.spillway.policy.rule.RuleSet.NeverRule;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.TreeSet;
import org.jspecify.annotations.Nullable;

/// Decides recorded requests again under a candidate policy and compares.
///
/// The side before is the policy that was in force at the request's change set, decided again on
/// the same facts, so that both sides differ by the policy alone; where that policy is not known it
/// is what was recorded. Not safe for use by several threads.
public final class Rehearsal {
    private static final Set<String> POLICY_SOURCES = Set.of("default", "earlier");

    private final Judge candidate;
    private final String detectors;
    private final @Nullable Judge against;
    private final Tally tally = new Tally();
    private final Map<Watermark, Moment> moments = new HashMap<>();
    private @Nullable Moment newest;

    /// @param detectors digest of the detectors that the candidate classifies with
    /// @param against the policy that traces are compared with; null means that nothing left before
    public Rehearsal(CompiledPolicy candidate, String detectors, @Nullable CompiledPolicy against) {
        this.candidate = new Judge(candidate);
        this.detectors = detectors;
        this.against = against == null ? null : new Judge(against);
    }

    /// Makes a state known; it must come before the decisions that were made on it.
    public void state(RecordedState state) {
        var moment = Moment.of(state, newest);
        newest = moment;
        moments.put(state.watermark(), moment);
    }

    /// Decides a recorded request again.
    public void decision(RecordedDecision recorded) {
        var features = recorded.features();
        var moment = moments.get(recorded.state());
        var why = undecidable(recorded, features, moment);
        if (why != null || features == null || moment == null) {
            tally.undecidable(why == null ? Undecidable.NOT_RECORDED : why);
            return;
        }
        var it = caseOf(recorded, features, moment);
        var judge = moment.judge();
        Verdict before;
        if (judge == null) {
            before = recordedVerdict(recorded, features, moment);
        } else {
            before = judge.decide(it, List.of());
            if (!reproduces(before, recorded.classification(), features)) {
                tally.undecidable(Undecidable.NOT_REPRODUCED);
                return;
            }
        }
        tally.compared(it, before, candidate.decide(it, promises(judge)));
    }

    /// Decides a request of a trace.
    ///
    /// @param id how reports call it
    public void trace(String id, Features features) {
        var it =
                new Case(
                        id,
                        features.request(),
                        features.findings(),
                        features.floors(),
                        features.servedAs(),
                        types(features),
                        new TraceWorld(features, features.placement()),
                        Long.valueOf(features.request().expectedPromptTokens()),
                        asLong(features.request().maxTokens()));
        var before = against == null ? null : against.decide(it, List.of());
        tally.compared(it, before, candidate.decide(it, promises(against)));
    }

    /// A trace does not say what its tenants let masking count for, so everything counts: more may
    /// then leave, never less.
    private static Set<String> types(Features features) {
        var types = new HashSet<String>();
        features.findings().forEach(it -> types.add(it.type()));
        return types;
    }

    /// What was found so far.
    public Rehearsed result() {
        return tally.result();
    }

    private @Nullable Undecidable undecidable(
            RecordedDecision recorded,
            @Nullable DecisionFeatures features,
            @Nullable Moment moment) {
        if (features == null) {
            return Undecidable.NOT_RECORDED;
        }
        if (features.findingsOmitted() > 0) {
            return Undecidable.FINDINGS_LEFT_OUT;
        }
        for (var source : recorded.classification().sources()) {
            if (source.name().equals("error")) {
                return Undecidable.CLASSIFICATION_FAILED;
            }
        }
        if (!features.detectors().equals(detectors)) {
            return Undecidable.OTHER_DETECTORS;
        }
        if (moment == null || !moment.environmentDigest().equals(features.environments())) {
            return Undecidable.OTHER_ENVIRONMENTS;
        }
        return null;
    }

    private static Case caseOf(
            RecordedDecision recorded, DecisionFeatures features, Moment moment) {
        var prompt = recorded.promptTokens();
        var completion = recorded.completionTokens();
        return new Case(
                recorded.id(),
                features.request(),
                recorded.classification().findings(),
                floors(recorded.classification().sources()),
                features.servedAs(),
                moment.maskable().getOrDefault(recorded.tenant(), Set.of()),
                moment.world(features),
                prompt != null ? prompt : Long.valueOf(features.request().expectedPromptTokens()),
                completion != null ? completion : asLong(features.request().maxTokens()));
    }

    /// What asked for a class besides the policy of then. The header comes again by itself.
    private static List<Source> floors(List<Source> sources) {
        var floors = new ArrayList<Source>(4);
        for (var source : sources) {
            var name = source.name();
            boolean ofPolicy = POLICY_SOURCES.contains(name) || name.startsWith("rule:");
            if (!ofPolicy && !name.equals("header")) {
                floors.add(source);
            }
        }
        return floors;
    }

    /// Whether the policy of then gives what was recorded. Masking is judged more widely here than
    /// routers do, so with it more may be allowed than was.
    private static boolean reproduces(
            Verdict verdict, Classification recorded, DecisionFeatures features) {
        if (verdict.dataClass() != recorded.dataClass()) {
            return false;
        }
        return verdict.masks()
                ? new HashSet<>(verdict.allowed()).containsAll(features.allowed())
                : verdict.allowed().equals(features.allowed());
    }

    private static Verdict recordedVerdict(
            RecordedDecision recorded, DecisionFeatures features, Moment moment) {
        var mayLeaveFor = new TreeSet<String>();
        for (var key : features.allowed()) {
            var environment = moment.environments().get(key.environment());
            if (environment != null && environment.zone() == Zone.PUBLIC) {
                mayLeaveFor.add(key.environment());
            }
        }
        var free = new HashSet<PoolKey>();
        for (var live : features.pools()) {
            if (live.freeSlots() > 0) {
                free.add(live.pool());
            }
        }
        PoolKey pool = null;
        for (var key : features.allowed()) {
            if (pool == null && free.contains(key)) {
                pool = key;
            }
        }
        var environment = pool == null ? null : moment.environments().get(pool.environment());
        return new Verdict(
                recorded.classification().dataClass(),
                mayLeaveFor,
                features.allowed(),
                pool,
                environment != null
                        ? environment.zone().wire() + "/" + environment.name()
                        : features.allowed().isEmpty() ? Verdict.DENIED : Verdict.WAITS,
                false,
                List.of());
    }

    /// What neither the candidate nor the policy before it lets happen.
    private List<NeverRule> promises(@Nullable Judge before) {
        if (before == null) {
            return candidate.invariants();
        }
        var all = new ArrayList<>(candidate.invariants());
        for (var invariant : before.invariants()) {
            if (all.stream().noneMatch(it -> sameText(it, invariant))) {
                all.add(invariant);
            }
        }
        return all;
    }

    private static boolean sameText(NeverRule a, NeverRule b) {
        return Objects.equals(a.never().text(), b.never().text());
    }

    private static @Nullable Long asLong(@Nullable Integer value) {
        return value == null ? null : Long.valueOf(value);
    }

    /// @param requested what the decision for the requested model looks at
    private record TraceWorld(Features features, PlacementFacts requested) implements Case.World {
        @Override
        public PlacementFacts placement(String model) {
            return model.equals(features.request().model()) && features.servedAs() == null
                    ? requested
                    : features.degradedTo(model).placement();
        }

        @Override
        public Map<String, Environment> environments() {
            return requested.environments();
        }

        @Override
        public Map<PoolKey, Pool> pools() {
            return requested.prices();
        }
    }
}
