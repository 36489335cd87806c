package io.spillway.cli.rehearse;

import io.spillway.cli.Terminal;
import io.spillway.policy.simulate.Rehearsed;
import java.math.BigDecimal;
import java.util.List;

/// Prints what a rehearsal found, the most serious first.
final class RehearsalText {
    private static final int MOST_ROWS = 20;
    private static final int NANO_DIGITS = 9;

    private final Terminal terminal;

    RehearsalText(Terminal terminal) {
        this.terminal = terminal;
    }

    void print(Rehearsed result) {
        terminal.say(
                "newly leaving: %,d of %,d requests%s"
                        .formatted(
                                result.newlyLeaving(),
                                result.requests(),
                                result.undecidables() == 0
                                        ? ""
                                        : ", %,d of them because they cannot be decided again"
                                                .formatted(result.undecidables())));
        result.undecidable()
                .forEach((why, count) -> terminal.say("  %,d: %s".formatted(count, why.words())));
        leaving(result);
        terminal.say("no longer leaving: %,d".formatted(result.noLongerLeaving()));
        invariants(result);
        terminal.say(
                "denied: %,d newly, %,d no longer"
                        .formatted(result.newlyDenied(), result.noLongerDenied()));
        moves(result);
        changes(result);
        money(result);
        terminal.say("");
        terminal.say(
                "Each request was decided on the facts of its own moment; what other decisions"
                        + " would have done to queues is not part of this.");
    }

    private void leaving(Rehearsed result) {
        if (!result.leaving().isEmpty()) {
            table(
                    List.of("TENANT", "CLASS", "MAY LEAVE FOR", "REQUESTS", "SUCH AS"),
                    result.leaving().stream()
                            .map(it ->
                                    List.of(
                                            it.tenant(),
                                            it.dataClass().wire(),
                                            it.environment(),
                                            "%,d".formatted(it.requests()),
                                            it.example()))
                            .toList());
        }
    }

    private void invariants(Rehearsed result) {
        if (result.broken().isEmpty()) {
            terminal.say("invariants: none would be violated");
        }
        result.broken()
                .forEach((text, broken) ->
                        terminal.say(
                                "VIOLATED: never %s: by %,d requests, such as %s"
                                        .formatted(text, broken.requests(), broken.example())));
    }

    private void moves(Rehearsed result) {
        var moved = result.moves().stream().mapToLong(Rehearsed.Move::requests).sum();
        terminal.say("starting elsewhere: %,d".formatted(moved));
        if (!result.moves().isEmpty()) {
            table(
                    List.of("TENANT", "CLASS", "FROM", "TO", "REQUESTS"),
                    result.moves().stream()
                            .map(it ->
                                    List.of(
                                            it.tenant(),
                                            it.dataClass().wire(),
                                            it.from(),
                                            it.to(),
                                            "%,d".formatted(it.requests())))
                            .toList());
        }
    }

    private void changes(Rehearsed result) {
        for (var change : result.classChanges()) {
            terminal.say(
                    "class %s becomes %s: %,d"
                            .formatted(
                                    change.from().wire(), change.to().wire(), change.requests()));
        }
    }

    private void money(Rehearsed result) {
        for (var cost : result.money()) {
            terminal.say(
                    "money: %s %s instead of %s (%s)"
                            .formatted(
                                    cost.currency(),
                                    amount(cost.after()),
                                    amount(cost.before()),
                                    signed(cost.after() - cost.before())));
        }
        if (result.unpriced() > 0) {
            terminal.say(
                    "without money: %,d requests whose tokens or prices are not known"
                            .formatted(result.unpriced()));
        }
    }

    private static String amount(long nanos) {
        return BigDecimal.valueOf(nanos, NANO_DIGITS).stripTrailingZeros().toPlainString();
    }

    private static String signed(long nanos) {
        return (nanos > 0 ? "+" : "") + amount(nanos);
    }

    private void table(List<String> heading, List<List<String>> rows) {
        terminal.table(heading, rows.subList(0, Math.min(rows.size(), MOST_ROWS)));
        if (rows.size() > MOST_ROWS) {
            terminal.say(
                    "  and %,d rows more; see --output json".formatted(rows.size() - MOST_ROWS));
        }
    }
}
