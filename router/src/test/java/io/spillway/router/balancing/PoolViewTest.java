package io.spillway.router.balancing;

import static org.assertj.core.api.Assertions.assertThat;

import io.spillway.api.connector.LoadReport;
import io.spillway.api.environment.Endpoint;
import io.spillway.api.environment.EndpointState;
import io.spillway.api.environment.PoolKey;
import io.spillway.router.balancing.AttemptOutcome.Kind;
import io.spillway.router.balancing.PoolView.Demand;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.List;
import java.util.OptionalDouble;
import java.util.Set;
import java.util.SplittableRandom;
import org.assertj.core.data.Percentage;
import org.junit.jupiter.api.Test;

class PoolViewTest {
    private static final PoolKey POOL = new PoolKey("onprem", "v");
    private static final long SECOND = 1_000_000_000L;

    private final PoolView pool =
            new PoolView(
                    POOL,
                    new PoolView.Limits(64, 1, 256, Set.of("openai")),
                    new SplittableRandom(1));
    private long now = SECOND;

    @Test
    void theLessLoadedEndpointIsChosen() {
        apply("a", "b");
        report("a", 20, 3);
        report("b", 2, 0);

        assertThat(choose(Demand.of(1000))).isEqualTo("b");
    }

    @Test
    void anUnknownLoadDoesNotWinOverAKnownOne() {
        apply("a", "b");
        report("a", 5, 0);

        assertThat(choose(Demand.of(100))).isEqualTo("a");
    }

    @Test
    void aPromptGoesWhereItsPrefixIsCached() {
        apply("a", "b", "c");
        idle("a", "b", "c");
        var first = demand("acme", "x".repeat(20_000), 5000);
        var where = pool.choose(first, now).orElseThrow();
        end(pool.send(where, first, false, now), Kind.OK);

        for (int i = 0; i < 20; i++) {
            var longer = demand("acme", "x".repeat(20_000) + "y".repeat(i), 5000);
            assertThat(choose(longer)).isEqualTo(where.endpoint().id());
        }
    }

    @Test
    void affinityEndsWhereItWouldPileRequestsUpOnOneServer() {
        apply("a", "b");
        idle("a", "b");
        var same = demand("acme", "x".repeat(20_000), 5000);
        int[] sent = new int[2];
        for (int i = 0; i < 40; i++) {
            var choice = pool.choose(same, now).orElseThrow();
            var flight = pool.send(choice, same, false, now);
            now += SECOND / 4;
            pool.firstToken(flight, now);
            sent[choice.endpoint().id().equals("a") ? 0 : 1]++;
        }

        assertThat(Math.abs(sent[0] - sent[1])).isLessThan(16);
    }

    @Test
    void tenantsShareNoPrefix() {
        var text = "x".repeat(5000).getBytes(StandardCharsets.UTF_8);

        var one = Prefix.of("acme", text, 0, text.length);
        var other = Prefix.of("umbrella", text, 0, text.length);

        assertThat(one.blocks()).isEqualTo(4);
        for (int block = 1; block <= 4; block++) {
            assertThat(one.hash(block)).isNotEqualTo(other.hash(block));
        }
        assertThat(one).isEqualTo(Prefix.of("acme", text, 0, text.length));
        assertThat(one.toString()).doesNotContain("xx");
    }

    @Test
    void fiveFailuresInARowEjectAnEndpointAndOneTrialBringsItBack() {
        apply("a", "b");
        idle("a", "b");
        fail("a", 5);
        assertThat(pool.ready(now)).isEqualTo(1);

        now += 30 * SECOND;
        idle("a", "b");
        assertThat(pool.ready(now)).isEqualTo(2);
        var trial = send("a");
        assertThat(pool.ready(now)).as("only one trial at a time").isEqualTo(1);
        end(trial, Kind.OK);

        assertThat(pool.ready(now)).isEqualTo(2);
    }

    @Test
    void aFailedTrialEjectsForLonger() {
        apply("a", "b");
        idle("a", "b");
        fail("a", 5);
        now += 30 * SECOND;
        idle("a", "b");
        end(send("a"), Kind.FAILED);

        now += 59 * SECOND;
        assertThat(pool.ready(now)).isEqualTo(1);
        now += SECOND;
        assertThat(pool.ready(now)).isEqualTo(2);
    }

    @Test
    void neverMoreThanHalfOfAPoolIsEjected() {
        apply("a", "b", "c");
        idle("a", "b", "c");
        fail("a", 5);
        fail("b", 5);
        fail("c", 5);

        assertThat(pool.ready(now)).isEqualTo(2);
    }

    @Test
    void aCancelledRequestSaysNothingAboutTheEndpoint() {
        apply("a", "b");
        idle("a", "b");
        fail("a", 4);
        end(send("a"), Kind.CANCELLED);
        fail("a", 1);

        assertThat(pool.ready(now)).isEqualTo(1);
    }

