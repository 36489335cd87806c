package io.spillway.policy.condition;

import io.spillway.api.environment.Environment;
import io.spillway.api.environment.Zone;
import io.spillway.api.request.Operation;
import io.spillway.policy.KnownNames;
import io.spillway.policy.detect.FindingType;
import java.util.Arrays;
import java.util.Collection;
import java.util.HashSet;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/// The values that certain facts can have, so that a misspelled one is found when the policy is
/// written and not by a rule that silently never matches.
final class Vocabulary {
    private static final Set<String> PROVIDERS = Set.of("onprem", "aws", "azure", "hosted", "edge");

    private final KnownNames known;
    private final Set<String> jurisdictions = new HashSet<>();

    Vocabulary(KnownNames known) {
        this.known = known;
        jurisdictions.addAll(List.of(Locale.getISOCountries()));
        jurisdictions.add("EU");
        for (var environment : known.environments().values()) {
            jurisdictions.addAll(environment.dataLocations());
            jurisdictions.addAll(environment.operatorJurisdictions());
        }
    }

    /// Jurisdiction codes: ISO 3166 countries, the EU, and what the registry uses.
    Set<String> jurisdictions() {
        return jurisdictions;
    }

    /// All values that a fact can have, empty when it can have any.
    Optional<Collection<String>> values(@Nullable Fact fact) {
        if (fact == null) {
            return Optional.empty();
        }
        return switch (fact) {
            case MODEL -> Optional.of(known.models());
            case OPERATION ->
                    Optional.of(Arrays.stream(Operation.values()).map(Readers::name).toList());
            case ENVIRONMENT_NAME -> Optional.of(known.environments().keySet());
            case ENVIRONMENT_ZONE ->
                    Optional.of(Arrays.stream(Zone.values()).map(Zone::wire).toList());
            case ENVIRONMENT_PROVIDER -> Optional.of(providers());
            case FINDING_TYPE ->
                    Optional.of(
                            Arrays.stream(FindingType.values()).map(FindingType::wire).toList());
            case FINDING_CATEGORY ->
                    Optional.of(
                            Arrays.stream(FindingType.values())
                                    .map(FindingType::category)
                                    .distinct()
                                    .toList());
            case TENANT, TEAM, DATA_CLASS, PREDICTED_TTFT, ENVIRONMENT_REGION, FINDING_CONFIDENCE ->
                    Optional.empty();
        };
    }

    private Set<String> providers() {
        var all = new HashSet<>(PROVIDERS);
        known.environments().values().stream().map(Environment::provider).forEach(all::add);
        return all;
    }
}
