package io.spillway.router;

import static org.assertj.core.api.Assertions.assertThat;

import io.spillway.api.environment.Model;
import io.spillway.api.environment.Money;
import io.spillway.api.environment.RegistryObject;
import io.spillway.api.environment.Tenant;
import io.spillway.api.environment.Zone;
import io.spillway.api.request.DataClass;
import io.spillway.api.state.JournalRecord.Decided;
import io.spillway.api.state.JournalRecord.Reserved;
import io.spillway.api.state.JournalRecord.Settled;
import io.spillway.sync.log.Json;
import java.net.URI;
import java.net.http.HttpResponse;
import java.time.Duration;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import org.junit.jupiter.api.AutoClose;
import org.junit.jupiter.api.Test;

/// What becomes of requests under the real policy engine: classes, spilling, waiting, money.
class DecideTest {
    private static final String CARD = "my card is 4111 1111 1111 1111";
    private static final String CLOUD_FIRST =
            TestSite.POLICY.replace(
                    "[ { zone: private }, { environment: aws-burst } ]",
                    "[ { environment: aws-burst }, { zone: private } ]");

    @AutoClose private final TestSite site = TestSite.startWithOneSlot(Duration.ofSeconds(3));
    private final StubServer home = site.server("onprem", "h1");
    private final StubServer cloud = site.server("aws-burst", "c1");

    @Test
    void asksToComeBackWhileNoStateIsInForceWhateverTheKey() throws Exception {
        site.withoutState();

        var answer = Caller.chat(site, "hi");

        assertThat(answer.statusCode()).isEqualTo(503);
        assertThat(answer.headers().firstValue("retry-after")).contains("1");
        assertThat(answer.body()).contains("no_capacity", "starting");
        assertThat(home.received()).isEmpty();
    }

    @Test
    void aRequestMayLeaveAndItsMoneyIsExact() throws Exception {
        site.publish(CLOUD_FIRST);

        var answer = Caller.chat(site, "hi");

        assertThat(answer.headers().firstValue("x-spillway-zone")).contains("public");
        var settled = site.journal().first(Settled.class);
        // 5 prompt tokens at 2000 and 2 generated at 4000 nano-units.
        assertThat(settled.amount()).isEqualTo(new Money(18_000, "USD"));
        assertThat(settled.estimated()).isFalse();
        assertThat(site.journal().first(Reserved.class).amount().nanos())
                .isGreaterThanOrEqualTo(18_000);
    }

    @Test
    void whatADetectorFindsKeepsARequestHome() throws Exception {
        site.publish(CLOUD_FIRST);

        var answer = Caller.chat(site, CARD);

        assertThat(answer.headers().firstValue("x-spillway-zone")).contains("private");
        assertThat(answer.headers().firstValue("x-spillway-data-class")).contains("confidential");
        assertThat(cloud.received()).isEmpty();
    }

    @Test
    void whatADecisionReadIsRecordedAndDecidesTheSameAgain() throws Exception {
        site.publish(CLOUD_FIRST);
        Caller.chat(site, CARD);

        var recorded = site.journal().first(Decided.class);
        var read = recorded.features();
        assertThat(read.request().model()).isEqualTo(recorded.model());
        assertThat(read.request().caller().tenant()).isEqualTo(recorded.tenant());
        assertThat(read.grants()).containsExactly("aws-burst");
        assertThat(read.findingsOmitted()).isZero();
        assertThat(read.pools())
                .extracting(it -> it.pool().environment())
                .containsExactlyInAnyOrder("onprem", "aws-burst");
        assertThat(read.allowed()).containsExactly(recorded.pool());
        assertThat(read.detectors()).hasSize(64);
        assertThat(read.environments()).hasSize(64);
        assertThat(Json.write(recorded)).doesNotContain("4111");
    }

