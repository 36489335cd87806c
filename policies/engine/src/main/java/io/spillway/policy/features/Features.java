package io.spillway.policy.features;

import io.spillway.api.decision.PoolFacts;
import io.spillway.api.environment.Environment;
import io.spillway.api.environment.Pool;
import io.spillway.api.environment.PoolKey;
import io.spillway.api.request.Caller;
import io.spillway.api.request.Classification;
import io.spillway.api.request.Classification.Source;
import io.spillway.api.request.Finding;
import io.spillway.api.request.RequestFacts;
import io.spillway.policy.CompiledPolicy;
import io.spillway.policy.Placed;
import io.spillway.policy.PlacementFacts;
import java.time.Instant;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/// One request with all that a decision about it reads.
///
/// @param request the request and its caller
/// @param findings what detectors saw, also below the confidence that raises
/// @param floors what tenant, key and session ask for
/// @param environments the places there are
/// @param models what may serve a model and where it may leave for; holds the requested model and
///   those it can degrade to
/// @param servedAs the smaller model it was degraded to, null for the requested one
/// @param pools live facts; a pool that is missing here has no ready endpoint
/// @param prices the registry's pools
/// @param now the time of the decision
/// @param masked classifications after masking, for each set of types that an entry masks
public record Features(
        RequestFacts request,
        List<Finding> findings,
        List<Source> floors,
        List<Environment> environments,
        Map<String, ModelFacts> models,
        @Nullable String servedAs,
        List<PoolFacts> pools,
        List<Pool> prices,
        Instant now,
        List<Masked> masked) {

    public Features {
        findings = List.copyOf(findings);
        floors = List.copyOf(floors);
        environments = List.copyOf(environments);
        models = Map.copyOf(models);
        pools = List.copyOf(pools);
        prices = List.copyOf(prices);
        masked = List.copyOf(masked);
    }

    /// Features of a request that nobody can mask.
    public Features(
            RequestFacts request,
            List<Finding> findings,
            List<Source> floors,
            List<Environment> environments,
            Map<String, ModelFacts> models,
            @Nullable String servedAs,
            List<PoolFacts> pools,
            List<Pool> prices,
            Instant now) {
        this(
                request,
                findings,
                floors,
                environments,
                models,
                servedAs,
                pools,
                prices,
                now,
                List.of());
    }

    /// What the request's classification is once findings of some types are masked.
    public record Masked(Set<String> types, Classification classification) {
        public Masked {
            types = Set.copyOf(types);
        }
    }

    /// What a decision knows of a model.
    ///
    /// @param versions versions that may serve it, preferred first
    /// @param maySpill public environments the request may leave for under this model: the grants
    ///   of tenant, key and model, already intersected
    /// @param spillableUnscanned kinds of unscanned content that may leave nevertheless
    public record ModelFacts(
            List<String> versions, Set<String> maySpill, Set<String> spillableUnscanned) {

        public ModelFacts {
            versions = List.copyOf(versions);
            maySpill = Set.copyOf(maySpill);
            spillableUnscanned = Set.copyOf(spillableUnscanned);
        }
    }

    /// The class that a policy gives this request.
    public Classification classify(CompiledPolicy policy) {
        return policy.classify(request, findings, floors);
    }

    /// What a policy decides.
    public Placed place(CompiledPolicy policy) {
        return policy.place(request, classify(policy), placement());
    }

    /// The world that the decision looks at.
    public PlacementFacts placement() {
        var live = new HashMap<PoolKey, PoolFacts>();
        pools.forEach(it -> live.put(it.pool(), it));
        var known = new HashMap<PoolKey, Pool>();
        prices.forEach(it -> known.put(it.id(), it));
        var places = new HashMap<String, Environment>();
        environments.forEach(it -> places.put(it.name(), it));
        var afterMasking = new HashMap<Set<String>, Classification>();
        masked.forEach(it -> afterMasking.put(it.types(), it.classification()));
        var model =
                models.getOrDefault(
                        servedAs == null ? request.model() : servedAs,
                        new ModelFacts(List.of(), Set.of(), Set.of()));
        return new PlacementFacts(
                live,
                known,
                places,
                model.versions(),
                model.maySpill(),
                model.spillableUnscanned(),
                now,
                afterMasking,
                servedAs);
    }

    /// The same request after it was degraded to a smaller model. Conditions still read the model
    /// that the caller sent; versions and grants are those of the smaller one.
    public Features degradedTo(String model) {
        return new Features(
                request, findings, floors, environments, models, model, pools, prices, now, masked);
    }

    /// Who asks.
    public Caller caller() {
        return request.caller();
    }
}
