package io.spillway.connector.cloud.control.terraform;

import io.spillway.connector.cloud.control.fleet.SafeFiles;
import java.io.File;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;

/// Runs the program `terraform` in one directory and keeps what it printed, one log a run.
final class Terraform {
    private static final DateTimeFormatter STAMP =
            DateTimeFormatter.ofPattern("uuuuMMdd'T'HHmmss.SSS'Z'").withZone(ZoneOffset.UTC);
    private static final int LOGS_KEPT = 50;
    private static final int MOST_OUTPUT = 8 << 20;
    private static final long LONGEST_RUN_MINUTES = 60;
    private static final long FAREWELL_SECONDS = 60;

    private final Path program;
    private final Map<String, String> environment;
    private final Path directory;
    private final Path log;

    /// Begins a run.
    ///
    /// @param what name of the run, part of its log's name
    Terraform(Path program, Map<String, String> environment, Workspace workspace, String what)
            throws IOException {
        this.program = program;
        this.environment = environment;
        this.directory = workspace.directory();
        var logs = Files.createDirectories(workspace.logs());
        SafeFiles.keepNewest(logs, LOGS_KEPT - 1);
        this.log = logs.resolve(STAMP.format(Instant.now()) + "-" + what + ".log");
    }

    /// The program on a `PATH`.
    static Optional<Path> find(String path) {
        return Stream.of(path.split(File.pathSeparator))
                .filter(folder -> !folder.isBlank())
                .map(folder -> Path.of(folder, "terraform").toAbsolutePath())
                .filter(it -> Files.isRegularFile(it) && Files.isExecutable(it))
                .findFirst();
    }

    /// Runs a command to its end.
    ///
    /// @throws IOException with Terraform's own error and the log's path when it fails
    void run(List<String> arguments) throws IOException, InterruptedException {
        var from = Files.exists(log) ? Files.size(log) : 0;
        var builder = builder(arguments);
        builder.redirectErrorStream(true);
        builder.redirectOutput(ProcessBuilder.Redirect.appendTo(log.toFile()));
        finish(builder.start(), arguments, from);
    }

    /// Runs a command to its end and returns what it printed.
    String output(List<String> arguments) throws IOException, InterruptedException {
        var from = Files.exists(log) ? Files.size(log) : 0;
        var builder = builder(arguments);
        builder.redirectError(ProcessBuilder.Redirect.appendTo(log.toFile()));
        var process = builder.start();
        var printed = process.getInputStream().readNBytes(MOST_OUTPUT);
        process.getInputStream().transferTo(OutputStream.nullOutputStream());
        finish(process, arguments, from);
        return new String(printed, StandardCharsets.UTF_8);
    }

    private ProcessBuilder builder(List<String> arguments) {
        var command = new ArrayList<String>();
        command.add(program.toString());
        command.addAll(arguments);
        var builder = new ProcessBuilder(command).directory(directory.toFile());
        builder.redirectInput(new File("/dev/null"));
        var inherited = builder.environment();
        // Passwords of the control plane are of no use to it, and variables come from the files.
        inherited.keySet().removeIf(it -> it.matches("(QUARKUS|SPILLWAY|TF_VAR)_.*"));
        inherited.put("TF_IN_AUTOMATION", "1");
        inherited.put("TF_INPUT", "0");
        inherited.put("CHECKPOINT_DISABLE", "1");
        inherited.putAll(environment);
        return builder;
    }

    private void finish(Process process, List<String> arguments, long logFrom)
            throws IOException, InterruptedException {
        try {
            if (!process.waitFor(LONGEST_RUN_MINUTES, TimeUnit.MINUTES)) {
                throw new IOException(
                        "terraform %s took more than %d minutes and was ended; its log is %s"
                                .formatted(arguments.getFirst(), LONGEST_RUN_MINUTES, log));
            }
        } finally {
            end(process);
        }
        if (process.exitValue() != 0) {
            throw new IOException(
                    "terraform %s failed: %s (log: %s)"
                            .formatted(
                                    arguments.getFirst(), TerraformErrors.in(log, logFrom), log));
        }
    }

    /// Told to end, Terraform finishes what it is doing and saves its state; only then it is
    /// killed.
    private static void end(Process process) throws InterruptedException {
        if (process.isAlive()) {
            process.destroy();
            var interrupted = Thread.interrupted();
            if (!process.waitFor(FAREWELL_SECONDS, TimeUnit.SECONDS)) {
                process.destroyForcibly();
            }
            if (interrupted) {
                Thread.currentThread().interrupt();
            }
        }
    }
}
