package io.spillway.router;

import static org.assertj.core.api.Assertions.assertThat;

import io.spillway.router.api.ListenerSettings;
import java.time.Duration;
import java.util.ArrayList;
import org.junit.jupiter.api.AutoClose;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/// The data port against callers that are slow, wrong or hostile, over raw sockets.
class EdgeTest {
    private static final String CHAT = "/v1/chat/completions";
    private static final String BODY = "{\"model\":\"chat\",\"messages\":[]}";

    @AutoClose
    private final TestSite site =
            TestSite.start(settings ->
                    settings.withListener(
                            ListenerSettings.standard("127.0.0.1", 0)
                                    .withDeadlines(
                                            Duration.ofMillis(600),
                                            Duration.ofMillis(900),
                                            Duration.ofSeconds(2))));

    private final StubServer home = site.server("onprem", "h1");

    @ParameterizedTest
    @ValueSource(
            strings = {
                "Transfer-Encoding: chunked, xchunked\r\n\r\n0\r\n\r\n",
                "Transfer-Encoding: xchunked\r\n\r\n0\r\n\r\n",
                "Transfer-Encoding: chunked\r\nContent-Length: 4\r\n\r\n0\r\n\r\n",
                "Content-Length: 4\r\nContent-Length: 5\r\n\r\nabcd",
                "Content-Length: +4\r\n\r\nabcd",
                "Host: b\r\nContent-Length: 0\r\n\r\n",
                "X: a\r\n b\r\nContent-Length: 0\r\n\r\n",
                "X : a\r\nContent-Length: 0\r\n\r\n",
                "X: a\nContent-Length: 0\r\n\r\n"
            })
    void refusesAmbiguousFramingAndClosesTheConnection(String rest) throws Exception {
        try (var wire = Wire.to(site)) {
            wire.send(
                    "POST "
                            + CHAT
                            + " HTTP/1.1\r\nHost: a\r\nAuthorization: Bearer "
                            + TestSite.SECRET
                            + "\r\n"
                            + rest);

            assertThat(wire.readToEnd())
                    .startsWith("HTTP/1.1 400 Bad Request")
                    .contains("\"code\":\"invalid_request\"");
        }
        assertThat(home.received()).isEmpty();
    }

    @Test
    void refusesAnAbsoluteTargetOfAnotherHost() throws Exception {
        try (var wire = Wire.to(site)) {
            wire.send("GET http://b/v1/models HTTP/1.1\r\nHost: a\r\n\r\n");

            assertThat(wire.readToEnd()).startsWith("HTTP/1.1 400");
        }
    }

    @Test
    void closesConnectionsThatTrickleTheirHead() throws Exception {
        var wires = new ArrayList<Wire>();
        for (int i = 0; i < 50; i++) {
            wires.add(Wire.to(site).send(i % 2 == 0 ? "" : "POST /v1/x HTTP/1.1\r\nHost: a\r\n"));
        }
        wires.get(1).send("X: 1\r\n");

        for (var wire : wires) {
            assertThat(wire.readToEnd()).startsWith("HTTP/1.1 408");
            wire.close();
        }
    }

    @Test
    void closesConnectionsThatTrickleTheirBody() throws Exception {
        try (var wire = Wire.to(site)) {
            wire.send(Wire.post(CHAT, BODY).substring(0, Wire.post(CHAT, BODY).length() - 5));

            assertThat(wire.readToEnd()).startsWith("HTTP/1.1 408");
        }
        assertThat(home.received()).isEmpty();
    }

    @Test
    void refusesABodyThatSaysItIsTooLargeBeforeReadingIt() throws Exception {
        try (var wire = Wire.to(site)) {
            wire.send(
                    "POST "
                            + CHAT
                            + " HTTP/1.1\r\nHost: a\r\nAuthorization: Bearer "
                            + TestSite.SECRET
                            + "\r\nContent-Length: 16777217\r\n\r\n");

            assertThat(wire.readUntil("\"code\":\"payload_too_large\"")).contains("413");
        }
    }

    @Test
    void refusesAChunkedBodyThatGrowsTooLarge() throws Exception {
        var chunk = "100000\r\n" + "x".repeat(0x100000) + "\r\n";
        try (var wire = Wire.to(site)) {
            wire.send(
                    "POST "
                            + CHAT
                            + " HTTP/1.1\r\nHost: a\r\nAuthorization: Bearer "
                            + TestSite.SECRET
                            + "\r\nTransfer-Encoding: chunked\r\n\r\n");
            for (int i = 0; i < 17; i++) {
                wire.send(chunk);
            }

            assertThat(wire.readUntil("payload_too_large")).contains("413");
        }
    }

    @Test
    void answersFromTheHeadWithoutWaitingForTheBody() throws Exception {
        try (var wire = Wire.to(site)) {
            wire.send("POST " + CHAT + " HTTP/1.1\r\nHost: a\r\nContent-Length: 1000\r\n\r\n");

            assertThat(wire.readUntil("}}"))
                    .startsWith("HTTP/1.1 401")
                    .containsIgnoringCase("connection: close");
        }
    }

