package io.spillway.router;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.Socket;
import java.net.SocketTimeoutException;
import java.nio.charset.StandardCharsets;

/// A raw connection to the data port.
public final class Wire implements AutoCloseable {
    private final Socket socket;
    private final InputStream in;

    private Wire(Socket socket) throws IOException {
        this.socket = socket;
        this.in = socket.getInputStream();
        socket.setSoTimeout(20_000);
        socket.setTcpNoDelay(true);
    }

    public static Wire to(TestSite site) throws IOException {
        return new Wire(new Socket(InetAddress.getLoopbackAddress(), site.port()));
    }

    /// With a small receive buffer, so that an unread answer backs up soon.
    public static Wire narrow(TestSite site) throws IOException {
        var socket = new Socket();
        socket.setReceiveBufferSize(4096);
        socket.connect(new InetSocketAddress(InetAddress.getLoopbackAddress(), site.port()));
        return new Wire(socket);
    }

    public Wire send(String text) throws IOException {
        socket.getOutputStream().write(text.getBytes(StandardCharsets.ISO_8859_1));
        socket.getOutputStream().flush();
        return this;
    }

    /// A whole request with a JSON body.
    public static String post(String path, String body, String... headers) {
        var head =
                new StringBuilder("POST " + path + " HTTP/1.1\r\nHost: a\r\nAuthorization: Bearer ")
                        .append(TestSite.SECRET)
                        .append("\r\nContent-Type: application/json\r\n");
        for (var header : headers) {
            head.append(header).append("\r\n");
        }
        return head.append("Content-Length: ")
                .append(body.getBytes(StandardCharsets.UTF_8).length)
                .append("\r\n\r\n")
                .append(body)
                .toString();
    }

    /// Reads until the text has come.
    public String readUntil(String text) throws IOException {
        var got = new ByteArrayOutputStream();
        while (!got.toString(StandardCharsets.UTF_8).contains(text)) {
            int next = in.read();
            if (next < 0) {
                throw new IOException("closed before '%s' came, after '%s'".formatted(text, got));
            }
            got.write(next);
        }
        return got.toString(StandardCharsets.UTF_8);
    }

    /// Reads until the peer closes.
    public String readToEnd() throws IOException {
        var got = new ByteArrayOutputStream();
        try {
            in.transferTo(got);
        } catch (SocketTimeoutException e) {
            throw new IOException("not closed; got '%s'".formatted(got), e);
        } catch (IOException reset) {
            // A reset after the answer is a close as well.
            return got.toString(StandardCharsets.UTF_8);
        }
        return got.toString(StandardCharsets.UTF_8);
    }

    @Override
    public void close() throws IOException {
        socket.close();
    }
}
