package io.spillway.control;

import io.spillway.api.decision.Explanation;
import io.spillway.api.environment.Money;
import io.spillway.api.environment.PoolKey;
import io.spillway.api.request.Classification;
import io.spillway.api.request.DataClass;
import io.spillway.api.request.Finding;
import io.spillway.api.state.JournalRecord;
import io.spillway.api.state.Watermark;
import io.spillway.sync.log.Json;
import java.time.Instant;
import java.util.List;
import java.util.Set;

/// What a router writes down, as JSON.
public final class Journals {
    private static final PoolKey POOL = new PoolKey("away", "m");

    private Journals() {}

    /// One served request: reserved, settled, decided.
    public static String batch(String router, long epoch, String decision) {
        return Json.write(new JournalRecord.Batch(router, epoch, 1, List.copyOf(served(decision))));
    }

    public static List<JournalRecord> served(String decision) {
        var at = Instant.now();
        return List.of(
                new JournalRecord.Reserved(
                        at,
                        decision + "/1",
                        decision,
                        "acme",
                        "key-1",
                        "chat",
                        POOL,
                        "public",
                        "away-1",
                        new Money(5_000, "USD")),
                new JournalRecord.Settled(
                        at, decision + "/1", "ok", 10, 20, new Money(3_100, "USD"), false),
                decided(at, decision, "served"));
    }

    public static JournalRecord decided(Instant at, String decision, String outcome) {
        var served = outcome.equals("served");
        return new JournalRecord.Decided(
                at,
                decision,
                "acme",
                "key-1",
                "chat",
                "chat",
                new Classification(
                        DataClass.INTERNAL,
                        Set.of(),
                        List.of(new Finding("email", "pii", 0.9, 3, 14, "/messages/0/content")),
                        List.of(new Classification.Source("default", DataClass.INTERNAL))),
                outcome,
                served ? 200 : 503,
                served ? POOL : null,
                served ? "public" : null,
                served ? "away-1" : null,
                served ? 300L : null,
                served ? 280L : null,
                5,
                900,
                1,
                new Watermark("control-1", 1, 12),
                "0".repeat(64),
                new Explanation(
                        "the-rest-may-spill",
                        List.of(new Explanation.Step("pool away/m", "has room"))),
                null);
    }
}