    @Test
    void keepsAConnectionForMoreRequestsAlsoPipelinedOnes() throws Exception {
        try (var wire = Wire.to(site)) {
            var request = Wire.post(CHAT, BODY);
            wire.send(request + request + request);
            for (int i = 0; i < 3; i++) {
                assertThat(wire.readUntil(SseText.ANSWER)).startsWith("HTTP/1.1 200");
            }
            wire.send(request);
            wire.readUntil(SseText.ANSWER);
        }
    }

    @Test
    void holdsNoMoreBodiesThanItsMemoryAllowsAndForgetsThemAfterwards() throws Exception {
        try (var small = TestSite.start(settings -> settings.withMaxBufferedBytes(200_000))) {
            var server = small.server("onprem", "h1").holding();
            var large = "x".repeat(110_000);
            var first = Caller.later(() -> Caller.chat(small, large));
            Await.until("the first body is held", () -> server.held() == 1);

            assertThat(Caller.chat(small, large).statusCode()).isEqualTo(503);

            server.release();
            assertThat(Caller.status(first)).isEqualTo(200);
            for (int i = 0; i < 5; i++) {
                assertThat(Caller.chat(small, large).statusCode()).isEqualTo(200);
            }
        }
    }

    @Test
    void acceptsAChunkedBody() throws Exception {
        try (var wire = Wire.to(site)) {
            wire.send(
                    "POST "
                            + CHAT
                            + " HTTP/1.1\r\nHost: a\r\nAuthorization: Bearer "
                            + TestSite.SECRET
                            + "\r\nTransfer-Encoding: chunked\r\n\r\n"
                            + Integer.toHexString(BODY.length())
                            + "\r\n"
                            + BODY
                            + "\r\n0\r\n\r\n");

            assertThat(wire.readUntil(SseText.ANSWER)).startsWith("HTTP/1.1 200");
        }
    }

    @Test
    void aRefusedRequestWithoutBodyLeavesItsConnectionOpen() throws Exception {
        try (var wire = Wire.to(site)) {
            for (int i = 0; i < 3; i++) {
                wire.send("GET /nowhere HTTP/1.1\r\nHost: a\r\n\r\n");
                assertThat(wire.readUntil("}}"))
                        .startsWith("HTTP/1.1 404")
                        .doesNotContainIgnoringCase("connection: close");
            }
        }
    }

    @Test
    void asksForTheBodyOfACallerThatExpectsIt() throws Exception {
        try (var wire = Wire.to(site)) {
            var request = Wire.post(CHAT, BODY, "Expect: 100-continue");
            int body = request.indexOf("\r\n\r\n") + 4;
            wire.send(request.substring(0, body));
            wire.readUntil("100 Continue\r\n\r\n");
            wire.send(request.substring(body));

            assertThat(wire.readUntil(SseText.ANSWER)).startsWith("HTTP/1.1 200");
        }
    }

    @Test
    void refusesEncodedBodiesUnknownPathsAndWrongMethods() throws Exception {
        assertThat(Caller.post(site, CHAT, BODY, "content-encoding", "gzip").statusCode())
                .isEqualTo(415);
        assertThat(Caller.post(site, CHAT, BODY, "content-type", "text/plain").statusCode())
                .isEqualTo(415);
        assertThat(Caller.post(site, "/v1/files", BODY).statusCode()).isEqualTo(404);
        assertThat(Caller.get(site, "/").statusCode()).isEqualTo(404);
        var wrong = Caller.get(site, CHAT);
        assertThat(wrong.statusCode()).isEqualTo(405);
        assertThat(wrong.headers().firstValue("allow")).contains("POST");
        assertThat(wrong.body()).contains("\"type\":\"invalid_request_error\"");
    }

    @Test
    void refusesHeadersItCannotRead() throws Exception {
        for (var header :
                new String[][] {
                    {"x-spillway-data-class", "secret"},
                    {"x-spillway-priority", "10"},
                    {"x-spillway-timeout-ms", "-1"},
                    {"x-spillway-timeout-ms", "0"},
                    {"x-spillway-session", "x".repeat(129)}
                }) {
            var answer = Caller.chat(site, "hi", header[0], header[1]);
            assertThat(answer.statusCode()).as(header[0]).isEqualTo(400);
            assertThat(answer.body()).contains("\"param\":\"" + header[0] + "\"");
        }
        assertThat(home.received()).isEmpty();
    }

    @Test
    void aHeaderSentTwiceIsRefused() throws Exception {
        try (var wire = Wire.to(site)) {
            wire.send(
                    Wire.post(
                            CHAT,
                            BODY,
                            "x-spillway-data-class: restricted",
                            "x-spillway-data-class: public"));

            assertThat(wire.readUntil("}}")).startsWith("HTTP/1.1 400");
        }
    }

    @Test
    void nothingOfTheCallersHeadGoesUpstream() throws Exception {
        Caller.chat(
                site,
                "hi",
                "cookie",
                "a=b",
                "baggage",
                "x=y",
                "x-forwarded-for",
                "1.2.3.4",
                "x-spillway-session",
                "s1",
                "traceparent",
                "00-11111111111111111111111111111111-2222222222222222-01",
                "openai-organization",
                "org");

        var headers = home.received().getFirst().headers();
        assertThat(headers.keySet())
                .containsExactlyInAnyOrder(
                        "host", "content-type", "content-length", "accept", "traceparent");
        assertThat(headers.get("traceparent")).doesNotContain("1111111111");
    }
}
