package io.spillway.policy.verify;

import static org.assertj.core.api.Assertions.assertThat;

import io.spillway.api.decision.Candidate;
import io.spillway.api.decision.Decision;
import io.spillway.api.environment.Environment;
import io.spillway.api.request.Classification;
import io.spillway.api.request.DataClass;
import io.spillway.policy.CompileResult;
import io.spillway.policy.CompiledPolicy;
import io.spillway.policy.KnownNames;
import io.spillway.policy.PolicyCompiler;
import io.spillway.policy.condition.Parts;
import io.spillway.policy.condition.Term;
import io.spillway.policy.features.Features;
import io.spillway.policy.features.Features.Masked;
import io.spillway.policy.features.Features.ModelFacts;
import io.spillway.policy.random.RandomPolicy;
import io.spillway.policy.random.RandomRequests;
import io.spillway.policy.random.RandomRequests.Case;
import io.spillway.policy.rule.RuleSet;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.Set;
import org.junit.jupiter.api.Test;

/// Random policies: what is proved, no random request may break; what is violated, the engine has
/// confirmed.
class RandomProofsTest {
    private static final int POLICIES = Integer.getInteger("proofs.policies", 60);
    private static final int REQUESTS = 150;

    @Test
    void noRandomRequestBreaksWhatWasProvedAndOnlyClocksOfSeveralZonesStayUndecided() {
        int proved = 0;
        int violated = 0;
        int tried = 0;
        int masked = 0;
        for (int seed = 0; seed < POLICIES; seed++) {
            var random = new Random(seed);
            var written = RandomPolicy.next(random).withNarrowNevers(random);
            var requests = new RandomRequests(random);
            var places =
                    Map.of(
                            "onprem", requests.environment("onprem"),
                            "edge", requests.environment("edge"),
                            "aws-burst", requests.environment("aws-burst"),
                            "azure-eu", requests.environment("azure-eu"));
            var known = new KnownNames(places, Set.of("chat", "small-chat"));
            if (!(PolicyCompiler.compile(written.yaml(), known)
                    instanceof CompileResult.Compiled(var policy))) {
                continue; // a window or import that this world does not have
            }
            var proof = Verifier.verify(policy, Inventory.of(known), Cases.LONG);
            var replay = new Replay(policy.rules());
            var own = proof.invariants().stream().filter(it -> !it.builtIn()).toList();
            for (int i = 0; i < own.size(); i++) {
                var never = policy.rules().invariants().get(i).never().condition();
                var verdict = own.get(i).withGuard().verdict();
                if (verdict == Verdict.UNDECIDED) {
                    // Clocks of several zones are free of one another, so some of what the solver
                    // finds is at no moment.
                    assertThat(zones(policy.rules()))
                            .as("policy %d, never %s%n%s", seed, own.get(i).never(), written.yaml())
                            .isGreaterThan(1);
                    continue;
                }
                if (verdict == Verdict.VIOLATED) {
                    violated++;
                    continue;
                }
                proved++;
                for (int k = 0; k < REQUESTS; k++) {
                    var features = features(policy, requests.next(), places, random);
                    for (var candidate : candidates(features, replay)) {
                        var place = candidate.pool().environment();
                        tried++;
                        masked += candidate.mask().isEmpty() ? 0 : 1;
                        assertThat(replay.violates(features, never, place, candidate.mask()))
                                .as("policy %d breaks %s at %s", seed, own.get(i).never(), place)
                                .isFalse();
                    }
                }
            }
        }
        System.out.printf(
                "random proofs: %d proved, %d violated, %d places tried, %d masked%n",
                proved, violated, tried, masked);

        assertThat(proved).isPositive();
        assertThat(violated).isPositive();
        assertThat(tried).isPositive();
        assertThat(masked).isPositive();
    }

    private static List<Candidate> candidates(Features features, Replay replay) {
        return replay.place(features, replay.classify(features)).decision()
                        instanceof Decision.Serve serve
                ? serve.candidates()
                : List.of();
    }

    private static long zones(RuleSet rules) {
        return new Asked(rules)
                .conditions().stream()
                        .flatMap(it -> Parts.terms(it).stream())
                        .filter(Term.Clock.class::isInstance)
                        .map(it -> ((Term.Clock) it).zone())
                        .distinct()
                        .count();
    }

    /// Masking can leave any class from that on which a request without findings has.
    private static Features features(
            CompiledPolicy policy, Case request, Map<String, Environment> places, Random random) {
        var world = request.world();
        var least = policy.classify(request.facts(), List.of(), request.floors()).dataClass();
        var masked = new ArrayList<Masked>();
        for (var types : policy.masks()) {
            var all = DataClass.values();
            var after = all[random.nextInt(all.length)].max(least);
            masked.add(
                    new Masked(
                            types,
                            new Classification(
                                    after, request.facts().unscanned(), List.of(), List.of())));
        }
        return new Features(
                request.facts(),
                request.findings(),
                request.floors(),
                List.copyOf(places.values()),
                Map.of(
                        request.facts().model(),
                        new ModelFacts(
                                world.modelVersions(),
                                world.maySpill(),
                                world.spillableUnscanned())),
                null,
                List.copyOf(world.pools().values()),
                List.copyOf(world.prices().values()),
                world.now(),
                masked);
    }
}
