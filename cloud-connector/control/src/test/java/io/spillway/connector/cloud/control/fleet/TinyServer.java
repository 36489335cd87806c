package io.spillway.connector.cloud.control.fleet;

import static java.nio.charset.StandardCharsets.UTF_8;

import com.sun.net.httpserver.HttpServer;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.util.List;

/// A server that answers `/version` with its nonce, or 503 when told to take long to boot, and
/// `/arguments` with how it was started.
public final class TinyServer {
    private TinyServer() {}

    public static void main(String[] args) throws IOException {
        var arguments = List.of(args);
        if (arguments.contains("--fail")) {
            System.out.println("cannot start: no GPU");
            System.exit(3);
        }
        var port = Integer.parseInt(arguments.get(arguments.indexOf("--port") + 1));
        var nonce = arguments.get(arguments.indexOf("--nonce") + 1);
        var server =
                HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), port), 0);
        var booting = arguments.contains("600");
        answer(
                server,
                "/version",
                booting ? 503 : 200,
                "{\"version\":\"tiny\",\"instance\":\"" + nonce + "\"}");
        answer(server, "/arguments", 200, String.join("\n", arguments));
        server.start();
    }

    private static void answer(HttpServer server, String path, int status, String text) {
        server.createContext(
                path,
                exchange -> {
                    var body = text.getBytes(UTF_8);
                    exchange.sendResponseHeaders(status, body.length);
                    exchange.getResponseBody().write(body);
                    exchange.close();
                });
    }
}
