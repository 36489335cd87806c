package io.spillway.router;

import static org.assertj.core.api.Assertions.assertThat;

import io.spillway.api.environment.RegistryObject;
import io.spillway.api.environment.Tenant;
import io.spillway.api.request.Classification.Source;
import io.spillway.api.request.DataClass;
import io.spillway.api.state.JournalRecord.Decided;
import io.spillway.router.admission.AdmissionSettings;
import io.vertx.core.Vertx;
import io.vertx.core.http.HttpServerResponse;
import java.net.http.HttpResponse;
import java.time.Duration;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/// A stricter policy is published while a request waits.
class ReclassificationTest {
    private static final String LENIENT =
            """
            apiVersion: spillway/v1
            kind: PolicySet
            metadata: { name: test }
            classification: { default: internal }
            placement: [ { name: all, use: [ { zone: private }, { environment: aws-burst } ] } ]
            """;

    private static final String STRICT_ABOUT_MAILS =
            LENIENT.replace(
                    "{ default: internal }",
                    "{ default: internal, rules: [ { name: mails, when: \"findings.exists(f, f.type"
                            + " == 'email')\", raise: confidential } ] }");

    private static final String STRICT_ABOUT_WORDS =
            LENIENT.replace(
                            "{ default: internal }",
                            "{ default: internal, rules: [ { name: words, when:"
                                + " \"findings.exists(f, f.type == 'project')\", raise: restricted"
                                + " } ] }")
                    + "detectors: [ { name: project, category: business, words: [ Bluebird ] } ]\n";

    private final Vertx vertx = Vertx.vertx();
    private final ConcurrentLinkedQueue<HttpServerResponse> held = new ConcurrentLinkedQueue<>();
    private TestSite site;
    private StubServer home;
    private StubServer cloud;

    @BeforeEach
    void start() throws Exception {
        site =
                TestSite.start(
                        vertx,
                        settings ->
                                settings.withWaits(Duration.ofSeconds(8), Duration.ofSeconds(15))
                                        .withAdmission(
                                                AdmissionSettings.defaults("router-1")
                                                        .withSlots(
                                                                new AdmissionSettings.Slots(
                                                                        1, 1, 1))));
        home = StubServer.start(vertx);
        cloud = StubServer.start(vertx);
        home.answering((response, _) -> held.add(response));
        site.put(TestSite.endpoint("onprem", "h1", home.url())).publish(LENIENT);
    }

    @AfterEach
    void stop() throws Exception {
        site.close();
        vertx.close().toCompletionStage().toCompletableFuture().get();
    }

    private CompletableFuture<HttpResponse<String>> send(String text) {
        return CompletableFuture.supplyAsync(() -> {
            try {
                return Caller.chat(site, text);
            } catch (Exception e) {
                throw new IllegalStateException(e);
            }
        });
    }

    /// A request that waits for the only private slot, then a policy and a cloud with room.
    ///
    /// @param changes of the registry that come with the policy
    private CompletableFuture<HttpResponse<String>> waitThenPublish(
            String text, String policy, RegistryObject... changes) throws Exception {
        var _ = send("first");
        Await.until("the only slot is taken", () -> held.size() == 1);
        var waiting = send(text);
        Await.until("it waits", () -> site.plane().inFlight() == 2);
        Stream.of(changes).forEach(site::put);
        site.put(TestSite.endpoint("aws-burst", "c1", cloud.url())).publish(policy);
        Caller.get(site, "/v1/models");
        return waiting;
    }

    private Decided decided(DataClass dataClass) {
        Await.until(
                "it is recorded",
                () ->
                        site.journal().of(Decided.class).stream()
                                .anyMatch(it -> it.classification().dataClass() == dataClass));
        return site.journal().of(Decided.class).stream()
                .filter(it -> it.classification().dataClass() == dataClass)
                .findFirst()
                .orElseThrow();
    }

