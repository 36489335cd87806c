package io.spillway.policy.condition;

import io.spillway.api.environment.Environment;
import io.spillway.api.environment.Zone;
import io.spillway.api.request.Operation;
import io.spillway.policy.KnownNames;
import io.spillway.policy.detect.FindingType;
import io.spillway.policy.detect.OwnDetector;
import java.util.Arrays;
import java.util.Collection;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.function.Function;
import java.util.stream.Stream;

/// The values that certain facts can have, so that a misspelled one is found when the policy is
/// written and not by a rule that silently never matches.
final class Vocabulary {
    /// The kinds of content that a router marks as unscanned.
    private static final Set<String> UNSCANNED =
            Set.of("image", "audio", "video", "file", "token-ids", "unknown");

    private static final Set<String> PROVIDERS = Set.of("onprem", "aws", "azure", "hosted", "edge");

    private final KnownNames known;
    private final List<OwnDetector> detectors;
    private final Set<String> jurisdictions;

    Vocabulary(KnownNames known, List<OwnDetector> detectors) {
        this.known = known;
        this.detectors = List.copyOf(detectors);
        this.jurisdictions = Jurisdictions.of(known);
    }

    /// Jurisdiction codes: ISO 3166 countries, the EU, and what the registry uses.
    Set<String> jurisdictions() {
        return jurisdictions;
    }

    /// The kinds of content that may be asked for with `in unscanned`.
    static Set<String> unscanned() {
        return UNSCANNED;
    }

    /// All values that a term can have, empty when it can have any.
    Optional<Collection<String>> values(Term term) {
        return switch (term) {
            case Term.Read(var fact) -> values(fact);
            case Term.Clock(var part, _) when part == ClockPart.WEEKDAY ->
                    Optional.of(ClockPart.DAYS);
            default -> Optional.empty();
        };
    }

    /// All values that a fact can have, empty when it can have any.
    private Optional<Collection<String>> values(Fact fact) {
        return switch (fact) {
            case MODEL -> Optional.of(known.models());
            case OPERATION ->
                    Optional.of(Arrays.stream(Operation.values()).map(Readers::name).toList());
            case ENVIRONMENT_NAME -> Optional.of(known.environments().keySet());
            case ENVIRONMENT_ZONE ->
                    Optional.of(Arrays.stream(Zone.values()).map(Zone::wire).toList());
            case ENVIRONMENT_PROVIDER -> Optional.of(providers());
            case FINDING_TYPE -> Optional.of(findings(FindingType::wire, OwnDetector::name));
            case FINDING_CATEGORY ->
                    Optional.of(findings(FindingType::category, OwnDetector::category));
            case TENANT,
                    TEAM,
                    STREAM,
                    BODY_BYTES,
                    EXPECTED_PROMPT_TOKENS,
                    DATA_CLASS,
                    PREDICTED_TTFT,
                    ENVIRONMENT_REGION,
                    ENVIRONMENT_CLEARANCE,
                    FINDING_CONFIDENCE ->
                    Optional.empty();
        };
    }

    private List<String> findings(
            Function<FindingType, String> builtIn, Function<OwnDetector, String> own) {
        return Stream.concat(
                        Arrays.stream(FindingType.values()).map(builtIn),
                        detectors.stream().map(own))
                .distinct()
                .toList();
    }

    private Set<String> providers() {
        var all = new HashSet<>(PROVIDERS);
        known.environments().values().stream().map(Environment::provider).forEach(all::add);
        return all;
    }
}
