package io.spillway.router.forwarding;

import io.spillway.api.environment.ApiKey;
import io.spillway.api.environment.Endpoint;
import io.spillway.api.environment.EndpointState;
import io.spillway.api.environment.Environment;
import io.spillway.api.environment.Model;
import io.spillway.api.environment.Tenant;
import io.spillway.api.environment.Zone;
import io.spillway.api.request.DataClass;
import io.spillway.api.state.RoutingState;
import io.spillway.router.forwarding.EgressVerdict.Permitted;
import io.spillway.router.forwarding.EgressVerdict.Refused;
import java.time.Duration;
import java.util.EnumMap;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/// The last check before a request leaves, made for every attempt from the routing state alone.
///
/// It knows nothing of policies and shares no code with them: a policy that is wrong, or an engine
/// that is, cannot send a request where class, grants or jurisdiction forbid. What it cannot look
/// up it refuses. Thread-safe; holds no state.
///
/// Only this package can make one or extend it. That is not for production code: a test takes the
/// guard out to show that leaks then happen and are seen.
public class EgressGuard {
    private final Duration stateAgeLimit;
    private final Set<Check> leftOut;

    /// What is checked besides that everybody is known.
    enum Check {
        CLASS,
        ENDPOINT,
        PLACE,
        AGE,
        JURISDICTION,
        GRANT,
        UNSCANNED,
        MASKING
    }

    EgressGuard(Duration stateAgeLimit) {
        this(stateAgeLimit, Set.of());
    }

    /// @param leftOut checks that are not made, so that a test can show that each is needed
    EgressGuard(Duration stateAgeLimit, Set<Check> leftOut) {
        this.stateAgeLimit = stateAgeLimit;
        this.leftOut = Set.copyOf(leftOut);
    }

    /// The guard.
    ///
    /// @param stateAgeLimit age of the routing state past which nothing leaves for public
    ///   environments
    public static EgressGuard of(Duration stateAgeLimit) {
        return new EgressGuard(stateAgeLimit);
    }

    /// Judges one attempt.
    ///
    /// @param stateAge time since the origin last confirmed the state
    /// @param nowNanos monotonic time, the same clock that [InferenceClient] uses
    public EgressVerdict judge(
            Egress egress, RoutingState state, Duration stateAge, long nowNanos) {
        var environment = state.environments().get(egress.endpoint().environment());
        var tenant = state.tenants().get(egress.tenant());
        var key = state.keysByHash().get(egress.keyHash());
        var model = state.models().get(egress.model());
        var requested = state.models().get(egress.requestedModel());
        if (environment == null
                || tenant == null
                || key == null
                || model == null
                || requested == null
                || !key.tenant().equals(tenant.name())) {
            return new Refused(
                    "unknown", "environment, tenant, key or model is not in the state any more");
        }
        // Floors may have risen since the request was classified.
        var dataClass = egress.dataClass().max(tenant.floor()).max(key.floor());
        var checks = new EnumMap<Check, Supplier<@Nullable Refused>>(Check.class);
        checks.put(Check.CLASS, () -> clearance(dataClass, environment));
        checks.put(Check.ENDPOINT, () -> endpoint(egress, model, state));
        checks.put(
                Check.PLACE,
                () -> PlaceCheck.check(egress.endpoint(), egress.address(), environment));
        checks.put(Check.MASKING, () -> masking(egress, tenant));
        if (environment.zone() == Zone.PUBLIC) {
            checks.put(Check.AGE, () -> age(stateAge));
            checks.put(Check.JURISDICTION, () -> jurisdiction(environment, tenant));
            checks.put(
                    Check.GRANT,
                    () -> grants(environment.name(), tenant, key, List.of(model, requested)));
            checks.put(Check.UNSCANNED, () -> unscanned(egress, List.of(model, requested)));
        }
        checks.keySet().removeAll(leftOut);
        for (var check : checks.values()) {
            var refused = check.get();
            if (refused != null) {
                return refused;
            }
        }
        return new Permitted(
                new EgressPermit(
                        egress,
                        grant(environment, key, model),
                        environment.trustAnchorPem(),
                        state.watermark(),
                        nowNanos));
    }

