package io.spillway.cli.stack;

import io.spillway.cli.CommandFailure;
import io.spillway.cli.ExitCode;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;

/// Waits for processes to become ready, and tells a dead one from a slow one.
final class Readiness {
    private final HttpClient http =
            HttpClient.newBuilder()
                    .version(HttpClient.Version.HTTP_1_1)
                    .connectTimeout(Duration.ofSeconds(1))
                    .build();

    /// Returns when `url` answers 200.
    ///
    /// @throws CommandFailure when the process ends or the limit passes, with the last words of its
    ///   log
    void await(Process process, URI url, Path log, Duration limit) throws InterruptedException {
        var deadline = System.nanoTime() + limit.toNanos();
        while (status(url, "") != 200) {
            if (!process.isAlive()) {
                throw new CommandFailure(
                        ExitCode.UNREACHABLE,
                        "a process ended while starting (status %d): %s%nits log is %s"
                                .formatted(process.exitValue(), lastWords(log), log));
            }
            if (System.nanoTime() > deadline) {
                throw new CommandFailure(
                        ExitCode.UNREACHABLE,
                        "%s was not ready after %d s; the log is %s"
                                .formatted(url, limit.toSeconds(), log));
            }
            Thread.sleep(100);
        }
    }

    /// Returns when the router knows the key and, unless the installation is empty, lists a model.
    void serves(String routerUrl, String apiKey, boolean empty, Duration limit)
            throws InterruptedException {
        var models = URI.create(routerUrl + "/v1/models" + (empty ? "" : "/" + Demo.MODEL));
        var deadline = System.nanoTime() + limit.toNanos();
        int status;
        while ((status = status(models, apiKey)) != 200) {
            if (System.nanoTime() > deadline) {
                throw new CommandFailure(
                        ExitCode.UNREACHABLE,
                        "the router at %s still answers %d: its state has not arrived; see .spillway/logs/router.log"
                                .formatted(routerUrl, status));
            }
            Thread.sleep(50);
        }
    }

    private int status(URI url, String apiKey) throws InterruptedException {
        var request = HttpRequest.newBuilder(url).timeout(Duration.ofSeconds(2));
        if (!apiKey.isEmpty()) {
            request.header("Authorization", "Bearer " + apiKey);
        }
        try {
            return http.send(request.build(), BodyHandlers.discarding()).statusCode();
        } catch (IOException e) {
            return 0; // not listening yet
        }
    }

    private static String lastWords(Path log) {
        try {
            var lines = Files.readAllLines(log).stream().filter(line -> !line.isBlank()).toList();
            return lines.isEmpty() ? "it said nothing" : lines.getLast();
        } catch (IOException e) {
            return "its log cannot be read";
        }
    }
}
