package io.spillway.sync.log.journal;

import io.spillway.api.environment.Money;
import io.spillway.api.environment.PoolKey;
import io.spillway.api.state.JournalRecord;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Instant;
import java.time.InstantSource;
import java.util.concurrent.ThreadLocalRandom;

/// A process that writes a journal from several threads until it is killed, and prints what it was
/// told is durable: `R attempt` for reservations, `S attempt` for settlements.
final class JournalChild {
    private JournalChild() {}

    public static void main(String[] arguments) throws IOException {
        var settings = new Settings(1L << 30, 64 << 10, Settings.DEFAULT.lazyDelay());
        var journal =
                Journal.open(Path.of(arguments[0]), "router-1", settings, InstantSource.system());
        var run = arguments[1];
        for (var thread = 0; thread < 8; thread++) {
            var name = run + "-" + thread + "-";
            Thread.ofPlatform().start(() -> write(journal, name));
        }
    }

    private static void write(Journal journal, String name) {
        for (var i = 0; ; i++) {
            var attempt = name + i;
            say("R", attempt, journal.appendDurably(reserved(attempt, i)));
            if (ThreadLocalRandom.current().nextInt(4) > 0) {
                say("S", attempt, journal.appendDurably(settled(attempt)));
            }
        }
    }

    private static void say(String what, String attempt, Receipt receipt) {
        if (receipt instanceof Receipt.Accepted(var durable)) {
            durable.join();
            // One call, so that lines of several threads do not mix.
            System.out.println(what + " " + attempt);
        }
    }

    static JournalRecord.Reserved reserved(String attempt, long nanos) {
        return new JournalRecord.Reserved(
                Instant.EPOCH,
                attempt,
                "d-" + attempt,
                "acme",
                "k1",
                "chat",
                new PoolKey("aws-burst", "chat-v1"),
                "public",
                "e1",
                new Money(nanos, "EUR"));
    }

    static JournalRecord.Settled settled(String attempt) {
        return new JournalRecord.Settled(
                Instant.EPOCH, attempt, "ok", 10, 20, new Money(1, "EUR"), false);
    }
}