    @Test
    void theLimitFollowsWhatWaitsAtTheServer() {
        apply("a");
        report("a", 0, 0);
        assertThat(pool.slots(now)).isEqualTo(64);

        for (int i = 0; i < 10; i++) {
            report("a", 6, 30);
        }
        int low = pool.slots(now);
        for (int i = 0; i < 10; i++) {
            report("a", low, 0);
        }

        assertThat(low).isEqualTo(8);
        assertThat(pool.slots(now)).isGreaterThan(low);
    }

    @Test
    void aSleepingServerIsNotAnIdleOne() {
        apply("a");
        pool.report("a", new LoadReport(0, 0, OptionalDouble.empty(), true, Instant.EPOCH), now);

        assertThat(pool.ready(now)).isZero();
        assertThat(pool.predict(Demand.of(10), now)).isEmpty();
    }

    @Test
    void predictionsConvergeOnWhatServersReallyDo() {
        teach();

        assertThat(pool.predict(Demand.of(6000), now).orElseThrow())
                .isCloseTo(760, Percentage.withPercentage(10));
        assertThat(pool.predict(Demand.of(1000), now).orElseThrow())
                .isCloseTo(160, Percentage.withPercentage(25));
    }

    @Test
    void oneStalledAnswerDoesNotBendThePrediction() {
        teach();
        double before = pool.predict(Demand.of(1000), now).orElseThrow();
        var demand = Demand.of(1000);
        var flight = pool.send(pool.choose(demand, now).orElseThrow(), demand, false, now);
        now += 60 * SECOND;
        pool.firstToken(flight, now);
        end(flight, Kind.OK);
        report("a", 0, 0);

        assertThat(pool.predict(Demand.of(1000), now).orElseThrow()).isLessThan(3 * before);
    }

    @Test
    void anIdleServerIsGivenTheChanceToProveABadPredictionWrong() {
        apply("a");
        report("a", 0, 0);
        var demand = Demand.of(1000);
        for (int i = 0; i < 50; i++) {
            report("a", 0, 0);
            var flight = pool.send(pool.choose(demand, now).orElseThrow(), demand, false, now);
            now += 8 * SECOND;
            pool.firstToken(flight, now);
            end(flight, Kind.OK);
        }
        report("a", 0, 0);
        double right = pool.predict(demand, now).orElseThrow();

        now += 120 * SECOND;
        report("a", 0, 0);

        assertThat(pool.predict(demand, now).orElseThrow()).isLessThan(right / 3);
    }

    @Test
    void aShortPredictionStaysWhileAServerIsIdle() {
        teach();
        double right = pool.predict(Demand.of(1000), now).orElseThrow();

        now += 120 * SECOND;
        report("a", 0, 0);

        assertThat(pool.predict(Demand.of(1000), now).orElseThrow()).isEqualTo(right);
    }

    /// Five hundred answers of a server that needs 40 ms and 120 ms per thousand tokens.
    private void teach() {
        apply("a");
        var random = new SplittableRandom(5);
        for (int i = 0; i < 500; i++) {
            now += SECOND;
            report("a", 0, 0);
            int tokens = random.nextInt(100, 8000);
            var demand = Demand.of(tokens);
            var flight = pool.send(pool.choose(demand, now).orElseThrow(), demand, false, now);
            now += (long) ((40 + 0.12 * tokens) * 1e6);
            pool.firstToken(flight, now);
            end(flight, Kind.OK);
        }
        report("a", 0, 0);
    }

    private void apply(String... ids) {
        pool.apply(List.of(ids).stream().map(PoolViewTest::endpoint).toList());
    }

    private static Endpoint endpoint(String id) {
        var url = URI.create("http://127.0.0.1:1/" + id);
        return new Endpoint(id, "onprem", "v", url, "vllm", EndpointState.READY, null, null);
    }

    private void report(String id, int running, int waiting) {
        var cache = OptionalDouble.of(0.2);
        pool.report(id, new LoadReport(running, waiting, cache, false, Instant.EPOCH), now);
        pool.report(id, new LoadReport(running, waiting, cache, false, Instant.EPOCH), now);
    }

    private void idle(String... ids) {
        for (var id : ids) {
            report(id, 0, 0);
        }
    }

    private String choose(Demand demand) {
        return pool.choose(demand, now).orElseThrow().endpoint().id();
    }

    private static Demand demand(String tenant, String text, int tokens) {
        var bytes = text.getBytes(StandardCharsets.UTF_8);
        return new Demand(tokens, true, Prefix.of(tenant, bytes, 0, bytes.length), Set.of());
    }

    private Flight send(String id) {
        var choice = new PoolView.Choice(endpoint(id), OptionalDouble.empty());
        return pool.send(choice, Demand.of(10), false, now);
    }

    private void fail(String id, int times) {
        for (int i = 0; i < times; i++) {
            end(send(id), Kind.FAILED);
        }
    }

    private void end(Flight flight, Kind kind) {
        pool.ended(flight, AttemptOutcome.of(kind), now);
    }
}
