package io.spillway.policy.verify;

import static org.assertj.core.api.Assertions.assertThat;

import io.spillway.api.environment.Environment;
import io.spillway.api.environment.Model;
import io.spillway.api.environment.Tenant;
import io.spillway.api.environment.Zone;
import io.spillway.api.request.DataClass;
import io.spillway.policy.CompileResult;
import io.spillway.policy.CompiledPolicy;
import io.spillway.policy.KnownNames;
import io.spillway.policy.PolicyCompiler;
import io.spillway.policy.verify.Inventory.KeyGrant;
import io.spillway.policy.verify.PolicyTerms.GuardParts;
import io.spillway.policy.verify.Proof.InvariantResult;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Set;

/// Policies and a small registry for the tests.
final class Cases {
    static final Duration LONG = Duration.ofSeconds(60);
    static final Environment ONPREM =
            environment("onprem", Zone.PRIVATE, DataClass.RESTRICTED, Set.of("DE"));
    static final Environment BURST =
            environment("aws-burst", Zone.PUBLIC, DataClass.INTERNAL, Set.of("DE", "US"));
    static final Tenant ACME =
            new Tenant("acme", DataClass.PUBLIC, Set.of("aws-burst"), Set.of("DE", "US"), null);
    static final Tenant BANK =
            new Tenant("trust-bank", DataClass.INTERNAL, Set.of(), Set.of("DE", "US"), null);
    static final Model CHAT =
            new Model("chat", List.of("chat-v1"), Set.of("aws-burst"), Set.of(), 8000);
    static final Model SMALL =
            new Model("small-chat", List.of("small-v1"), Set.of("aws-burst"), Set.of(), 8000);
    static final Inventory REGISTRY =
            new Inventory(
                    List.of(ONPREM, BURST),
                    List.of(ACME, BANK),
                    List.of(CHAT, SMALL),
                    List.of(new KeyGrant("k1", "acme", Set.of("aws-burst"))));

    private Cases() {}

    static Environment environment(
            String name, Zone zone, DataClass clearance, Set<String> jurisdictions) {
        return new Environment(
                name,
                zone,
                zone == Zone.PRIVATE ? "onprem" : "aws",
                "local",
                jurisdictions,
                jurisdictions,
                clearance,
                List.of(),
                null);
    }

    static KnownNames known(Inventory inventory) {
        return new KnownNames(
                inventory.environments().stream()
                        .collect(java.util.stream.Collectors.toMap(Environment::name, it -> it)),
                Set.of("chat", "small-chat"));
    }

    /// Compiles classification rules, placement and invariants.
    static CompiledPolicy policy(String rules) {
        return compiled(
                """
                apiVersion: spillway/v1
                kind: PolicySet
                metadata: { name: case }
                attributes:
                  department: { type: string }
                  level: { type: int, optional: true }
                  vip: { type: bool }
                """
                        + rules,
                known(REGISTRY));
    }

    static CompiledPolicy compiled(String yaml, KnownNames known) {
        var result = PolicyCompiler.compile(yaml, known);
        assertThat(result).as(yaml).isInstanceOf(CompileResult.Compiled.class);
        return ((CompileResult.Compiled) result).policy();
    }

    static Proof verify(String rules) {
        return Verifier.verify(policy(rules), REGISTRY, LONG);
    }

    static Proof verify(String rules, Inventory inventory) {
        return Verifier.verify(policy(rules), inventory, LONG);
    }

    static Proof without(String rules, GuardTerms.Part part) {
        var parts = java.util.EnumSet.allOf(GuardTerms.Part.class);
        parts.remove(part);
        return Verifier.verify(policy(rules), REGISTRY, LONG, new GuardParts(parts));
    }

    static InvariantResult first(Proof proof) {
        return proof.invariants().getFirst();
    }

    static Map<String, Environment> places(Inventory inventory) {
        return known(inventory).environments();
    }
}
