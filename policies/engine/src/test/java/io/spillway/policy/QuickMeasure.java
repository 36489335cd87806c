package io.spillway.policy;

import io.spillway.api.decision.PoolFacts;
import io.spillway.api.environment.Money;
import io.spillway.api.environment.Pool;
import io.spillway.api.environment.PoolKey;
import io.spillway.api.request.Caller;
import io.spillway.api.request.Finding;
import io.spillway.api.request.Operation;
import io.spillway.api.request.RequestFacts;
import io.spillway.policy.detect.Detectors;
import io.spillway.policy.detect.TextLeaf;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.OptionalLong;
import java.util.Set;
import java.util.function.IntSupplier;

/// A rough measurement to be run by hand: nanoseconds per decision of a 50-rule policy, and
/// microseconds per KB scanned by kind of text. No test depends on it.
public final class QuickMeasure {
    private static final String ENGLISH =
            "The router decides where each request may run, and says why in words that an operator"
                    + " can read. When the private machines are busy, what may leave does so; the"
                    + " rest waits its turn in a bounded queue, and nobody has to guess. ";
    private static final String CHINESE =
            "路由器决定每个请求可以在哪里运行，并用操作员能读懂的话说明原因。私有机器繁忙时，允许离开的请求会离开，其余的排队等待。";
    private static final String DIGITS =
            "12 345 678 2024-11-22 09:30 3.14159 1,234,567 0.0012 99 100.5 42 7 2048 65536 ";
    private static final String CODE =
            "for (int i = 0; i < list.size(); i++) { map.put(list.get(i).name(), value(i)); } //"
                    + " key: value = 1\n";
    private static final String JSON =
            "{\"id\": 17, \"name\": \"widget\", \"price\": 12.5, \"tags\": [\"a\", \"b\"],"
                    + " \"max_tokens\": 100}, ";
    private static final String PII =
            "Write to ann.lee@corp.example or call +49 30 1234567, card 4111 1111 1111 1111, id"
                    + " 11010519491231002X. ";

    private QuickMeasure() {}

    public static void main(String[] arguments) {
        if (arguments.length == 0) {
            decisions();
        }
        for (var kind :
                Map.of(
                                "english", ENGLISH, "chinese", CHINESE, "digits", DIGITS, "code",
                                CODE, "json", JSON, "pii", PII)
                        .entrySet()) {
            scan(kind.getKey(), kind.getValue(), 1024);
            scan(kind.getKey(), kind.getValue(), 1024 * 1024);
        }
    }

    private static void decisions() {
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
                    "    - { name: c%d, when: \"findings.exists(f, f.type == 'email') && caller.tenant == 't%d'\", raise: confidential }\n"
                            .formatted(i, i));
        }
        yaml.append("placement:\n");
        for (int i = 0; i < 24; i++) {
            yaml.append(
                    "  - { name: p%d, when: \"dataClass >= confidential && caller.tenant == 't%d'\", use: [ { zone: private } ] }\n"
                            .formatted(i, i));
        }
        yaml.append(
                "  - { name: rest, use: [ { zone: private }, { environment: aws-burst, when:"
                        + " \"predictedTtft > duration('1500ms')\" } ] }\n");
        yaml.append(
                """
                invariants:
                  - never: "dataClass >= confidential && environment.zone == 'public'"
                """);
        var policy = Policies.compiled(yaml.toString());
        var facts =
                new RequestFacts(
                        Operation.CHAT,
                        "chat",
                        new Caller("acme", null, "k", Set.of(), Map.of(), Set.of("DE"), false),
                        true,
                        null,
                        Set.of(),
                        1000,
                        250,
                        null);
        var home = new PoolKey("onprem", "v1");
        var burst = new PoolKey("aws-burst", "v1");
        var price = new Money(900, "USD");
        var world =
                new PlacementFacts(
                        Map.of(
                                home, new PoolFacts(home, 2, 0, OptionalLong.of(2000)),
                                burst, new PoolFacts(burst, 1, 4, OptionalLong.of(300))),
                        Map.of(
                                home, new Pool("onprem", "v1", "m", price, price),
                                burst, new Pool("aws-burst", "v1", "m", price, price)),
                        Policies.KNOWN.environments(),
                        List.of("v1"),
                        Set.of("aws-burst"),
                        Set.of(),
                        Instant.EPOCH);
        var findings = List.of(new Finding("phone", "pii", 0.8, 0, 10, "/text"));
        var classification = policy.classify(facts, findings, List.of());
        System.out.printf(
                "classify, 25 rules: %.0f ns%n",
                nanos(200_000, () -> policy.classify(facts, findings, List.of()).sources().size()));
        System.out.printf(
                "decide, 25 placement rules: %.0f ns%n",
                nanos(
                        200_000,
                        () ->
                                policy.decide(facts, classification, world)
                                        .explanation()
                                        .steps()
                                        .size()));
    }

    private static void scan(String kind, String sample, int size) {
        var text = sample.repeat(size / sample.getBytes(StandardCharsets.UTF_8).length + 1);
        var utf8 = text.getBytes(StandardCharsets.UTF_8);
        var leaves = List.of(new TextLeaf("/text", utf8, 0, size));
        double nanos =
                nanos(
                        Math.max(20, 100_000_000 / size),
                        () -> Detectors.builtIn().scan(leaves).findings().size());
        System.out.printf(
                "scan %-8s %7d B: %6.2f us/KB%n", kind, size, nanos / 1000 / (size / 1024.0));
    }

    private static double nanos(int times, IntSupplier work) {
        long best = Long.MAX_VALUE;
        int sink = 0;
        for (int round = 0; round < 7; round++) {
            long start = System.nanoTime();
            for (int i = 0; i < times; i++) {
                sink += work.getAsInt();
            }
            best = Math.min(best, System.nanoTime() - start);
        }
        if (sink == 42) {
            System.out.println();
        }
        return (double) best / times;
    }
}
