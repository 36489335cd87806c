package io.spillway.cli.stack;

import static org.assertj.core.api.Assertions.assertThat;

import com.sun.net.httpserver.HttpServer;
import io.spillway.cli.admin.AdminClient;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class DemoTest {
    @Test
    void anEmptyInstallationPublishesItsPolicyUnderThePolicysOwnName(@TempDir Path directory)
            throws Exception {
        var policy = Files.writeString(directory.resolve("p.yaml"), "metadata: { name: minimal }");
        var calls = new CopyOnWriteArrayList<String>();
        var server =
                HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
        server.createContext(
                "/",
                exchange -> {
                    calls.add(exchange.getRequestURI().getPath());
                    var body =
                            "{\"secret\":\"s\",\"digest\":\"d\"}".getBytes(StandardCharsets.UTF_8);
                    exchange.getRequestBody().readAllBytes();
                    exchange.sendResponseHeaders(200, body.length);
                    exchange.getResponseBody().write(body);
                    exchange.close();
                });
        server.start();
        try {
            var admin =
                    new AdminClient(
                            URI.create("http://127.0.0.1:" + server.getAddress().getPort()), "t");
            new Demo(admin, new StateDirectory(directory)).seedEmpty(policy);
        } finally {
            server.stop(0);
        }

        assertThat(List.copyOf(calls)).contains("/api/v1/policies/minimal");
    }
}
