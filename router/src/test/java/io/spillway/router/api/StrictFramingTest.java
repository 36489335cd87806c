package io.spillway.router.api;

import static org.assertj.core.api.Assertions.assertThat;

import io.netty.buffer.Unpooled;
import java.nio.charset.StandardCharsets;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class StrictFramingTest {
    private static final String HEAD = "POST /v1/x HTTP/1.1\r\nHost: a\r\n";

    @ParameterizedTest
    @ValueSource(
            strings = {
                "\r\nGET / HTTP/1.1\r\nHost: a\r\n\r\n",
                "GET  / HTTP/1.1\r\nHost: a\r\n\r\n",
                "GET / HTTP/1.1 \r\nHost: a\r\n\r\n",
                "GET / HTTP/2.0\r\nHost: a\r\n\r\n",
                "GET * HTTP/1.1\r\nHost: a\r\n\r\n",
                "G(T / HTTP/1.1\r\nHost: a\r\n\r\n",
                "GET / HTTP/1.1\nHost: a\r\n\r\n",
                "GET / HTTP/1.1\r\nHost: a\n\r\n",
                "GET / HTTP/1.1\r\n\r\n",
                "GET / HTTP/1.1\r\nHost: a\r\nHost: a\r\n\r\n",
                "GET / HTTP/1.1\r\nHost: a\r\nX: 1\r\n folded\r\n\r\n",
                "GET / HTTP/1.1\r\nHost: a\r\nX : 1\r\n\r\n",
                "GET / HTTP/1.1\r\nHost: a\r\nX\r\n\r\n",
                "GET / HTTP/1.1\r\nHost: a\r\n: v\r\n\r\n",
                "GET / HTTP/1.1\r\nHost: a\r\nX: a\rb\r\n\r\n",
                "GET / HTTP/1.1\r\nHost: a\r\nX: a\u0000b\r\n\r\n",
                "GET / HTTP/1.1\r\nHost: a\r\nX: a\u0007b\r\n\r\n",
                "GET http://b/ HTTP/1.1\r\nHost: a\r\n\r\n",
                HEAD + "Content-Length: 1\r\nContent-Length: 1\r\n\r\nx",
                HEAD + "Content-Length: 1, 1\r\n\r\nx",
                HEAD + "Content-Length: +1\r\n\r\nx",
                HEAD + "Content-Length: -1\r\n\r\n",
                HEAD + "Content-Length: 0x1\r\n\r\nx",
                HEAD + "Content-Length:\r\n\r\n",
                HEAD + "Content-Length: 5\r\nTransfer-Encoding: chunked\r\n\r\n0\r\n\r\n",
                HEAD + "Transfer-Encoding: chunked, xchunked\r\n\r\n0\r\n\r\n",
                HEAD + "Transfer-Encoding: gzip, chunked\r\n\r\n0\r\n\r\n",
                HEAD + "Transfer-Encoding: xchunked\r\n\r\n0\r\n\r\n",
                HEAD + "Transfer-Encoding: chunked\r\nTransfer-Encoding: chunked\r\n\r\n0\r\n\r\n",
                HEAD + "Transfer-Encoding : chunked\r\n\r\n0\r\n\r\n",
                "POST / HTTP/1.0\r\nTransfer-Encoding: chunked\r\n\r\n0\r\n\r\n",
                HEAD + "Transfer-Encoding: chunked\r\n\r\n0x1\r\nx\r\n0\r\n\r\n",
                HEAD + "Transfer-Encoding: chunked\r\n\r\n1\nx\r\n0\r\n\r\n",
                HEAD + "Transfer-Encoding: chunked\r\n\r\n1;a=b\r\nx\r\n0\r\n\r\n",
                HEAD + "Transfer-Encoding: chunked\r\n\r\n1\r\nxy\r\n0\r\n\r\n",
                HEAD + "Transfer-Encoding: chunked\r\n\r\nfffffffff\r\nx\r\n0\r\n\r\n",
                HEAD + "Transfer-Encoding: chunked\r\n\r\n\r\n",
                HEAD + "Transfer-Encoding: chunked\r\n\r\n0\r\nX: trailer\r\n\r\n"
            })
    void refusesWhatDecodersReadDifferently(String bytes) {
        assertThat(follow(new StrictFraming(16 * 1024), bytes)).isNotNull();
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "GET / HTTP/1.1\r\nHost: a\r\n\r\n",
                "GET http://a/ HTTP/1.1\r\nHost: A\r\n\r\n",
                "GET / HTTP/1.0\r\n\r\n",
                HEAD + "Content-Length: 3\r\n\r\nabc",
                HEAD + "Content-Length: 0\r\n\r\n",
                HEAD + "Transfer-Encoding: Chunked\r\n\r\n1\r\nx\r\nA\r\n0123456789\r\n0\r\n\r\n",
                HEAD + "X-Empty:\r\nX:\tv \r\n\r\n"
            })
    void followsRequestsThatAreInOrderHoweverTheyAreCut(String bytes) {
        var random = new Random(bytes.hashCode());
        for (int round = 0; round < 50; round++) {
            var framing = new StrictFraming(16 * 1024);
            var twice = bytes + bytes;
            for (int at = 0; at < twice.length(); ) {
                int to = Math.min(twice.length(), at + 1 + random.nextInt(40));
                assertThat(follow(framing, twice.substring(at, to))).isNull();
                at = to;
            }
            assertThat(framing.heads()).isEqualTo(2);
            assertThat(framing.state()).isEqualTo(StrictFraming.State.IDLE);
        }
    }

    @Test
    void refusesHeadsOverTheLimits() {
        assertThat(follow(new StrictFraming(1024), HEAD + "X: " + "y".repeat(1100)).status())
                .isEqualTo(431);
        assertThat(
                        follow(new StrictFraming(16 * 1024), HEAD + "X: 1\r\n".repeat(101) + "\r\n")
                                .status())
                .isEqualTo(431);
    }

    private static WireProblem follow(StrictFraming framing, String bytes) {
        return framing.follow(Unpooled.wrappedBuffer(bytes.getBytes(StandardCharsets.ISO_8859_1)));
    }
}
