package io.spillway.router;

import static org.assertj.core.api.Assertions.assertThat;

import io.spillway.api.request.DataClass;
import io.spillway.api.state.JournalRecord.Decided;
import io.spillway.api.state.JournalRecord.Reserved;
import io.spillway.router.forwarding.WatchedGuard;
import java.net.http.HttpResponse;
import java.util.List;
import java.util.regex.Pattern;
import org.junit.jupiter.api.AutoClose;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/// Requests that leave masked, over sockets, as servers and callers see them.
class MaskingTest {
    private static final Pattern PLACEHOLDER = Pattern.compile("\\[EMAIL_[a-z0-9]{6}_1]");
    private static final String MAIL = "ann.lee@corp-mail.com";

    static final String MASKING_POLICY =
            """
            apiVersion: spillway/v1
            kind: PolicySet
            metadata: { name: test }
            classification:
              default: internal
              rules:
                - { name: mails, when: "findings.exists(f, f.type == 'email')", raise: confidential }
                - { name: cards, when: "findings.exists(f, f.type == 'payment-card')", raise: restricted }
            placement:
              - name: masked-may-leave
                use: [ { environment: aws-burst, mask: [email] }, { zone: private } ]
            invariants: [ { never: "dataClass >= confidential && environment.zone == 'public'" } ]
            """;

    private final WatchedGuard guard = new WatchedGuard();

    @AutoClose private final TestSite site = TestSite.guardedBy(guard);
    private final StubServer home = site.server("onprem", "h1");
    private final StubServer cloud = site.server("aws-burst", "c1");

    @BeforeEach
    void start() {
        site.put(TestSite.tenant(DataClass.PUBLIC, "email")).publish(MASKING_POLICY);
    }

    private static String zone(HttpResponse<?> answer) {
        return answer.headers().firstValue("x-spillway-zone").orElse("");
    }

    private String sentAway() {
        return cloud.received().getFirst().body();
    }

    private String placeholder() {
        var matcher = PLACEHOLDER.matcher(sentAway());
        assertThat(matcher.find()).as(sentAway()).isTrue();
        return matcher.group();
    }

    /// The placeholder in a request that a stub answers.
    private static String placeholder(StubServer.Received request) {
        var matcher = PLACEHOLDER.matcher(request.body());
        return matcher.find() ? matcher.group() : "none";
    }

    @Test
    void theValueStaysAndTheAnswerHasItAgain() throws Exception {
        cloud.answering((response, request) ->
                StubServer.json(
                        response,
                        200,
                        "{\"id\":\"a\","
                            + " \"choices\":[{\"index\":0,\"message\":{\"role\":\"assistant\",\"content\":\"Wrote"
                            + " to "
                                + placeholder(request)
                                + " \\u2713\",\"tool_calls\":[{\"id\":\"t\",\"type\":\"function\","
                                + "\"function\":{\"name\":\"f\",\"arguments\":\"{\\\"to\\\":\\\""
                                + placeholder(request)
                                + "\\\"}\"}}]},\"finish_reason\":\"stop\"}],\"usage\":{\"prompt_tokens\":9,"
                                + "\"completion_tokens\":4,\"total_tokens\":13}}"));

        var answer = Caller.chat(site, "Write to " + MAIL + " \\u00e9 now");

        assertThat(zone(answer)).isEqualTo("public");
        assertThat(sentAway())
                .doesNotContain(MAIL)
                .contains("Write to [EMAIL_")
                .contains("] \\u00e9 now");
        assertThat(answer.body())
                .contains("Wrote to " + MAIL + " ")
                .contains("{\\\"to\\\":\\\"" + MAIL + "\\\"}")
                .doesNotContain("EMAIL_");
        assertThat(home.received()).isEmpty();
        assertThat(answer.headers().firstValue("x-spillway-data-class")).contains("confidential");
    }

