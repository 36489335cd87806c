package io.spillway.policy.verify;

import io.spillway.api.environment.Tenant;
import io.spillway.api.request.DataClass;
import io.spillway.policy.verify.Inventory.KeyGrant;
import java.lang.management.ManagementFactory;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Set;

/// A rough measurement to be run by hand: a policy of 200 rules for 100 tenants, compiled and
/// proved in a fresh JVM. No test depends on it.
public final class Measure {
    private Measure() {}

    static String yaml(int tenants) {
        var yaml =
                new StringBuilder(
                        """
                        apiVersion: spillway/v1
                        kind: PolicySet
                        metadata: { name: large }
                        classification:
                          default: internal
                          rules:
                            - { name: pii, when: "findings.exists(f, f.category == 'pii')", raise: confidential }
                            - { name: secrets, when: "findings.exists(f, f.category == 'secret')", raise: restricted }
                        placement:
                        """);
        for (int i = 0; i < tenants; i++) {
            yaml.append(
                    """
                      - name: t%1$d-home
                        when: "caller.tenant == 'tenant-%1$d' && (dataClass >= confidential || 'local' in caller.roles)"
                        use: [ { zone: private } ]
                      - name: t%1$d-spill
                        when: "caller.tenant == 'tenant-%1$d'"
                        use:
                          - { zone: private }
                          - { environment: aws-burst, when: "predictedTtft > duration('%2$dms')" }
                    """
                            .formatted(i, 500 + i));
        }
        yaml.append("  - { name: rest, use: [ { zone: private } ] }\n");
        yaml.append(
                """
                invariants:
                  - never: "dataClass >= confidential && environment.zone == 'public'"
                  - never: "'local' in caller.roles && environment.zone == 'public'"
                """);
        return yaml.toString();
    }

    static Inventory inventory(int tenants) {
        var all = new ArrayList<Tenant>();
        var keys = new ArrayList<KeyGrant>();
        for (int i = 0; i < tenants; i++) {
            all.add(
                    new Tenant(
                            "tenant-" + i,
                            DataClass.PUBLIC,
                            i % 3 == 0 ? Set.of() : Set.of("aws-burst"),
                            Set.of("DE", "US"),
                            null));
            keys.add(new KeyGrant("key-" + i, "tenant-" + i, Set.of("aws-burst")));
        }
        return new Inventory(Cases.REGISTRY.environments(), all, Cases.REGISTRY.models(), keys);
    }

    /// Prints milliseconds since the JVM started.
    public static void main(String[] arguments) {
        long start = System.nanoTime();
        var loading = Thread.ofPlatform().daemon().start(Verifier::warmUp);
        var inventory = inventory(100);
        var policy = Cases.compiled(yaml(100), Cases.known(inventory));
        say("compiled", start);
        for (int i = 0; i < 3; i++) {
            long begun = System.nanoTime();
            var proof = Verifier.verify(policy, inventory, Duration.ofSeconds(60));
            say(
                    "%s, %d cells, %d warnings"
                            .formatted(
                                    proof.verdict(),
                                    proof.matrix().size(),
                                    proof.warnings().size()),
                    begun);
        }
        System.out.println("loaded by then: " + !loading.isAlive());
    }

    private static void say(String what, long since) {
        System.out.printf(
                "%s: %d ms, %d ms of this thread's CPU until now%n",
                what,
                (System.nanoTime() - since) / 1_000_000,
                ManagementFactory.getThreadMXBean().getCurrentThreadCpuTime() / 1_000_000);
    }
}
