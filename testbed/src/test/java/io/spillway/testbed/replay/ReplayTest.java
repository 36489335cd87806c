package io.spillway.testbed.replay;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class ReplayTest {
    @TempDir private Path directory;
    private Path trace;

    @BeforeEach
    void writeTrace() throws IOException {
        var csv = new StringBuilder("TIMESTAMP,ContextTokens,GeneratedTokens\n");
        for (int i = 0; i < 60; i++) {
            csv.append("2023-11-16 18:17:%02d.5000000,%d,%d\n".formatted(i, 40 + i, 1 + i % 9));
        }
        trace = directory.resolve("trace.csv");
        Files.writeString(trace, csv);
    }

    @Test
    void passesWhenWhatIsSensitiveStaysHomeAndSomethingSpills() throws Exception {
        try (var stack = new FakeStack(directory, true)) {
            var report = replay(stack);
            assertThat(report.violations()).isEmpty();
            assertThat(report.sensitiveAtPublic()).isZero();
            assertThat(report.spilled()).isPositive();
            assertThat(report.undecided()).isZero();
            assertThat(report.rows()).extracting(ReplayReport.Row::ok).doesNotContain(0);
            assertThat(report.rows())
                    .filteredOn(row -> row.label().sensitive())
                    .extracting(ReplayReport.Row::zone)
                    .containsOnly("private");
            var row = report.rows().getFirst();
            assertThat(row.predictionError()).isEqualTo(new Spread(row.requests(), 20L, 20L));
            assertThat(row.queue().p99()).isEqualTo(7);
            assertThat(report.rows().stream().mapToLong(ReplayReport.Row::spendNanos).sum())
                    .isEqualTo(1_500_000);
        }
    }

    @Test
    void leaksAreSeenInTheBytesWhateverTheHeadersSay() throws Exception {
        try (var stack = new FakeStack(directory, true)) {
            stack.leaves = sent -> sent.number() % 2 == 0;
            stack.honestHeaders = false;
            var report = replay(stack);
            assertThat(report.passed()).isFalse();
            assertThat(report.sensitiveAtPublic()).isPositive();
            assertThat(report.violations().getFirst()).contains("reached a public server");
            assertThat(report.rows())
                    .extracting(ReplayReport.Row::zone)
                    .as("the router says")
                    .containsOnly("private");
        }
    }

    @Test
    void publicServersThatWriteNoCanariesMakeItFail() throws Exception {
        try (var stack = new FakeStack(directory, false)) {
            var report = replay(stack);
            assertThat(report.violations())
                    .anyMatch(it -> it.contains("the count of leaks is blind"));
        }
    }

    @Test
    void nothingSpilledMakesItFail() throws Exception {
        try (var stack = new FakeStack(directory, true)) {
            stack.leaves = _ -> false;
            assertThat(replay(stack).violations())
                    .singleElement()
                    .asString()
                    .contains("nothing spilled");
        }
    }

    @Test
    void honestSheddingIsNoFailure() throws Exception {
        try (var stack = new FakeStack(directory, true)) {
            stack.shed = sent -> sent.number() % 5 == 0;
            var report = replay(stack);
            assertThat(report.passed()).isTrue();
            assertThat(report.rows().stream().mapToInt(ReplayReport.Row::shed).sum()).isPositive();
        }
    }

    @Test
    void callersMaySpillAndAreGoneAfterwards() throws Exception {
        try (var stack = new FakeStack(directory, true)) {
            replay(stack);
            assertThat(stack.calls)
                    .anyMatch(it ->
                            it.startsWith("PUT /api/v1/tenants/replay-sensitive")
                                    && it.contains("\"floor\":\"confidential\"")
                                    && it.contains("\"maySpill\":[\"cloud\"]")
                                    && it.contains("[\"DE\",\"US\"]"));
            assertThat(stack.calls.stream().filter(it -> it.startsWith("DELETE /api/v1/keys/")))
                    .hasSize(2);
        }
    }

    @Test
    void withoutAStackItSaysHowToStartOne() {
        assertThatThrownBy(() ->
                        Replay.run(
                                ReplayOptions.of(directory.resolve("none")),
                                ProgressListener.silent()))
                .isInstanceOf(ReplayException.class)
                .hasMessageContaining("./spillway up");
    }

    private ReplayReport replay(FakeStack stack) throws Exception {
        // A minute in half a second; about as much as one engine can do.
        var options = new ReplayOptions(stack.directory(), trace, 120, 0.3, 1.0, null, 7);
        return Replay.run(options, ProgressListener.silent());
    }
}
