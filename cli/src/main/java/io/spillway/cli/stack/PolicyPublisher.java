package io.spillway.cli.stack;

import io.spillway.cli.CommandFailure;
import io.spillway.cli.ExitCode;
import io.spillway.cli.admin.AdminClient;
import io.spillway.cli.admin.PolicyFile;
import io.spillway.cli.admin.PolicyName;
import java.io.IOException;
import java.io.PrintStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardWatchEventKinds;
import java.util.Objects;

/// Publishes a policy file, and again on each save.
///
/// It remembers the digest of the version it published last and refuses to replace any other, so
/// that a file on somebody's disk never undoes a change made in the console.
final class PolicyPublisher {
    private final AdminClient admin;
    private final StateDirectory state;
    private final Path file;
    private final PrintStream out;
    private String published = "";

    PolicyPublisher(AdminClient admin, StateDirectory state, Path file, PrintStream out) {
        this.admin = admin;
        this.state = state;
        this.file = file.toAbsolutePath();
        this.out = out;
    }

    /// Publishes once.
    ///
    /// @throws CommandFailure when the policy is wrong or the version in force is somebody else's
    void publish() throws IOException {
        var yaml = PolicyFile.read(file).bundle();
        if (yaml.equals(published)) {
            return;
        }
        var expected =
                Files.exists(state.policyDigest())
                        ? Files.readString(state.policyDigest()).strip()
                        : "";
        var answer = admin.publish(PolicyName.of(yaml), yaml, expected);
        if (answer.status() == 412) {
            throw new CommandFailure(
                    ExitCode.NEGATIVE,
                    "the policy in force did not come from %s; look at it with ./spillway policy show, then publish with ./spillway policy publish --replace"
                            .formatted(file));
        }
        if (!answer.ok()) {
            throw new CommandFailure(
                    ExitCode.NEGATIVE,
                    "%s is not published: %s".formatted(file, answer.problem(file.toString())));
        }
        Files.writeString(state.policyDigest(), answer.body().path("digest").asText());
        published = yaml;
        out.printf(
                "published %s (%s)%n",
                file, answer.body().path("digest").asText().substring(0, 12));
    }

    /// What the names of the policy and of the files that it imports end with.
    private String ending() {
        var name = String.valueOf(file.getFileName());
        return name.substring(Math.max(0, name.lastIndexOf('.')));
    }

    /// Publishes on each save until the process ends. A wrong file is reported and the version
    /// before it stays in force.
    void watch() throws IOException, InterruptedException {
        var directory = Objects.requireNonNull(file.getParent(), "a file has a directory");
        try (var watcher = directory.getFileSystem().newWatchService()) {
            directory.register(
                    watcher,
                    StandardWatchEventKinds.ENTRY_CREATE,
                    StandardWatchEventKinds.ENTRY_MODIFY);
            while (true) {
                var key = watcher.take();
                var touched =
                        key.pollEvents().stream()
                                .anyMatch(event ->
                                        String.valueOf(event.context()).endsWith(ending()));
                key.reset();
                if (touched) {
                    Thread.sleep(100); // editors write in several steps
                    try {
                        publish();
                    } catch (CommandFailure e) {
                        out.println("spillway: " + e.getMessage());
                    }
                }
            }
        }
    }
}
