package io.spillway.router;

import static org.assertj.core.api.Assertions.assertThat;

import io.spillway.api.state.JournalRecord.Decided;
import io.spillway.api.state.JournalRecord.Settled;
import io.spillway.router.api.ListenerSettings;
import io.vertx.core.buffer.Buffer;
import io.vertx.core.http.HttpServerResponse;
import java.net.http.HttpResponse;
import java.time.Duration;
import java.util.ArrayList;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicLong;
import java.util.concurrent.atomic.AtomicReference;
import org.junit.jupiter.api.AutoClose;
import org.junit.jupiter.api.Test;

class StreamTest {

    @AutoClose
    private final TestSite site =
            TestSite.start(settings ->
                    settings.withWaits(Duration.ofSeconds(60), Duration.ofMillis(300))
                            .withListener(
                                    ListenerSettings.standard("127.0.0.1", 0)
                                            .withDeadlines(
                                                    Duration.ofSeconds(10),
                                                    Duration.ofSeconds(30),
                                                    Duration.ofSeconds(2))));

    private final StubServer home = site.server("onprem", "h1");

    @Test
    void noEventOfManyStreamsIsLostOrChanged() throws Exception {
        // All at once after the head: what arrives before the handlers stand must not be dropped.
        home.answering((response, request) -> {
            StubServer.beginStream(response);
            for (int i = 0; i < 200; i++) {
                response.write(SseText.content(mark(request.body()) + "-" + i));
            }
            response.write(SseText.usage(1, 200));
            response.end(SseText.done());
        });
        var answers = new ArrayList<CompletableFuture<HttpResponse<String>>>();
        for (int i = 0; i < 30; i++) {
            var name = "s" + i;
            answers.add(Caller.later(() -> Caller.stream(site, name)));
        }
        for (int i = 0; i < 30; i++) {
            var expected = new StringBuilder();
            for (int event = 0; event < 200; event++) {
                expected.append(SseText.content("s" + i + "-" + event));
            }
            // Comments that keep a waiting stream alive are no events.
            assertThat(answers.get(i).get(20, TimeUnit.SECONDS).body().replace(": waiting\n\n", ""))
                    .isEqualTo(expected.append(SseText.done()).toString());
        }
    }

    private static String mark(String body) {
        return body.replaceAll("(?s).*\"content\":\"(s\\d+)\".*", "$1");
    }

    @Test
    void eventsArriveOneByOneWhileTheServerGoesOn() throws Exception {
        var held = new AtomicReference<HttpServerResponse>();
        home.answering((response, _) -> {
            StubServer.beginStream(response);
            response.write(SseText.content("first"));
            held.set(response);
        });
        try (var wire = Wire.to(site)) {
            wire.send(Wire.post("/v1/chat/completions", Caller.streamBody("x")));

            wire.readUntil("first");
            site.vertx().runOnContext(_ -> held.get().write(SseText.content("second")));
            wire.readUntil("second");
            site.vertx().runOnContext(_ -> held.get().end(SseText.done()));
            assertThat(wire.readUntil("0\r\n\r\n")).contains("[DONE]");
        }
    }

    @Test
    void aCallerThatLeavesFreesTheServerAtOnce() throws Exception {
        home.answering((response, _) -> {
            StubServer.beginStream(response);
            response.write(SseText.content("first"));
        });
        long left;
        try (var wire = Wire.to(site)) {
            wire.send(Wire.post("/v1/chat/completions", Caller.streamBody("x")));
            wire.readUntil("first");
            left = System.nanoTime();
        }

        Await.until("the server's connection is closed", () -> home.closedByPeer() == 1);
        assertThat(Duration.ofNanos(System.nanoTime() - left)).isLessThan(Duration.ofSeconds(5));
        assertThat(site.journal().first(Decided.class).outcome()).isEqualTo("cancelled");
        assertThat(site.journal().first(Settled.class).outcome()).isEqualTo("cancelled");
        assertThat(site.plane().inFlight()).isZero();
    }

    @Test
    void aCallerThatLeavesBeforeTheFirstEventFreesTheServerToo() throws Exception {
        home.answering((_, _) -> {}); // thinks for ever
        try (var wire = Wire.to(site)) {
            wire.send(Wire.post("/v1/chat/completions", Caller.streamBody("x")));
            Await.until("the server has the request", () -> home.received().size() == 1);
        }

        Await.until("the server's connection is closed", () -> home.closedByPeer() == 1);
    }

    @Test
    void aStreamThatBreaksEndsInAnErrorEventAndNeverInDone() throws Exception {
        home.answering((response, _) -> {
            StubServer.beginStream(response);
            response.write(SseText.content("first") + "data: {\"half\":");
            site.vertx().setTimer(50, _ -> response.reset());
        });

        var body = Caller.stream(site, "x").body();

        assertThat(body).startsWith(SseText.content("first") + "data: {\"error\":");
        assertThat(body).contains("upstream_failed").doesNotContain("half", "[DONE]");
        assertThat(site.journal().first(Decided.class).outcome()).isEqualTo("failed");
    }

