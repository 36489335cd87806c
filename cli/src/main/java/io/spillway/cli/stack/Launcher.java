package io.spillway.cli.stack;

import io.spillway.cli.CommandFailure;
import io.spillway.cli.ExitCode;
import java.io.File;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;

/// Starts the processes of an installation, each in a session of its own so that a Ctrl-C at the
/// terminal reaches the launcher alone, which then ends them in order.
final class Launcher {
    private static final List<String> JVM =
            List.of(
                    "-XX:+UseSerialGC",
                    "-XX:+ExitOnOutOfMemoryError",
                    "--enable-native-access=ALL-UNNAMED",
                    "--sun-misc-unsafe-memory-access=allow",
                    "-Djava.util.logging.manager=org.jboss.logmanager.LogManager");

    private final Path home;
    private final StateDirectory state;
    private final ProcessTable processes;

    Launcher(Path home, StateDirectory state, ProcessTable processes) {
        this.home = home;
        this.state = state;
        this.processes = processes;
    }

    /// Starts a Quarkus application.
    ///
    /// @param module folder of the module, which was packaged
    /// @param settings configuration by key
    Process application(String role, String module, String heap, Map<String, String> settings)
            throws IOException {
        var jar = home.resolve(module).resolve("target/quarkus-app/quarkus-run.jar");
        if (!Files.exists(jar)) {
            throw new CommandFailure(
                    ExitCode.UNREACHABLE, "%s is missing: build with mvn package".formatted(jar));
        }
        var command = new ArrayList<String>();
        command.add(java());
        command.addAll(JVM);
        command.add("-Xmx" + heap);
        settings.forEach((key, value) -> command.add("-D%s=%s".formatted(key, value)));
        command.add("-jar");
        command.add(jar.toString());
        return start(role, role, command);
    }

    /// Starts one simulated model server; `options` are appended to [#serverCommand].
    Process server(String name, List<String> options) throws IOException {
        var command = new ArrayList<>(serverCommand());
        command.addAll(options);
        return start("server", name, command);
    }

    /// The command that starts a simulated model server, without its options.
    List<String> serverCommand() {
        var target = home.resolve("testbed/target");
        try (var jars = Files.newDirectoryStream(target, "spillway-testbed-*.jar")) {
            for (var jar : jars) {
                if (!jar.toString().endsWith("-sources.jar")) {
                    return List.of(
                            java(),
                            "-Xmx160m",
                            "-XX:+UseSerialGC",
                            "-XX:TieredStopAtLevel=1",
                            "--enable-native-access=ALL-UNNAMED",
                            "--sun-misc-unsafe-memory-access=allow",
                            "-cp",
                            jar + File.pathSeparator + target.resolve("lib") + "/*",
                            "io.spillway.testbed.server.SimulatedServer");
                }
            }
        } catch (IOException e) {
            throw new CommandFailure(
                    ExitCode.UNREACHABLE,
                    "%s is missing: build with mvn package".formatted(target));
        }
        throw new CommandFailure(
                ExitCode.UNREACHABLE,
                "no spillway-testbed jar in %s: build with mvn package".formatted(target));
    }

    private Process start(String role, String name, List<String> command) throws IOException {
        var full = new ArrayList<String>();
        if (Files.isExecutable(Path.of("/usr/bin/setsid"))) {
            full.add("/usr/bin/setsid");
        }
        full.addAll(command);
        var log = state.log(name).toFile();
        var process =
                new ProcessBuilder(full)
                        .redirectInput(ProcessBuilder.Redirect.from(new File("/dev/null")))
                        .redirectOutput(ProcessBuilder.Redirect.appendTo(log))
                        .redirectErrorStream(true)
                        .start();
        processes.add(role, process.pid());
        return process;
    }

    private static String java() {
        return Path.of(System.getProperty("java.home"), "bin", "java").toString();
    }
}
