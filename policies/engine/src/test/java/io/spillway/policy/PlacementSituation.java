package io.spillway.policy;

import static org.assertj.core.api.Assertions.assertThat;

import io.spillway.api.decision.Candidate;
import io.spillway.api.decision.Decision;
import io.spillway.api.decision.PoolFacts;
import io.spillway.api.environment.Environment;
import io.spillway.api.environment.Money;
import io.spillway.api.environment.Pool;
import io.spillway.api.environment.PoolKey;
import io.spillway.api.environment.Zone;
import io.spillway.api.request.Caller;
import io.spillway.api.request.Classification;
import io.spillway.api.request.DataClass;
import io.spillway.api.request.Finding;
import io.spillway.api.request.Operation;
import io.spillway.api.request.RequestFacts;
import java.time.Instant;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.OptionalLong;
import java.util.Set;

/// A request and the places there are, which tests change before they ask where it may run.
abstract class PlacementSituation {
    static final PoolKey HOME = new PoolKey("onprem", "v1");
    static final PoolKey BURST = new PoolKey("aws-burst", "v1");
    static final String PRIVATE_THEN_BURST =
            "placement: [ { name: spill, use: [ { zone: private }, { environment: aws-burst } ] }"
                    + " ]";

    final Map<String, Environment> environments = new HashMap<>(Policies.KNOWN.environments());
    final Map<PoolKey, PoolFacts> pools =
            new HashMap<>(Map.of(HOME, ready(HOME, 100), BURST, ready(BURST, 100)));
    final Map<PoolKey, Pool> prices =
            new HashMap<>(Map.of(HOME, priced(HOME, 0), BURST, priced(BURST, 1000)));
    DataClass dataClass = DataClass.INTERNAL;
    Set<String> maySpill = Set.of("aws-burst");
    Set<String> spillableUnscanned = Set.of();
    Set<String> unscanned = Set.of();
    Set<String> unscannedOfTheRequest = Set.of();
    Set<String> jurisdictions = Set.of("DE");
    String model = "chat";
    List<Finding> findings = List.of();
    Map<Set<String>, Classification> masked = Map.of();

    static PoolFacts ready(PoolKey pool, long ttftMillis) {
        return new PoolFacts(pool, 1, 1, OptionalLong.of(ttftMillis));
    }

    static Pool priced(PoolKey pool, long nanos) {
        var price = new Money(nanos, "USD");
        return new Pool(pool.environment(), pool.modelVersion(), "model", price, price);
    }

    Placed place(String sections) {
        var policy =
                Policies.compiled(
                        """
                        apiVersion: spillway/v1
                        kind: PolicySet
                        metadata: { name: test }
                        attributes: { department: { type: string } }
                        classification: { default: internal }
                        """
                                + sections);
        var caller = new Caller("acme", null, "key", Set.of(), Map.of(), jurisdictions, false);
        var facts =
                new RequestFacts(
                        Operation.CHAT,
                        model,
                        caller,
                        false,
                        null,
                        unscannedOfTheRequest,
                        10,
                        3,
                        null);
        return policy.place(
                facts,
                new Classification(dataClass, unscanned, findings, List.of()),
                new PlacementFacts(
                        pools,
                        prices,
                        environments,
                        List.of("v1"),
                        maySpill,
                        spillableUnscanned,
                        Instant.EPOCH,
                        masked));
    }

    Decision decide(String sections) {
        return place(sections).decision();
    }

    static List<PoolKey> candidates(Decision decision) {
        assertThat(decision).isInstanceOf(Decision.Serve.class);
        return ((Decision.Serve) decision).candidates().stream().map(Candidate::pool).toList();
    }

    static String explanation(Decision decision) {
        return decision.explanation().steps().toString();
    }

    static Environment burst(Set<String> locations, Set<String> operator) {
        return new Environment(
                "aws-burst",
                Zone.PUBLIC,
                "aws",
                "r",
                locations,
                operator,
                DataClass.INTERNAL,
                List.of(),
                null);
    }
}
