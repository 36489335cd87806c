package io.spillway.cli.rehearse;

import io.spillway.cli.Terminal;
import io.spillway.policy.evaluate.Figures;
import io.spillway.policy.evaluate.Rate;
import io.spillway.policy.rule.Confidence;
import java.util.List;
import java.util.Locale;
import java.util.stream.Collectors;

/// Prints the figures of an evaluation as tables.
final class EvaluationText {
    private final Terminal terminal;

    EvaluationText(Terminal terminal) {
        this.terminal = terminal;
    }

    void print(Figures figures) {
        terminal.say(
                "%d texts, %s with something sensitive (prevalence), threshold %s"
                        .formatted(
                                figures.texts(), percent(figures.prevalence()), Confidence.RAISES));
        if (!figures.types().isEmpty()) {
            terminal.say("");
            terminal.table(
                    List.of("TYPE", "LABELLED", "FOUND", "PRECISION", "RECALL"),
                    figures.types().stream()
                            .map(it ->
                                    List.of(
                                            it.type(),
                                            Long.toString(it.labelled()),
                                            Long.toString(it.found()),
                                            share(it.precision()),
                                            share(it.recall())))
                            .toList());
            terminal.say("");
            terminal.table(
                    List.of(
                            "GROUP",
                            "PRECISION",
                            "RECALL",
                            "PRECISION BY REQUEST",
                            "RECALL BY REQUEST"),
                    figures.groups().stream()
                            .map(it ->
                                    List.of(
                                            it.group(),
                                            share(it.entities().precision()),
                                            share(it.entities().recall()),
                                            share(it.requests().precision()),
                                            share(it.requests().recall())))
                            .toList());
        }
        requests(figures);
    }

    private void requests(Figures figures) {
        terminal.say("");
        terminal.say("all requests: precision " + share(figures.requests().precision()));
        terminal.say("              recall    " + share(figures.requests().recall()));
        terminal.say("");
        terminal.say("benign requests wrongly raised");
        figures.falseRaises()
                .forEach((bucket, rate) ->
                        terminal.say(
                                "  %-13s %6d of %-7d %s"
                                        .formatted(
                                                bucket.words(),
                                                rate.hits(),
                                                rate.of(),
                                                percent(rate))));
        terminal.say("spillable share lost to false raises: " + percent(figures.lostShare()));
        if (figures.undecided() > 0) {
            terminal.say(
                    "%d requests were raised only by something that is labelled as no type of Spillway: not counted"
                            .formatted(figures.undecided()));
        }
        if (!figures.foreignLabels().isEmpty()) {
            terminal.say(
                    "labels that are not a type of Spillway, left out of recall: "
                            + figures.foreignLabels().entrySet().stream()
                                    .map(it -> it.getKey() + " " + it.getValue())
                                    .collect(Collectors.joining(", ")));
        }
    }

    private static String share(Rate rate) {
        return rate.of() == 0
                ? "-"
                : String.format(
                        Locale.ROOT, "%.3f (%.3f-%.3f)", rate.value(), rate.low(), rate.high());
    }

    private static String percent(Rate rate) {
        return rate.of() == 0
                ? "-"
                : String.format(
                        Locale.ROOT,
                        "%.2f %% (%.2f-%.2f)",
                        100 * rate.value(),
                        100 * rate.low(),
                        100 * rate.high());
    }
}
