package io.spillway.policy;

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
import io.spillway.api.request.RequestFacts;
import io.spillway.policy.detect.TextLeaf;
import io.spillway.policy.document.PolicyTest;
import io.spillway.policy.document.PolicyTest.Expectation;
import io.spillway.policy.document.PolicyTest.Outcome;
import io.spillway.policy.document.PolicyTest.Request;
import io.spillway.policy.features.Features;
import io.spillway.policy.rule.GovernanceRules.LimitRule;
import io.spillway.policy.rule.GovernanceRules.PriorityRule;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.Set;

/// Runs the tests that stand in a policy file, on the engine that routers run.
///
/// A test speaks about the policy, not about an installation: every environment has one pool with
/// room, free of charge, and unless the test says otherwise the caller holds every grant and its
/// data may go everywhere. So what stays home does so because of the policy.
public final class PolicyTests {
    private static final String ANY_VERSION = "any-version";

    /// The band of a request of which no rule says anything else.
    private static final int USUAL_PRIORITY = 5;

    private static final Instant NOON = Instant.parse("2026-03-25T11:00:00Z");

    private PolicyTests() {}

    /// The request of a test with all that deciding it takes, to be explained.
    ///
    /// @return empty when the policy has no test of that name
    public static Optional<Features> features(
            CompiledPolicy policy, String test, KnownNames known) {
        return policy.tests().stream()
                .filter(it -> it.name().value().equals(test))
                .findFirst()
                .map(it -> features(it.request(), policy, known));
    }

    /// A request written as in a test, with all that deciding it takes.
    public static Features features(Request request, CompiledPolicy policy, KnownNames known) {
        var facts = facts(request, known);
        var scan = policy.detectors().scan(leaves(request));
        var masked = MaskedForms.of(policy, facts, request.messages(), scan);
        var world = world(request, known, masked);
        var model =
                new Features.ModelFacts(
                        world.modelVersions(), world.maySpill(), world.spillableUnscanned());
        var models = new HashMap<String, Features.ModelFacts>();
        known.models().forEach(it -> models.put(it, model));
        models.put(facts.model(), model);
        return new Features(
                facts,
                scan.findings(),
                List.of(),
                List.copyOf(known.environments().values()),
                models,
                null,
                List.copyOf(world.pools().values()),
                List.copyOf(world.prices().values()),
                now(request),
                masked.entrySet().stream()
                        .map(it -> new Features.Masked(it.getKey(), it.getValue()))
                        .toList());
    }

    private static List<TextLeaf> leaves(Request request) {
        var leaves = new ArrayList<TextLeaf>();
        for (var text : request.messages()) {
            var utf8 = text.getBytes(StandardCharsets.UTF_8);
            leaves.add(
                    new TextLeaf("/messages/" + leaves.size() + "/content", utf8, 0, utf8.length));
        }
        return leaves;
    }

    /// Runs all tests in the order of the file, with the policy's own detectors.
    public static List<PolicyTestResult> run(CompiledPolicy policy, KnownNames known) {
        return policy.tests().stream().map(test -> run(test, policy, known)).toList();
    }

    private static PolicyTestResult run(PolicyTest test, CompiledPolicy policy, KnownNames known) {
        var facts = facts(test.request(), known);
        var scan = policy.detectors().scan(leaves(test.request()));
        var classification = policy.classify(facts, scan, List.of());
        var masked = MaskedForms.of(policy, facts, test.request().messages(), scan);
        var placed = policy.place(facts, classification, world(test.request(), known, masked));
        var decision = placed.decision();
        var failures = failures(test.expect(), classification, decision, known);
        var now = now(test.request());
        amounts(
                test.expect(),
                placed,
                policy.priority(facts, classification, now),
                policy.limits(facts, classification, now),
                failures);
        return new PolicyTestResult(
                test.name().value(), test.name().at().line(), failures, classification, decision);
    }

    /// Noon of a Wednesday in Europe, unless the test says otherwise.
    private static Instant now(Request request) {
        return Objects.requireNonNullElse(request.at(), NOON);
    }

    private static void amounts(
            Expectation expect,
            Placed placed,
            Optional<PriorityRule> priority,
            List<LimitRule> limits,
            List<String> failures) {
        var degradeTo = expect.degradeTo();
        var model = placed.degradeTo().orElse("nothing");
        if (degradeTo != null && !degradeTo.equals(model)) {
            failures.add("degrades to %s, expected %s".formatted(model, degradeTo));
        }
        var band = expect.priority();
        int actual = priority.map(PriorityRule::band).orElse(USUAL_PRIORITY);
        if (band != null && band != actual) {
            failures.add("priority is %d, expected %d".formatted(actual, band));
        }
        var expected = expect.limits();
        var names = limits.stream().map(LimitRule::name).toList();
        if (expected != null && !Set.copyOf(expected).equals(Set.copyOf(names))) {
            failures.add("limits are %s, expected %s".formatted(names, expected));
        }
    }

