package io.spillway.policy.verify;

import static org.assertj.core.api.Assertions.assertThat;

import com.microsoft.z3.Context;
import io.spillway.policy.KnownNames;
import io.spillway.policy.verify.PolicyTerms.GuardParts;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import java.util.Set;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

class ShippedProofsTest {

    static Stream<Path> shipped() throws IOException {
        try (var files = Files.list(Path.of("../examples"))) {
            return files.filter(it -> it.toString().endsWith(".yaml")).toList().stream();
        }
    }

    @ParameterizedTest
    @MethodSource("shipped")
    void everyShippedPolicyIsProvedWithoutAnyRegistry(Path file) throws IOException {
        var yaml = Files.readString(file);
        var known = new KnownNames(Map.of(), Set.of()).withMentionsIn(yaml);

        var proof = Verifier.verify(Cases.compiled(yaml, known), Inventory.of(known), Cases.LONG);

        assertThat(proof.invariants())
                .allSatisfy(it ->
                        assertThat(it.withGuard().verdict())
                                .as(it.never() + ": " + it.withGuard().why())
                                .isEqualTo(Verdict.PROVED));
        assertThat(proof.invariants()).anyMatch(it -> !it.builtIn());
    }

    @Test
    void thePolicyThatTheGuideBeginsWithIsProved() throws IOException {
        var guide = Files.readString(Path.of("../../docs/guide/policies.md"));
        var yaml = guide.split("```yaml\n", 2)[1].split("```", 2)[0];
        var known = new KnownNames(Map.of(), Set.of()).withMentionsIn(yaml);

        var proof = Verifier.verify(Cases.compiled(yaml, known), Inventory.of(known), Cases.LONG);

        assertThat(proof.publishable()).as(proof.toString()).isTrue();
    }

    @ParameterizedTest
    @MethodSource("shipped")
    void theEngineConfirmsARequestForEveryWayOfAShippedPolicy(Path file) throws IOException {
        var yaml = Files.readString(file);
        var known = new KnownNames(Map.of(), Set.of()).withMentionsIn(yaml);
        var policy = Cases.compiled(yaml, known);

        try (var z3 = new Context()) {
            var reached =
                    new Verification(z3, policy, Inventory.of(known), Cases.LONG, GuardParts.ALL)
                            .reached();

            assertThat(reached).isNotEmpty();
            assertThat(reached)
                    .allSatisfy(it -> assertThat(it.confirmed()).as(it.toString()).isTrue());
        }
    }
}