    private static String grant(Environment environment, ApiKey key, Model model) {
        return environment.zone() == Zone.PRIVATE
                ? "private environment " + environment.name()
                : "maySpill "
                        + environment.name()
                        + " of tenant "
                        + key.tenant()
                        + ", key "
                        + key.id()
                        + ", model "
                        + model.name();
    }

    private static @Nullable Refused clearance(DataClass dataClass, Environment environment) {
        return environment.clearance().covers(dataClass)
                ? null
                : new Refused(
                        "clearance",
                        "class %s is above the clearance %s of %s"
                                .formatted(
                                        dataClass.wire(),
                                        environment.clearance().wire(),
                                        environment.name()));
    }

    private static @Nullable Refused endpoint(Egress egress, Model model, RoutingState state) {
        var endpoint = egress.endpoint();
        if (!model.versions().contains(endpoint.modelVersion())) {
            return new Refused(
                    "model",
                    "endpoint %s does not serve model %s".formatted(endpoint.id(), model.name()));
        }
        var known = registered(endpoint, state);
        if (known == null
                || known.state() != EndpointState.READY
                || !known.url().equals(endpoint.url())) {
            return new Refused(
                    "endpoint", "endpoint %s is not registered as ready".formatted(endpoint.id()));
        }
        return null;
    }

    /// A class that rests on masking holds only while the tenant allows it, and only for a body in
    /// which none of the values is left.
    private static @Nullable Refused masking(Egress egress, Tenant tenant) {
        var masking = egress.masking();
        if (masking == null) {
            return null;
        }
        if (!tenant.maskable().containsAll(masking.types())) {
            return new Refused(
                    "masking",
                    "tenant %s does not list all of %s as maskable"
                            .formatted(tenant.name(), new TreeSet<>(masking.types())));
        }
        return RemovedValues.areGone(masking.values(), egress.body())
                ? null
                : new Refused("masking", "a value that was masked is still in the body");
    }

    private static @Nullable Endpoint registered(Endpoint endpoint, RoutingState state) {
        for (var known : state.endpoints().getOrDefault(endpoint.pool(), List.of())) {
            if (known.id().equals(endpoint.id())) {
                return known;
            }
        }
        return null;
    }

    private @Nullable Refused age(Duration stateAge) {
        return stateAge.compareTo(stateAgeLimit) <= 0
                ? null
                : new Refused(
                        "stale",
                        "the control plane confirmed the routing state %d s ago; past %d s nothing leaves"
                                .formatted(stateAge.toSeconds(), stateAgeLimit.toSeconds()));
    }

    private static @Nullable Refused jurisdiction(Environment environment, Tenant tenant) {
        var needed = new HashSet<>(environment.dataLocations());
        needed.addAll(environment.operatorJurisdictions());
        // An environment that does not declare both could be anywhere.
        boolean declared =
                !environment.dataLocations().isEmpty()
                        && !environment.operatorJurisdictions().isEmpty();
        if (declared && tenant.allowedJurisdictions().containsAll(needed)) {
            return null;
        }
        return new Refused(
                "jurisdiction",
                "tenant %s may not use the jurisdictions %s of %s"
                        .formatted(tenant.name(), new TreeSet<>(needed), environment.name()));
    }

    private static @Nullable Refused grants(
            String environment, Tenant tenant, ApiKey key, List<Model> models) {
        if (!tenant.maySpill().contains(environment)) {
            return ungranted("tenant", tenant.name(), environment);
        }
        if (!key.maySpill().contains(environment)) {
            return ungranted("key", key.id(), environment);
        }
        for (var model : models) {
            if (!model.maySpill().contains(environment)) {
                return ungranted("model", model.name(), environment);
            }
        }
        return null;
    }

    private static Refused ungranted(String what, String name, String environment) {
        return new Refused("grant", "%s %s may not spill to %s".formatted(what, name, environment));
    }

    private static @Nullable Refused unscanned(Egress egress, List<Model> models) {
        for (var model : models) {
            if (!model.spillableUnscanned().containsAll(egress.unscanned())) {
                return new Refused(
                        "unscanned",
                        "unscanned content %s of model %s may not leave"
                                .formatted(new TreeSet<>(egress.unscanned()), model.name()));
            }
        }
        return null;
    }
}
