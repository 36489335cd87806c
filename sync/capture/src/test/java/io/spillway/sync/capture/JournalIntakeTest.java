package io.spillway.sync.capture;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.spillway.api.decision.Explanation;
import io.spillway.api.environment.Money;
import io.spillway.api.environment.PoolKey;
import io.spillway.api.request.Classification;
import io.spillway.api.request.DataClass;
import io.spillway.api.state.JournalRecord;
import io.spillway.api.state.Watermark;
import java.sql.SQLException;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.concurrent.Callable;
import java.util.concurrent.Executors;
import java.util.stream.IntStream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

class JournalIntakeTest {
    private static final Instant NOON = Instant.parse("2026-11-22T12:00:00Z");
    private Database database;
    private JournalIntake intake;

    @BeforeEach
    void createDatabase() throws Exception {
        database = Database.create();
        intake = new JournalIntake(database.source());
    }

    @Test
    void aReservationIsSettledInTheSameEntryAndADecisionIsFoundById() throws Exception {
        var acknowledged =
                intake.accept(batch(1, reserved("d1/1", 900), settled("d1/1", 700), decided("d1")));

        assertThat(acknowledged).isEqualTo(3);
        assertThat(
                        database.number(
                                """
                                select count(*) from ledger_entry where attempt_id = 'd1/1' and state = 'settled'
                                and reserved_nanos = 900 and settled_nanos = 700 and outcome = 'ok' and not estimated
                                and prompt_tokens = 10 and completion_tokens = 20 and currency = 'EUR'
                                and environment = 'aws-burst' and tenant = 'acme' and reserved_seq = 1 and settled_seq = 2
                                """))
                .isEqualTo(1);
        assertThat(
                        database.number(
                                """
                                select count(*) from decision where decision_id = 'd1' and status = 200
                                and data_class = 'internal' and environment is null and ttft_ms is null
                                and queue_ms = 5 and explanation ->> 'rule' = 'r' and state_seq = 7
                                """))
                .isEqualTo(1);
    }

    @Test
    void repeatsWholeOrInPartChangeNothing() throws Exception {
        var all =
                List.of(
                        reserved("d1/1", 900),
                        settled("d1/1", 700),
                        decided("d1"),
                        reserved("d2/1", 5),
                        settled("d2/1", 4));
        intake.accept(batch(1, all.subList(0, 3)));

        assertThat(intake.accept(batch(1, all.subList(0, 3)))).isEqualTo(3);
        assertThat(intake.accept(batch(1, all.subList(0, 2)))).isEqualTo(3);
        assertThat(intake.accept(batch(1, all))).isEqualTo(5);
        assertThat(intake.accept(batch(3, all.subList(2, 5)))).isEqualTo(5);

        assertThat(database.number("select count(*) from ledger_entry")).isEqualTo(2);
        assertThat(database.number("select sum(settled_nanos) from ledger_entry")).isEqualTo(704);
        assertThat(database.number("select count(*) from decision")).isEqualTo(1);
    }

    @Test
    void theSameBatchFromManyThreadsAtOnceCountsOnce() throws Exception {
        var records = new ArrayList<JournalRecord>();
        for (var i = 0; i < 50; i++) {
            records.add(reserved("d" + i + "/1", 10));
            records.add(settled("d" + i + "/1", 10));
        }
        var tasks =
                IntStream.range(0, 8)
                        .<Callable<Long>>mapToObj(_ -> () -> intake.accept(batch(1, records)))
                        .toList();
        try (var threads = Executors.newFixedThreadPool(8)) {
            for (var future : threads.invokeAll(tasks)) {
                assertThat(future.get()).isEqualTo(100);
            }
        }

        assertThat(database.number("select count(*) from ledger_entry")).isEqualTo(50);
        assertThat(database.number("select sum(settled_nanos) from ledger_entry")).isEqualTo(500);
    }

