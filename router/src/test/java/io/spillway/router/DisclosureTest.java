package io.spillway.router;

import static org.assertj.core.api.Assertions.assertThat;

import io.spillway.api.request.DataClass;
import io.spillway.api.state.JournalRecord.Decided;
import io.spillway.api.state.JournalRecord.Reserved;
import io.spillway.api.state.JournalRecord.Settled;
import io.spillway.sync.log.Json;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Queue;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.logging.Handler;
import java.util.logging.Level;
import java.util.logging.LogRecord;
import java.util.logging.Logger;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.AutoClose;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/// Who gets to know the class of a request, and that nobody gets to know its text.
class DisclosureTest {
    /// One text for each family of detectors; the right side is what must appear nowhere.
    private static final Map<String, String> TEXTS =
            Map.ofEntries(
                    Map.entry("mail ann.canary@corp-mail.com", "ann.canary"),
                    Map.entry("call +49 151 23456789", "23456789"),
                    Map.entry("my card is 4111 1111 1111 1111", "4111 1111"),
                    Map.entry("IBAN DE89 3704 0044 0532 0130 00", "0532 0130"),
                    Map.entry("id card 11010519491231002X", "11010519491231002X"),
                    Map.entry("SSN 536-22-8726", "536-22-8726"),
                    Map.entry("server 81.2.69.142", "81.2.69.142"),
                    Map.entry("password: Xk29canary!fq", "Xk29canary"),
                    Map.entry("key ghp_16C7e42F292c6912E7710c838347Ae178B4a", "ghp_16C7e42F292c"),
                    Map.entry(
                            "eyJhbGciOiJIUzI1NiJ9.eyJzdWIiOiJjYW5hcnkifQ.dBjftJeZ4CVPmB92K27uhbUJU1p1r",
                            "eyJzdWIiOiJjYW5hcnki"),
                    Map.entry("postgres://root:Canary77x@db.corp.lan/main", "Canary77x"),
                    Map.entry(
                            "-----BEGIN PRIVATE KEY----- MIIcanaryEvQIBADANBg -----END PRIVATE"
                                    + " KEY-----",
                            "MIIcanaryEv"),
                    Map.entry("My name is Zebulon Canaryman, born 1961-04-05", "Canaryman"),
                    Map.entry("I live at 17 Canary Lane, Springfield", "Canary Lane"),
                    Map.entry("YW5uLmNhbmFyeUBjb3JwLW1haWwuY29t", "YW5uLmNhbmFye"));

    private final Queue<String> logged = new ConcurrentLinkedQueue<>();
    private final Handler handler =
            new Handler() {
                @Override
                public void publish(LogRecord record) {
                    var parameters = record.getParameters();
                    logged.add(
                            record.getMessage()
                                    + (parameters == null ? "" : List.of(parameters))
                                    + record.getThrown());
                }

                @Override
                public void flush() {}

                @Override
                public void close() {}
            };
    @AutoClose private final TestSite site = TestSite.start();
    private final StubServer home = site.server("onprem", "h1");

    @BeforeEach
    void start() {
        site.server("aws-burst", "c1");
        handler.setLevel(Level.ALL);
        Logger.getLogger("").addHandler(handler);
    }

    @AfterEach
    void stop() {
        Logger.getLogger("").removeHandler(handler);
    }

