package io.spillway.router.accounting;

import static org.assertj.core.api.Assertions.assertThat;

import io.spillway.api.decision.Candidate;
import io.spillway.api.decision.Decision;
import io.spillway.api.decision.Explanation;
import io.spillway.api.decision.WhenFull;
import io.spillway.api.environment.Money;
import io.spillway.api.environment.Pool;
import io.spillway.api.environment.PoolKey;
import io.spillway.api.environment.Tenant;
import io.spillway.api.request.DataClass;
import io.spillway.api.state.JournalRecord;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.SplittableRandom;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.Executors;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class BudgetBookTest {
    private static final Instant NOV = Instant.parse("2026-11-30T23:59:59Z");
    private static final Instant DEC = Instant.parse("2026-12-01T00:00:00Z");

    @Test
    void whatFitsExactlyIsGrantedAndOneNanoMoreIsNot() {
        var book = book(usd(100));

        assertThat(book.reserve("1", "acme", usd(60), NOV)).isInstanceOf(Reservation.Granted.class);
        assertThat(book.fits("acme", usd(40), NOV)).isTrue();
        assertThat(book.reserve("2", "acme", usd(41), NOV))
                .isInstanceOf(Reservation.Exceeded.class);
        assertThat(book.reserve("3", "acme", usd(40), NOV)).isInstanceOf(Reservation.Granted.class);
    }

    @Test
    void settlingGivesBackWhatWasNotUsed() {
        var book = book(usd(100));
        book.reserve("1", "acme", usd(100), NOV);

        assertThat(book.settle("1", usd(30))).isTrue();

        assertThat(book.spent("acme", "USD", NOV)).isEqualTo(usd(30));
        assertThat(book.reserved("acme", "USD", NOV)).isEqualTo(usd(0));
        assertThat(book.fits("acme", usd(70), NOV)).isTrue();
        assertThat(book.settle("1", usd(30))).isFalse();
    }

    @Test
    void aNewMonthBeginsWithTheWholeBudgetAndLateSettlementsStayInTheOldOne() {
        var book = book(usd(100));
        book.reserve("1", "acme", usd(100), NOV);

        assertThat(book.fits("acme", usd(100), DEC)).isTrue();
        book.settle("1", usd(80));

        assertThat(book.spent("acme", "USD", NOV)).isEqualTo(usd(80));
        assertThat(book.spent("acme", "USD", DEC)).isEqualTo(usd(0));
    }

    @Test
    void aServerThatChargesMoreThanTheBoundClosesTheBookInsteadOfGoingUnnoticed() {
        var book = book(usd(100));
        book.reserve("1", "acme", usd(50), NOV);

        book.settle("1", usd(150));

        assertThat(book.spent("acme", "USD", NOV)).isEqualTo(usd(150));
        assertThat(book.fits("acme", usd(0), NOV)).isFalse();
    }

    @Test
    void anotherCurrencyThanTheBudgetsIsRefused() {
        var book = book(usd(100));

        var refused = (Reservation.Exceeded) book.reserve("1", "acme", new Money(1, "EUR"), NOV);

        assertThat(refused.why()).contains("EUR").contains("USD").contains("one currency");
    }

    @Test
    void aTenantWithoutABudgetIsUnlimitedAndAnUnknownOneHasNothing() {
        var book = book(null);

        assertThat(book.fits("acme", usd(Long.MAX_VALUE), NOV)).isTrue();
        assertThat(book.fits("stranger", usd(0), NOV)).isFalse();
    }

    @Test
    void theJournalRebuildsTheBookAndShowsWhatACrashLeftOpen() {
        var book = book(usd(100));
        var pool = new PoolKey("aws-burst", "chat-v1");
        for (var id : List.of("d1/1", "d2/1")) {
            book.replay(
                    new JournalRecord.Reserved(
                            NOV, id, "d", "acme", "k", "m", pool, "public", "e", usd(40)));
        }
        book.replay(new JournalRecord.Settled(NOV, "d1/1", "ok", 1, 1, usd(10), false));

        assertThat(book.open()).extracting(Reservation.Granted::attemptId).containsExactly("d2/1");
        assertThat(book.fits("acme", usd(50), NOV)).isTrue();
        assertThat(book.fits("acme", usd(51), NOV)).isFalse();
    }

    @Test
    void aRestartForgetsNothingOfWhatWasSaved() {
        var before = book(usd(100));
        before.reserve("1", "acme", usd(40), NOV);
        before.settle("1", usd(30));
        before.reserve("2", "acme", usd(20), NOV);

        var after = book(usd(100));
        after.restore(before.standing());

        assertThat(after.fits("acme", usd(50), NOV)).isTrue();
        assertThat(after.fits("acme", usd(51), NOV)).isFalse();
        assertThat(after.fits("acme", usd(100), DEC)).isTrue();
    }

    @Test
    void aPaidPoolThatTheBudgetDoesNotReachIsDroppedAndThePrivateOneStays() {
        var home = new PoolKey("onprem", "v");
        var cloud = new PoolKey("aws-burst", "v");
        var pools = Map.of(home, pool(home, 0), cloud, pool(cloud, 10));
        var why = new Explanation("r", List.of());
        var both =
                new Decision.Serve(
                        List.of(new Candidate(home, "1"), new Candidate(cloud, "2")),
                        WhenFull.QUEUE,
                        why);
        var onlyCloud = new Decision.Serve(List.of(new Candidate(cloud, "1")), WhenFull.QUEUE, why);
        var bound = new TokenBound(10, 10, 1, 100);
        var book = book(usd(399));

        var rest = Affordable.of(both, book, "acme", bound, pools, NOV);
        var none = Affordable.of(onlyCloud, book, "acme", bound, pools, NOV);

        assertThat(((Decision.Serve) rest.decision()).candidates())
                .extracting(Candidate::pool)
                .containsExactly(home);
        assertThat(rest.dropped()).containsOnlyKeys(cloud);
        assertThat(none.decision()).isNull();
        assertThat(Affordable.of(both, book(usd(400)), "acme", bound, pools, NOV).decision())
                .isSameAs(both);
    }

    @ParameterizedTest
    @ValueSource(longs = {1, 2, 3, 4, 5})
    void fourThreadsNeverCommitMoreThanTheBudgetAndTheBookIsExact(long seed) throws Exception {
        long budget = 1_000_000;
        var book = book(usd(budget));
        var settled = new ConcurrentLinkedQueue<Long>();
        var over = new ConcurrentLinkedQueue<String>();
        var start = new CountDownLatch(1);
        try (var threads = Executors.newFixedThreadPool(4)) {
            var done = new ArrayList<java.util.concurrent.Future<?>>();
            for (int thread = 0; thread < 4; thread++) {
                int number = thread;
                done.add(
                        threads.submit(() -> {
                            var random = new SplittableRandom(seed * 10 + number);
                            start.await();
                            spendAtRandom(book, number, random, settled, over, budget);
                            return null;
                        }));
            }
            start.countDown();
            for (var it : done) {
                it.get();
            }
        }

        long sum = settled.stream().mapToLong(it -> it).sum();
        assertThat(over).isEmpty();
        assertThat(book.spent("acme", "USD", NOV)).isEqualTo(usd(sum));
        assertThat(book.reserved("acme", "USD", NOV)).isEqualTo(usd(0));
        assertThat(sum).isBetween(budget / 2, budget);
        assertThat(book.open()).isEmpty();
    }

    private static void spendAtRandom(
            BudgetBook book,
            int number,
            SplittableRandom random,
            ConcurrentLinkedQueue<Long> settled,
            ConcurrentLinkedQueue<String> over,
            long budget) {
        for (int i = 0; i < 2000; i++) {
            var id = number + "-" + i;
            long most = random.nextLong(1, 2000);
            if (book.reserve(id, "acme", usd(most), NOV) instanceof Reservation.Granted) {
                long used = random.nextLong(most + 1);
                // Both figures move between the two reads, each by at most what is in flight, so
                // the check reads the one that only grows.
                if (book.spent("acme", "USD", NOV).nanos() > budget) {
                    over.add(id);
                }
                book.settle(id, usd(used));
                settled.add(used);
            }
        }
    }

    private static BudgetBook book(@Nullable Money budget) {
        var book = new BudgetBook();
        book.apply(List.of(new Tenant("acme", DataClass.PUBLIC, Set.of(), Set.of(), budget)));
        return book;
    }

    private static Money usd(long nanos) {
        return new Money(nanos, "USD");
    }

    private static Pool pool(PoolKey key, long price) {
        return new Pool(
                key.environment(),
                key.modelVersion(),
                "m",
                new Money(price, "USD"),
                new Money(3 * price, "USD"));
    }
}
