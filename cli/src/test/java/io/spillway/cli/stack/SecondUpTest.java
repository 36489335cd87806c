package io.spillway.cli.stack;

import static org.assertj.core.api.Assertions.assertThat;

import io.spillway.cli.ExitCode;
import io.spillway.cli.Spillway;
import java.io.IOException;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.nio.file.Path;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class SecondUpTest {
    /// In a process of its own: what a command does as it ends counts too.
    @Test
    void aSecondUpLeavesTheRunningInstallationAlone(@TempDir Path directory) throws Exception {
        var router = new ProcessBuilder("sleep", "120").start();
        try {
            new ProcessTable(directory.resolve("processes")).add("router", router.pid());

            var second = up(directory);
            var printed = new String(second.getInputStream().readAllBytes());

            assertThat(second.waitFor()).as(printed).isEqualTo(ExitCode.UNREACHABLE);
            assertThat(printed).contains("already runs");
            assertThat(router.waitFor(1, TimeUnit.SECONDS)).as("router ended").isFalse();
        } finally {
            router.destroyForcibly();
        }
    }

    private static Process up(Path directory) throws IOException {
        return new ProcessBuilder(
                        Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                        "-cp",
                        System.getProperty("java.class.path"),
                        Spillway.class.getName(),
                        "up",
                        "--detach",
                        "--state-dir",
                        directory.toString())
                .redirectErrorStream(true)
                .start();
    }

    @ParameterizedTest
    @ValueSource(strings = {"bogus", "up --port-base abc", "status --no-such-option"})
    void wrongUsageEndsWithStatusTwo(String line) {
        var command = Spillway.commandLine().setErr(new PrintWriter(new StringWriter()));

        assertThat(command.execute(line.split(" "))).isEqualTo(ExitCode.USAGE);
    }
}
