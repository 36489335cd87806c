package io.spillway.policy.rule;

import io.spillway.api.environment.Environment;
import io.spillway.api.environment.Zone;
import io.spillway.api.request.Classification;
import io.spillway.api.request.RequestFacts;
import io.spillway.policy.PlacementFacts;
import java.util.HashSet;
import java.util.Set;
import java.util.TreeSet;
import org.jspecify.annotations.Nullable;

/// What no rule can allow: grants, clearance, jurisdiction and content that was not scanned. Shares
/// no code with conditions.
final class Egress {
    private final RequestFacts facts;
    private final Classification classification;
    private final PlacementFacts world;
    private final Set<String> allowed;

    /// @param allowed jurisdictions that the caller's data may enter, as far as the policy leaves
    ///   them; never more than the registry allows
    Egress(
            RequestFacts facts,
            Classification classification,
            PlacementFacts world,
            Set<String> allowed) {
        this.facts = facts;
        this.classification = classification;
        this.world = world;
        this.allowed = new HashSet<>(facts.caller().allowedJurisdictions());
        this.allowed.retainAll(allowed);
    }

    /// Why the request may not go there, null when it may.
    @Nullable String objection(Environment environment) {
        if (!environment.clearance().covers(classification.dataClass())) {
            return "removed by clearance: %s may see %s, the request is %s"
                    .formatted(
                            environment.name(),
                            environment.clearance().wire(),
                            classification.dataClass().wire());
        }
        if (environment.zone() == Zone.PRIVATE) {
            return null;
        }
        if (!world.maySpill().contains(environment.name())) {
            return "removed by grants: tenant, key and model do not all grant %s"
                    .formatted(environment.name());
        }
        var elsewhere = jurisdictionObjection(environment);
        return elsewhere != null ? elsewhere : unscannedObjection();
    }

    private @Nullable String jurisdictionObjection(Environment environment) {
        if (allowed.isEmpty()) {
            return "removed by jurisdiction: the caller's data may enter private environments only";
        }
        if (environment.dataLocations().isEmpty()
                || environment.operatorJurisdictions().isEmpty()) {
            return "removed by jurisdiction: %s does not state where data is kept and whose law its operator answers to"
                    .formatted(environment.name());
        }
        if (allowed.containsAll(environment.dataLocations())
                && allowed.containsAll(environment.operatorJurisdictions())) {
            return null;
        }
        var outside = new TreeSet<>(environment.dataLocations());
        outside.addAll(environment.operatorJurisdictions());
        outside.removeAll(allowed);
        return "removed by jurisdiction: %s is in %s, which the caller's data may not enter"
                .formatted(environment.name(), String.join(", ", outside));
    }

    private @Nullable String unscannedObjection() {
        return covered(classification.unscanned()) && covered(facts.unscanned())
                ? null
                : "removed because content could not be scanned, and the model's grant does not let"
                        + " it leave";
    }

    private boolean covered(Set<String> unscanned) {
        return unscanned.isEmpty() || world.spillableUnscanned().containsAll(unscanned);
    }
}
