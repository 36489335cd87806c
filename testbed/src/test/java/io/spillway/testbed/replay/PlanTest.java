package io.spillway.testbed.replay;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import io.spillway.testbed.engine.PromptTokens;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HashSet;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class PlanTest {
    private static final Capacity.Server SERVER =
            Capacity.Server.of(
                    2, new Capacity.Made("llama2-70b", "h100-80gb", 8, 8192, 256, 2048, 1.0));

    @Test
    void theBusiestMinuteOffersTheLoadAskedFor() throws IOException {
        var trace = Trace.builtIn();
        for (double speed : new double[] {1, 60}) {
            var options = new ReplayOptions(Path.of("x"), null, speed, 0.3, 1.67, null, 1);
            var plan = plan(trace, options);
            double minute = Math.min(60, plan.seconds());
            var seconds = plan.requests().stream().mapToDouble(Plan.Request::seconds).toArray();
            int most = 0;
            for (double start : seconds) {
                int inside = 0;
                for (double it : seconds) {
                    inside += it >= start && it < start + minute ? 1 : 0;
                }
                most = Math.max(most, inside);
            }
            assertThat(most / minute / plan.capacity()).isCloseTo(1.67, within(0.25));
        }
    }

    @Test
    void aFullEngineDoesSomeRequestsASecond() throws IOException {
        double rate = Capacity.requestsPerSecond(SERVER.engine(), Trace.builtIn().arrivals());
        assertThat(rate).isBetween(3.0, 10.0);
    }

    @Test
    void labelsFollowTheShareAndTheSeedAndCanariesAreAlwaysNew() throws IOException {
        var options = new ReplayOptions(Path.of("x"), null, 60, 0.3, 5, null, 1);
        var plan = plan(Trace.builtIn(), options);
        var again = plan(Trace.builtIn(), options);
        assertThat(again.requests().stream().map(Plan.Request::label).toList())
                .isEqualTo(plan.requests().stream().map(Plan.Request::label).toList());
        double count = plan.requests().size();
        assertThat(count(plan, Label.SENSITIVE_TENANT) / count).isCloseTo(0.15, within(0.04));
        assertThat(count(plan, Label.SENSITIVE_CONTENT) / count).isCloseTo(0.15, within(0.04));
        var canaries = new HashSet<String>();
        plan.requests().forEach(it -> canaries.add(it.canary()));
        again.requests().forEach(it -> canaries.add(it.canary()));
        assertThat(canaries).hasSize(2 * plan.requests().size());
        assertThat(canaries).allMatch(it -> it.matches("canary-[0-9a-z]{16}"));
    }

    @Test
    void promptsHaveTheLengthOfTheTraceAndBeginWithTheirCanary() throws IOException {
        var prompts = Prompts.builtIn();
        var random = new Random(1);
        for (int tokens : new int[] {64, 500, 7437}) {
            for (var label : Label.values()) {
                var prompt = prompts.make(label, "canary-0123456789abcdef", tokens, random);
                assertThat(prompt).startsWith("canary-0123456789abcdef\n");
                assertThat(new PromptTokens("").text(prompt).count() + 6)
                        .isCloseTo(tokens, within(2 + tokens / 50));
                assertThat(prompts.personal().stream().anyMatch(prompt::contains))
                        .isEqualTo(label == Label.SENSITIVE_CONTENT);
            }
        }
    }

    @Test
    void aFileThatIsNoTraceIsRefusedWithItsLine(@TempDir Path directory) throws IOException {
        var file = directory.resolve("t.csv");
        Files.writeString(
                file, "TIMESTAMP,ContextTokens,GeneratedTokens\n2023-11-16 18:17:03.97,x,10");
        assertThatThrownBy(() -> Trace.read(file)).hasMessageContaining("t.csv, line 2");
    }

    private static Plan plan(Trace trace, ReplayOptions options) {
        return Plan.of(trace, options, List.of(SERVER, SERVER), 16_384, new Random(1));
    }

    private static double count(Plan plan, Label label) {
        return plan.requests().stream().filter(it -> it.label() == label).count();
    }
}
