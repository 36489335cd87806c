package io.spillway.policy.verify;

import static org.assertj.core.api.Assertions.assertThat;

import com.microsoft.z3.Context;
import io.spillway.api.environment.Environment;
import io.spillway.api.environment.Model;
import io.spillway.api.environment.Tenant;
import io.spillway.api.environment.Zone;
import io.spillway.api.request.DataClass;
import io.spillway.policy.CompileResult;
import io.spillway.policy.CompiledPolicy;
import io.spillway.policy.PolicyCompiler;
import io.spillway.policy.random.RandomPolicy;
import io.spillway.policy.random.RandomRequests;
import io.spillway.policy.verify.Inventory.KeyGrant;
import io.spillway.policy.verify.PolicyTerms.GuardParts;
import io.spillway.policy.verify.Proof.Cell;
import io.spillway.policy.verify.Questions.Reply;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import java.util.Set;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

/// What is tried on the engine instead of asked must not change any result.
class MatrixTest {
    private static final int POLICIES = Integer.getInteger("matrix.policies", 25);
    private static final List<String> TENANTS =
            List.of("acme", "acme-lab", "trust-bank", "lab-1", "lab-2", "lab-3");

    @Test
    void theMatrixIsTheOneThatAskingForEachCellGives() {
        int reachable = 0;
        int unreachable = 0;
        for (int seed = 0; seed < POLICIES; seed++) {
            var random = new Random(seed);
            var written = RandomPolicy.next(random).yaml();
            var inventory = inventory(random);
            var known = Cases.known(inventory);
            if (!(PolicyCompiler.compile(written, known)
                    instanceof CompileResult.Compiled(var policy))) {
                continue; // a window or import that this world does not have
            }
            try (var z3 = new Context()) {
                var asked = new AskedOneByOne(z3, policy, inventory);
                var cells = asked.matrix.cells(asked.questions);

                for (var cell : cells) {
                    assertThat(cell.reachable())
                            .as("policy %d, %s%n%s", seed, cell, written)
                            .isEqualTo(asked.reachable(cell));
                    confirmed(cell, asked);
                }
                assertThat(idle(asked, asked.matrix.witnesses()))
                        .as("policy %d%n%s", seed, written)
                        .isEqualTo(idle(asked, new Witnesses()));
                reachable +=
                        cells.stream().filter(it -> Boolean.TRUE.equals(it.reachable())).count();
                unreachable +=
                        cells.stream().filter(it -> Boolean.FALSE.equals(it.reachable())).count();
            }
        }

        assertThat(reachable).isGreaterThan(100);
        assertThat(unreachable).isGreaterThan(100);
    }

    @Test
    void aTenantWithoutGrantsIsNotTakenForOneThatHasThem() {
        var proof =
                Cases.verify(
                        """
                        classification: { default: internal }
                        placement:
                          - { name: all, use: [ { environment: aws-burst }, { zone: private } ] }
                        """);

        assertThat(leaving(proof, "acme")).containsExactly(DataClass.INTERNAL);
        assertThat(leaving(proof, "trust-bank")).isEmpty();
    }

    /// Rules and entries that do nothing. Which request shows a gap is the solver's choice.
    private static List<String> idle(AskedOneByOne asked, Witnesses witnesses) {
        return asked.review.warnings(asked.questions, witnesses).stream()
                .filter(it -> it.kind() != Proof.WarningKind.GAP)
                .map(it -> it.kind() + " " + it.subject())
                .toList();
    }

    private static List<DataClass> leaving(Proof proof, String tenant) {
        return proof.matrix().stream()
                .filter(it -> it.tenant().equals(tenant) && it.zone() == Zone.PUBLIC)
                .filter(it -> Boolean.TRUE.equals(it.reachable()))
                .map(Cell::dataClass)
                .toList();
    }

    private static void confirmed(Cell cell, AskedOneByOne asked) {
        var example = cell.example();
        if (example != null) {
            var there =
                    example.environments().stream()
                            .filter(it -> it.zone() == cell.zone())
                            .map(Environment::name)
                            .collect(Collectors.toSet());
            assertThat(asked.replay.guarded(example))
                    .as(cell.toString())
                    .containsAnyElementsOf(there);
            assertThat(asked.replay.classify(example).dataClass()).isEqualTo(cell.dataClass());
            if (!cell.tenant().equals(Matrix.OTHERS)) {
                assertThat(example.caller().tenant()).isEqualTo(cell.tenant());
            }
        }
    }

    private static Inventory inventory(Random random) {
        var requests = new RandomRequests(random);
        var places =
                List.of("onprem", "edge", "aws-burst", "azure-eu").stream()
                        .map(requests::environment)
                        .toList();
        var grantable = Set.of("aws-burst", "azure-eu");
        var tenants = new ArrayList<Tenant>();
        var keys = new ArrayList<KeyGrant>();
        for (var name : TENANTS) {
            tenants.add(
                    new Tenant(
                            name,
                            DataClass.values()[random.nextInt(3)],
                            some(random, grantable),
                            some(random, Set.of("DE", "FR", "US")),
                            null,
                            some(random, Set.of("email", "phone"))));
            keys.add(new KeyGrant("key-" + name, name, some(random, grantable)));
        }
        var models =
                List.of("chat", "small-chat").stream()
                        .map(it ->
                                new Model(
                                        it, List.of(it + "-v1"), grantable, Set.of("image"), 8000))
                        .toList();
        return new Inventory(places, tenants, models, keys);
    }

    private static Set<String> some(Random random, Set<String> all) {
        return all.stream().filter(_ -> random.nextInt(3) > 0).collect(Collectors.toSet());
    }

    /// A verification whose parts can be asked one by one.
    private static final class AskedOneByOne {
        final Matrix matrix;
        final Review review;
        final Replay replay;
        final Questions questions;

        AskedOneByOne(Context z3, CompiledPolicy policy, Inventory inventory) {
            var logic = new Logic(z3);
            var words = new Words();
            var terms = new PolicyTerms(logic, words, policy, inventory, GuardParts.ALL);
            var examples = new Examples(terms, inventory);
            this.replay = new Replay(policy.rules());
            this.matrix = new Matrix(logic, terms, inventory, examples, replay);
            this.review = new Review(logic, terms, examples, replay);
            words.close(logic);
            this.questions = new Questions(logic, System.nanoTime() + Cases.LONG.toNanos());
        }

        @Nullable Boolean reachable(Cell cell) {
            var tenant = Set.of(cell.tenant());
            return switch (matrix.ask(cell.dataClass(), cell.zone(), tenant, questions)) {
                case Reply.None _ -> false;
                case Reply.Some _ -> true;
                case Reply.Unknown _ -> null;
            };
        }
    }
}
