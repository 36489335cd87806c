package io.spillway.router.accounting;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.spillway.api.environment.Money;
import io.spillway.api.environment.PoolKey;
import io.spillway.api.environment.Tenant;
import io.spillway.api.request.DataClass;
import io.spillway.api.state.JournalRecord;
import io.spillway.sync.log.journal.Journal;
import io.spillway.sync.log.journal.Receipt;
import io.spillway.sync.log.journal.Settings;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.List;
import java.util.Set;
import java.util.SplittableRandom;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicLong;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class SavedBudgetsTest {
    private static final Instant NOW = Instant.parse("2026-11-22T12:00:00Z");
    private static final Settings SMALL = new Settings(1 << 20, 1 << 10, Duration.ofMillis(5));
    @TempDir Path directory;

    /// Epochs are times: a journal begun anew must get a later one.
    private final AtomicLong seconds = new AtomicLong();

    private final InstantSource clock = () -> NOW.plusSeconds(seconds.incrementAndGet());

    /// A router without its requests: a journal, its budgets, and the control plane's receipts.
    private final class Router implements AutoCloseable {
        final Journal journal =
                Journal.open(directory.resolve("journal"), "router-1", SMALL, clock);
        final SavedBudgets saved = SavedBudgets.open(file(), journal, clock);
        final BudgetBook book = saved.book();

        Router() throws IOException {
            book.apply(
                    List.of(new Tenant("acme", DataClass.PUBLIC, Set.of(), Set.of(), usd(1000))));
        }

        void reserve(String attempt, long most) throws Exception {
            assertThat(book.reserve(attempt, "acme", usd(most), NOW))
                    .isInstanceOf(Reservation.Granted.class);
            write(
                    new JournalRecord.Reserved(
                            NOW,
                            attempt,
                            "d",
                            "acme",
                            "k1",
                            "chat",
                            new PoolKey("aws-burst", "v"),
                            "public",
                            "e1",
                            usd(most)));
        }

        void settle(String attempt, long actual) throws Exception {
            book.settle(attempt, usd(actual));
            write(new JournalRecord.Settled(NOW, attempt, "ok", 1, 1, usd(actual), false));
        }

        private void write(JournalRecord entry) throws Exception {
            var receipt = (Receipt.Accepted) journal.appendDurably(entry);
            receipt.durable().get(10, TimeUnit.SECONDS);
        }

        void ship(int most) throws Exception {
            for (var it = journal.unshipped(most); it.isPresent(); it = journal.unshipped(most)) {
                saved.keep(it.get());
                journal.acknowledge(it.get().firstSeq() + it.get().records().size() - 1);
            }
        }

        long used() {
            return book.spent("acme", "USD", NOW).nanos()
                    + book.reserved("acme", "USD", NOW).nanos();
        }

        @Override
        public void close() throws IOException {
            journal.close();
        }
    }

    @Test
    void whatWasSpentStaysSpentAfterTheJournalHasForgottenIt() throws Exception {
        try (var router = new Router()) {
            for (int i = 0; i < 20; i++) {
                router.reserve("a" + i, 45);
                router.settle("a" + i, 40);
            }
            router.ship(7);
            assertThat(directory.resolve("journal").toFile().list())
                    .as("the journal has forgotten the first records")
                    .doesNotContain("%020d.journal".formatted(1));
        }

        try (var router = new Router()) {
            assertThat(router.used()).isEqualTo(800);
            assertThat(router.book.fits("acme", usd(200), NOW)).isTrue();
            assertThat(router.book.fits("acme", usd(201), NOW)).isFalse();
        }
    }

    @Test
    void nothingIsForgottenOrCountedTwiceWhenTheRouterDiesBetweenSavingAndAcknowledging()
            throws Exception {
        try (var router = new Router()) {
            router.reserve("a", 50);
            router.settle("a", 30);
            router.reserve("b", 50);
            router.saved.keep(router.journal.unshipped(2).orElseThrow());
        }

        try (var router = new Router()) {
            assertThat(router.used()).as("b was open and counts in full").isEqualTo(80);
            router.ship(10);
        }
        try (var router = new Router()) {
            assertThat(router.used()).isEqualTo(80);
        }
    }

    @Test
    void aReservationSavedWhileOpenIsSettledByALaterRecord() throws Exception {
        try (var router = new Router()) {
            router.reserve("a", 50);
            router.ship(10);
            router.settle("a", 20);
        }

        try (var router = new Router()) {
            assertThat(router.used()).isEqualTo(20);
            assertThat(router.book.open()).isEmpty();
        }
    }

    @Test
    void theBookIsTheSameAfterAnyNumberOfRestarts() throws Exception {
        var random = new SplittableRandom(3);
        long spent = 0;
        for (int restart = 0; restart < 12; restart++) {
            try (var router = new Router()) {
                assertThat(router.used()).as("after %d restarts", restart).isEqualTo(spent);
                for (int i = 0; i < 5; i++) {
                    var attempt = restart + "-" + i;
                    long actual = random.nextLong(10);
                    router.reserve(attempt, 10);
                    if (random.nextBoolean()) {
                        router.ship(1 + random.nextInt(4));
                    }
                    router.settle(attempt, actual);
                    spent += actual;
                    if (random.nextInt(4) == 0) {
                        router.saved.keep(router.journal.unshipped(3).orElseThrow());
                    }
                }
            }
        }
    }

    @Test
    void aLostJournalLeavesTheSumAndClosesWhatWasOpenAtItsAmount() throws Exception {
        try (var router = new Router()) {
            router.reserve("a", 50);
            router.settle("a", 30);
            router.reserve("b", 50);
            router.ship(10);
        }
        Files.move(directory.resolve("journal"), directory.resolve("lost"));

        try (var router = new Router()) {
            assertThat(router.used()).isEqualTo(80);
            assertThat(router.book.open()).isEmpty();
            router.reserve("c", 10);
            router.ship(10);
        }
        try (var router = new Router()) {
            assertThat(router.used()).isEqualTo(90);
        }
    }

    @Test
    void aFileThatCannotBeReadStopsTheStartAndSaysWhatToDo() throws Exception {
        Files.writeString(file(), "{");

        assertThatThrownBy(Router::new)
                .isInstanceOf(IOException.class)
                .hasMessageContaining("budgets.json")
                .hasMessageContaining("restore it, or remove it");
    }

    private Path file() {
        return directory.resolve("budgets.json");
    }

    private static Money usd(long nanos) {
        return new Money(nanos, "USD");
    }
}
