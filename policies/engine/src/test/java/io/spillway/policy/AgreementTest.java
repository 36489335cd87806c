package io.spillway.policy;

import static org.assertj.core.api.Assertions.assertThat;

import io.spillway.api.decision.Candidate;
import io.spillway.api.decision.Decision;
import io.spillway.api.decision.WhenFull;
import io.spillway.api.environment.Environment;
import io.spillway.api.environment.PoolKey;
import io.spillway.api.environment.Zone;
import io.spillway.api.request.DataClass;
import io.spillway.policy.random.NaiveEvaluator;
import io.spillway.policy.random.NaiveEvaluator.Answer;
import io.spillway.policy.random.RandomPolicy;
import io.spillway.policy.random.RandomRequests;
import io.spillway.policy.random.RandomRequests.Case;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Random;
import java.util.Set;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;

/// Random requests under random policies, decided by the engine and by an evaluator that shares no
/// code with it. Each request is checked on its own, whatever both of them say, against what no
/// policy can allow.
class AgreementTest {
    private static final int POLICIES = Integer.getInteger("agreement.policies", 100);
    private static final int REQUESTS = 200;
    static final KnownNames KNOWN =
            new KnownNames(
                    Map.of(
                            "onprem",
                                    Policies.environment(
                                            "onprem", Zone.PRIVATE, DataClass.RESTRICTED),
                            "edge",
                                    Policies.environment(
                                            "edge", Zone.PRIVATE, DataClass.RESTRICTED),
                            "aws-burst",
                                    Policies.environment(
                                            "aws-burst", Zone.PUBLIC, DataClass.INTERNAL),
                            "azure-eu", azure()),
                    Set.of("chat", "small-chat"));

    private static Environment azure() {
        return new Environment(
                "azure-eu",
                Zone.PUBLIC,
                "azure",
                "westeurope",
                Set.of("FR"),
                Set.of("US"),
                DataClass.INTERNAL,
                List.of(),
                null);
    }

    @Test
    void theEngineAndTheNaiveEvaluatorAgreeOnEveryRequestAndNothingLeavesThatMayNot() {
        var outcomes = new HashMap<String, Integer>();
        for (int seed = 0; seed < POLICIES; seed++) {
            var random = new Random(seed);
            var written = RandomPolicy.next(random);
            var policy = compile(written);
            var requests = new RandomRequests(random);
            for (int i = 0; i < REQUESTS; i++) {
                var request = requests.next();
                var outcome = check(policy, written, request, "policy " + seed + ", request " + i);
                outcomes.merge(outcome, 1, Integer::sum);
            }
        }
        System.out.printf("agreement on %d requests: %s%n", POLICIES * REQUESTS, outcomes);

        assertThat(outcomes.keySet())
                .as("every kind of decision comes up, or the test says little")
                .contains("serve", "queue", "shed", "deny", "degrade small-chat", "degrade chat")
                .contains("serve masked");
    }

    private static CompiledPolicy compile(RandomPolicy written) {
        var result = PolicyCompiler.compile(written.yaml(), KNOWN);
        assertThat(result).as(written.yaml()).isInstanceOf(CompileResult.Compiled.class);
        return ((CompileResult.Compiled) result).policy();
    }

    private static String check(
            CompiledPolicy policy, RandomPolicy written, Case request, String which) {
        var classification = policy.classify(request.facts(), request.findings(), request.floors());
        var expectedClass = NaiveEvaluator.classOf(written, request);
        assertThat(classification.dataClass()).as(which).isEqualTo(expectedClass);

        var placed = policy.place(request.facts(), classification, request.world());
        var expected = NaiveEvaluator.decide(written, request, expectedClass);
        assertThat(answer(placed))
                .as(() -> which + "\n" + written.yaml() + placed.decision().explanation())
                .isEqualTo(expected);
        for (var pool : pools(placed.decision())) {
            var environment = request.world().environments().get(pool.environment());
            assertThat(sent(placed.decision(), pool, request))
                    .as(() -> which + " reaches " + pool)
                    .anyMatch(mask ->
                            NaiveEvaluator.permitted(request, expectedClass, environment, mask));
        }
        return expected.outcome() + (expected.masks().isEmpty() ? "" : " masked");
    }

    private static Answer answer(Placed placed) {
        var degrade = placed.degradeTo().map("degrade "::concat).orElse("");
        return switch (placed.decision()) {
            case Decision.Serve serve ->
                    new Answer(
                            "serve",
                            serve.whenFull() == WhenFull.DEGRADE
                                    ? degrade
                                    : serve.whenFull().name().toLowerCase(Locale.ROOT),
                            pools(serve),
                            placed.allowedWithoutEndpoint(),
                            masks(serve));
            case Decision.Queue queue -> unserved("queue", pools(queue), placed);
            case Decision.Degrade(var model, _) -> unserved("degrade " + model, List.of(), placed);
            case Decision.Shed _ -> unserved("shed", List.of(), placed);
            case Decision.Deny _ -> unserved("deny", List.of(), placed);
        };
    }

    private static Answer unserved(String outcome, List<PoolKey> pools, Placed placed) {
        return new Answer(outcome, "none", pools, placed.allowedWithoutEndpoint(), Map.of());
    }

    /// What may be masked in the request for a pool. A queue does not tell; it decides again.
    private static Set<Set<String>> sent(Decision decision, PoolKey pool, Case request) {
        if (decision instanceof Decision.Serve) {
            return Set.of(masks(decision).getOrDefault(pool, Set.of()));
        }
        var any = new HashSet<>(request.world().masked().keySet());
        any.add(Set.of());
        return any;
    }

    private static Map<PoolKey, Set<String>> masks(Decision decision) {
        return decision instanceof Decision.Serve serve
                ? serve.candidates().stream()
                        .filter(it -> !it.mask().isEmpty())
                        .collect(Collectors.toMap(Candidate::pool, Candidate::mask))
                : Map.of();
    }

    private static List<PoolKey> pools(Decision decision) {
        return switch (decision) {
            case Decision.Serve serve -> serve.candidates().stream().map(Candidate::pool).toList();
            case Decision.Queue queue -> queue.pools();
            case Decision.Degrade _, Decision.Shed _, Decision.Deny _ -> List.of();
        };
    }
}