    @Test
    void noTextReachesLogsRecordsMetricsOrErrors() throws Exception {
        var policies =
                List.of(
                        TestSite.POLICY,
                        MaskingTest.MASKING_POLICY.replace(
                                "mask: [email]", "mask: [email, person, credential, phone]"));
        var errors = new ArrayList<String>();
        for (var policy : policies) {
            site.put(TestSite.tenant(DataClass.PUBLIC, "email", "person", "credential", "phone"))
                    .publish(policy);
            for (boolean failing : new boolean[] {false, true}) {
                home.answering((response, _) ->
                        StubServer.json(
                                response, failing ? 500 : 200, failing ? "{}" : SseText.ANSWER));
                for (var text : TEXTS.keySet()) {
                    var answer = Caller.chat(site, text, "x-spillway-session", "s");
                    if (answer.statusCode() != 200) {
                        errors.add(answer.body());
                    }
                    errors.add(Caller.post(site, "/v1/chat/completions", "{" + text).body());
                    errors.add(
                            Caller.post(
                                            site,
                                            "/v1/chat/completions",
                                            "{\"model\":\"chat\",\"n\":\"" + text + "\"}")
                                    .body());
                }
            }
        }
        site.publish(new BrokenPolicy(new CarelessPolicy(DataClass.PUBLIC, List.of("onprem"))));
        for (var text : TEXTS.keySet()) {
            errors.add(Caller.chat(site, text).body());
        }
        var seen = new StringBuilder(String.join("\n", logged)).append(errors);
        site.journal().of(Decided.class).forEach(it -> seen.append(Json.write(it)).append(it));
        site.journal().of(Reserved.class).forEach(it -> seen.append(Json.write(it)));
        site.journal().of(Settled.class).forEach(it -> seen.append(Json.write(it)));
        site.registry().getMeters().forEach(it -> seen.append(it.getId()));

        assertThat(logged).anyMatch(it -> it.contains("classification failed"));
        assertThat(site.journal().of(Decided.class)).hasSizeGreaterThan(4 * TEXTS.size());
        for (var canary : TEXTS.values()) {
            assertThat(seen.toString()).doesNotContain(canary);
        }
    }

    @Test
    void aFaultOnAnEventLoopIsToldByItsTypeAlone() throws Exception {
        site.journal().fail("a canary of the request");

        var answer = Caller.chat(site, "hi", "x-spillway-timeout-ms", "300");

        assertThat(answer.statusCode()).isGreaterThanOrEqualTo(500);
        assertThat(logged)
                .anyMatch(it -> it.contains("IllegalStateException"))
                .noneMatch(it -> it.contains("canary"));
    }

    @Test
    void theClassIsShownToKeysWithDebugAlone() throws Exception {
        var shown = Caller.chat(site, "4111 1111 1111 1111");
        site.put(TestSite.key(DataClass.PUBLIC, DataClass.RESTRICTED, false)).publish();
        var hidden = Caller.chat(site, "4111 1111 1111 1111");
        var stream = Caller.stream(site, "4111 1111 1111 1111");

        assertThat(shown.headers().map())
                .containsKeys("x-spillway-data-class", "x-spillway-endpoint");
        for (var answer : List.of(hidden, stream)) {
            assertThat(answer.headers().map())
                    .doesNotContainKeys("x-spillway-data-class", "x-spillway-endpoint");
            assertThat(answer.headers().map().toString() + answer.body())
                    .doesNotContain("confidential")
                    .doesNotContain("payment-card");
        }
    }

    @Test
    void aRefusalDoesNotTellAKeyWithoutDebugThatItsClassIsToBlame() throws Exception {
        site.put(TestSite.key(DataClass.PUBLIC, DataClass.INTERNAL, false)).publish();
        var byClass = Caller.chat(site, "4111 1111 1111 1111");
        site.publish(
                TestSite.POLICY
                        .replace("the-rest-may-spill", "x")
                        .replace(
                                "use: [ { zone: private }, { environment: aws-burst } ]",
                                "when: \"model == 'none'\"\n    use: [ { zone: private } ]")
                        .replace("'none'", "'chat' && operation == 'embeddings'"));
        var byRule = Caller.chat(site, "hello");

        assertThat(byClass.statusCode()).isEqualTo(403);
        assertThat(byRule.statusCode()).isEqualTo(403);
        assertThat(withoutId(byClass.body())).isEqualTo(withoutId(byRule.body()));
    }

    private static String withoutId(String body) {
        return body.replaceAll("[0-9a-f]{32}", "ID");
    }
}
