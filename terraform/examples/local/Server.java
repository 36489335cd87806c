import com.sun.net.httpserver.HttpServer;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.charset.StandardCharsets;
import java.util.List;

/// The least that a server of `local-fleet` must do: listen on `--port`, tell its `--nonce`.
public class Server {
    public static void main(String[] args) throws IOException {
        var options = List.of(args);
        var port = Integer.parseInt(options.get(options.indexOf("--port") + 1));
        var nonce = options.get(options.indexOf("--nonce") + 1);
        var address = new InetSocketAddress(InetAddress.getByName("127.0.0.1"), port);
        var server = HttpServer.create(address, 0);
        server.createContext("/version", exchange -> {
            var body = "{\"version\": \"example\", \"instance\": \"%s\"}".formatted(nonce);
            var bytes = body.getBytes(StandardCharsets.UTF_8);
            exchange.getResponseHeaders().set("Content-Type", "application/json");
            exchange.sendResponseHeaders(200, bytes.length);
            exchange.getResponseBody().write(bytes);
            exchange.close();
        });
        server.start();
    }
}
