package io.spillway.cli.stack;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import com.fasterxml.jackson.databind.JsonNode;
import com.openai.client.okhttp.OpenAIOkHttpClient;
import com.openai.models.chat.completions.ChatCompletionCreateParams;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.concurrent.Callable;
import java.util.concurrent.Executors;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.MethodOrderer;
import org.junit.jupiter.api.Order;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestMethodOrder;
import org.junit.jupiter.api.io.TempDir;

/// What only all processes together can show. One installation serves all tests, in order, because
/// each start costs seconds; the last ones break it on purpose.
@TestMethodOrder(MethodOrderer.OrderAnnotation.class)
class FullStackTest {
    private static final int CHANGES = 200;

    @TempDir private static Path directory;
    private static RunningStack stack;

    @BeforeAll
    static void start() throws Exception {
        stack = new RunningStack(directory.resolve("state"));
    }

    @AfterAll
    static void end() throws Exception {
        if (stack != null) {
            stack.close();
            assertThat(stack.livingProcesses()).as("processes that down left behind").isZero();
        }
    }

    @Test
    @Order(1)
    void theOfficialClientIsServedWithOnlyUrlAndKeyChanged() {
        var client =
                OpenAIOkHttpClient.builder()
                        .baseUrl(stack.routerUrl() + "/v1")
                        .apiKey(stack.demoKey())
                        .build();
        var question =
                ChatCompletionCreateParams.builder()
                        .model(Demo.MODEL)
                        .addUserMessage("Hello")
                        .maxCompletionTokens(8)
                        .build();

        var answer = client.chat().completions().create(question);

        assertThat(answer.choices().getFirst().message().content()).isPresent();
        client.close();
    }

    @Test
    @Order(2)
    void aDecisionComesHomeAndExplainsItself() throws Exception {
        var answer = stack.chat(stack.demoKey(), "my mail is jane.roe@corp-mail.de", Map.of());
        var id = answer.headers().firstValue("x-spillway-decision").orElseThrow();

        await().atMost(Duration.ofSeconds(10)).until(() -> stack.decision(id).isPresent());

        var decision = stack.decision(id).orElseThrow();
        assertThat(answer.statusCode()).isEqualTo(200);
        assertThat(answer.headers().firstValue("x-spillway-zone")).contains("private");
        assertThat(decision.path("decision").path("dataClass").asText()).isEqualTo("confidential");
        assertThat(decision.path("classification").path("findings").toString())
                .contains("email")
                .doesNotContain("jane");
        assertThat(decision.path("explanation").path("rule").asText()).isNotEmpty();
        assertThat(decision.path("attempts")).hasSize(1);
    }

    @Test
    @Order(3)
    void aChangeIsInForceWithinASecond() throws Exception {
        var latencies = new long[CHANGES];
        for (var i = 0; i < CHANGES; i++) {
            var name = "probe-" + i;
            var began = System.nanoTime();
            stack.admin()
                    .put(
                            "models/" + name,
                            Map.of(
                                    "name",
                                    name,
                                    "versions",
                                    List.of(Demo.VERSION),
                                    "maySpill",
                                    List.of(),
                                    "spillableUnscanned",
                                    List.of(),
                                    "contextTokens",
                                    4_096))
                    .orFail();
            while (stack.get("/v1/models/" + name) != 200) {
                assertThat(System.nanoTime() - began)
                        .as("waiting for " + name)
                        .isLessThan(Duration.ofSeconds(10).toNanos());
            }
            latencies[i] = System.nanoTime() - began;
        }

        Arrays.sort(latencies);
        var p50 = latencies[CHANGES / 2] / 1_000_000;
        var p99 = latencies[CHANGES * 99 / 100] / 1_000_000;
        System.out.printf(
                "change in force at the router: p50 %d ms, p99 %d ms over %d changes%n",
                p50, p99, CHANGES);
        assertThat(p99).isLessThan(1_000);
    }