    @Test
    void aRequestFullOfFindingsDoesNotFillTheJournal() throws Exception {
        Caller.chat(site, (CARD + ". ").repeat(300));

        var recorded = site.journal().first(Decided.class);
        assertThat(recorded.classification().findings()).hasSize(256);
        assertThat(recorded.features().findingsOmitted()).isEqualTo(44);
    }

    @Test
    void aSessionThatHeldACardStaysHome() throws Exception {
        site.publish(CLOUD_FIRST);
        Caller.chat(site, CARD, "x-spillway-session", "s1");

        assertThat(zone("and now?", "x-spillway-session", "s1")).isEqualTo("private");
        assertThat(zone("and now?", "x-spillway-session", "s2")).isEqualTo("public");
    }

    @Test
    void aHeaderRaisesTheClassAndNeverLowersIt() throws Exception {
        site.publish(CLOUD_FIRST);

        assertThat(zone("hi", "x-spillway-data-class", "confidential")).isEqualTo("private");
        assertThat(zone(CARD, "x-spillway-data-class", "public")).isEqualTo("private");
    }

    @Test
    void whenClassifyingFailsTheHighestClassApplies() throws Exception {
        var careless = new CarelessPolicy(DataClass.PUBLIC, java.util.List.of("aws-burst"));
        site.publish(new BrokenPolicy(careless));

        var answer = Caller.chat(site, "hi");

        assertThat(answer.statusCode()).isEqualTo(403);
        assertThat(answer.headers().firstValue("x-spillway-data-class")).contains("restricted");
        assertThat(cloud.received()).isEmpty();
    }

    @Test
    void aKeyMaySendNothingAboveItsHighestClass() throws Exception {
        var key = TestSite.key("k1", TestSite.SECRET, Set.of("aws-burst"));
        site.put(
                        new io.spillway.api.environment.ApiKey(
                                key.id(),
                                key.hash(),
                                key.tenant(),
                                null,
                                DataClass.PUBLIC,
                                DataClass.INTERNAL,
                                key.maySpill(),
                                Set.of(),
                                java.util.Map.of(),
                                false,
                                null,
                                null))
                .publish();

        assertThat(Caller.chat(site, CARD).statusCode()).isEqualTo(403);
        assertThat(Caller.chat(site, "hi").statusCode()).isEqualTo(200);
        assertThat(home.received()).hasSize(1);
    }

    @Test
    void withoutAPolicyNothingGoesAnywhere() throws Exception {
        site.publish(new io.spillway.router.decision.NoPolicy());

        assertThat(Caller.chat(site, "hi").statusCode()).isEqualTo(403);
    }

    @Test
    void aStaleStateStopsSpillingAndNotPrivateService() throws Exception {
        site.publish(CLOUD_FIRST).aged(Duration.ofMinutes(16));

        assertThat(zone("hi")).isEqualTo("private");
        assertThat(cloud.received()).isEmpty();
    }

    @Test
    void overflowSpillsAndSensitiveRequestsWaitTheirTurn() throws Exception {
        home.holding();
        var first = later(CARD);
        Await.until("the only slot is taken", () -> home.held() == 1);

        var waiting = later(CARD);
        Await.until("the second waits", () -> site.plane().inFlight() == 2);
        assertThat(zone("benign")).isEqualTo("public");
        assertThat(home.held()).isEqualTo(1);
        home.release();

        assertThat(Caller.status(first)).isEqualTo(200);
        assertThat(Caller.status(waiting)).isEqualTo(200);
        // A request is written down after its answer has left.
        Await.until("all are written down", () -> site.journal().of(Decided.class).size() == 3);
        assertThat(site.journal().of(Decided.class))
                .anySatisfy(it -> assertThat(it.queueMillis()).isPositive());
    }

