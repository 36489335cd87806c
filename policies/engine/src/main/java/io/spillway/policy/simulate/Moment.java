package io.spillway.policy.simulate;

import io.spillway.api.decision.PoolFacts;
import io.spillway.api.environment.Environment;
import io.spillway.api.environment.Model;
import io.spillway.api.environment.Pool;
import io.spillway.api.environment.PoolKey;
import io.spillway.api.state.DecisionFeatures;
import io.spillway.policy.CompileResult;
import io.spillway.policy.KnownNames;
import io.spillway.policy.PlacementFacts;
import io.spillway.policy.PolicyCompiler;
import io.spillway.policy.features.EnvironmentTable;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/// A recorded state, indexed, with its policy compiled.
///
/// @param yaml the policy of then
/// @param judge the policy of then, null when there was none or it no longer compiles
record Moment(
        Map<String, Environment> environments,
        Map<String, Model> models,
        Map<PoolKey, Pool> pools,
        Map<String, Set<String>> maskable,
        String environmentDigest,
        @Nullable String yaml,
        @Nullable Judge judge) {

    /// @param before a moment whose compiled policy may do here too: compiling takes longer than
    ///   all else, and most change sets touch nothing that a policy names
    static Moment of(RecordedState state, @Nullable Moment before) {
        var environments = new HashMap<String, Environment>();
        state.environments().forEach(it -> environments.put(it.name(), it));
        var models = new HashMap<String, Model>();
        state.models().forEach(it -> models.put(it.name(), it));
        var pools = new HashMap<PoolKey, Pool>();
        state.pools().forEach(it -> pools.put(it.id(), it));
        var digest = EnvironmentTable.digest(state.environments());
        boolean same =
                before != null
                        && Objects.equals(before.yaml(), state.policy())
                        && before.environmentDigest().equals(digest)
                        && before.models().keySet().equals(models.keySet());
        return new Moment(
                environments,
                models,
                pools,
                state.maskable(),
                digest,
                state.policy(),
                before != null && same
                        ? before.judge()
                        : judge(state.policy(), new KnownNames(environments, models.keySet())));
    }

    private static @Nullable Judge judge(@Nullable String yaml, KnownNames known) {
        return yaml != null
                        && PolicyCompiler.compile(yaml, known)
                                instanceof CompileResult.Compiled(var policy)
                ? new Judge(policy)
                : null;
    }

    /// The facts of one decision.
    Case.World world(DecisionFeatures features) {
        var live = new HashMap<PoolKey, PoolFacts>();
        features.pools().forEach(it -> live.put(it.pool(), it));
        return new World(this, features, live);
    }

    private record World(Moment moment, DecisionFeatures features, Map<PoolKey, PoolFacts> live)
            implements Case.World {

        @Override
        public PlacementFacts placement(String name) {
            var model = moment.models().get(name);
            boolean requested = name.equals(features.request().model());
            return new PlacementFacts(
                            live,
                            moment.pools(),
                            moment.environments(),
                            model == null ? List.of() : model.versions(),
                            model == null ? Set.of() : granted(model),
                            model == null ? Set.of() : model.spillableUnscanned(),
                            features.decidedAt())
                    .servedAs(requested ? null : name);
        }

        private Set<String> granted(Model model) {
            var requested = moment.models().get(features.request().model());
            if (requested == null) {
                return Set.of();
            }
            var granted = new HashSet<>(features.grants());
            granted.retainAll(model.maySpill());
            granted.retainAll(requested.maySpill());
            return granted;
        }

        @Override
        public Map<String, Environment> environments() {
            return moment.environments();
        }

        @Override
        public Map<PoolKey, Pool> pools() {
            return moment.pools();
        }
    }
}
