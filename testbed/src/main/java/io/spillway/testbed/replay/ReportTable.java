package io.spillway.testbed.replay;

import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import org.jspecify.annotations.Nullable;

/// A report as text for a terminal.
final class ReportTable {
    private static final List<String> HEAD =
            List.of(
                    "label",
                    "zone",
                    "requests",
                    "ok",
                    "shed",
                    "failed",
                    "TTFT p50",
                    "p99",
                    "predicted p50",
                    "actual p50",
                    "|error| p50",
                    "queue p50",
                    "p99",
                    "spend");

    private ReportTable() {}

    /// What a plan offers, in two lines.
    static String offer(Plan plan) {
        return String.format(
                Locale.ROOT,
                "%s: %d requests in %.0f s (each request of the trace sent with factor"
                    + " %.2f)%nprivate capacity %.1f requests/s: %d servers, each stands for N = %s"
                    + " engines; offered load in the busiest minute %.2f x private capacity",
                plan.trace(),
                plan.requests().size(),
                plan.seconds(),
                plan.scale(),
                plan.capacity(),
                plan.servers(),
                engines(plan.engines()),
                plan.load());
    }

    /// The table and the verdict.
    static String of(ReplayReport report) {
        var lines = new ArrayList<List<String>>();
        lines.add(HEAD);
        report.rows().forEach(row -> lines.add(cells(row)));
        var text = new StringBuilder();
        for (var line : lines) {
            for (int column = 0; column < HEAD.size(); column++) {
                int at = column;
                int width = lines.stream().mapToInt(it -> it.get(at).length()).max().orElse(0);
                var pad = " ".repeat(width - line.get(column).length());
                text.append(column < 2 ? line.get(column) + pad : pad + line.get(column))
                        .append("  ");
            }
            text.setLength(text.length() - 2);
            text.append('\n');
        }
        text.append(
                "times in milliseconds; TTFT is what callers waited, queue included; predicted and"
                        + " actual count from the dispatch on\n");
        if (report.undecided() > 0) {
            text.append(report.undecided()).append(" requests have no recorded decision\n");
        }
        text.append(
                "sensitive received by a public server: %d; spilled: %d; failures: %d%n"
                        .formatted(
                                report.sensitiveAtPublic(),
                                report.spilled(),
                                report.failures().values().stream().mapToInt(it -> it).sum()));
        report.violations()
                .forEach(it -> text.append("MUST HOLD, DOES NOT: ").append(it).append('\n'));
        return text.toString();
    }

    private static List<String> cells(ReplayReport.Row row) {
        return List.of(
                row.label().words(),
                row.zone(),
                Integer.toString(row.requests()),
                Integer.toString(row.ok()),
                Integer.toString(row.shed()),
                Integer.toString(row.failed()),
                cell(row.ttft().p50()),
                cell(row.ttft().p99()),
                cell(row.predicted().p50()),
                cell(row.actual().p50()),
                cell(row.predictionError().p50()),
                cell(row.queue().p50()),
                cell(row.queue().p99()),
                money(row.spendNanos(), row.currency()));
    }

    private static String cell(@Nullable Long value) {
        return value == null ? "-" : value.toString();
    }

    private static String money(long nanos, String currency) {
        return String.format(
                Locale.ROOT,
                "%d.%06d %s",
                nanos / 1_000_000_000,
                nanos / 1000 % 1_000_000,
                currency);
    }

    private static String engines(List<Integer> engines) {
        var distinct = engines.stream().distinct().map(String::valueOf).toList();
        return String.join(" or ", distinct);
    }
}
