package io.spillway.router;

import static org.assertj.core.api.Assertions.assertThat;

import java.net.http.HttpResponse;
import java.time.Duration;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AutoClose;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/// Limits and priorities of a policy, over sockets, as callers and servers see them.
class PolicyAmountsTest {
    private static final String POLICY =
            """
            apiVersion: spillway/v1
            kind: PolicySet
            metadata: { name: test }
            attributes: { department: { type: string } }
            classification: { default: internal }
            placement: [ { name: all, use: [ { zone: private } ] } ]
            """;

    private static final String OTHER_SECRET = "sk-test-9876543210";

    @AutoClose private final TestSite site = TestSite.startWithOneSlot(Duration.ofSeconds(15));
    private final StubServer home = site.server("onprem", "h1");

    @BeforeEach
    void start() {
        site.put(TestSite.key("k2", OTHER_SECRET, Set.of()));
    }

    private HttpResponse<String> complete(String prompt, String... headers) throws Exception {
        return Caller.post(
                site,
                "/v1/completions",
                "{\"model\":\"chat\",\"prompt\":\"%s\"}".formatted(prompt),
                headers);
    }

    @Test
    void aRequestOverTheLimitOfAMinuteGets429AndNoServerSeesIt() throws Exception {
        site.publish(
                POLICY
                        + "limits: [ { name: few, when: \"operation == 'chat'\", per: key,"
                        + " requestsPerMinute: 2 } ]\n");
        assertThat(Caller.chat(site, "one").statusCode()).isEqualTo(200);
        assertThat(Caller.chat(site, "two").statusCode()).isEqualTo(200);

        var third = Caller.chat(site, "three");

        assertThat(third.statusCode()).isEqualTo(429);
        assertThat(third.body()).contains("\"rate_limited\"").contains("'few'");
        assertThat(third.headers().firstValueAsLong("retry-after").orElseThrow())
                .isBetween(1L, 30L);
        assertThat(home.received()).hasSize(2);
        // Others are not held to it: another operation, another key.
        assertThat(complete("four").statusCode()).isEqualTo(200);
        assertThat(
                        Caller.chat(site, "five", "authorization", "Bearer " + OTHER_SECRET)
                                .statusCode())
                .isEqualTo(200);
    }

    @Test
    void theKeysOfATenantShareItsLimitAndOneThatCannotBeEvaluatedApplies() throws Exception {
        site.publish(
                POLICY
                        + "limits: [ { name: law, when: \"caller.attributes.department == 'law'\","
                        + " requestsPerMinute: 1 } ]\n");

        assertThat(Caller.chat(site, "one").statusCode()).isEqualTo(200);
        assertThat(Caller.chat(site, "two", "authorization", "Bearer " + OTHER_SECRET).statusCode())
                .isEqualTo(429);
    }

    @Test
    void aRequestThatIsTooLargeGets400AndUsesUpNothing() throws Exception {
        site.publish(
                POLICY
                        + "limits: [ { name: small, requestsPerMinute: 1, maxPromptTokens: 200,"
                        + " maxOutputTokens: 50 } ]\n");
        var body =
                "{\"model\":\"chat\",\"max_tokens\":%d,\"messages\":[{\"role\":\"user\",\"content\":\"%s\"}]}";
        var path = "/v1/chat/completions";

        var large = Caller.post(site, path, body.formatted(50, "word ".repeat(2_000)));
        var greedy = Caller.post(site, path, body.formatted(51, "hi"));
        var open = Caller.chat(site, "hi");
        var right = Caller.post(site, path, body.formatted(50, "hi"));

        assertThat(large.statusCode()).isEqualTo(400);
        assertThat(large.body()).contains("'small' allows 200");
        assertThat(greedy.statusCode()).isEqualTo(400);
        assertThat(greedy.body()).contains("max_tokens");
        assertThat(open.statusCode()).isEqualTo(400);
        assertThat(right.statusCode()).isEqualTo(200);
        assertThat(home.received()).hasSize(1);
    }

    @Test
    void whatWaitsIsServedByThePolicysPriorityWhichACallerCanOnlyLower() throws Exception {
        site.publish(
                POLICY
                        + "priorities:\n"
                        + "  - { name: people-first, when: \"operation == 'chat'\", priority: 8 }\n"
                        + "  - { name: rest-last, priority: 3 }\n");
        home.holding();
        var first = Caller.later(() -> complete("first"));
        Await.until("the only slot is taken", () -> home.held() == 1);
        var second = waiting(2, () -> complete("complete", "x-spillway-priority", "9"));
        var third = waiting(3, () -> Caller.chat(site, "humble", "x-spillway-priority", "1"));
        var fourth = waiting(4, () -> Caller.chat(site, "chat"));

        home.release();

        for (var answer : new CompletableFuture<?>[] {first, second, third, fourth}) {
            answer.get(10, TimeUnit.SECONDS);
        }
        assertThat(home.received())
                .extracting(
                        it -> it.body().replaceAll(".*\"(first|chat|complete|humble)\".*", "$1"))
                .containsExactly("first", "chat", "complete", "humble");
    }

    private CompletableFuture<HttpResponse<String>> waiting(int inFlight, Caller.Call call) {
        var answer = Caller.later(call);
        Await.until("it waits", () -> site.plane().inFlight() == inFlight);
        return answer;
    }
}
