package io.spillway.policy.verify;

import static org.assertj.core.api.Assertions.assertThat;

import io.spillway.policy.verify.Enumeration.Reached;
import io.spillway.policy.verify.Proof.Warning;
import io.spillway.policy.verify.Proof.WarningKind;
import java.util.EnumMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.Set;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;

/// Small policies, for which everything that can happen is gone through by the engine: a proof must
/// say exactly that, neither more nor less.
class EnumerationTest {
    private static final int POLICIES = Integer.getInteger("enumeration.policies", 25);
    private static final Set<WarningKind> USELESS =
            Set.of(WarningKind.UNREACHABLE, WarningKind.SHADOWED);

    private final Map<WarningKind, Integer> warned = new EnumMap<>(WarningKind.class);
    private final Map<Verdict, Integer> verdicts = new EnumMap<>(Verdict.class);
    private long decisions;

    @Test
    void aProofSaysExactlyWhatGoingThroughEverythingSays() {
        for (int seed = 0; seed < POLICIES; seed++) {
            var random = new Random(seed);
            compare(SmallPolicy.next(random), new SmallWorld(random), seed);
        }
        System.out.printf(
                "enumeration: %d policies, %,d decisions, %s, %s%n",
                POLICIES, decisions, verdicts, warned);

        assertThat(verdicts).containsOnlyKeys(Verdict.PROVED, Verdict.VIOLATED);
        assertThat(warned.keySet())
                .as("every kind comes up, or the test says little")
                .contains(
                        WarningKind.GUARD_ONLY,
                        WarningKind.UNREACHABLE,
                        WarningKind.SHADOWED,
                        WarningKind.GAP,
                        WarningKind.WIDENS_WITH_CLASS);
    }

    private void compare(SmallPolicy written, SmallWorld world, int seed) {
        var known = Cases.known(world.inventory);
        var whole = Cases.compiled(written.yaml(true), known);
        var all =
                new Enumeration(
                        Cases.compiled(written.yaml(false), known),
                        whole,
                        world,
                        SmallWorld.loads(written));
        var proof = Verifier.verify(whole, world.inventory, Cases.LONG);
        var which = "policy %d%n%s".formatted(seed, written.yaml(true));
        decisions += all.decisions;
        proof.warnings().forEach(it -> warned.merge(it.kind(), 1, Integer::sum));

        verdicts(proof, all, which);
        assertThat(matrix(proof)).as("matrix of " + which).isEqualTo(all.matrix);
        assertThat(
                        proof.warnings().stream()
                                .filter(it -> USELESS.contains(it.kind()))
                                .map(it -> List.<Object>of(it.kind(), it.subject()))
                                .collect(Collectors.toSet()))
                .as("useless in " + which)
                .isEqualTo(all.useless());
        gaps(subjects(proof, WarningKind.GAP), all.gaps, which);
        widening(proof, all, written, which);
    }

    /// A warning needs an example that the engine confirms. Where it takes a prediction that only a
    /// request of the higher class gets, there may be none.
    private static void widening(Proof proof, Enumeration all, SmallPolicy written, String which) {
        var told =
                warnings(proof, WarningKind.WIDENS_WITH_CLASS).stream()
                        .map(it -> it.example().request().declaredClass())
                        .collect(Collectors.toSet());
        assertThat(all.widening).as("widening of " + which).containsAll(told);
        if (!written.rules().contains("predictedTtft")) {
            assertThat(told).as("widening of " + which).isEqualTo(all.widening);
        }
    }

    private void verdicts(Proof proof, Enumeration all, String which) {
        var own = proof.invariants().stream().filter(it -> !it.builtIn()).toList();
        for (int i = 0; i < own.size(); i++) {
            var invariant = own.get(i);
            var as = "never %s of %s".formatted(invariant.never(), which);
            assertThat(invariant.rulesAlone().verdict())
                    .as("rules alone, " + as)
                    .isEqualTo(verdict(all.brokenByRules.contains(i)));
            assertThat(invariant.withGuard().verdict())
                    .as("with guard, " + as)
                    .isEqualTo(verdict(all.brokenPastTheGuard.contains(i)));
            verdicts.merge(invariant.withGuard().verdict(), 1, Integer::sum);
        }
        assertThat(proof.invariants())
                .filteredOn(Proof.InvariantResult::builtIn)
                .allSatisfy(it ->
                        assertThat(it.withGuard().verdict()).as(which).isEqualTo(Verdict.PROVED));
    }

    private static Verdict verdict(boolean broken) {
        return broken ? Verdict.VIOLATED : Verdict.PROVED;
    }

    private static Set<Reached> matrix(Proof proof) {
        return proof.matrix().stream()
                .filter(it -> it.reachable() == null || it.reachable())
                .map(it -> new Reached(it.dataClass(), it.tenant(), it.zone()))
                .collect(Collectors.toSet());
    }

    /// A proof names one rule that cannot be evaluated, where there may be several.
    private static void gaps(Set<String> told, Set<String> all, String which) {
        assertThat(all).as("gaps of " + which).containsAll(told);
        assertThat(told.contains("placement"))
                .as("gap of " + which)
                .isEqualTo(all.contains("placement"));
        assertThat(told.stream().anyMatch(it -> it.startsWith("rule ")))
                .as("gaps of rules of " + which)
                .isEqualTo(all.stream().anyMatch(it -> it.startsWith("rule ")));
    }

    private static Set<String> subjects(Proof proof, WarningKind kind) {
        var subjects = new HashSet<String>();
        warnings(proof, kind).forEach(it -> subjects.add(it.subject()));
        return subjects;
    }

    private static List<Warning> warnings(Proof proof, WarningKind kind) {
        return proof.warnings().stream().filter(it -> it.kind() == kind).toList();
    }
}
