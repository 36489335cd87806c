package io.spillway.router;

import static org.assertj.core.api.Assertions.assertThat;

import io.spillway.api.environment.RegistryObject;
import io.spillway.api.environment.Tenant;
import io.spillway.api.request.Classification.Source;
import io.spillway.api.request.DataClass;
import io.spillway.api.state.JournalRecord.Decided;
import java.net.http.HttpResponse;
import java.time.Duration;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;
import org.junit.jupiter.api.AutoClose;
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

    @AutoClose private final TestSite site = TestSite.startWithOneSlot(Duration.ofSeconds(8));
    private final StubServer home = site.server("onprem", "h1");
    private final StubServer cloud = StubServer.start(site.vertx());

    @BeforeEach
    void start() {
        home.holding();
        site.publish(LENIENT);
    }

    /// A request that waits for the only private slot, then a policy and a cloud with room.
    ///
    /// @param changes of the registry that come with the policy
    private CompletableFuture<HttpResponse<String>> waitThenPublish(
            String text, String policy, RegistryObject... changes) throws Exception {
        var _ = Caller.later(() -> Caller.chat(site, "first"));
        Await.until("the only slot is taken", () -> home.held() == 1);
        var waiting = Caller.later(() -> Caller.chat(site, text));
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

    @Test
    void underTheSamePolicyTheWaitingRequestLeaves() throws Exception {
        var waiting = waitThenPublish("mail ann.lee@corp-mail.com about Bluebird", LENIENT);

        assertThat(waiting.get(10, TimeUnit.SECONDS).statusCode()).isEqualTo(200);
        assertThat(cloud.received()).hasSize(1);
    }

    @Test
    void aRequestThatWaitsDoesNotLeaveUnderAStricterPolicy() throws Exception {
        var waiting = waitThenPublish("mail ann.lee@corp-mail.com", STRICT_ABOUT_MAILS);
        home.release();

        var answer = waiting.get(10, TimeUnit.SECONDS);

        assertThat(answer.headers().firstValue("x-spillway-zone")).contains("private");
        assertThat(answer.headers().firstValue("x-spillway-data-class")).contains("confidential");
        assertThat(cloud.received()).isEmpty();
        assertThat(decided(DataClass.CONFIDENTIAL).classification().sources())
                .contains(new Source("rule:mails", DataClass.CONFIDENTIAL));
    }

    @Test
    void aKeyThatIsNarrowedWhileItsRequestWaitsSendsItNowhere() throws Exception {
        var waiting =
                waitThenPublish(
                        "hi", LENIENT, TestSite.key(DataClass.PUBLIC, DataClass.PUBLIC, true));

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
        home.release();

        assertThat(waiting.get(10, TimeUnit.SECONDS).headers().firstValue("x-spillway-zone"))
                .contains("private");
        assertThat(cloud.received()).isEmpty();
    }

    @Test
    void newDetectorsReadTheBodyOfAWaitingRequestAgain() throws Exception {
        var waiting = waitThenPublish("the plan of Bluebird", STRICT_ABOUT_WORDS);
        home.release();

        assertThat(waiting.get(10, TimeUnit.SECONDS).headers().firstValue("x-spillway-zone"))
                .contains("private");
        assertThat(cloud.received()).isEmpty();
        assertThat(decided(DataClass.RESTRICTED).classification().findings())
                .anyMatch(it -> it.type().equals("project"));
    }

    @Test
    void aLargeBodyIsReadAgainToo() throws Exception {
        var waiting = waitThenPublish("word ".repeat(20_000) + "Bluebird", STRICT_ABOUT_WORDS);
        home.release();

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
