package io.spillway.connector.cloud.control.process;

import io.spillway.api.connector.FleetDriver.FleetSite;
import io.spillway.connector.cloud.control.fleet.ProcessIdentity;
import io.spillway.connector.cloud.control.fleet.SafeFiles;
import java.io.File;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.stream.Stream;

/// Starts and ends server processes.
final class Processes {
    private static final int LOGS_KEPT = 50;
    private static final long FIRST_LOOK_MILLIS = 200;
    private static final long GRACE_SECONDS = 10;
    private static final Path SETSID = Path.of("/usr/bin/setsid");

    private Processes() {}

    /// Starts a machine's server and returns before it is ready.
    ///
    /// @throws IOException when it ends at once, with the last line of its log
    static ProcessIdentity start(FleetState.Entry machine, FleetSite site, List<String> options)
            throws IOException, InterruptedException {
        var log = logFile(site.directory(), machine.id());
        var builder =
                new ProcessBuilder(command(machine, site, options))
                        .directory(site.directory().toFile())
                        .redirectInput(new File("/dev/null"))
                        .redirectErrorStream(true)
                        .redirectOutput(ProcessBuilder.Redirect.appendTo(log.toFile()));
        // The control plane's own settings hold passwords; a server has no use for them.
        builder.environment()
                .keySet()
                .removeIf(it -> it.startsWith("QUARKUS_") || it.startsWith("SPILLWAY_"));
        var process = builder.start();
        var identity = ProcessIdentity.of(process.pid());
        if (identity.isEmpty() || process.waitFor(FIRST_LOOK_MILLIS, TimeUnit.MILLISECONDS)) {
            throw new IOException(
                    "machine '%s' ended at once with status %d: %s (log: %s)"
                            .formatted(
                                    machine.id(), process.waitFor(), SafeFiles.lastLine(log), log));
        }
        if (site.processFile() != null) {
            Files.writeString(
                    site.processFile(),
                    "server %d %s%n".formatted(identity.get().pid(), identity.get().startTime()),
                    StandardOpenOption.CREATE,
                    StandardOpenOption.APPEND);
        }
        return identity.get();
    }

    /// Ends processes and what they started: first politely, after a grace by force.
    static void end(List<ProcessIdentity> processes) throws IOException, InterruptedException {
        var handles =
                processes.stream()
                        .flatMap(it -> it.handle().stream())
                        .flatMap(it -> Stream.concat(it.descendants(), Stream.of(it)))
                        .toList();
        handles.forEach(ProcessHandle::destroy);
        if (!ended(handles)) {
            handles.forEach(ProcessHandle::destroyForcibly);
            if (!ended(handles)) {
                throw new IOException(
                        "processes %s do not end, not even by force"
                                .formatted(handles.stream().map(ProcessHandle::pid).toList()));
            }
        }
    }

    private static boolean ended(List<ProcessHandle> handles)
            throws IOException, InterruptedException {
        var all =
                CompletableFuture.allOf(
                        handles.stream()
                                .map(ProcessHandle::onExit)
                                .toArray(CompletableFuture<?>[]::new));
        try {
            all.get(GRACE_SECONDS, TimeUnit.SECONDS);
            return true;
        } catch (TimeoutException e) {
            return false;
        } catch (ExecutionException e) {
            throw new IOException("cannot wait for processes to end", e);
        }
    }

    /// In a session of its own the server gets neither the terminal's Ctrl-C nor its hang-up.
    private static List<String> command(
            FleetState.Entry machine, FleetSite site, List<String> options) {
        var command = new ArrayList<String>();
        if (Files.isExecutable(SETSID)) {
            command.add(SETSID.toString());
        }
        command.addAll(site.serverCommand());
        command.addAll(options);
        command.addAll(List.of("--port", Integer.toString(machine.port())));
        command.addAll(List.of("--nonce", machine.nonce()));
        return command;
    }

    private static Path logFile(Path directory, String machine) throws IOException {
        var folder = Files.createDirectories(directory.resolve("logs"));
        SafeFiles.keepNewest(folder, LOGS_KEPT - 1);
        return folder.resolve(machine + ".log");
    }
}
