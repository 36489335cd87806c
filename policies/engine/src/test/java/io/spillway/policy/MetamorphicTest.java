package io.spillway.policy;

import static org.assertj.core.api.Assertions.assertThat;

import io.spillway.api.decision.Candidate;
import io.spillway.api.decision.Decision;
import io.spillway.api.environment.PoolKey;
import io.spillway.api.request.Classification;
import io.spillway.api.request.DataClass;
import io.spillway.policy.document.PolicyBundle;
import io.spillway.policy.random.RandomPolicy;
import io.spillway.policy.random.RandomRequests;
import io.spillway.policy.random.RandomRequests.Case;
import java.util.HashSet;
import java.util.List;
import java.util.Random;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

/// How answers must move when a question moves, whatever the right answer is.
class MetamorphicTest {
    private static final int POLICIES = 60;
    private static final int REQUESTS = 100;

    /// It asks for every place, so that what is missing was taken away by what no rule can allow.
    private static final String CARELESS =
            """
            apiVersion: spillway/v1
            kind: PolicySet
            metadata: { name: careless }
            classification: { default: public }
            placement:
              - name: everywhere
                use: [ { zone: private }, { zone: public } ]
            """;

    @Test
    void raisingTheClassNeverWidensWhereARequestMayGo() {
        var policy = compiled(CARELESS);
        var requests = new RandomRequests(new Random(7));
        int narrowed = 0;
        for (int i = 0; i < POLICIES * REQUESTS; i++) {
            var request = requests.next();
            Set<String> before = reach(policy, request, DataClass.PUBLIC);
            for (var dataClass :
                    List.of(DataClass.INTERNAL, DataClass.CONFIDENTIAL, DataClass.RESTRICTED)) {
                var after = reach(policy, request, dataClass);
                assertThat(before).as("request " + i).containsAll(after);
                narrowed += before.size() - after.size();
                before = after;
            }
        }
        assertThat(narrowed).as("raising takes places away, or the test says nothing").isPositive();
    }

    @Test
    void anotherNeverNeverWidensWhereARequestMayGoThroughAllModelsItCanDegradeTo() {
        int narrowed = 0;
        for (int seed = 0; seed < POLICIES; seed++) {
            var random = new Random(seed);
            var written = RandomPolicy.next(random);
            var policy = compiled(written.yaml());
            var stricter = compiled(written.andNever(random).yaml());
            var requests = new RandomRequests(random);
            for (int i = 0; i < REQUESTS; i++) {
                var request = requests.next();
                var before = reach(policy, request, null);
                var after = reach(stricter, request, null);
                assertThat(before).as("policy %d, request %d", seed, i).containsAll(after);
                narrowed += before.size() - after.size();
            }
        }
        assertThat(narrowed).as("a never takes places away, or the test says nothing").isPositive();
    }

    @Test
    void aPolicyInTwoFilesIsTheSameAsInOneAndAsThatWhichIsPublished() {
        for (int seed = 0; seed < 3 * POLICIES; seed++) {
            var written = RandomPolicy.next(new Random(seed));
            var source = written.inTwoFiles();
            var expected = compiled(written.yaml()).rules().toString();
            var result = PolicyCompiler.compile(source, AgreementTest.KNOWN);

            assertThat(result).as(source.toString()).isInstanceOf(CompileResult.Compiled.class);
            var joined = ((CompileResult.Compiled) result).policy();
            assertThat(joined.rules().toString()).as(written.yaml()).isEqualTo(expected);
            var published = compiled(PolicyBundle.of(source));
            assertThat(published.rules().toString()).as(written.yaml()).isEqualTo(expected);
            assertThat(published.digest()).isEqualTo(joined.digest());
        }
    }

    /// Every environment that may get the request, as any model that it can be degraded to.
    ///
    /// @param least class it has at least, null for what the policy gives
    private static Set<String> reach(
            CompiledPolicy policy, Case request, @Nullable DataClass least) {
        var found = policy.classify(request.facts(), request.findings(), request.floors());
        var classification =
                least == null
                        ? found
                        : new Classification(
                                least, found.unscanned(), found.findings(), found.sources());
        var environments = new TreeSet<String>();
        var seen = new HashSet<String>();
        var world = request.world();
        while (true) {
            var placed = policy.place(request.facts(), classification, world);
            Stream.concat(pools(placed.decision()), placed.allowedWithoutEndpoint().stream())
                    .map(PoolKey::environment)
                    .forEach(environments::add);
            if (placed.degradeTo().isEmpty() || !seen.add(placed.degradeTo().get())) {
                return environments;
            }
            world = world.servedAs(placed.degradeTo().get());
        }
    }

    private static Stream<PoolKey> pools(Decision decision) {
        return switch (decision) {
            case Decision.Serve serve -> serve.candidates().stream().map(Candidate::pool);
            case Decision.Queue queue -> queue.pools().stream();
            case Decision.Degrade _, Decision.Shed _, Decision.Deny _ -> Stream.of();
        };
    }

    private static CompiledPolicy compiled(String yaml) {
        var result = PolicyCompiler.compile(yaml, AgreementTest.KNOWN);
        assertThat(result).as(yaml).isInstanceOf(CompileResult.Compiled.class);
        return ((CompileResult.Compiled) result).policy();
    }
}
