package io.spillway.testbed.server;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.spillway.api.connector.Dialect;
import java.io.IOException;
import java.net.BindException;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.ServiceLoader;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class SimulatedServerTest {
    private static final String CHAT = "/v1/chat/completions";
    private static final String CANARY = "canary-0123456789abcdef";

    @Test
    void aClientThatLeavesFreesItsShareOfTheEngine() throws Exception {
        try (var server = start(new ServerOptions().timeScale(0.2))) {
            var lines = Http.stream(server, Http.chat(true, 10_000));
            assertThat(lines.limit(5).toList()).isNotEmpty();
            assertThat(Http.metric(server, "vllm:num_requests_running")).isEqualTo(1);
            assertThat(Http.metric(server, "vllm:kv_cache_usage_perc")).isPositive();
            long left = System.nanoTime();
            lines.close();
            Http.await("idle", () -> Http.metric(server, "vllm:num_requests_running") == 0);
            assertThat(Http.metric(server, "vllm:num_requests_waiting")).isZero();
            assertThat(Http.metric(server, "vllm:kv_cache_usage_perc")).isZero();
            assertThat(
                            Http.metric(
                                    server,
                                    "vllm:request_success_total",
                                    "finished_reason=\"abort\""))
                    .isEqualTo(1);
            assertThat(Http.get(server, "/load").body()).isEqualTo("{\"server_load\":0}");
            assertThat(System.nanoTime() - left).as("nanoseconds").isLessThan(5_000_000_000L);
        }
    }

    @Test
    void aClientThatLeavesWithoutStreamingFreesItsShareToo() throws Exception {
        try (var server = start(new ServerOptions());
                var socket = new Socket("127.0.0.1", server.port())) {
            var body = Http.chat(false, 10_000);
            socket.getOutputStream()
                    .write(
                            ("POST %s HTTP/1.1\r\nHost: x\r\nContent-Length: %d\r\n\r\n%s"
                                            .formatted(CHAT, body.length(), body))
                                    .getBytes(StandardCharsets.US_ASCII));
            Http.await("busy", () -> Http.metric(server, "vllm:num_requests_running") == 1);
            socket.close();
            Http.await("idle", () -> Http.metric(server, "vllm:num_requests_running") == 0);
        }
    }

    @Test
    void severalServersKnowNothingOfEachOther() throws Exception {
        try (var one = start(new ServerOptions().nonce("one").timeScale(0.01));
                var two = start(new ServerOptions().nonce("two").timeScale(0.01))) {
            Http.post(one, CHAT, Http.chat(false, 3));
            assertThat(one.received().requests()).isEqualTo(1);
            assertThat(two.received().requests()).isZero();
            assertThat(Http.get(one, "/version").body()).contains("\"instance\":\"one\"");
            assertThat(Http.get(two, "/version").body()).contains("\"instance\":\"two\"");
        }
    }

    @Test
    void severalEnginesWorkSideBySideAndAreToldApartOnTheMetricsPage() throws Exception {
        try (var server = start(new ServerOptions().engines(3).maxSequences(1))) {
            var streams = new ArrayList<Stream<String>>();
            for (int i = 0; i < 4; i++) {
                streams.add(Http.stream(server, Http.chat(true, 10_000)));
            }
            for (int engine = 0; engine < 3; engine++) {
                var label = "engine=\"" + engine + "\"";
                assertThat(Http.metric(server, "vllm:num_requests_running", label)).isEqualTo(1);
            }
            assertThat(Http.metric(server, "vllm:num_requests_waiting", "engine=\"0\""))
                    .isEqualTo(1);
            var dialect = vllm();
            var load =
                    dialect.load(Http.get(server, "/metrics").body(), "chat", Instant.now())
                            .orElseThrow();
            assertThat(load.running()).isEqualTo(3);
            assertThat(load.waiting()).isEqualTo(1);
            streams.forEach(Stream::close);
        }
    }

    @Test
    void theMetricsPageHasEachSeriesOfVllmOnce() throws Exception {
        try (var server = start(new ServerOptions().engines(2).timeScale(0.01))) {
            Http.post(server, CHAT, Http.chat(false, 3));
            var seen = new HashSet<String>();
            var page = Http.get(server, "/metrics").body();
            for (var line : page.lines().toList()) {
                if (!line.startsWith("# ")) {
                    assertThat(line).matches("vllm:[a-z0-9_]+\\{[^{}]*\\} [-+0-9.E]+");
                    assertThat(seen.add(line.substring(0, line.lastIndexOf(' ')))).isTrue();
                }
            }
            assertThat(page)
                    .contains("vllm:cache_config_info{block_size=\"16\"")
                    .contains("vllm:time_to_first_token_seconds_bucket{engine=\"0\",le=\"0.001\"")
                    .contains("vllm:iteration_tokens_total_bucket{")
                    .contains("vllm:request_success_created{");
            assertThat(Http.metric(server, "vllm:time_to_first_token_seconds_count")).isEqualTo(1);
            assertThat(Http.metric(server, "vllm:inter_token_latency_seconds_count")).isEqualTo(2);
        }
    }

    @Test
    void canariesAreSeenInHeadAndBodyEvenOfRefusedRequests(@TempDir Path directory)
            throws Exception {
        var options = new ServerOptions().environment("aws-burst").nonce("n1").canaryDir(directory);
        try (var server = start(options)) {
            Http.post(server, CHAT, "{\"broken\": " + CANARY);
            Http.post(server, "/nowhere", "", "x-note", "canary-headheadheadhead");
            assertThat(server.received().canaries())
                    .containsExactlyInAnyOrder(CANARY, "canary-headheadheadhead");
            assertThat(Files.readAllLines(directory.resolve("aws-burst--n1.log"))).hasSize(2);
            assertThat(Http.get(server, "/testbed/received").body()).contains(CANARY);
        }
    }

    @Test
    void aBootingServerListensButAnswers503() throws Exception {
        try (var booting = start(new ServerOptions().bootSeconds(3600));
                var quick = start(new ServerOptions().bootSeconds(0.2))) {
            var early = Http.get(booting, "/health");
            assertThat(early.statusCode()).isEqualTo(503);
            assertThat(early.body()).startsWith("{\"error\":\"The model is currently scaling");
            assertThat(Http.get(booting, "/version").statusCode()).isEqualTo(503);
            Http.await("healthy", () -> Http.get(quick, "/health").statusCode() == 200);
        }
    }

    @Test
    void aCutStreamEndsWithoutItsTerminator() throws Exception {
        try (var server = start(new ServerOptions().timeScale(0.01))) {
            server.fault(Fault.of(Fault.Kind.CUT).withAfterEvents(3));
            var received = Http.untilClosed(server, Http.chat(true, 10));
            assertThat(received.lines().filter(it -> it.startsWith("data:"))).hasSize(3);
            assertThat(received).doesNotContain("[DONE]").doesNotEndWith("0\r\n\r\n");
            assertThatThrownBy(() -> Http.post(server, CHAT, Http.chat(false, 10)))
                    .isInstanceOf(IOException.class);
        }
    }

    @Test
    void aStalledStreamStaysOpenAndSilent() throws Exception {
        try (var server = start(new ServerOptions().timeScale(0.01))) {
            var fault = "{\"kind\":\"stall\",\"afterEvents\":2}";
            assertThat(Http.post(server, "/testbed/faults", fault).statusCode()).isEqualTo(204);
            try (var lines = Http.stream(server, Http.chat(true, 5))) {
                assertThat(lines.filter(it -> !it.isEmpty()).limit(2).toList()).hasSize(2);
                Http.await(
                        "engine done",
                        () -> Http.metric(server, "vllm:generation_tokens_total") == 5);
                assertThat(Http.get(server, "/load").body()).isEqualTo("{\"server_load\":1}");
            }
        }
    }

    @Test
    void aDeadServerRefusesConnections() throws Exception {
        var server = start(new ServerOptions());
        assertThatThrownBy(() ->
                        Http.post(
                                server,
                                CHAT,
                                Http.chat(false, 1),
                                "x-testbed-fault",
                                "{\"kind\":\"die\"}"))
                .isInstanceOf(IOException.class);
        assertThatThrownBy(() -> Http.get(server, "/health")).isInstanceOf(IOException.class);
        server.close();
    }

    @Test
    void anUnknownFaultIsRefusedWithTheKindsThereAre() throws Exception {
        try (var server = start(new ServerOptions())) {
            var answer = Http.post(server, "/testbed/faults", "{\"kind\":\"explode\"}");
            assertThat(answer.statusCode()).isEqualTo(400);
            assertThat(answer.body()).contains("error, cut, stall, die, slow or none");
        }
    }

    @Test
    void aPortInUseIsReportedAsThat() throws Exception {
        try (var server = start(new ServerOptions())) {
            assertThatThrownBy(() -> start(new ServerOptions().port(server.port())))
                    .isInstanceOf(BindException.class);
        }
    }

    @Test
    void aRequestIdBecomesPartOfTheAnswersId() throws Exception {
        try (var server = start(new ServerOptions().timeScale(0.01))) {
            var answer = Http.post(server, CHAT, Http.chat(false, 1), "x-request-id", "abc");
            assertThat(answer.body()).contains("\"id\":\"chatcmpl-abc\"");
        }
    }

    private static SimulatedServer start(ServerOptions options) throws IOException {
        return SimulatedServer.start(options.model("chat"));
    }

    private static Dialect vllm() {
        return ServiceLoader.load(Dialect.class).stream()
                .map(ServiceLoader.Provider::get)
                .filter(it -> it.name().equals("vllm"))
                .findFirst()
                .orElseThrow();
    }
}