    @Test
    void aStreamHasItAgainAcrossEvents() throws Exception {
        cloud.answering((response, request) -> {
            var placeholder = placeholder(request);
            var events = new java.util.ArrayList<String>();
            events.add(SseText.content("Hi "));
            for (int i = 0; i < placeholder.length(); i += 3) {
                events.add(
                        SseText.content(
                                placeholder.substring(i, Math.min(placeholder.length(), i + 3))));
            }
            events.add(SseText.content("!"));
            events.add(SseText.done());
            StubServer.stream(response, events);
        });

        var answer = Caller.stream(site, "Write to " + MAIL);

        assertThat(zone(answer)).isEqualTo("public");
        assertThat(texts(answer.body())).isEqualTo("Hi " + MAIL + "!");
        assertThat(answer.body())
                .startsWith(SseText.content("Hi "))
                .endsWith(SseText.content("!") + SseText.done());
    }

    private static String texts(String stream) {
        var text = new StringBuilder();
        var matcher = Pattern.compile("\"content\":\"([^\"]*)\"").matcher(stream);
        while (matcher.find()) {
            text.append(matcher.group(1));
        }
        return text.toString();
    }

    @Test
    void whatElseWasFoundKeepsTheRequestHome() throws Exception {
        var answer = Caller.chat(site, "Write to " + MAIL + " about 4111 1111 1111 1111");

        assertThat(zone(answer)).isEqualTo("private");
        assertThat(home.received().getFirst().body()).contains(MAIL);
        assertThat(cloud.received()).isEmpty();
    }

    @Test
    void onlyTypesThatTheTenantListsCount() throws Exception {
        site.put(TestSite.tenant(DataClass.PUBLIC, "phone")).publish(MASKING_POLICY);

        assertThat(zone(Caller.chat(site, "Write to " + MAIL))).isEqualTo("private");
        assertThat(cloud.received()).isEmpty();
    }

    @Test
    void floorsHeadersAndSessionsAreNotMasked() throws Exception {
        assertThat(zone(Caller.chat(site, MAIL, "x-spillway-data-class", "confidential")))
                .isEqualTo("private");

        Caller.chat(site, "4111 1111 1111 1111", "x-spillway-session", "s1");
        assertThat(zone(Caller.chat(site, MAIL, "x-spillway-session", "s1"))).isEqualTo("private");

        site.put(TestSite.tenant(DataClass.CONFIDENTIAL, "email")).publish(MASKING_POLICY);
        assertThat(zone(Caller.chat(site, MAIL))).isEqualTo("private");
        assertThat(cloud.received()).isEmpty();
    }

    @Test
    void contentThatCannotBeScannedStaysUnscanned() throws Exception {
        var answer =
                Caller.post(
                        site,
                        "/v1/chat/completions",
                        "{\"model\":\"chat\",\"messages\":[{\"role\":\"user\",\"content\":["
                                + "{\"type\":\"text\",\"text\":\"%s\"},".formatted(MAIL)
                                + "{\"type\":\"image_url\",\"image_url\":{\"url\":\"data:,\"}}]}]}");

        assertThat(zone(answer)).isEqualTo("private");
        assertThat(cloud.received()).isEmpty();
    }

    @Test
    void aFailoverGoesFromTheMaskedFormToTheRequestItselfAndBack() throws Exception {
        cloud.answering((response, _) -> StubServer.json(response, 503, "{}"));

        var answer = Caller.chat(site, "Write to " + MAIL);

        assertThat(zone(answer)).isEqualTo("private");
        assertThat(sentAway()).doesNotContain(MAIL);
        assertThat(home.received().getFirst().body()).contains("Write to " + MAIL);
        assertThat(home.received().getFirst().body()).doesNotContain("EMAIL_");
    }

    @Test
    void aFailoverGoesFromTheRequestItselfToItsMaskedForm() throws Exception {
        site.publish(
                MASKING_POLICY.replace(
                        "[ { environment: aws-burst, mask: [email] }, { zone: private } ]",
                        "[ { zone: private }, { environment: aws-burst, mask: [email] } ]"));
        home.answering((response, _) -> StubServer.json(response, 503, "{}"));
        cloud.answering((response, request) ->
                StubServer.json(
                        response, 200, SseText.ANSWER.replace("Hello", placeholder(request))));

        var answer = Caller.chat(site, "Write to " + MAIL);

        assertThat(zone(answer)).isEqualTo("public");
        assertThat(home.received().getFirst().body()).contains(MAIL);
        assertThat(sentAway()).doesNotContain(MAIL).contains(placeholder());
        assertThat(answer.body()).doesNotContain("EMAIL_");
    }

