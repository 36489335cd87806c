package io.spillway.policy.random;

import io.spillway.api.decision.PoolFacts;
import io.spillway.api.environment.Environment;
import io.spillway.api.environment.Money;
import io.spillway.api.environment.Pool;
import io.spillway.api.environment.PoolKey;
import io.spillway.api.environment.Zone;
import io.spillway.api.request.Caller;
import io.spillway.api.request.Classification;
import io.spillway.api.request.Classification.Source;
import io.spillway.api.request.DataClass;
import io.spillway.api.request.Finding;
import io.spillway.api.request.Operation;
import io.spillway.api.request.RequestFacts;
import io.spillway.policy.PlacementFacts;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.OptionalLong;
import java.util.Random;
import java.util.Set;

/// Makes requests and worlds, with every fact missing now and then.
public final class RandomRequests {
    private static final List<String> VERSIONS = List.of("v1", "v2");

    /// Sets of types that entries mask.
    static final List<Set<String>> MASKS =
            List.of(Set.of("email"), Set.of("phone"), Set.of("email", "phone"));

    /// Those below zero and beyond all time are faults.
    private static final List<Long> PREDICTIONS =
            List.of(0L, 10L, 100L, 800L, 1500L, 9000L, -1L, Long.MIN_VALUE, Long.MAX_VALUE);

    /// Clocks are put on and back, and days begin in one place or another.
    private static final List<Instant> EDGES =
            List.of(
                    Instant.parse("2024-03-31T01:00:00Z"),
                    Instant.parse("2024-10-27T01:00:00Z"),
                    Instant.parse("2023-12-31T23:00:00Z"),
                    Instant.parse("2024-02-29T16:00:00Z"),
                    Instant.parse("2026-06-07T00:00:00Z"));

    private final Random random;

    public RandomRequests(Random random) {
        this.random = random;
    }

    /// Everything that one decision needs.
    public record Case(
            RequestFacts facts,
            List<Finding> findings,
            List<Source> floors,
            PlacementFacts world) {}

    public Case next() {
        return new Case(facts(), findings(), floors(), world());
    }

    private RequestFacts facts() {
        var attributes = new HashMap<String, String>();
        maybe(attributes, "department", List.of("law", "sales"), 9);
        maybe(attributes, "level", List.of("0", "3", "7", "high"), 5);
        maybe(attributes, "vip", List.of("true", "false", "false", "maybe"), 9);
        var caller =
                new Caller(
                        pick(List.of("acme", "acme-lab", "trust-bank")),
                        pick(List.of("red", "blue", "")).isEmpty() ? null : "red",
                        "key",
                        subset(Set.of("admin", "auditor")),
                        attributes,
                        random.nextInt(2) == 0
                                ? Set.of("DE", "FR", "US")
                                : subset(Set.of("DE", "FR", "US")),
                        false);
        return new RequestFacts(
                pick(List.of(Operation.values())),
                pick(List.of("chat", "small-chat")),
                caller,
                random.nextBoolean(),
                random.nextInt(6) == 0 ? pick(List.of(DataClass.values())) : null,
                random.nextInt(5) == 0 ? Set.of(pick(List.of("image", "audio"))) : Set.of(),
                pick(List.of(100, 5_000, 200_000)),
                pick(List.of(25, 1_000, 40_000)),
                null);
    }

    private void maybe(Map<String, String> into, String key, List<String> values, int outOfTen) {
        if (random.nextInt(10) < outOfTen) {
            into.put(key, pick(values));
        }
    }

    public List<Finding> findings() {
        var findings = new ArrayList<Finding>();
        while (random.nextInt(5) < 2) {
            var type = pick(List.of("email", "phone", "jwt"));
            findings.add(
                    new Finding(
                            type,
                            type.equals("jwt") ? "secret" : "pii",
                            pick(List.of(0.1, 0.49, 0.5, 0.75, 0.95)),
                            0,
                            1,
                            "/text",
                            random.nextInt(5) > 0));
        }
        return findings;
    }

