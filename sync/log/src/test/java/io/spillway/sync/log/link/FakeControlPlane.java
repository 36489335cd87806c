package io.spillway.sync.log.link;

import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpsConfigurator;
import com.sun.net.httpserver.HttpsParameters;
import com.sun.net.httpserver.HttpsServer;
import io.spillway.sync.log.Frame;
import io.spillway.sync.log.FrameSigner;
import java.io.IOException;
import java.io.OutputStream;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.function.Function;
import javax.net.ssl.SSLContext;

/// A sync listener that says what a test tells it to.
final class FakeControlPlane implements AutoCloseable {
    /// Lines to send; `END` ends the stream.
    static final String END = "end";

    private final Deque<String> lines = new ArrayDeque<>();
    private int connection;
    final List<String> asked = new CopyOnWriteArrayList<>();
    final List<String> posted = new CopyOnWriteArrayList<>();
    private volatile Function<String, Integer> answer = _ -> 204;
    private volatile String body = "";
    private final FrameSigner signer;
    private final HttpsServer server;
    private final ExecutorService threads = Executors.newVirtualThreadPerTaskExecutor();

    FakeControlPlane(SSLContext tls, FrameSigner signer) throws IOException {
        this.signer = signer;
        this.server =
                HttpsServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
        server.setHttpsConfigurator(
                new HttpsConfigurator(tls) {
                    @Override
                    public void configure(HttpsParameters parameters) {
                        var wanted = tls.getDefaultSSLParameters();
                        wanted.setNeedClientAuth(true);
                        parameters.setSSLParameters(wanted);
                    }
                });
        server.setExecutor(threads);
        server.createContext("/sync/v1/changes", this::changes);
        server.createContext("/sync/v1/", this::post);
        server.start();
    }

    URI url() {
        return URI.create("https://127.0.0.1:" + server.getAddress().getPort());
    }

    void send(Frame... frames) {
        for (var frame : frames) {
            sendLine(signer.sign(frame).toLine());
        }
    }

    synchronized void sendLine(String line) {
        lines.addLast(line);
        notifyAll();
    }

    private synchronized int opened(String query) {
        asked.add(query);
        connection++;
        notifyAll();
        return connection;
    }

    /// The next line of a connection; a newer connection ends it.
    private synchronized String next(int mine) throws InterruptedException {
        while (lines.isEmpty() && connection == mine) {
            wait();
        }
        return connection == mine ? lines.removeFirst() : END;
    }

    void answerPosts(Function<String, Integer> status, String text) {
        body = text;
        answer = status;
    }

    private void changes(HttpExchange exchange) throws IOException {
        var mine = opened(exchange.getRequestURI().getQuery());
        exchange.sendResponseHeaders(200, 0);
        try (OutputStream out = exchange.getResponseBody()) {
            for (var line = next(mine); !line.equals(END); line = next(mine)) {
                out.write((line + "\n").getBytes(StandardCharsets.UTF_8));
                out.flush();
            }
        } catch (InterruptedException _) {
            Thread.currentThread().interrupt();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private void post(HttpExchange exchange) throws IOException {
        var text = new String(exchange.getRequestBody().readAllBytes(), StandardCharsets.UTF_8);
        posted.add(
                exchange.getRequestURI().getPath()
                        + " "
                        + exchange.getRequestHeaders().getFirst("x-spillway-applied")
                        + " "
                        + text);
        var status = answer.apply(text);
        var bytes = body.getBytes(StandardCharsets.UTF_8);
        exchange.sendResponseHeaders(status, status == 200 ? bytes.length : -1);
        if (status == 200) {
            exchange.getResponseBody().write(bytes);
        }
        exchange.close();
    }

    @Override
    public void close() {
        server.stop(0);
        threads.shutdownNow();
    }
}