    @Test
    void aBatchThatFailsInTheMiddleLeavesNothingBehind() {
        var unusable =
                new JournalRecord.Settled(
                        NOON, "d2/1", "ok", 1, 1, new Money(1, "E\u0000R"), false);

        assertThatThrownBy(() -> intake.accept(batch(1, reserved("d1/1", 900), unusable)))
                .isInstanceOf(SQLException.class);

        assertThat(count("ledger_entry")).isZero();
        assertThat(count("journal_mark")).isZero();
    }

    @Test
    void numbersThatTheRouterLostAreCountedAndWhatFollowsIsTaken() throws Exception {
        intake.accept(batch(1, reserved("d1/1", 900)));

        assertThat(intake.accept(batch(5, settled("d9/1", 3)))).isEqualTo(5);

        assertThat(database.number("select missing from journal_mark")).isEqualTo(3);
        assertThat(
                        database.number(
                                """
                                select settled_nanos from ledger_entry where attempt_id = 'd9/1'
                                and decision_id = 'd9' and tenant is null and reserved_nanos is null
                                """))
                .isEqualTo(3);
    }

    @Test
    void aNewEpochOfARouterIsNumberedFromOneAgain() throws Exception {
        intake.accept(batch(1, reserved("d1/1", 900)));

        var second = new JournalRecord.Batch("router-1", 2, 1, List.of(reserved("d2/1", 1)));

        assertThat(intake.accept(second)).isEqualTo(1);
        assertThat(count("ledger_entry")).isEqualTo(2);
    }

    @Test
    void aSettledEntryCanNeitherBeChangedNorDeleted() throws Exception {
        intake.accept(batch(1, reserved("d1/1", 900), settled("d1/1", 700), settled("d1/1", 1)));

        assertThat(database.number("select settled_nanos from ledger_entry")).isEqualTo(700);
        for (var attack :
                List.of(
                        "update ledger_entry set settled_nanos = 0",
                        "update ledger_entry set state = 'reserved', settled_seq = null,"
                                + " settled_nanos = null",
                        "delete from ledger_entry")) {
            assertThatThrownBy(() -> database.execute(attack))
                    .isInstanceOf(SQLException.class)
                    .hasMessageContaining("cannot change");
        }
    }

    @Test
    void aReservationCannotBeRewrittenBySettlingIt() throws Exception {
        intake.accept(batch(1, reserved("d1/1", 900)));

        assertThatThrownBy(() ->
                        database.execute(
                                "update ledger_entry set state = 'settled', settled_seq = 2,"
                                        + " settled_nanos = 0, reserved_nanos = 1"))
                .hasMessageContaining("cannot change");
    }

    private long count(String table) {
        try {
            return database.number("select count(*) from " + table);
        } catch (SQLException e) {
            throw new AssertionError(e);
        }
    }

    private static JournalRecord.Batch batch(long first, JournalRecord... records) {
        return batch(first, List.of(records));
    }

    private static JournalRecord.Batch batch(long first, List<JournalRecord> records) {
        return new JournalRecord.Batch("router-1", 1, first, records);
    }

    private static JournalRecord reserved(String attempt, long nanos) {
        return new JournalRecord.Reserved(
                NOON,
                attempt,
                attempt.substring(0, attempt.indexOf('/')),
                "acme",
                "k1",
                "chat",
                new PoolKey("aws-burst", "chat-v1"),
                "public",
                "e1",
                new Money(nanos, "EUR"));
    }

    private static JournalRecord settled(String attempt, long nanos) {
        return new JournalRecord.Settled(
                NOON, attempt, "ok", 10, 20, new Money(nanos, "EUR"), false);
    }

    private static JournalRecord decided(String id) {
        return new JournalRecord.Decided(
                NOON,
                id,
                "acme",
                "k1",
                "chat",
                "chat",
                new Classification(DataClass.INTERNAL, Set.of(), List.of(), List.of()),
                "shed",
                200,
                null,
                null,
                null,
                null,
                null,
                5,
                6,
                0,
                new Watermark("control-1", 1, 7),
                "digest",
                new Explanation("r", List.of()),
                null);
    }
}