    @Test
    void aSensitiveRequestThatWaitsTooLongIsRefusedWithRetryAfterAndNeverSpills() throws Exception {
        home.answering((_, _) -> {});
        var _ = later(CARD);
        Await.until("the only slot is taken", () -> home.received().size() == 1);

        var answer = Caller.chat(site, CARD);

        assertThat(answer.statusCode()).isEqualTo(503);
        assertThat(answer.body()).contains("no_capacity");
        assertThat(answer.headers().firstValue("retry-after")).isPresent();
        assertThat(cloud.received()).isEmpty();
    }

    @Test
    void aRevokedGrantHoldsForARequestThatAlreadyWaits() throws Exception {
        site.publish(CLOUD_FIRST);
        home.holding();
        cloud.holding();
        var _ = later("one");
        var _ = later("two");
        Await.until("both slots are taken", () -> home.held() + cloud.held() == 2);
        var waiting = later("three");
        Await.until("it waits", () -> site.plane().inFlight() == 3);

        site.put(new Tenant("acme", DataClass.PUBLIC, Set.of(), Set.of("US"), null));
        site.publish(CLOUD_FIRST);
        int before = cloud.received().size();
        home.release();
        cloud.release();

        assertThat(Caller.status(waiting)).isEqualTo(200);
        assertThat(cloud.received()).hasSize(before);
    }

    @Test
    void aUsedUpBudgetStopsSpilling() throws Exception {
        site.put(
                new Tenant(
                        "acme",
                        DataClass.PUBLIC,
                        Set.of("aws-burst"),
                        Set.of("US"),
                        new Money(1000, "USD")));
        site.publish(CLOUD_FIRST);
        assertThat(zone("hi")).isEqualTo("private");

        site.remove(RegistryObject.Kind.ENDPOINT, "h1");
        site.publish(
                CLOUD_FIRST.replace(
                        "[ { environment: aws-burst }, { zone: private } ]",
                        "[ { environment: aws-burst } ]"));
        var answer = Caller.chat(site, "hi");

        assertThat(answer.statusCode()).isEqualTo(429);
        assertThat(answer.body()).contains("budget_exceeded");
        assertThat(cloud.received()).isEmpty();
    }

    @Test
    void aFullJournalStopsSpillingAndNotPrivateService() throws Exception {
        site.publish(CLOUD_FIRST);
        site.journal().full(true);

        assertThat(zone("hi")).isEqualTo("private");
        assertThat(cloud.received()).isEmpty();
    }

    @Test
    void nothingPaidIsSentBeforeItsReservationIsDurable() throws Exception {
        site.publish(CLOUD_FIRST);
        site.journal().hold(true);
        var answer = later("hi");
        Await.until("it is reserved", () -> site.journal().of(Reserved.class).size() == 1);
        assertThat(cloud.received()).isEmpty();

        site.journal().release();

        assertThat(Caller.status(answer)).isEqualTo(200);
        assertThat(cloud.received()).hasSize(1);
    }

    @Test
    void anAttemptThatBreaksSettlesAtWhatWasReserved() throws Exception {
        site.publish(CLOUD_FIRST);
        cloud.answering((response, _) -> response.reset());

        assertThat(zone("hi")).isEqualTo("private");
        assertThat(site.journal().of(Settled.class))
                .anySatisfy(it -> {
                    assertThat(it.outcome()).isEqualTo("failed");
                    assertThat(it.estimated()).isTrue();
                    assertThat(it.amount())
                            .isEqualTo(site.journal().first(Reserved.class).amount());
                });
    }

    @Test
    void aServerThatRefusesConnectionsCostsNothingAndAnotherIsTried() throws Exception {
        site.put(TestSite.endpoint("aws-burst", "c1", URI.create("http://127.0.0.1:1")));
        site.publish(CLOUD_FIRST);

        assertThat(zone("hi")).isEqualTo("private");
        assertThat(site.journal().of(Settled.class))
                .anySatisfy(it -> {
                    assertThat(it.amount().nanos()).isZero();
                    assertThat(it.estimated()).isFalse();
                });
    }