    private List<Source> floors() {
        var floors = new ArrayList<Source>();
        if (random.nextInt(6) == 0) {
            floors.add(new Source("tenant", pick(List.of(DataClass.values()))));
        }
        if (random.nextInt(8) == 0) {
            floors.add(new Source("key", pick(List.of(DataClass.values()))));
        }
        return floors;
    }

    private PlacementFacts world() {
        var environments = new HashMap<String, Environment>();
        var pools = new HashMap<PoolKey, PoolFacts>();
        var prices = new HashMap<PoolKey, Pool>();
        for (var name : List.of("onprem", "edge", "aws-burst", "azure-eu")) {
            if (random.nextInt(8) == 0) {
                continue;
            }
            environments.put(name, environment(name));
            for (var version : VERSIONS) {
                var key = new PoolKey(name, version);
                if (random.nextInt(3) > 0) {
                    pools.put(
                            key,
                            new PoolFacts(
                                    key,
                                    random.nextInt(3),
                                    random.nextInt(3),
                                    random.nextInt(3) == 0
                                            ? OptionalLong.empty()
                                            : OptionalLong.of(pick(PREDICTIONS))));
                }
                if (random.nextInt(5) > 0) {
                    long nanos = pick(List.of(0L, 900L, 4000L, 9000L, Long.MAX_VALUE));
                    prices.put(
                            key,
                            new Pool(
                                    name,
                                    version,
                                    version,
                                    new Money(nanos / 2, "USD"),
                                    new Money(nanos, "USD")));
                }
            }
        }
        return new PlacementFacts(
                        pools,
                        prices,
                        environments,
                        random.nextInt(4) == 0 ? List.of("v2") : VERSIONS,
                        random.nextBoolean()
                                ? Set.of("aws-burst", "azure-eu")
                                : subset(Set.of("aws-burst", "azure-eu")),
                        random.nextBoolean()
                                ? Set.of("image", "audio")
                                : subset(Set.of("image", "audio")),
                        moment(),
                        masked())
                .servedAs(random.nextInt(3) == 0 ? pick(List.of("small-chat", "chat")) : null);
    }

    /// What masking leaves of the request, which can be of any class; now and then a set of types
    /// cannot be masked.
    private Map<Set<String>, Classification> masked() {
        var forms = new HashMap<Set<String>, Classification>();
        for (var types : MASKS) {
            if (random.nextInt(4) > 0) {
                var dataClass = pick(List.of(DataClass.values()));
                var unscanned = random.nextInt(5) == 0 ? Set.of("audio") : Set.<String>of();
                forms.put(types, new Classification(dataClass, unscanned, List.of(), List.of()));
            }
        }
        return forms;
    }

    /// A moment of this or the last ten years, at any hour; often near one at which days change or
    /// clocks are set.
    public Instant moment() {
        if (random.nextInt(4) == 0) {
            return pick(EDGES).plusSeconds(random.nextInt(14_400) - 7_200);
        }
        return Instant.ofEpochSecond(1_450_000_000L + random.nextInt(330_000_000));
    }

    public Environment environment(String name) {
        boolean isPrivate = name.equals("onprem") || name.equals("edge");
        return new Environment(
                name,
                isPrivate ? Zone.PRIVATE : Zone.PUBLIC,
                isPrivate ? "onprem" : name.startsWith("aws") ? "aws" : "azure",
                "local",
                subset(Set.of("DE", "FR", "US")),
                subset(Set.of("DE", "US")),
                random.nextInt(3) > 0 ? DataClass.RESTRICTED : pick(List.of(DataClass.values())),
                List.of(),
                null);
    }

    private Set<String> subset(Set<String> of) {
        var chosen = new HashSet<String>();
        of.stream().sorted().filter(_ -> random.nextInt(2) == 0).forEach(chosen::add);
        return chosen;
    }

    private <T> T pick(List<T> from) {
        return from.get(random.nextInt(from.size()));
    }
}
