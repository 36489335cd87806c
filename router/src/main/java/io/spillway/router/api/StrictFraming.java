package io.spillway.router.api;

import io.netty.buffer.ByteBuf;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.Locale;
import org.jspecify.annotations.Nullable;

/// Reads the framing of HTTP/1 requests the strict way, in front of the real decoder.
///
/// Decoders repair what they find (they join folded header lines, drop a `Content-Length` beside
/// `Transfer-Encoding`, take the last codings of a list), and two that repair differently can be
/// made to see different requests. Here whatever would need repair is refused, so the decoder
/// behind sees only requests that all decoders read alike. Sans-I/O; one instance follows one
/// connection.
final class StrictFraming {

    enum State {
        /// Between two requests: not a byte of the next one has come.
        IDLE,
        HEAD,
        BODY
    }

    private enum Part {
        HEAD,
        FIXED,
        CHUNK_SIZE,
        CHUNK_DATA,
        CHUNK_END,
        TRAILER
    }

    private static final int MAX_HEADERS = 100;
    private static final int MAX_CHUNK_LINE = 10;
    private static final int FIRST_LINE = 128;

    private final int maxHeadBytes;
    // Grown as needed: most lines are short, and ten thousand idle connections have one each.
    private byte[] line = new byte[FIRST_LINE];
    private Part part = Part.HEAD;
    private int lineLength;
    private int headBytes;
    private long remaining;
    private long bodyBytes;
    private int heads;
    private HeadLines lines = new HeadLines();

    StrictFraming(int maxHeadBytes) {
        this.maxHeadBytes = maxHeadBytes;
    }

    State state() {
        if (part != Part.HEAD) {
            return State.BODY;
        }
        return headBytes == 0 ? State.IDLE : State.HEAD;
    }

    /// Bytes of the present body seen so far, chunk framing included.
    long bodyBytes() {
        return bodyBytes;
    }

    /// Complete heads seen so far on this connection.
    int heads() {
        return heads;
    }

    /// Follows the readable bytes without consuming them.
    ///
    /// @return what is wrong with them, null while nothing is; after a problem the connection is of
    ///   no further use
    @Nullable WireProblem follow(ByteBuf bytes) {
        int end = bytes.writerIndex();
        int at = bytes.readerIndex();
        while (at < end) {
            if (part == Part.FIXED || part == Part.CHUNK_DATA) {
                long step = Math.min(remaining, (long) end - at);
                at += (int) step;
                skip(step);
                continue;
            }
            byte next = bytes.getByte(at++);
            var problem = part == Part.HEAD ? headByte(next) : chunkByte(next);
            if (problem != null) {
                return problem;
            }
        }
        return null;
    }

    private void skip(long step) {
        remaining -= step;
        bodyBytes += step;
        if (remaining == 0) {
            if (part == Part.FIXED) {
                nextRequest();
            } else {
                part = Part.CHUNK_END;
            }
        }
    }

    private @Nullable WireProblem headByte(byte next) {
        if (headBytes++ >= maxHeadBytes) {
            return new WireProblem(431, "The request head is larger than the limit.");
        }
        if (next != '\n') {
            if (next == 0 || (lineLength > 0 && line[lineLength - 1] == '\r')) {
                return bad("The request head holds a NUL or a bare carriage return.");
            }
            if (lineLength == line.length) {
                line = Arrays.copyOf(line, lineLength * 2);
            }
            line[lineLength++] = next;
            return null;
        }
        if (lineLength == 0 || line[lineLength - 1] != '\r') {
            return bad("A line of the request head does not end in CR LF.");
        }
        int length = lineLength - 1;
        lineLength = 0;
        if (length == 0) {
            return headEnd();
        }
        return lines.line(new String(line, 0, length, StandardCharsets.ISO_8859_1));
    }

    private @Nullable WireProblem headEnd() {
        var problem = lines.end();
        if (problem != null) {
            return problem;
        }
        heads++;
        bodyBytes = 0;
        if (lines.chunked) {
            part = Part.CHUNK_SIZE;
        } else if (lines.contentLength > 0) {
            part = Part.FIXED;
            remaining = lines.contentLength;
        } else {
            nextRequest();
        }
        return null;
    }

    private void nextRequest() {
        part = Part.HEAD;
        headBytes = 0;
        lineLength = 0;
        lines = new HeadLines();
    }