    @Test
    void errorsOfServersBecomeOurs() throws Exception {
        site.remove(RegistryObject.Kind.ENDPOINT, "c1").publish();
        home.answering((response, _) ->
                StubServer.json(
                        response,
                        400,
                        "{\"error\":{\"message\":\"context too"
                            + " long\",\"type\":\"BadRequestError\",\"param\":null,\"code\":400}}"));
        var wrong = Caller.chat(site, "hi");
        assertThat(wrong.statusCode()).isEqualTo(400);
        assertThat(wrong.body()).contains("context too long", "\"code\":\"invalid_request\"");

        home.answering((response, _) -> StubServer.json(response, 500, "{}"));
        var broken = Caller.chat(site, "hi");
        assertThat(broken.statusCode()).isEqualTo(502);
        assertThat(broken.body()).contains("upstream_failed");
    }

    @Test
    void aRedirectIsNeverFollowed() throws Exception {
        site.remove(RegistryObject.Kind.ENDPOINT, "c1").publish();
        home.answering((response, _) ->
                response.setStatusCode(302)
                        .putHeader("location", cloud.url() + "/v1/chat/completions")
                        .end());

        assertThat(Caller.chat(site, "hi").statusCode()).isEqualTo(502);
        assertThat(cloud.received()).isEmpty();
    }

    @Test
    void unscannedContentStaysHomeUnlessTheModelNamesIt() throws Exception {
        site.publish(CLOUD_FIRST);
        var body =
                "{\"model\":\"chat\",\"messages\":[{\"role\":\"user\",\"content\":[{\"type\":\"image_url\",\"image_url\":{\"url\":\"https://x/y.png\"}}]}]}";
        assertThat(
                        Caller.post(site, "/v1/chat/completions", body)
                                .headers()
                                .firstValue("x-spillway-zone"))
                .contains("private");

        site.put(
                new Model(
                        "chat",
                        java.util.List.of("chat-v1"),
                        Set.of("aws-burst"),
                        Set.of("image"),
                        8192));
        site.publish(CLOUD_FIRST);
        assertThat(
                        Caller.post(site, "/v1/chat/completions", body)
                                .headers()
                                .firstValue("x-spillway-zone"))
                .contains("public");
    }

    @Test
    void largeBodiesAreScannedToo() throws Exception {
        site.publish(CLOUD_FIRST);
        var filler = "lorem ipsum ".repeat(20_000);

        assertThat(zone(filler)).isEqualTo("public");
        assertThat(zone(filler + CARD)).isEqualTo("private");
    }

    @Test
    void embeddingsAndCompletionsPassToo() throws Exception {
        assertThat(
                        Caller.post(
                                        site,
                                        "/v1/embeddings",
                                        "{\"model\":\"chat\",\"input\":[\"a\",\"b\"]}")
                                .statusCode())
                .isEqualTo(200);
        assertThat(
                        Caller.post(
                                        site,
                                        "/v1/completions",
                                        "{\"model\":\"chat\",\"prompt\":\"a\",\"max_tokens\":4}")
                                .statusCode())
                .isEqualTo(200);
        assertThat(home.received().stream().map(StubServer.Received::path))
                .containsExactly("/v1/embeddings", "/v1/completions");
    }

    @Test
    void anEnvironmentOfLowerClearanceRefusesTheKeyBeforeReadingItsBody() throws Exception {
        site.put(TestSite.environment("onprem", Zone.PRIVATE, DataClass.INTERNAL)).publish();

        assertThat(Caller.chat(site, "hi").statusCode()).isEqualTo(403);
    }

    private String zone(String text, String... headers) throws Exception {
        var answer = Caller.chat(site, text, headers);
        return answer.headers()
                .firstValue("x-spillway-zone")
                .orElse("status " + answer.statusCode());
    }

    private CompletableFuture<HttpResponse<String>> later(String text) {
        return Caller.later(() -> Caller.chat(site, text));
    }
}
