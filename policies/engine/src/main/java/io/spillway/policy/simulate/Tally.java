package io.spillway.policy.simulate;

import io.spillway.api.environment.PoolKey;
import io.spillway.api.request.DataClass;
import io.spillway.policy.simulate.Rehearsed.Broken;
import io.spillway.policy.simulate.Rehearsed.ClassChange;
import io.spillway.policy.simulate.Rehearsed.Cost;
import io.spillway.policy.simulate.Rehearsed.Leaving;
import io.spillway.policy.simulate.Rehearsed.Move;
import java.util.Comparator;
import java.util.EnumMap;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.TreeSet;
import org.jspecify.annotations.Nullable;

/// The counters behind a [Rehearsal].
final class Tally {
    private final Map<Undecidable, Long> undecidable = new EnumMap<>(Undecidable.class);
    private final Map<Destination, Leaving> leaving = new HashMap<>();
    private final Map<String, Broken> broken = new TreeMap<>();
    private final Map<Route, Long> moves = new HashMap<>();
    private final Map<Change, Long> changes = new TreeMap<>();
    private final Map<String, long[]> money = new TreeMap<>();
    private long requests;
    private long newlyLeaving;
    private long noLongerLeaving;
    private long newlyDenied;
    private long noLongerDenied;
    private long unpriced;

    private record Destination(String tenant, DataClass dataClass, String environment) {}

    private record Route(String tenant, DataClass dataClass, String from, String to) {}

    private record Change(DataClass from, DataClass to) implements Comparable<Change> {
        @Override
        public int compareTo(Change other) {
            return Comparator.comparing(Change::from)
                    .thenComparing(Change::to)
                    .compare(this, other);
        }
    }

    void undecidable(Undecidable why) {
        requests++;
        newlyLeaving++;
        undecidable.merge(why, 1L, Long::sum);
    }

    void compared(Case it, @Nullable Verdict before, Verdict after) {
        requests++;
        egress(it, before, after);
        for (var invariant : after.broken()) {
            broken.merge(
                    invariant,
                    new Broken(1, it.id()),
                    (a, _) -> new Broken(a.requests() + 1, a.example()));
        }
        if (before == null) {
            return;
        }
        if (!before.place().equals(after.place())) {
            var route = new Route(it.tenant(), after.dataClass(), before.place(), after.place());
            moves.merge(route, 1L, Long::sum);
        }
        if (before.dataClass() != after.dataClass()) {
            changes.merge(new Change(before.dataClass(), after.dataClass()), 1L, Long::sum);
        }
        boolean denied = after.place().equals(Verdict.DENIED);
        boolean wasDenied = before.place().equals(Verdict.DENIED);
        newlyDenied += denied && !wasDenied ? 1 : 0;
        noLongerDenied += wasDenied && !denied ? 1 : 0;
        pay(it, before.pool(), after.pool());
    }

    private void egress(Case it, @Nullable Verdict before, Verdict after) {
        var fresh = new TreeSet<>(after.mayLeaveFor());
        if (before != null) {
            fresh.removeAll(before.mayLeaveFor());
            boolean stays = after.mayLeaveFor().isEmpty() && !before.mayLeaveFor().isEmpty();
            noLongerLeaving += stays ? 1 : 0;
        }
        newlyLeaving += fresh.isEmpty() ? 0 : 1;
        for (var environment : fresh) {
            leaving.merge(
                    new Destination(it.tenant(), after.dataClass(), environment),
                    new Leaving(it.tenant(), after.dataClass(), environment, 1, it.id()),
                    (a, _) ->
                            new Leaving(
                                    a.tenant(),
                                    a.dataClass(),
                                    a.environment(),
                                    a.requests() + 1,
                                    a.example()));
        }
    }

    /// Compares money only where both sides can be priced, so that a lack of knowledge never looks
    /// like a saving.
    private void pay(Case it, @Nullable PoolKey before, @Nullable PoolKey after) {
        try {
            var then = price(it, before);
            var now = price(it, after);
            if (then == null || now == null) {
                unpriced++;
                return;
            }
            add(then, 0);
            add(now, 1);
        } catch (ArithmeticException tooMuch) {
            unpriced++;
        }
    }

    private void add(Price price, int column) {
        if (!price.currency().isEmpty()) {
            var sums = money.computeIfAbsent(price.currency(), _ -> new long[2]);
            sums[column] = Math.addExact(sums[column], price.nanos());
        }
    }

    private record Price(long nanos, String currency) {}

    /// What a request costs in a pool, null when that cannot be said. A request that does not start
    /// costs nothing.
    private static @Nullable Price price(Case it, @Nullable PoolKey key) {
        if (key == null) {
            return new Price(0, "");
        }
        var pool = it.world().pools().get(key);
        if (pool == null) {
            return null;
        }
        long each = pool.inputPrice().nanos();
        long generated = pool.outputPrice().nanos();
        var currency = pool.inputPrice().currency();
        if (each == 0 && generated == 0) {
            return new Price(0, currency);
        }
        var prompt = it.promptTokens();
        var completion = it.completionTokens();
        return prompt == null || completion == null
                ? null
                : new Price(
                        Math.addExact(
                                Math.multiplyExact(each, prompt),
                                Math.multiplyExact(generated, completion)),
                        currency);
    }

    Rehearsed result() {
        return new Rehearsed(
                requests,
                newlyLeaving,
                noLongerLeaving,
                undecidable,
                leaving.values().stream()
                        .sorted(
                                Comparator.comparingLong(Leaving::requests)
                                        .reversed()
                                        .thenComparing(Leaving::tenant)
                                        .thenComparing(Leaving::dataClass)
                                        .thenComparing(Leaving::environment))
                        .toList(),
                broken,
                moves(),
                changes.entrySet().stream()
                        .map(it ->
                                new ClassChange(
                                        it.getKey().from(), it.getKey().to(), it.getValue()))
                        .toList(),
                newlyDenied,
                noLongerDenied,
                money.entrySet().stream()
                        .map(it -> new Cost(it.getKey(), it.getValue()[0], it.getValue()[1]))
                        .toList(),
                unpriced);
    }

    private List<Move> moves() {
        return moves.entrySet().stream()
                .map(it ->
                        new Move(
                                it.getKey().tenant(),
                                it.getKey().dataClass(),
                                it.getKey().from(),
                                it.getKey().to(),
                                it.getValue()))
                .sorted(
                        Comparator.comparingLong(Move::requests)
                                .reversed()
                                .thenComparing(Move::tenant)
                                .thenComparing(Move::dataClass)
                                .thenComparing(Move::from)
                                .thenComparing(Move::to))
                .toList();
    }
}
