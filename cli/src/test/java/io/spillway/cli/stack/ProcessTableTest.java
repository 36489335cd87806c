package io.spillway.cli.stack;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.io.PrintStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class ProcessTableTest {
    @TempDir private Path directory;

    @Test
    void downEndsEveryRecordedProcessWithNothingElseAlive() throws Exception {
        var state = new StateDirectory(directory);
        var table = new ProcessTable(state.processes());
        var server = sleeper();
        var router = sleeper();
        table.add("server", server.pid());
        table.add("router", router.pid());

        var ended = new Down(state, new PrintStream(PrintStream.nullOutputStream())).run();

        assertThat(ended).isEqualTo(2);
        assertThat(server.waitFor()).isNotZero();
        assertThat(router.waitFor()).isNotZero();
        assertThat(table.alive()).isEmpty();
    }

    @Test
    void aProcessThatTookOverAnOldIdIsLeftAlone() throws Exception {
        var state = new StateDirectory(directory);
        var stranger = sleeper();
        try {
            record(state, "router %d 12345".formatted(stranger.pid()));

            var ended = new Down(state, new PrintStream(PrintStream.nullOutputStream())).run();

            assertThat(ended).isZero();
            assertThat(stranger.isAlive()).isTrue();
        } finally {
            stranger.destroyForcibly().waitFor();
        }
    }

    @Test
    void aDamagedLineIsSkippedAndTheRestStillCounts() throws Exception {
        var state = new StateDirectory(directory);
        var server = sleeper();
        record(state, "garbage");
        new ProcessTable(state.processes()).add("server", server.pid());

        assertThat(new Down(state, new PrintStream(PrintStream.nullOutputStream())).run())
                .isEqualTo(1);
        assertThat(server.waitFor()).isNotZero();
    }

    private static Process sleeper() throws IOException {
        return new ProcessBuilder("sleep", "60").start();
    }

    private static void record(StateDirectory state, String line) throws IOException {
        Files.writeString(
                state.processes(),
                line + "\n",
                StandardOpenOption.CREATE,
                StandardOpenOption.APPEND);
    }
}