    private void answerAtHome() {
        home.answering((response, _) -> StubServer.json(response, 200, SseText.ANSWER));
        held.forEach(it -> StubServer.json(it, 200, SseText.ANSWER));
    }

    @Test
    void underTheSamePolicyTheWaitingRequestLeaves() throws Exception {
        var waiting = waitThenPublish("mail ann.lee@corp-mail.com about Bluebird", LENIENT);

        assertThat(waiting.get(10, TimeUnit.SECONDS).statusCode()).isEqualTo(200);
        assertThat(cloud.received()).hasSize(1);
    }

    @Test
    void aRequestThatWaitsDoesNotLeaveUnderAStricterPolicy() throws Exception {
        var waiting = waitThenPublish("mail ann.lee@corp-mail.com", STRICT_ABOUT_MAILS);
        answerAtHome();

        var answer = waiting.get(10, TimeUnit.SECONDS);

        assertThat(answer.headers().firstValue("x-spillway-zone")).contains("private");
        assertThat(answer.headers().firstValue("x-spillway-data-class")).contains("confidential");
        assertThat(cloud.received()).isEmpty();
        assertThat(decided(DataClass.CONFIDENTIAL).classification().sources())
                .contains(new Source("rule:mails", DataClass.CONFIDENTIAL));
    }

    @Test
    void aKeyThatIsNarrowedWhileItsRequestWaitsSendsItNowhere() throws Exception {
        var waiting = waitThenPublish("hi", LENIENT, ChangingStateTest.narrowed(DataClass.PUBLIC));

        assertThat(waiting.get(10, TimeUnit.SECONDS).statusCode()).isEqualTo(403);
        assertThat(cloud.received()).isEmpty();
        assertThat(home.received()).hasSize(1);
    }

    @Test
    void aJurisdictionThatTheTenantLosesWhileARequestWaitsKeepsItHome() throws Exception {
        var waiting =
                waitThenPublish(
                        "hi",
                        LENIENT,
                        new Tenant(
                                "acme", DataClass.PUBLIC, Set.of("aws-burst"), Set.of("DE"), null));
        answerAtHome();

        assertThat(waiting.get(10, TimeUnit.SECONDS).headers().firstValue("x-spillway-zone"))
                .contains("private");
        assertThat(cloud.received()).isEmpty();
    }

    @Test
    void newDetectorsReadTheBodyOfAWaitingRequestAgain() throws Exception {
        var waiting = waitThenPublish("the plan of Bluebird", STRICT_ABOUT_WORDS);
        answerAtHome();

        assertThat(waiting.get(10, TimeUnit.SECONDS).headers().firstValue("x-spillway-zone"))
                .contains("private");
        assertThat(cloud.received()).isEmpty();
        assertThat(decided(DataClass.RESTRICTED).classification().findings())
                .anyMatch(it -> it.type().equals("project"));
    }

    @Test
    void aLargeBodyIsReadAgainToo() throws Exception {
        var waiting = waitThenPublish("word ".repeat(20_000) + "Bluebird", STRICT_ABOUT_WORDS);
        answerAtHome();

        assertThat(waiting.get(10, TimeUnit.SECONDS).headers().firstValue("x-spillway-zone"))
                .contains("private");
        assertThat(cloud.received()).isEmpty();
    }

    @Test
    void theClassOfAStricterPolicyHoldsAfterALaxOneReplacedIt() throws Exception {
        home.answering((response, _) -> {
            site.put(TestSite.endpoint("aws-burst", "c1", cloud.url())).publish(LENIENT);
            StubServer.json(response, 503, "{}");
        });
        site.publish(STRICT_ABOUT_MAILS);

        var answer = Caller.chat(site, "mail ann.lee@corp-mail.com");

        assertThat(answer.statusCode()).isGreaterThanOrEqualTo(400);
        assertThat(cloud.received()).isEmpty();
        assertThat(decided(DataClass.CONFIDENTIAL).classification().sources())
                .contains(new Source("earlier", DataClass.CONFIDENTIAL));
    }
}
