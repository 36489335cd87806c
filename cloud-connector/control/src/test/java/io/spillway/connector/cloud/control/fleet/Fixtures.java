package io.spillway.connector.cloud.control.fleet;

import static java.nio.charset.StandardCharsets.UTF_8;

import io.spillway.api.environment.Fleet;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.ConnectException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.URI;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.function.BooleanSupplier;
import java.util.stream.Stream;

/// What tests of both fleet drivers need.
public final class Fixtures {
    private static final long PATIENCE_NANOS = 30_000_000_000L;

    private Fixtures() {}

    /// The command that starts a [TinyServer].
    public static List<String> tinyServer(String... more) {
        var java = Path.of(System.getProperty("java.home"), "bin", "java").toString();
        var command =
                List.of(
                        java,
                        "-Xshare:auto",
                        "-XX:TieredStopAtLevel=1",
                        "-cp",
                        Path.of("target", "test-classes").toAbsolutePath().toString(),
                        TinyServer.class.getName());
        return Stream.concat(command.stream(), List.of(more).stream()).toList();
    }

    public static Fleet fleet(String driver, int maximum, Map<String, String> settings) {
        return new Fleet("burst", "aws-burst", "m-v1", driver, 0, maximum, 1500, 60, settings);
    }

    /// The first of `count` ports that are free at the moment.
    public static int freePorts(int count) {
        for (var attempt = 0; attempt < 100; attempt++) {
            try (var socket = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
                var first = socket.getLocalPort();
                if (first + count < 60_000 && allFree(first + 1, first + count)) {
                    return first;
                }
            } catch (IOException e) {
                throw new UncheckedIOException(e);
            }
        }
        throw new AssertionError("no " + count + " free ports in a row");
    }

    private static boolean allFree(int from, int to) {
        for (var port = from; port < to; port++) {
            try (var _ = new ServerSocket(port, 1, InetAddress.getLoopbackAddress())) {
                // it was free
            } catch (IOException taken) {
                return false;
            }
        }
        return true;
    }

    /// The answer of a server, waiting until it listens.
    public static String ask(URI url, String path) throws InterruptedException {
        var answer = new String[1];
        await(() -> {
            try (var in = url.resolve(path).toURL().openStream()) {
                answer[0] = new String(in.readAllBytes(), UTF_8);
                return true;
            } catch (ConnectException starting) {
                return false;
            } catch (IOException e) {
                throw new UncheckedIOException(e);
            }
        });
        return answer[0];
    }

    public static void await(BooleanSupplier condition) throws InterruptedException {
        var deadline = System.nanoTime() + PATIENCE_NANOS;
        while (!condition.getAsBoolean()) {
            if (System.nanoTime() > deadline) {
                throw new AssertionError("nothing happened for 30 s");
            }
            Thread.sleep(10); // between two looks at the condition
        }
    }
}
