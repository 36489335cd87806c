package io.spillway.control.capacity;

import static org.assertj.core.api.Assertions.assertThat;

import io.spillway.api.environment.Endpoint;
import io.spillway.api.environment.EndpointState;
import io.spillway.api.environment.Fleet;
import io.spillway.api.state.PoolLoad;
import java.net.URI;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.OptionalInt;
import java.util.OptionalLong;
import org.junit.jupiter.api.Test;

class DrainsTest {
    private static final Instant NOON = Instant.parse("2026-01-01T12:00:00Z");
    private static final Fleet FLEET =
            new Fleet(
                    "burst", "away", "m", "process", 0, 3, 1500, 60, Map.of("drainSeconds", "30"));

    private final Drains drains = new Drains();

    @Test
    void aMachineGoesOnceItsServerWorksOnNothing() {
        drains.begun(List.of(endpoint(EndpointState.READY)), NOON);

        assertThat(busy(1, 10)).containsExactly("burst:1");
        assertThat(busy(0, 11)).isEmpty();
    }

    @Test
    void anEarlyZeroSaysNothingBecauseRoutersMayNotKnowYet() {
        drains.begun(List.of(endpoint(EndpointState.READY)), NOON);

        assertThat(busy(0, 1)).containsExactly("burst:1");
        assertThat(busy(0, 3)).isEmpty();
    }

    @Test
    void noRequestHoldsAMachineLongerThanTheLimit() {
        drains.begun(List.of(endpoint(EndpointState.READY)), NOON);

        assertThat(busy(5, 29)).containsExactly("burst:1");
        assertThat(busy(5, 30)).isEmpty();
    }

    @Test
    void aMachineThatNeverServedGoesAtOnce() {
        drains.begun(List.of(endpoint(EndpointState.STARTING)), NOON);

        assertThat(busy(0, 0)).isEmpty();
    }

    @Test
    void whenTheServerDoesNotSayWhatRoutersHaveRunningCounts() {
        var draining = List.of(endpoint(EndpointState.READY));
        drains.begun(draining, NOON);

        assertThat(drains.busy(FLEET, draining, _ -> OptionalInt.empty(), loads(2), at(10)))
                .containsExactly("burst:1");
        assertThat(drains.busy(FLEET, draining, _ -> OptionalInt.empty(), loads(0), at(10)))
                .isEmpty();
    }

    private List<String> busy(int working, int second) {
        return drains.busy(
                FLEET,
                List.of(endpoint(EndpointState.DRAINING)),
                _ -> OptionalInt.of(working),
                List.of(),
                at(second));
    }

    private static Instant at(int second) {
        return NOON.plusSeconds(second);
    }

    private static List<PoolLoad> loads(int running) {
        return List.of(
                new PoolLoad("r", NOON, FLEET.pool(), 1, running, 0, 0, OptionalLong.empty()));
    }

    private static Endpoint endpoint(EndpointState state) {
        return new Endpoint(
                "burst:1", "away", "m", URI.create("http://127.0.0.1:1"), "vllm", state, null, "n");
    }
}