    private @Nullable WireProblem chunkByte(byte next) {
        bodyBytes++;
        if (next != '\n') {
            if (lineLength >= MAX_CHUNK_LINE) {
                return bad("A chunk head is malformed; extensions and trailers are not accepted.");
            }
            line[lineLength++] = next;
            return null;
        }
        if (lineLength == 0 || line[lineLength - 1] != '\r') {
            return bad("A chunk head does not end in CR LF.");
        }
        int length = lineLength - 1;
        lineLength = 0;
        return switch (part) {
            case CHUNK_SIZE -> chunkSize(length);
            case CHUNK_END -> {
                part = Part.CHUNK_SIZE;
                yield length == 0 ? null : bad("A chunk is longer than its head says.");
            }
            case TRAILER -> {
                nextRequest();
                yield length == 0 ? null : bad("Trailers are not accepted.");
            }
            case HEAD, FIXED, CHUNK_DATA -> throw new IllegalStateException(part.name());
        };
    }

    private @Nullable WireProblem chunkSize(int length) {
        if (length == 0 || length > 8) {
            return bad("A chunk size is not 1 to 8 hexadecimal digits.");
        }
        long size = 0;
        for (int i = 0; i < length; i++) {
            int digit = Character.digit(line[i], 16);
            if (digit < 0) {
                return bad("A chunk size is not 1 to 8 hexadecimal digits.");
            }
            size = size * 16 + digit;
        }
        remaining = size;
        part = size == 0 ? Part.TRAILER : Part.CHUNK_DATA;
        return null;
    }

    private static WireProblem bad(String message) {
        return new WireProblem(400, message);
    }

    /// The lines of one head, and what they say about framing.
    private static final class HeadLines {
        private boolean chunked;
        private long contentLength = -1;
        private @Nullable String host;
        private @Nullable String authority;
        private int headers = -1;
        private boolean http10;

        @Nullable WireProblem line(String text) {
            headers++;
            if (headers == 0) {
                return requestLine(text);
            }
            if (headers > MAX_HEADERS) {
                return new WireProblem(431, "The request has too many headers.");
            }
            int colon = text.indexOf(':');
            if (colon <= 0 || !isToken(text, colon)) {
                return bad("A header is folded, lacks its colon or has a malformed name.");
            }
            var value = text.substring(colon + 1).strip();
            for (int i = 0; i < value.length(); i++) {
                if ((value.charAt(i) < ' ' && value.charAt(i) != '\t') || value.charAt(i) == 127) {
                    return bad("A header value holds a control character.");
                }
            }
            return framing(text.substring(0, colon).toLowerCase(Locale.ROOT), value);
        }

        private @Nullable WireProblem requestLine(String text) {
            var words = text.split(" ", -1);
            if (words.length != 3 || !isToken(words[0], words[0].length())) {
                return bad("The request line is not METHOD TARGET VERSION.");
            }
            http10 = words[2].equals("HTTP/1.0");
            if (!http10 && !words[2].equals("HTTP/1.1")) {
                return new WireProblem(505, "The protocol version is not HTTP/1.1.");
            }
            var target = words[1];
            int scheme = target.indexOf("://");
            if (target.startsWith("/")) {
                return null;
            }
            if (scheme <= 0) {
                return bad("The request target is neither a path nor an absolute URI.");
            }
            int path = target.indexOf('/', scheme + 3);
            authority = target.substring(scheme + 3, path < 0 ? target.length() : path);
            return null;
        }

        private @Nullable WireProblem framing(String name, String value) {
            switch (name) {
                case "host" -> {
                    if (host != null) {
                        return bad("The request has more than one Host header.");
                    }
                    host = value;
                }
                case "content-length" -> {
                    if (contentLength >= 0 || !value.matches("[0-9]{1,15}")) {
                        return bad("Content-Length is not one plain number.");
                    }
                    contentLength = Long.parseLong(value);
                }
                case "transfer-encoding" -> {
                    if (chunked || http10 || !value.equalsIgnoreCase("chunked")) {
                        return bad("Transfer-Encoding is not exactly 'chunked'.");
                    }
                    chunked = true;
                }
                default -> {}
            }
            return null;
        }

        @Nullable WireProblem end() {
            if (headers < 0) {
                return bad("The request line is empty.");
            }
            if (chunked && contentLength >= 0) {
                return bad("The request has both Content-Length and Transfer-Encoding.");
            }
            if (host == null && !http10) {
                return bad("The request has no Host header.");
            }
            if (authority != null && !authority.equalsIgnoreCase(host)) {
                return bad("The request target names another host than the Host header.");
            }
            return null;
        }

        private static boolean isToken(String text, int end) {
            for (int i = 0; i < end; i++) {
                char c = text.charAt(i);
                boolean word = (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z');
                if (!word && !(c >= '0' && c <= '9') && "!#$%&'*+-.^_`|~".indexOf(c) < 0) {
                    return false;
                }
            }
            return end > 0;
        }
    }
}
