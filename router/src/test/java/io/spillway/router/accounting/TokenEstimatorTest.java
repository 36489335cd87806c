package io.spillway.router.accounting;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.SplittableRandom;
import org.assertj.core.data.Percentage;
import org.junit.jupiter.api.Test;

class TokenEstimatorTest {

    @Test
    void sizesAreCountedByScriptInCodePointsAndUtf8Bytes() {
        var size = TextSize.of("ab 你好 é😀").plus(TextSize.of("c"));

        assertThat(size).isEqualTo(new TextSize(5, 2, 2, 5 + 6 + 2 + 4, 2));
    }

    @Test
    void itLearnsHowManyTokensAModelMakesOfEachScript() {
        var estimator = new TokenEstimator();
        var random = new SplittableRandom(3);
        for (int i = 0; i < 3000; i++) {
            var size =
                    random.nextBoolean()
                            ? new TextSize(random.nextInt(10, 8000), 0, 0, 0, 1)
                            : new TextSize(random.nextInt(50), random.nextInt(10, 4000), 0, 0, 1);
            long tokens = Math.round(0.22 * size.ascii() + 1.3 * size.wide() + 9);
            estimator.observed("m", size, tokens, 500, 1);
        }

        assertThat(estimator.expectedPrompt("m", new TextSize(4000, 0, 0, 0, 1)))
                .isCloseTo(889, Percentage.withPercentage(5));
        assertThat(estimator.expectedPrompt("m", new TextSize(0, 2000, 0, 0, 1)))
                .isCloseTo(2609, Percentage.withPercentage(5));
    }

    @Test
    void expectedOutputFollowsTheAnswersAndNeverExceedsTheCallersLimit() {
        var estimator = new TokenEstimator();
        for (int i = 0; i < 300; i++) {
            estimator.observed("m", TextSize.of("hi"), 9, 40, 2);
        }

        assertThat(estimator.expectedOutput("m", null, 1)).isBetween(19, 21);
        assertThat(estimator.expectedOutput("m", 5, 2)).isEqualTo(10);
        assertThat(estimator.expectedOutput("other", null, 1)).isEqualTo(256);
    }

    @Test
    void modelsDoNotLearnFromEachOther() {
        var estimator = new TokenEstimator();
        var size = new TextSize(1000, 0, 0, 1000, 1);
        int before = estimator.expectedPrompt("quiet", size);

        estimator.observed("busy", size, 5000, 1, 1);

        assertThat(estimator.expectedPrompt("quiet", size)).isEqualTo(before);
        assertThat(estimator.expectedPrompt("busy", size)).isGreaterThan(before);
    }
}
