package io.spillway.policy.bench;

import io.spillway.api.decision.PoolFacts;
import io.spillway.api.environment.Money;
import io.spillway.api.environment.Pool;
import io.spillway.api.environment.PoolKey;
import io.spillway.api.request.Caller;
import io.spillway.api.request.Classification;
import io.spillway.api.request.Finding;
import io.spillway.api.request.Operation;
import io.spillway.api.request.RequestFacts;
import io.spillway.policy.CompiledPolicy;
import io.spillway.policy.PlacementFacts;
import io.spillway.policy.Policies;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.OptionalLong;
import java.util.Set;
import java.util.concurrent.TimeUnit;
import org.openjdk.jmh.annotations.Benchmark;
import org.openjdk.jmh.annotations.BenchmarkMode;
import org.openjdk.jmh.annotations.Fork;
import org.openjdk.jmh.annotations.Measurement;
import org.openjdk.jmh.annotations.Mode;
import org.openjdk.jmh.annotations.OutputTimeUnit;
import org.openjdk.jmh.annotations.Scope;
import org.openjdk.jmh.annotations.State;
import org.openjdk.jmh.annotations.Warmup;

/// A decision of a 50-rule policy, its explanation included: 25 rules classify, 25 place, and each
/// list is read to its end. The goal is 3 us for [#classifyAndPlace].
@State(Scope.Benchmark)
@BenchmarkMode(Mode.AverageTime)
@OutputTimeUnit(TimeUnit.NANOSECONDS)
@Warmup(iterations = 10, time = 1)
@Measurement(iterations = 5, time = 1)
@Fork(value = 1, jvmArgsAppend = "-XX:+UseSerialGC")
public class DecisionBenchmark {
    private static final PoolKey HOME = new PoolKey("onprem", "v1");
    private static final PoolKey BURST = new PoolKey("aws-burst", "v1");

    private final CompiledPolicy policy = Policies.compiled(fiftyRules());
    private final RequestFacts facts = facts();
    private final List<Finding> findings =
            List.of(new Finding("phone", "pii", 0.8, 0, 10, "/messages/0/content"));
    private final PlacementFacts world = world();
    private final Classification classified = policy.classify(facts, findings, List.of());

    @Benchmark
    public Object classifyAndPlace() {
        return policy.decide(facts, policy.classify(facts, findings, List.of()), world);
    }

    @Benchmark
    public Object classify() {
        return policy.classify(facts, findings, List.of());
    }

    @Benchmark
    public Object place() {
        return policy.decide(facts, classified, world);
    }

    private static String fiftyRules() {
        var yaml =
                new StringBuilder(
                        """
                        apiVersion: spillway/v1
                        kind: PolicySet
                        metadata: { name: fifty }
                        classification:
                          default: internal
                          rules:
                        """);
        for (int i = 0; i < 25; i++) {
            yaml.append(
                    """
                        - name: c%d
                          when: "findings.exists(f, f.type == 'email') && caller.tenant == 't%d'"
                          raise: confidential
                    """
                            .formatted(i, i));
        }
        yaml.append("placement:\n");
        for (int i = 0; i < 24; i++) {
            yaml.append(
                    """
                      - name: p%d
                        when: "dataClass >= confidential && caller.tenant == 't%d'"
                        use: [ { zone: private } ]
                    """
                            .formatted(i, i));
        }
        return yaml.append(
                        """
                          - name: rest
                            use:
                              - { zone: private }
                              - environment: aws-burst
                                when: "predictedTtft > duration('1500ms')"
                        invariants:
                          - never: "dataClass >= confidential && environment.zone == 'public'"
                        """)
                .toString();
    }

    private static RequestFacts facts() {
        return new RequestFacts(
                Operation.CHAT,
                "chat",
                new Caller("acme", null, "k", Set.of(), Map.of(), Set.of("DE"), false),
                true,
                null,
                Set.of(),
                1000,
                250,
                null);
    }

    private static PlacementFacts world() {
        var price = new Money(900, "USD");
        return new PlacementFacts(
                Map.of(
                        HOME, new PoolFacts(HOME, 2, 0, OptionalLong.of(2000)),
                        BURST, new PoolFacts(BURST, 1, 4, OptionalLong.of(300))),
                Map.of(
                        HOME, new Pool("onprem", "v1", "m", price, price),
                        BURST, new Pool("aws-burst", "v1", "m", price, price)),
                Policies.KNOWN.environments(),
                List.of("v1"),
                Set.of("aws-burst"),
                Set.of(),
                Instant.EPOCH);
    }
}
