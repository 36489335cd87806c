package io.spillway.testbed.replay;

import com.fasterxml.jackson.databind.JsonNode;
import java.time.Duration;
import java.util.HashMap;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/// What the control plane recorded of a replay's requests: decisions and ledger entries by
/// decision.
///
/// @param decisions by id
/// @param spendNanos settled money by decision id, in billionths of `currency`
/// @param currency currency of the money; requests in others are not added up
record Records(Map<String, Decided> decisions, Map<String, Long> spendNanos, String currency) {
    private static final int PAGE = 500;
    private static final Duration SHIPPED = Duration.ofSeconds(20);

    /// The part of a decision's record that a replay compares.
    record Decided(
            @Nullable Long predictedTtftMillis, @Nullable Long ttftMillis, long queueMillis) {}

    /// Reads the records of the given decisions. Journals come home in batches, so it waits for
    /// them, but not for ever: what is missing then is missing in the answer.
    static Records of(Stack stack, Set<String> ids) throws InterruptedException {
        Map<String, Decided> decisions = new HashMap<>();
        long end = System.nanoTime() + SHIPPED.toNanos();
        do {
            pages(stack, "decisions", "id", ids, item -> decided(item, ids, decisions));
            if (decisions.size() == ids.size()) {
                break;
            }
            Thread.sleep(500);
        } while (System.nanoTime() - end < 0);
        var ledger = new Ledger(ids);
        pages(stack, "ledger", "attemptId", ids, ledger::add);
        return new Records(decisions, ledger.nanos, ledger.currency);
    }

    private static boolean decided(JsonNode item, Set<String> ids, Map<String, Decided> decisions) {
        var id = item.path("id").asText();
        if (!ids.contains(id)) {
            return false;
        }
        decisions.put(
                id,
                new Decided(
                        number(item.path("predictedTtftMillis")),
                        number(item.path("ttftMillis")),
                        item.path("queueMillis").asLong()));
        return true;
    }

    private static @Nullable Long number(JsonNode node) {
        return node.isNumber() ? (Long) node.asLong() : null;
    }

    private interface Reader {
        /// @return whether the item belongs to this replay
        boolean read(JsonNode item);
    }

    /// Reads newest first until a page holds nothing of this replay any more.
    private static void pages(
            Stack stack, String resource, String key, Set<String> ids, Reader reader) {
        String before = null;
        boolean found = false;
        for (int read = 0; read < ids.size() * 4 + 10 * PAGE; read += PAGE) {
            var query = "?limit=" + PAGE + (before == null ? "" : "&before=" + before);
            var items = stack.list(resource + query);
            boolean ours = false;
            for (var item : items) {
                ours |= reader.read(item);
            }
            found |= ours;
            if (items.size() < PAGE || (found && !ours)) {
                return;
            }
            before = items.getLast().path(key).asText().replace("/", "%2F");
        }
    }

    private static final class Ledger {
        private final Set<String> ids;
        final Map<String, Long> nanos = new HashMap<>();
        private final Set<String> seen = new java.util.HashSet<>();
        String currency = "USD";

        Ledger(Set<String> ids) {
            this.ids = ids;
        }

        boolean add(JsonNode item) {
            var decision = item.path("decisionId").asText();
            if (!ids.contains(decision)) {
                return false;
            }
            var settled = item.path("settled");
            if (settled.isObject() && seen.add(item.path("attemptId").asText())) {
                long amount = settled.path("nanos").asLong();
                if (amount != 0) {
                    currency = settled.path("currency").asText(currency);
                }
                nanos.merge(decision, amount, Math::addExact);
            }
            return true;
        }
    }
}