    @Test
    void aStreamThatEndsWithoutItsTerminatorIsAFailure() throws Exception {
        home.answering((response, _) -> {
            StubServer.beginStream(response);
            response.end(SseText.content("first"));
        });

        assertThat(Caller.stream(site, "x").body()).contains("upstream_failed");
    }

    @Test
    void anErrorEventOfTheServerPassesAsItIs() throws Exception {
        var error =
                "data: {\"error\":{\"message\":\"engine died\",\"type\":\"x\",\"code\":500}}\n\n";
        home.answering((response, _) -> {
            StubServer.beginStream(response);
            response.end(SseText.content("first") + error);
        });

        assertThat(Caller.stream(site, "x").body()).isEqualTo(SseText.content("first") + error);
    }

    @Test
    void aSlowReaderHoldsTheServerBackAndIsCutAfterItsTime() throws Exception {
        var written = new AtomicLong();
        var event = Buffer.buffer(SseText.content("x".repeat(8000)));
        home.answering((response, _) -> {
            StubServer.beginStream(response);
            pump(response, event, written);
        });
        try (var wire = Wire.narrow(site)) {
            wire.send(Wire.post("/v1/chat/completions", Caller.streamBody("x")));
            Await.until("the reader is cut off", () -> home.closedByPeer() == 1);
        }

        // What was taken from the server is what buffers of the system and of the router hold.
        assertThat(written.get()).isLessThan(64L * 1024 * 1024);
        assertThat(site.journal().first(Decided.class).outcome()).isEqualTo("cancelled");
    }

    private static void pump(HttpServerResponse response, Buffer event, AtomicLong written) {
        while (!response.writeQueueFull() && !response.closed()) {
            written.addAndGet(event.length());
            response.write(event);
        }
        if (!response.closed()) {
            response.drainHandler(_ -> pump(response, event, written));
        }
    }

    @Test
    void aWaitingStreamIsKeptAliveByCommentsAndSaysOnlyItsDecision() throws Exception {
        var held = new AtomicReference<HttpServerResponse>();
        home.answering((response, _) -> held.set(response));
        try (var wire = Wire.to(site)) {
            wire.send(Wire.post("/v1/chat/completions", Caller.streamBody("x")));

            var head = wire.readUntil(": waiting\n\n");
            assertThat(head).startsWith("HTTP/1.1 200").contains("x-spillway-decision");
            assertThat(head).doesNotContain("x-spillway-environment", "x-spillway-data-class");
            wire.readUntil(": waiting\n\n");
            site.vertx().runOnContext(_ -> StubServer.stream(held.get(), SseText.hello()));
            assertThat(wire.readUntil("[DONE]")).contains(SseText.content("Hel"));
        }
    }

    @Test
    void whatFailsAfterTheCommentsIsAnErrorEvent() throws Exception {
        home.answering((response, _) ->
                site.vertx()
                        .setTimer(
                                700,
                                _ ->
                                        StubServer.json(
                                                response,
                                                400,
                                                """
                                                {"error":{"message":"too long","type":"BadRequestError","code":400}}\
                                                """)));

        var answer = Caller.stream(site, "x");

        assertThat(answer.statusCode()).isEqualTo(200);
        assertThat(answer.body()).contains("data: {\"error\":", "too long").doesNotContain("DONE");
    }

    @Test
    void aFailureBeforeTheFirstEventIsRetriedElsewhere() throws Exception {
        var tries = new AtomicInteger();
        StubServer.Behaviour diesOnce =
                (response, _) -> {
                    if (tries.getAndIncrement() == 0) {
                        StubServer.beginStream(response);
                        response.write("data: {\"cut");
                        site.vertx().setTimer(20, _ -> response.reset());
                    } else {
                        StubServer.stream(response, SseText.hello());
                    }
                };
        home.answering(diesOnce);
        site.server("onprem", "h2").answering(diesOnce);

        var answer = Caller.stream(site, "x");

        assertThat(answer.body())
                .isEqualTo(SseText.content("Hel") + SseText.content("lo") + SseText.done());
        assertThat(tries).hasValue(2);
        assertThat(site.journal().first(Decided.class).attempts()).isEqualTo(2);
        assertThat(site.journal().of(Settled.class)).hasSize(2);
    }

    @Test
    void theUsageThatTheCallerAskedForReachesIt() throws Exception {
        var body =
                "{\"model\":\"chat\",\"stream\":true,\"stream_options\":{\"include_usage\":true},\"messages\":[]}";

        assertThat(Caller.post(site, "/v1/chat/completions", body).body())
                .isEqualTo(String.join("", SseText.hello()));
    }

    @Test
    void theCallersOwnTimeLimitHoldsInTheStream() throws Exception {
        home.answering((response, _) -> {
            StubServer.beginStream(response);
            response.write(SseText.content("first"));
        });

        var body = Caller.stream(site, "x", "x-spillway-timeout-ms", "400").body();

        assertThat(body).startsWith(SseText.content("first")).contains("deadline_exceeded");
        Await.until("the server's connection is closed", () -> home.closedByPeer() == 1);
    }
}
