package io.spillway.testbed.replay;

import java.util.ArrayList;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;

/// What came of a replay.
///
/// @param plan what was sent
/// @param rows by label and the zone that the router said it served from
/// @param sensitiveAtPublic sensitive requests found in the bytes that public servers received
/// @param spilled benign requests found there
/// @param failures requests that failed, by what failed; honest shedding is no failure
/// @param undecided requests without a recorded decision
/// @param violations what must hold and did not, in words; empty when all is well
public record ReplayReport(
        Plan plan,
        List<Row> rows,
        int sensitiveAtPublic,
        int spilled,
        Map<String, Integer> failures,
        int undecided,
        List<String> violations) {

    public ReplayReport {
        rows = List.copyOf(rows);
        failures = Map.copyOf(failures);
        violations = List.copyOf(violations);
    }

    /// Requests of one label in one zone.
    ///
    /// @param zone `private`, `public` or `-` for those that no zone served
    /// @param ttft from sending to the first event, as the caller saw it, in milliseconds
    /// @param queue time in the router's queue, in milliseconds
    /// @param predicted predicted time to first token, in milliseconds
    /// @param actual what the router measured for the same requests, in milliseconds
    /// @param predictionError distance of the two, in milliseconds
    /// @param spendNanos settled money in billionths of the currency
    public record Row(
            Label label,
            String zone,
            int requests,
            int ok,
            int shed,
            int failed,
            Spread ttft,
            Spread queue,
            Spread predicted,
            Spread actual,
            Spread predictionError,
            long spendNanos,
            String currency) {}

    /// Whether everything that must hold did.
    public boolean passed() {
        return violations.isEmpty();
    }

    /// Exit status of the command: 0 when it passed, else 1.
    public int exitStatus() {
        return passed() ? 0 : 1;
    }

    static ReplayReport of(
            Plan plan, List<Outcome> outcomes, Records records, Set<String> publicCanaries) {
        int leaked = 0;
        int spilled = 0;
        int unseen = 0;
        int undecided = 0;
        Map<Label, Map<String, List<Outcome>>> groups = new EnumMap<>(Label.class);
        Map<String, Integer> failures = new TreeMap<>();
        for (var outcome : outcomes) {
            boolean atPublic = publicCanaries.contains(outcome.request().canary());
            boolean sensitive = outcome.request().label().sensitive();
            leaked += atPublic && sensitive ? 1 : 0;
            spilled += atPublic && !sensitive ? 1 : 0;
            unseen += !atPublic && "public".equals(outcome.zone()) ? 1 : 0;
            undecided +=
                    outcome.decision() == null
                                    || !records.decisions().containsKey(outcome.decision())
                            ? 1
                            : 0;
            if (outcome.end() == Outcome.End.FAILED) {
                failures.merge(outcome.detail(), 1, Integer::sum);
            }
            groups.computeIfAbsent(outcome.request().label(), _ -> new TreeMap<>())
                    .computeIfAbsent(
                            outcome.zone() == null ? "-" : outcome.zone(), _ -> new ArrayList<>())
                    .add(outcome);
        }
        var rows = new ArrayList<Row>();
        groups.forEach((label, zones) ->
                zones.forEach((zone, group) -> rows.add(row(label, zone, group, records))));
        return new ReplayReport(
                plan,
                rows,
                leaked,
                spilled,
                failures,
                undecided,
                violations(leaked, spilled, unseen, failures));
    }

    private static List<String> violations(
            int leaked, int spilled, int unseen, Map<String, Integer> failures) {
        var violations = new ArrayList<String>();
        if (leaked > 0) {
            violations.add(
                    "%d sensitive requests reached a public server; must be 0".formatted(leaked));
        }
        if (unseen > 0) {
            violations.add(
                    "%d requests went to a public zone but public servers wrote down no canary of theirs: the count of leaks is blind"
                            .formatted(unseen));
        }
        if (spilled == 0) {
            violations.add(
                    "nothing spilled; the load was too low or no public machine became ready");
        }
        failures.forEach(
                (what, count) -> violations.add("%d requests failed: %s".formatted(count, what)));
        return violations;
    }

    private static Row row(Label label, String zone, List<Outcome> group, Records records) {
        var queue = new ArrayList<Long>();
        var predicted = new ArrayList<Long>();
        var actual = new ArrayList<Long>();
        var error = new ArrayList<Long>();
        long spend = 0;
        for (var outcome : group) {
            var decision = outcome.decision() == null ? "" : outcome.decision();
            var decided = records.decisions().get(decision);
            if (decided != null) {
                queue.add(decided.queueMillis());
            } else if (outcome.queueMillis() != null) {
                queue.add(outcome.queueMillis());
            }
            if (decided != null
                    && decided.predictedTtftMillis() != null
                    && decided.ttftMillis() != null) {
                predicted.add(decided.predictedTtftMillis());
                actual.add(decided.ttftMillis());
                error.add(Math.abs(decided.predictedTtftMillis() - decided.ttftMillis()));
            }
            spend = Math.addExact(spend, records.spendNanos().getOrDefault(decision, 0L));
        }
        return new Row(
                label,
                zone,
                group.size(),
                count(group, Outcome.End.OK),
                count(group, Outcome.End.SHED),
                count(group, Outcome.End.FAILED),
                Spread.of(
                        group.stream()
                                .filter(it -> it.end() == Outcome.End.OK)
                                .map(Outcome::ttftMillis)
                                .toList()),
                Spread.of(queue),
                Spread.of(predicted),
                Spread.of(actual),
                Spread.of(error),
                spend,
                records.currency());
    }

    private static int count(List<Outcome> group, Outcome.End end) {
        return (int) group.stream().filter(it -> it.end() == end).count();
    }
}
