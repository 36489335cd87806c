package io.spillway.sync.capture;

import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpsConfigurator;
import com.sun.net.httpserver.HttpsExchange;
import com.sun.net.httpserver.HttpsParameters;
import com.sun.net.httpserver.HttpsServer;
import io.spillway.api.state.JournalRecord;
import io.spillway.sync.log.Json;
import io.spillway.sync.log.link.MutualTls;
import java.io.IOException;
import java.io.OutputStream;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.charset.StandardCharsets;
import java.sql.SQLException;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.regex.Pattern;

/// The smallest listener that joins a feed and an intake to the network.
final class SyncServer implements AutoCloseable {
    private static final Pattern QUERY = Pattern.compile("epoch=(\\d+)&after=(\\d+)");
    private static final Pattern PEER =
            Pattern.compile("OU=([^,]+), ?CN=([^,]+)|CN=([^,]+), ?OU=([^,]+)");
    private final HttpsServer server;
    private final ExecutorService threads = Executors.newVirtualThreadPerTaskExecutor();
    private final ChangeFeed feed;
    private final JournalIntake intake;

    SyncServer(TestPki pki, ChangeFeed feed, JournalIntake intake, int port) throws IOException {
        this.feed = feed;
        this.intake = intake;
        var tls =
                MutualTls.context(
                        pki.keyStore("CN=control-1,OU=onprem"), pki.trustStore(), pki.password());
        server =
                HttpsServer.create(
                        new InetSocketAddress(InetAddress.getLoopbackAddress(), port), 0);
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
        server.createContext("/sync/v1/journal", this::journal);
        server.start();
    }

    int port() {
        return server.getAddress().getPort();
    }

    private void changes(HttpExchange exchange) throws IOException {
        var peer =
                PEER.matcher(
                        ((HttpsExchange) exchange).getSSLSession().getPeerPrincipal().getName());
        var query = QUERY.matcher(exchange.getRequestURI().getQuery());
        if (!peer.find() || !query.matches()) {
            exchange.sendResponseHeaders(400, -1);
            return;
        }
        var name = peer.group(2) == null ? peer.group(3) : peer.group(2);
        var environment = peer.group(1) == null ? peer.group(4) : peer.group(1);
        exchange.sendResponseHeaders(200, 0);
        var ended = new CountDownLatch(1);
        try (OutputStream out = exchange.getResponseBody()) {
            out.flush();
            feed.subscribe(
                    name,
                    environment,
                    Long.parseLong(query.group(1)),
                    Long.parseLong(query.group(2)),
                    new LineSink() {
                        @Override
                        public void line(String line) throws IOException {
                            out.write((line + "\n").getBytes(StandardCharsets.UTF_8));
                            out.flush();
                        }

                        @Override
                        public void close() {
                            ended.countDown();
                        }
                    });
            ended.await();
        } catch (InterruptedException _) {
            Thread.currentThread().interrupt();
        }
    }

    private void journal(HttpExchange exchange) throws IOException {
        var text = new String(exchange.getRequestBody().readAllBytes(), StandardCharsets.UTF_8);
        try {
            var last = intake.accept(Json.read(text, JournalRecord.Batch.class));
            var answer = "{\"acknowledged\":%d}".formatted(last).getBytes(StandardCharsets.UTF_8);
            exchange.sendResponseHeaders(200, answer.length);
            exchange.getResponseBody().write(answer);
        } catch (SQLException e) {
            exchange.sendResponseHeaders(503, -1);
        } finally {
            exchange.close();
        }
    }

    @Override
    public void close() {
        server.stop(0);
        threads.shutdownNow();
    }
}