    @Test
    void toolCallArgumentsAreMaskedInsideTheirJson() throws Exception {
        var answer =
                Caller.post(
                        site,
                        "/v1/chat/completions",
                        "{\"model\":\"chat\",\"messages\":[{\"role\":\"assistant\",\"tool_calls\":[{\"id\":"
                            + "\"t\",\"type\":\"function\",\"function\":{\"name\":\"f\",\"arguments\":"
                                + "\"{\\\"to\\\": \\\"%s\\\"}\"}}]}]}".formatted(MAIL));

        assertThat(zone(answer)).isEqualTo("public");
        assertThat(sentAway())
                .contains("{\\\"to\\\": \\\"" + placeholder() + "\\\"}")
                .doesNotContain(MAIL);
    }

    @Test
    void theRecordSaysWhatWasMaskedAndNeverTheValue() throws Exception {
        Caller.chat(site, "Write to " + MAIL + ", yes " + MAIL);

        var decided = site.journal().first(Decided.class);
        assertThat(decided.explanation().steps().toString())
                .contains("masked for aws-burst/chat-v1", "[email], 1");
        assertThat(decided.classification().dataClass()).isEqualTo(DataClass.CONFIDENTIAL);
        assertThat(decided.toString()).doesNotContain(MAIL).doesNotContain("EMAIL_");
        assertThat(site.journal().of(Reserved.class)).hasSize(1);
    }

    @Test
    void theReservationCoversTheLargerBody() throws Exception {
        var many = "a@bc.de ".repeat(1) + "b@bc.de c@bc.de d@bc.de e@bc.de f@bc.de";
        Caller.chat(site, many, "x-spillway-data-class", "internal");
        long masked = cloud.received().getFirst().body().length();

        var reserved = site.journal().first(Reserved.class);

        assertThat(masked).isGreaterThan(many.length() + 80);
        // Prompt tokens are bounded by the bytes sent, at 2,000 nanos each.
        assertThat(reserved.amount().nanos()).isGreaterThanOrEqualTo((masked - 120) * 2000);
    }

    @Test
    void aPolicyWithoutMasksSendsTheRequestAsItIs() throws Exception {
        site.publish(TestSite.POLICY);
        home.answering((response, _) -> StubServer.json(response, 503, "{}"));

        assertThat(zone(Caller.chat(site, "Write to " + MAIL))).isEqualTo("public");
        assertThat(sentAway()).contains(MAIL);
    }

    @Test
    void aLargeBodyIsMaskedAndJudgedOffTheEventLoopAndATooLargeOneStaysHome() throws Exception {
        var small = Caller.chat(site, "Write to " + MAIL);
        assertThat(zone(small)).isEqualTo("public");
        assertThat(guard.threads()).allMatch(it -> it.startsWith("vert.x-eventloop"));
        guard.threads().clear();

        var large = Caller.chat(site, "word ".repeat(20_000) + "Write to " + MAIL);
        assertThat(zone(large)).isEqualTo("public");
        assertThat(cloud.received().getLast().body()).doesNotContain(MAIL);
        assertThat(guard.threads()).allMatch(it -> it.startsWith("large-body"));

        var tooLarge = Caller.chat(site, "word ".repeat(60_000) + "Write to " + MAIL);
        assertThat(zone(tooLarge)).isEqualTo("private");
        assertThat(cloud.received()).hasSize(2);
    }

    @ParameterizedTest
    @ValueSource(ints = {1, 20_000})
    void aGuardThatFailsLetsNothingPass(int words) throws Exception {
        guard.fail();

        var answer = Caller.chat(site, "word ".repeat(words) + "Write to " + MAIL);

        assertThat(answer.statusCode()).isEqualTo(403);
        assertThat(home.received()).isEmpty();
        assertThat(cloud.received()).isEmpty();
    }

    @Test
    void everyRequestHasATagOfItsOwn() throws Exception {
        Caller.chat(site, MAIL);
        Caller.chat(site, MAIL);

        assertThat(cloud.received()).hasSize(2);
        assertThat(
                        List.of(
                                placeholder(cloud.received().get(0)),
                                placeholder(cloud.received().get(1))))
                .doesNotHaveDuplicates();
    }
}
