package io.spillway.control;

import static io.spillway.control.AdminRest.get;
import static org.assertj.core.api.Assertions.assertThat;
import static org.hamcrest.Matchers.containsString;
import static org.hamcrest.Matchers.equalTo;
import static org.hamcrest.Matchers.hasItem;
import static org.hamcrest.Matchers.hasSize;
import static org.hamcrest.Matchers.not;
import static org.hamcrest.Matchers.nullValue;

import io.quarkus.test.common.QuarkusTestResource;
import io.quarkus.test.junit.QuarkusTest;
import io.spillway.api.environment.Environment;
import io.spillway.api.environment.Money;
import io.spillway.api.environment.PoolKey;
import io.spillway.api.state.JournalRecord;
import io.spillway.policy.simulate.LogLine;
import io.spillway.sync.capture.JournalIntake;
import io.spillway.sync.log.Json;
import jakarta.inject.Inject;
import java.sql.SQLException;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.atomic.AtomicLong;
import javax.sql.DataSource;
import org.junit.jupiter.api.Test;

@QuarkusTest
@QuarkusTestResource(PostgresForTests.class)
class DecisionRestTest {
    private static final AtomicLong EPOCH = new AtomicLong(100);

    @Inject DataSource source;

    @Test
    void aDecisionIsExplainedWithItsAttempts() throws SQLException {
        arrive(Journals.served("explained"));

        get("decisions/explained")
                .statusCode(200)
                .body("decision.pool.environment", equalTo("away"))
                .body("decision.dataClass", equalTo("internal"))
                .body("decision.predictedTtftMillis", equalTo(300))
                .body("classification.findings[0].type", equalTo("email"))
                .body("explanation.rule", equalTo("the-rest-may-spill"))
                .body("explanation.steps[0].outcome", equalTo("has room"))
                .body("attempts[0].attemptId", equalTo("explained/1"))
                .body("attempts[0].reserved.nanos", equalTo(5000))
                .body("attempts[0].settled.nanos", equalTo(3100))
                .body("attempts[0].outcome", equalTo("ok"));
    }

    @Test
    void anUnknownDecisionSaysWhenItMayArrive() {
        get("decisions/nothing").statusCode(404).body("detail", containsString("second"));
    }

    @Test
    void decisionsComeNewestFirstPageByPage() throws SQLException {
        var at = Instant.now().plusSeconds(3600);
        var records = new ArrayList<JournalRecord>();
        for (var i = 0; i < 5; i++) {
            records.add(Journals.decided(at.plusSeconds(i), "page-" + i, "shed"));
        }
        arrive(records);

        get("decisions?limit=2").body("items.id", equalTo(List.of("page-4", "page-3")));
        get("decisions?limit=2&before=page-3")
                .body("items.id", equalTo(List.of("page-2", "page-1")));
        get("decisions?before=none").statusCode(422).body("errors[0].at", equalTo("before"));
    }

    @Test
    void decisionsAreFilteredByOutcomeAndZone() throws SQLException {
        arrive(Journals.served("filter-served"));
        arrive(List.of(Journals.decided(Instant.now(), "filter-denied", "denied")));

        get("decisions?outcome=denied&limit=1000")
                .body("items.id", hasItem("filter-denied"))
                .body("items.id", not(hasItem("filter-served")))
                .body("items[0].pool", nullValue());
        get("decisions?zone=public&limit=1000").body("items.id", hasItem("filter-served"));
        get("decisions?zone=private&limit=1000").body("items", hasSize(0));
        get("decisions?outcome=lost")
                .statusCode(422)
                .body("errors[0].hint", containsString("served, shed, denied, failed, cancelled"));
    }

    @Test
    void theLogGivesDecisionsOldestFirstWithWhatTheyWereMadeOf() throws SQLException {
        var at = Instant.parse("2021-05-01T00:00:00Z");
        arrive(
                List.of(
                        Journals.decided(at, "log-1", "served"),
                        Journals.decided(at.plusSeconds(1), "log-2", "shed"),
                        Journals.decided(at.plusSeconds(2), "log-3", "shed")));
        var span = "decisions/log?since=2021-05-01T00:00:00Z&until=2021-05-01T00:00:02Z";

        var lines = get(span).statusCode(200).extract().asString().lines().toList();
        var read = lines.stream().map(it -> Json.read(it, LogLine.class).decision().id()).toList();
        var rest = get(span + "&after=log-1&limit=10").extract().asString();

        assertThat(read).containsExactly("log-1", "log-2");
        assertThat(rest.lines()).singleElement().asString().contains("\"id\":\"log-2\"");
        get("decisions/log?since=yesterday").statusCode(422).body("errors[0].at", equalTo("since"));
        get("decisions/log?after=none").statusCode(422).body("errors[0].at", equalTo("after"));
    }

    @Test
    void aPastStateIsRebuiltFromItsChanges() {
        var newest = get("sync").extract().jsonPath();
        var path =
                "decisions/states/%d/%d".formatted(newest.getLong("epoch"), newest.getLong("seq"));

        var state = Json.read(get(path).extract().asString(), LogLine.class).state();

        assertThat(state.watermark().seq()).isEqualTo(newest.getLong("seq"));
        assertThat(state.environments())
                .extracting(Environment::name)
                .containsExactlyInAnyOrderElementsOf(
                        get("environments").extract().<List<String>>path("items.name"));
        get("decisions/states/1/999999").statusCode(404);
    }

    @Test
    void theLedgerSumsUpExactlyWhatIsSettledAndWhatIsOpen() throws SQLException {
        var huge = 4_000_000_000_000_000_000L;
        arrive(
                List.of(
                        reserved("sum-1", 10),
                        new JournalRecord.Settled(
                                Instant.now(), "sum-1/1", "ok", 3, 4, new Money(7, "EUR"), false),
                        reserved("sum-2", huge),
                        reserved("sum-3", huge)));

        get("ledger/summary")
                .body("items.find { it.environment == 'summed' }.attempts", equalTo(3))
                .body("items.find { it.environment == 'summed' }.promptTokens", equalTo(3))
                .body("items.find { it.environment == 'summed' }.settled.nanos", equalTo(7))
                .body("items.find { it.environment == 'summed' }.open.nanos", equalTo(2 * huge));
        get("ledger?limit=1000").body("items.attemptId", hasItem("sum-2/1"));
    }

    @Test
    void aSettlementWithoutReservationStandsAlone() throws SQLException {
        arrive(
                List.of(
                        new JournalRecord.Settled(
                                Instant.now(),
                                "alone/1",
                                "crashed",
                                0,
                                0,
                                new Money(9, "USD"),
                                true)));

        var alone =
                get("ledger?limit=1000")
                        .extract()
                        .<Map<String, Object>>path("items.find { it.attemptId == 'alone/1' }");
        assertThat(alone).containsEntry("pool", null).containsEntry("reserved", null);
        assertThat(alone).containsEntry("estimated", true).containsEntry("outcome", "crashed");
    }

    private static JournalRecord reserved(String decision, long nanos) {
        return new JournalRecord.Reserved(
                Instant.now(),
                decision + "/1",
                decision,
                "acme",
                "key-1",
                "chat",
                new PoolKey("summed", "m"),
                "public",
                "e",
                new Money(nanos, "EUR"));
    }

    private void arrive(List<JournalRecord> records) throws SQLException {
        new JournalIntake(source)
                .accept(new JournalRecord.Batch("router-t", EPOCH.incrementAndGet(), 1, records));
    }
}
