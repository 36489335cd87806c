package io.spillway.router.balancing;

import static org.assertj.core.api.Assertions.assertThat;

import io.spillway.router.balancing.TtftModel.Load;
import java.util.SplittableRandom;
import org.assertj.core.data.Percentage;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class TtftModelTest {
    private final TtftModel model = new TtftModel();

    /// In bursts much work is ahead while little runs, later it is the reverse. Then the best line
    /// would say that running requests make a server faster, which the model must not.
    @ParameterizedTest
    @ValueSource(longs = {1, 2, 3})
    void predictionsDoNotRunAwayWhenAServerSeemsFasterTheMoreItRuns(long seed) {
        var random = new SplittableRandom(seed);
        double error = 0;
        for (int i = 0; i < 600; i++) {
            double prompt = random.nextInt(200, 8000);
            double phase = 0.5 + 0.5 * Math.sin(i / 15.0);
            double ahead = phase * random.nextInt(0, 40_000);
            double running = 5 + 40 * (1 - phase) + ahead / 2500;
            var load = new Load(prompt, ahead, running);
            double line = 60 + 0.11 * prompt + 0.03 * ahead - 3 * running;
            double actual = Math.max(40, line) * (0.7 + 0.6 * random.nextDouble());
            error += i < 500 ? 0 : Math.abs(model.predict(load) - actual) / actual;
            model.learn(load, actual);
        }

        assertThat(error / 100).as("mean relative error").isLessThan(0.5);
        assertThat(model.predict(new Load(2000, 0, 0))).as("idle").isBetween(100.0, 400.0);
    }

    @Test
    void anIdleServerIsPredictedRightSoonAfterABusyTime() {
        for (int i = 0; i < 400; i++) {
            model.learn(new Load(2000, 20_000, 40), 6000);
        }
        for (int i = 0; i < 20; i++) {
            model.learn(new Load(2000, 0, 1), 300);
        }

        assertThat(model.predict(new Load(2000, 0, 1)))
                .isCloseTo(300, Percentage.withPercentage(30));
    }
}
