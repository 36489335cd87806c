package io.spillway.cli.stack;

import io.spillway.cli.ExitCode;
import io.spillway.cli.Terminal;
import io.spillway.cli.TextFile;
import java.io.IOException;
import java.nio.file.Path;
import java.util.concurrent.Callable;
import java.util.concurrent.CountDownLatch;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

/// `spillway up`.
@Command(
        name = "up",
        mixinStandardHelpOptions = true,
        description =
                "Start Spillway on this machine: Postgres, control plane, router and simulated"
                        + " model servers.")
public final class UpCommand implements Callable<Integer> {

    @Mixin private final Terminal terminal = new Terminal();

    @Option(
            names = "--detach",
            description = "return when everything is ready; end it with spillway down")
    private boolean detach;

    @Option(
            names = "--empty",
            description = "no simulated servers; register your own with spillway endpoints add")
    private boolean empty;

    @Option(
            names = "--policy",
            paramLabel = "FILE",
            description = "publish this policy, and again on each save")
    private @Nullable Path policy;

    @Option(
            names = "--port-base",
            paramLabel = "PORT",
            description = "port of the router; all others follow (default: 8080)")
    private int portBase = Ports.DEFAULT_BASE;

    @Option(
            names = "--engines",
            paramLabel = "N",
            description = "engines that each simulated server stands for (default: 2)")
    private int engines = 2;

    @Option(
            names = "--fleet-driver",
            paramLabel = "NAME",
            defaultValue = "process",
            description = "process or terraform (default: ${DEFAULT-VALUE})")
    private String fleetDriver = "process";

    @Override
    public Integer call() throws IOException, InterruptedException {
        var home = Path.of(System.getProperty("spillway.home", ".")).toAbsolutePath().normalize();
        var examples = home.resolve("policies/examples");
        if (policy != null) {
            TextFile.read(policy); // before anything starts
        }
        var settings =
                new Up.Settings(
                        home,
                        terminal.state(),
                        new Ports(portBase),
                        empty,
                        examples.resolve(empty ? "minimal.yaml" : "demo.yaml"),
                        engines,
                        fleetDriver);
        var up = new Up(settings, System.out);
        // Before the hook: it must not end an installation that this command did not start.
        up.check();
        var hook = new Thread(() -> end(settings.state()), "spillway-down");
        Runtime.getRuntime().addShutdownHook(hook);
        up.run();
        var publisher =
                policy == null
                        ? null
                        : new PolicyPublisher(up.admin(), settings.state(), policy, System.out);
        if (publisher != null) {
            publisher.publish();
        }
        greet(up, settings);
        if (detach) {
            Runtime.getRuntime().removeShutdownHook(hook);
            return ExitCode.OK;
        }
        terminal.say("Ctrl-C ends everything; the data stays in " + settings.state().root());
        if (publisher != null) {
            publisher.watch();
        }
        new CountDownLatch(1).await();
        return ExitCode.OK;
    }

    private void greet(Up up, Up.Settings settings) {
        var key = settings.state().read(settings.state().apiKey());
        terminal.say("Spillway is up after %.1f s".formatted(up.elapsed().toMillis() / 1000.0));
        terminal.say("");
        terminal.say("  API      %s/v1".formatted(up.routerUrl()));
        terminal.say(
                "  console  %s/   (token: %s)"
                        .formatted(up.adminUrl(), settings.state().adminToken()));
        terminal.say("  API key  %s".formatted(key));
        terminal.say("");
        if (empty) {
            terminal.say("  ./spillway endpoints add --environment onprem --url http://HOST:8000");
        } else {
            terminal.say(
                    "  curl %s/v1/chat/completions -H 'Authorization: Bearer %s' \\"
                            .formatted(up.routerUrl(), key));
            terminal.say("    -H 'Content-Type: application/json' \\");
            terminal.say(
                    "    -d '{\"model\":\"%s\",\"messages\":[{\"role\":\"user\",\"content\":\"Hello\"}]}'"
                            .formatted(Demo.MODEL));
        }
        terminal.say("");
    }

    private static void end(StateDirectory state) {
        try {
            new Down(state, System.out).run();
        } catch (IOException e) {
            System.err.printf(
                    "spillway: could not end everything (%s); run ./spillway down%n",
                    e.getMessage());
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }
}