    @Test
    @Order(4)
    void aRevokedKeyIsRefused() throws Exception {
        var key =
                stack.admin()
                        .post("keys", Map.of("id", "short-lived", "tenant", Demo.TENANT))
                        .orFail();
        var secret = key.path("secret").asText();
        await().atMost(Duration.ofSeconds(5))
                .until(() -> stack.chat(secret, "hi", Map.of()).statusCode() == 200);

        stack.admin().delete("keys/short-lived").orFail();

        await().atMost(Duration.ofSeconds(5))
                .until(() -> stack.chat(secret, "hi", Map.of()).statusCode() == 401);
    }

    @Test
    @Order(5)
    void loadBurstsIntoTheCloudAndSensitiveRequestsStayHome() throws Exception {
        var sensitive = "canary-" + "s".repeat(16);
        var benign = "canary-" + "b".repeat(16);
        var began = System.nanoTime();
        var spilled = false;
        while (!spilled && System.nanoTime() - began < Duration.ofSeconds(90).toNanos()) {
            wave(sensitive, benign);
            spilled = stack.canaries(Demo.PUBLIC).contains(benign);
        }

        assertThat(spilled).as("benign requests reached the cloud fleet").isTrue();
        assertThat(stack.canaries(Demo.PUBLIC)).doesNotContain(sensitive);
        assertThat(stack.canaries(Demo.PRIVATE)).contains(sensitive);
    }

    private static void wave(String sensitive, String benign) throws Exception {
        try (var executor = Executors.newVirtualThreadPerTaskExecutor()) {
            var calls = new ArrayList<Callable<Integer>>();
            for (var i = 0; i < 60; i++) {
                var text = i % 3 == 0 ? sensitive + " card 4539 1488 0343 6467" : benign;
                calls.add(
                        () -> stack.chat(stack.demoKey(), longAnswer(text), Map.of()).statusCode());
            }
            for (var status : executor.invokeAll(calls)) {
                assertThat(status.get()).isIn(200, 503);
            }
        }
    }

    private static Map<String, Object> longAnswer(String text) {
        var content = text + " " + "tell me more about rivers and dams ".repeat(400);
        return Map.of(
                "model",
                Demo.MODEL,
                "max_tokens",
                150,
                "min_tokens",
                150,
                "ignore_eos",
                true,
                "messages",
                List.of(Map.of("role", "user", "content", content)));
    }

    @Test
    @Order(6)
    void theRouterServesOnWithControlPlaneAndPostgresKilledAndAfterItsOwnRestart()
            throws Exception {
        stack.kill("control-plane");
        stack.kill("postgres");
        assertThat(stack.chat(stack.demoKey(), "Hello", Map.of()).statusCode()).isEqualTo(200);

        stack.kill("router");
        stack.restartRouter();

        assertThat(stack.chat(stack.demoKey(), "Hello again", Map.of()).statusCode())
                .isEqualTo(200);
    }

    @Test
    @Order(7)
    void theLedgerIsCompleteAfterRouterAndControlPlaneWereKilled() throws Exception {
        var ids = new LinkedHashSet<String>();
        for (var i : IntStream.range(0, 10).toArray()) {
            var answer = stack.chat(stack.demoKey(), "number " + i, Map.of());
            ids.add(answer.headers().firstValue("x-spillway-decision").orElseThrow());
        }
        await().pollDelay(Duration.ofMillis(300))
                .until(() -> true); // let the group commit reach the disk
        stack.kill("router");
        stack.restartControlPlane();
        stack.restartRouter();

        await().atMost(Duration.ofSeconds(30))
                .until(() -> ids.stream().allMatch(id -> stack.decision(id).isPresent()));

        for (var id : ids) {
            assertThat(attempts(id)).as("attempts of " + id).hasSize(1);
            assertThat(attempts(id).getFirst().path("outcome").asText()).isEqualTo("ok");
        }
    }

    private static List<JsonNode> attempts(String id) {
        var attempts = new ArrayList<JsonNode>();
        stack.decision(id).orElseThrow().path("attempts").forEach(attempts::add);
        return attempts;
    }
}