    private static RequestFacts facts(Request request, KnownNames known) {
        var everywhere = new HashSet<String>();
        for (var environment : known.environments().values()) {
            everywhere.addAll(environment.dataLocations());
            everywhere.addAll(environment.operatorJurisdictions());
        }
        var jurisdictions = request.jurisdictions();
        var size = request.size();
        int text = request.messages().stream().mapToInt(String::length).sum();
        int bytes = Objects.requireNonNullElse(size.bodyBytes(), text);
        return new RequestFacts(
                request.operation(),
                request.model(),
                new Caller(
                        request.tenant(),
                        request.team(),
                        "policy-test",
                        request.roles(),
                        request.attributes(),
                        jurisdictions == null ? everywhere : jurisdictions,
                        false),
                size.stream(),
                request.headerClass(),
                request.unscanned(),
                bytes,
                Objects.requireNonNullElse(size.expectedPromptTokens(), bytes / 4),
                size.maxTokens());
    }

    private static PlacementFacts world(
            Request request, KnownNames known, Map<Set<String>, Classification> masked) {
        var pools = new HashMap<PoolKey, PoolFacts>();
        var prices = new HashMap<PoolKey, Pool>();
        var publicNames = new HashSet<String>();
        for (var environment : known.environments().values()) {
            var key = new PoolKey(environment.name(), ANY_VERSION);
            var free = Money.zero("USD");
            prices.put(key, new Pool(environment.name(), ANY_VERSION, ANY_VERSION, free, free));
            pools.put(key, pool(key, environment, request));
            if (environment.zone() == Zone.PUBLIC) {
                publicNames.add(environment.name());
            }
        }
        var granted = request.maySpill();
        return new PlacementFacts(
                pools,
                prices,
                known.environments(),
                List.of(ANY_VERSION),
                granted == null ? publicNames : granted,
                Set.of(),
                now(request),
                masked);
    }

    private static PoolFacts pool(PoolKey key, Environment environment, Request request) {
        var ttft = request.predictedTtft();
        var prediction =
                environment.zone() == Zone.PUBLIC
                        ? OptionalLong.of(100)
                        : ttft == null ? OptionalLong.empty() : OptionalLong.of(ttft.toMillis());
        boolean down = request.down().contains(environment.name());
        return new PoolFacts(key, down ? 0 : 1, down ? 0 : 1, prediction);
    }

    private static List<String> failures(
            Expectation expect,
            Classification classification,
            Decision decision,
            KnownNames known) {
        var failures = new ArrayList<String>();
        var dataClass = expect.dataClass();
        if (dataClass != null && dataClass != classification.dataClass()) {
            failures.add(
                    "class is %s, expected %s"
                            .formatted(classification.dataClass().wire(), dataClass.wire()));
        }
        var outcome = expect.outcome();
        if (outcome != null && outcome != outcome(decision)) {
            failures.add(
                    "outcome is %s, expected %s".formatted(wire(outcome(decision)), wire(outcome)));
        }
        var rule = expect.rule();
        if (rule != null && !rule.equals(decision.explanation().rule())) {
            failures.add(
                    "rule is '%s', expected '%s'".formatted(decision.explanation().rule(), rule));
        }
        var places = places(decision);
        var environments = expect.environments();
        if (environments != null && !environments.equals(places)) {
            failures.add("environments are %s, expected %s".formatted(places, environments));
        }
        var zone = expect.zone();
        if (zone != null) {
            zoneFailure(zone, places, known, failures);
        }
        return failures;
    }

    private static void zoneFailure(
            Zone zone, List<String> places, KnownNames known, List<String> failures) {
        var leaving =
                places.stream()
                        .filter(name -> {
                            var environment = known.environments().get(name);
                            return environment == null || environment.zone() == Zone.PUBLIC;
                        })
                        .toList();
        if (zone == Zone.PRIVATE && !leaving.isEmpty()) {
            failures.add("zone: it may leave for %s, expected private only".formatted(leaving));
        } else if (zone == Zone.PUBLIC && leaving.isEmpty()) {
            failures.add("zone: it may not leave, expected that it may");
        } else if (zone == Zone.PRIVATE && places.isEmpty()) {
            failures.add("zone: no environment may serve it, expected a private one");
        }
    }

    private static Outcome outcome(Decision decision) {
        return switch (decision) {
            case Decision.Serve _ -> Outcome.SERVE;
            case Decision.Queue _ -> Outcome.QUEUE;
            case Decision.Degrade _ -> Outcome.DEGRADE;
            case Decision.Shed _ -> Outcome.SHED;
            case Decision.Deny _ -> Outcome.DENY;
        };
    }

    private static List<String> places(Decision decision) {
        return switch (decision) {
            case Decision.Serve serve ->
                    serve.candidates().stream()
                            .map(Candidate::pool)
                            .map(PoolKey::environment)
                            .toList();
            case Decision.Queue queue -> queue.pools().stream().map(PoolKey::environment).toList();
            case Decision.Degrade _, Decision.Shed _, Decision.Deny _ -> List.of();
        };
    }

    private static String wire(Outcome outcome) {
        return outcome.name().toLowerCase(Locale.ROOT);
    }
}
