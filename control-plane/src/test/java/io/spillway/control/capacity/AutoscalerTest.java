package io.spillway.control.capacity;

import static org.assertj.core.api.Assertions.assertThat;

import io.spillway.api.environment.Fleet;
import io.spillway.api.environment.PoolKey;
import io.spillway.api.state.PoolLoad;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.OptionalLong;
import java.util.Set;
import java.util.SplittableRandom;
import org.junit.jupiter.api.Test;

class AutoscalerTest {
    private static final PoolKey HOME = new PoolKey("onprem", "chat-v1");
    private static final PoolKey CLOUD = new PoolKey("aws-burst", "chat-v1");
    private static final long SLOW = 4000;
    private static final long FAST = 200;

    private final Autoscaler autoscaler = new Autoscaler();
    private Fleet fleet = fleet(0, 4);
    private Instant now = Instant.parse("2026-11-22T12:00:00Z");
    private int desired;
    private int starting;
    private String reason = "";

    @Test
    void itGrowsFromZeroOnceDemandHasLastedMoreThanTwoSeconds() {
        second(home(SLOW), cloud(0, 3));
        second(home(SLOW), cloud(0, 3));
        second(home(SLOW), cloud(0, 3));
        assertThat(desired).isZero();

        second(home(SLOW), cloud(0, 3));

        assertThat(desired).isEqualTo(1);
        assertThat(reason).contains("grows from 0 to 1");
    }

    @Test
    void oneSpikeOfASecondIsNoReasonToGrow() {
        second(home(SLOW), cloud(0, 30));
        for (int i = 0; i < 20; i++) {
            second(home(FAST), cloud(0, 0));
        }

        assertThat(desired).isZero();
    }

    @Test
    void theStepFollowsTheDemandAndTheMaximum() {
        seconds(4, home(SLOW), cloud(0, 17));
        assertThat(desired).isEqualTo(3);

        starting = 0;
        seconds(10, home(SLOW), cloud(20, 100));
        assertThat(desired).isEqualTo(4);
    }

    @Test
    void itDoesNotGrowAgainWhileMachinesBoot() {
        seconds(4, home(SLOW), cloud(0, 3));
        starting = 1;
        seconds(15, home(SLOW), cloud(0, 3));
        assertThat(desired).isEqualTo(1);
        assertThat(reason).contains("starting");

        seconds(10, home(SLOW), cloud(0, 3));

        assertThat(desired).as("after the boot time of 20 s").isEqualTo(2);
    }

    @Test
    void wishesDoNotCountWhileHomeServesAtOnce() {
        seconds(20, home(FAST), cloud(0, 50));

        assertThat(desired).isZero();
    }

    @Test
    void anUnknownHomeIsNoAlternative() {
        seconds(4, load(HOME, 0, 0, 0, OptionalLong.empty()), cloud(0, 3));

        assertThat(desired).isEqualTo(1);
    }

    @Test
    void itShrinksByOneAfterTheIdleTimeAndNeverBelowTheMinimum() {
        fleet = fleet(1, 4);
        seconds(4, home(SLOW), cloud(0, 17));
        assertThat(desired).isEqualTo(4);

        seconds(29, home(FAST), cloud(0, 0));
        assertThat(desired).isEqualTo(4);
        seconds(3, home(FAST), cloud(0, 0));
        assertThat(desired).isEqualTo(3);
        seconds(300, home(FAST), cloud(0, 0));

        assertThat(desired).isEqualTo(1);
    }

    @Test
    void machinesThatAreNeededStay() {
        seconds(4, home(SLOW), cloud(0, 9));
        assertThat(desired).isEqualTo(2);

        seconds(300, home(FAST), cloud(9, 0));

        assertThat(desired).isEqualTo(2);
    }

    @Test
    void withoutFreshReportsTheSizeHolds() {
        seconds(4, home(SLOW), cloud(0, 3));
        var last = List.of(home(SLOW), cloud(0, 3));
        for (int i = 0; i < 300; i++) {
            step(last);
        }

        assertThat(desired).isEqualTo(1);
        assertThat(reason).contains("no router reports");
    }

    @Test
    void aReportThatIsSeenAgainIsNotNewDemand() {
        var once = List.of(home(SLOW), cloud(0, 5));
        for (int i = 0; i < 9; i++) {
            step(once);
        }

        assertThat(desired).isZero();
    }

    @Test
    void aChangedBoundIsKeptAtOnce() {
        desired = 3;
        fleet = fleet(0, 2);
        second(home(FAST), cloud(0, 0));
        assertThat(desired).isEqualTo(2);

        fleet = fleet(3, 5);
        second(home(FAST), cloud(0, 0));
        assertThat(desired).isEqualTo(3);
    }

    @Test
    void randomLoadNeverLeavesTheBoundsAndNeverFlaps() {
        var random = new SplittableRandom(4);
        var changes = new ArrayList<Instant>();
        int before = 0;
        int direction = 0;
        Instant changedAt = null;
        for (int i = 0; i < 20_000; i++) {
            boolean burst = i / 100 % 3 == 0;
            second(
                    home(burst && random.nextInt(3) > 0 ? SLOW : FAST),
                    cloud(random.nextInt(12), burst ? random.nextInt(20) : 0));
            assertThat(desired).isBetween(0, 4);
            int move = Integer.signum(desired - before);
            if (move != 0) {
                changes.add(now);
                if (move < 0) {
                    assertThat(desired).as("one at a time").isEqualTo(before - 1);
                }
                if (move < 0 && direction > 0) {
                    assertThat(now).isAfterOrEqualTo(changedAt.plusSeconds(30));
                }
                direction = move;
                changedAt = now;
            }
            before = desired;
        }
        assertThat(changes).isNotEmpty();
    }

    private void seconds(int count, PoolLoad... loads) {
        for (int i = 0; i < count; i++) {
            second(loads);
        }
    }

    /// One second passes and brings new reports.
    private void second(PoolLoad... loads) {
        var fresh = new ArrayList<PoolLoad>();
        for (var it : loads) {
            fresh.add(
                    load(
                            it.pool(),
                            it.running(),
                            it.queued(),
                            it.wantedSpill(),
                            it.predictedTtftMillis()));
        }
        step(fresh);
    }

    private void step(List<PoolLoad> loads) {
        now = now.plusSeconds(1);
        var situation = new Autoscaler.Situation(desired, desired - starting, Set.of(HOME), loads);
        var action = autoscaler.next(fleet, situation, now);
        desired = action.desired();
        reason = action.reason();
    }

    private PoolLoad home(long predicted) {
        return load(HOME, 5, 0, 0, OptionalLong.of(predicted));
    }

    private PoolLoad cloud(int running, int wanted) {
        return load(CLOUD, running, 0, wanted, OptionalLong.of(FAST));
    }

    private PoolLoad load(
            PoolKey pool, int running, int queued, int wanted, OptionalLong predicted) {
        int ready = predicted.isPresent() ? 2 : 0;
        return new PoolLoad("router-1", now, pool, ready, running, queued, wanted, predicted);
    }

    private static Fleet fleet(int minimum, int maximum) {
        return new Fleet(
                "burst",
                "aws-burst",
                "chat-v1",
                "process",
                minimum,
                maximum,
                1500,
                30,
                Map.of("bootSeconds", "20"));
    }
}
