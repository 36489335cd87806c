package io.spillway.sync.log.journal;

import static io.spillway.sync.log.journal.JournalChild.reserved;
import static io.spillway.sync.log.journal.JournalChild.settled;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.spillway.api.environment.Money;
import io.spillway.api.state.JournalRecord;
import java.io.IOException;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class JournalTest {
    private static final Instant NOON = Instant.parse("2026-11-22T12:00:00Z");
    private static final Settings SMALL = new Settings(1 << 20, 4 << 10, Duration.ofMillis(5));
    @TempDir Path directory;

    @Test
    void recordsGetGaplessNumbersInTheOrderTheyWereAppendedAndAreShippedSo() throws Exception {
        try (var journal = open(SMALL)) {
            var numbers =
                    IntStream.range(0, 300)
                            .mapToObj(it -> accepted(journal.appendDurably(reserved("a" + it, it))))
                            .toList();

            assertThat(numbers.stream().map(CompletableFuture::join))
                    .isEqualTo(LongList.from(1, 300));
            assertThat(ship(journal, 7))
                    .isEqualTo(
                            IntStream.range(0, 300)
                                    .mapToObj(it -> reserved("a" + it, it))
                                    .toList());
            assertThat(journal.stats().acknowledged()).isEqualTo(300);
        }
    }

    @Test
    void aRecordNobodyWaitsForIsOnTheDiskSoon() throws Exception {
        try (var journal = open(SMALL)) {
            accepted(journal.append(reserved("a", 1))).get(10, TimeUnit.SECONDS);

            assertThat(journal.awaitUnshipped(Duration.ofSeconds(10))).isTrue();
        }
    }

    @Test
    void numberingAndEpochGoOnAfterARestart() throws Exception {
        long epoch;
        try (var journal = open(SMALL)) {
            write(journal, reserved("a", 1), settled("a"));
            epoch = journal.stats().epoch();
        }

        try (var journal = open(SMALL)) {
            write(journal, reserved("b", 1));

            assertThat(journal.stats().epoch()).isEqualTo(epoch);
            assertThat(journal.stats().durable()).isEqualTo(3);
            assertThat(journal.recovered().settledAfterCrash()).isZero();
        }
    }

    @Test
    void acknowledgedRecordsAreNotShippedAgainAfterARestart() throws Exception {
        try (var journal = open(SMALL)) {
            write(journal, reserved("a", 1), settled("a"), reserved("b", 1), settled("b"));
            journal.unshipped(10);
            journal.acknowledge(3);
        }

        try (var journal = open(SMALL)) {
            assertThat(ship(journal, 10)).containsExactly(settled("b"));
        }
    }

    @Test
    void whatIsStillOnTheDiskCanBeReadAgainFromANumberOn() throws Exception {
        try (var journal = open(SMALL)) {
            write(journal, reserved("a", 1), settled("a"), reserved("b", 1), settled("b"));
            ship(journal, 10);
        }

        try (var journal = open(SMALL)) {
            var all = new ArrayList<JournalRecord>();
            var rest = new ArrayList<JournalRecord>();
            journal.forEach(0, all::add);
            journal.forEach(3, rest::add);

            assertThat(all)
                    .containsExactly(
                            reserved("a", 1), settled("a"), reserved("b", 1), settled("b"));
            assertThat(rest).containsExactly(settled("b"));
        }
    }

    @Test
    void anEmptyDirectoryBeginsANewEpochLaterThanThoseBefore() throws Exception {
        long before;
        try (var journal = open(SMALL)) {
            write(journal, reserved("a", 1), settled("a"));
            ship(journal, 10);
            before = journal.stats().epoch();
        }
        Files.delete(Segment.file(directory, 1));

        try (var journal = open(SMALL)) {
            assertThat(journal.stats().epoch()).isGreaterThan(before);
            assertThat(journal.stats().durable()).isZero();
        }
    }

    @Test
    void whatIsAcknowledgedGoesFromTheDiskButNotWhileAReservationInItIsOpen() throws Exception {
        try (var journal = open(SMALL)) {
            write(journal, reserved("open", 1));
            for (var i = 0; i < 100; i++) {
                write(journal, reserved("a" + i, 1), settled("a" + i));
            }
            ship(journal, 50);
            assertThat(segments()).hasSizeGreaterThan(5);

            write(journal, settled("open"));
            ship(journal, 50);

            assertThat(segments()).hasSize(1);
        }
    }

    @Test
    void aReservationLeftOpenIsSettledAtItsAmountAndMarkedEstimated() throws Exception {
        try (var journal = open(SMALL)) {
            write(journal, reserved("a", 7), reserved("b", 8), settled("a"));
        }

        try (var journal = open(SMALL)) {
            assertThat(journal.recovered().settledAfterCrash()).isEqualTo(1);
            assertThat(ship(journal, 10))
                    .last()
                    .isEqualTo(
                            new JournalRecord.Settled(
                                    NOON, "b", "crashed", 0, 0, new Money(8, "EUR"), true));
        }
        try (var journal = open(SMALL)) {
            assertThat(journal.recovered().settledAfterCrash()).isZero();
        }
    }

    @Test
    void aTornEndIsCutOffWhereverItWasTorn() throws Exception {
        try (var journal = open(SMALL)) {
            write(journal, reserved("a", 1), settled("a"), reserved("b", 1), settled("b"));
        }
        var file = Segment.file(directory, 1);
        var whole = Files.readAllBytes(file);
        var random = new Random(1);

        for (var length = Segment.HEADER; length < whole.length; length += random.nextInt(1, 9)) {
            Files.write(file, java.util.Arrays.copyOf(whole, length));
            try (var journal = open(SMALL)) {
                var kept = ship(journal, 10);
                var own = kept.stream().filter(it -> !crashed(it)).toList();

                assertThat(own)
                        .isEqualTo(
                                List.of(
                                                reserved("a", 1),
                                                settled("a"),
                                                reserved("b", 1),
                                                settled("b"))
                                        .subList(0, own.size()));
                assertThat(kept.size() - own.size()).isEqualTo(own.size() % 2);
            }
            Files.deleteIfExists(directory.resolve("acknowledged"));
        }
    }

    @Test
    void garbageBehindTheEndIsCutOffAndReported() throws Exception {
        try (var journal = open(SMALL)) {
            write(journal, reserved("a", 1), settled("a"));
        }
        try (var file = FileChannel.open(Segment.file(directory, 1), StandardOpenOption.APPEND)) {
            file.write(java.nio.ByteBuffer.allocate(100));
        }

        try (var journal = open(SMALL)) {
            assertThat(journal.recovered().tornBytes()).isEqualTo(100);
            write(journal, reserved("b", 1), settled("b"));
        }
        try (var journal = open(SMALL)) {
            assertThat(ship(journal, 10)).hasSize(4);
        }
    }

    @Test
    void aFullJournalRefusesReservationsAndDecisionsButTakesSettlements() throws Exception {
        var full = new Settings(40 << 10, 4 << 10, Duration.ofMillis(1));
        try (var journal = open(full)) {
            var open = new ArrayList<String>();
            for (var i = 0; ; i++) {
                if (!(journal.appendDurably(reserved("a" + i, 1))
                        instanceof Receipt.Accepted(var it))) {
                    break;
                }
                it.join();
                open.add("a" + i);
            }

            assertThat(open).hasSizeGreaterThan(10);
            assertThat(journal.stats().problem()).contains("full");
            open.forEach(it -> accepted(journal.appendDurably(settled(it))).join());
            assertThat(journal.stats().bytes()).isLessThan(full.maxBytes());
            assertThat(journal.stats().unrecorded()).isEqualTo(1);

            ship(journal, 100);
            assertThat(journal.stats().problem()).isNull();
            write(journal, reserved("again", 1));
        }
    }

    @Test
    void aDiskThatCannotBeWrittenStopsReservationsAndLosesNothingThatNobodyWaitsFor()
            throws Exception {
        var everyRecordItsOwnFile = new Settings(1 << 20, Segment.HEADER, Duration.ofMillis(1));
        try (var journal = open(everyRecordItsOwnFile)) {
            write(journal, reserved("a", 1));
            var away = directory.resolveSibling(directory.getFileName() + "-away");
            Files.move(directory, away);

            var waiting = accepted(journal.append(settled("a")));
            var failed = accepted(journal.appendDurably(reserved("b", 1)));
            assertThatThrownBy(failed::get).isInstanceOf(ExecutionException.class);
            assertThat(journal.appendDurably(reserved("c", 1))).isInstanceOf(Receipt.Full.class);

            Files.move(away, directory);
            assertThat(waiting.get(20, TimeUnit.SECONDS)).isEqualTo(2);
            write(journal, reserved("d", 1));
            assertThat(ship(journal, 10))
                    .containsExactly(reserved("a", 1), settled("a"), reserved("d", 1));
        }
    }

    @Test
    void aDiskThatCanBeWrittenAgainIsNoticedAlthoughNothingWaits() throws Exception {
        var everyRecordItsOwnFile = new Settings(1 << 20, Segment.HEADER, Duration.ofMillis(1));
        try (var journal = open(everyRecordItsOwnFile)) {
            write(journal, reserved("a", 1));
            var away = directory.resolveSibling(directory.getFileName() + "-away");
            Files.move(directory, away);
            assertThatThrownBy(accepted(journal.appendDurably(settled("a")))::get)
                    .isInstanceOf(ExecutionException.class);

            Files.move(away, directory);

            var end = System.nanoTime() + TimeUnit.SECONDS.toNanos(20);
            while (journal.stats().problem() != null && System.nanoTime() < end) {
                Thread.onSpinWait();
            }
            assertThat(journal.stats().problem()).isNull();
        }
    }

    @Test
    void aSecondProcessIsKeptOut() throws Exception {
        try (var journal = open(SMALL)) {
            assertThat(journal.stats().durable()).isZero();
            assertThatThrownBy(() -> open(SMALL))
                    .isInstanceOf(IOException.class)
                    .hasMessageContaining("another process");
        }
    }

    private Journal open(Settings settings) throws IOException {
        return Journal.open(directory, "router-1", settings, InstantSource.fixed(NOON));
    }

    private static void write(Journal journal, JournalRecord... records) {
        for (var entry : records) {
            accepted(journal.appendDurably(entry)).join();
        }
    }

    private static CompletableFuture<Long> accepted(Receipt receipt) {
        assertThat(receipt).isInstanceOf(Receipt.Accepted.class);
        return ((Receipt.Accepted) receipt).durable();
    }

    static List<JournalRecord> ship(Journal journal, int most) throws IOException {
        var shipped = new ArrayList<JournalRecord>();
        for (var batch = journal.unshipped(most);
                batch.isPresent();
                batch = journal.unshipped(most)) {
            assertThat(batch.get().firstSeq()).isEqualTo(journal.stats().acknowledged() + 1);
            shipped.addAll(batch.get().records());
            journal.acknowledge(batch.get().firstSeq() + batch.get().records().size() - 1);
        }
        return shipped;
    }

    private static boolean crashed(JournalRecord entry) {
        return entry instanceof JournalRecord.Settled settled
                && settled.outcome().equals("crashed");
    }

    private List<Path> segments() throws IOException {
        try (var files = Files.list(directory)) {
            return files.filter(Segment::isSegment).toList();
        }
    }

    private static final class LongList {
        static List<Long> from(long first, long last) {
            return java.util.stream.LongStream.rangeClosed(first, last).boxed().toList();
        }
    }
}
