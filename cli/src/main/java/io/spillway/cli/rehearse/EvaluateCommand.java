package io.spillway.cli.rehearse;

import io.spillway.cli.CommandFailure;
import io.spillway.cli.ExitCode;
import io.spillway.cli.Terminal;
import io.spillway.policy.detect.Detectors;
import io.spillway.policy.evaluate.Evaluation;
import io.spillway.policy.evaluate.Sample;
import io.spillway.policy.evaluate.Subject;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.concurrent.Callable;
import me.tongfei.progressbar.ProgressBar;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/// `spillway policy evaluate`.
@Command(
        name = "evaluate",
        mixinStandardHelpOptions = true,
        description = "Measure detection on labelled texts: precision and recall by type.",
        footer = {
            "",
            "FILE has one JSON object a line, may be gzip, and mixes both forms:",
            "  {\"text\": \"…\", \"entities\": [{\"type\": \"email\", \"start\": 6, \"end\": 21}]}",
            "  {\"text\": \"…\", \"sensitive\": false}",
            "start and end count code points, end exclusive. An entity is found when a",
            "finding of its type with confidence >= 0.5 shares a code point with it, one to",
            "one. Types that label sets do not tell apart match each other: phone and",
            "cn-mobile; payment-card and cn-bank-card; us-ssn, cn-id-card and national-id;",
            "iban and bank-account; all secrets. Labels of other sets (Presidio, AI4Privacy",
            "and Chinese ones) are understood; neighbouring pieces of one name or one street",
            "address count as one entity, so recall of addresses that are labelled line by",
            "line is higher than counted label by label. Intervals are Wilson's, 95 %%.",
            "",
            "Exit status: 0 measured, 2 a line is wrong (then nothing is measured)."
        })
public final class EvaluateCommand implements Callable<Integer> {
    private static final int MOST_SHOWN = 20;
    private static final long SMALL = 4 << 20;

    @Mixin
    @SuppressWarnings("NullAway.Init") // picocli sets it
    private Terminal terminal;

    @Parameters(paramLabel = "FILE", description = "labelled texts, .jsonl or .jsonl.gz")
    @SuppressWarnings("NullAway.Init")
    private Path file;

    @Option(
            names = "--policy",
            paramLabel = "POLICY",
            description =
                    "count a text as raised when this policy gives it a higher class than a text"
                            + " without findings (default: when there is a finding other than"
                            + " source code)")
    private @Nullable Path policy;

    @Option(
            names = "--mistakes",
            description = "also list what was missed and what was found wrongly, without the text")
    private boolean mistakes;

    private int wrongLines;

    @Override
    public Integer call() throws IOException {
        var subject = subject();
        var evaluation = new Evaluation(subject.labels());
        try (var lines = new JsonLines(file);
                var bar = bar()) {
            for (var line = lines.next(); line != null; line = lines.next()) {
                var sample = sample(line, lines.number());
                if (sample != null) {
                    measure(sample, lines.number(), subject, evaluation);
                }
                if (bar != null) {
                    bar.stepTo(lines.read());
                }
            }
        }
        if (wrongLines > 0) {
            throw new CommandFailure(
                    ExitCode.USAGE,
                    "%d of the lines of %s cannot be read, so nothing is measured; mend them"
                            .formatted(wrongLines, file));
        }
        var figures = evaluation.figures();
        if (figures.texts() == 0) {
            throw new CommandFailure(
                    ExitCode.USAGE,
                    "%s holds no text; write one JSON object a line".formatted(file));
        }
        if (terminal.json()) {
            terminal.print(EvaluationJson.of(figures));
        } else {
            new EvaluationText(terminal).print(figures);
        }
        return ExitCode.OK;
    }

    private void measure(Sample sample, int line, Subject subject, Evaluation evaluation) {
        var examined = subject.examine(sample.text());
        var wrong = evaluation.add(sample, examined.findings(), examined.raised());
        if (mistakes) {
            for (var it : wrong) {
                terminal.note(
                        "%s:%d: %s %s [%d, %d)%s"
                                .formatted(
                                        file,
                                        line,
                                        it.missed() ? "missed" : "wrong ",
                                        it.type(),
                                        it.start(),
                                        it.end(),
                                        it.note().isEmpty() ? "" : ", " + it.note()));
            }
        }
    }

    private @Nullable Sample sample(byte[] line, int number) {
        try {
            return Samples.read(line);
        } catch (Samples.Mistake e) {
            wrongLines++;
            if (wrongLines <= MOST_SHOWN) {
                terminal.note("%s:%d: %s".formatted(file, number, e.getMessage()));
            } else if (wrongLines == MOST_SHOWN + 1) {
                terminal.note("%s: more wrong lines follow".formatted(file));
            }
            return null;
        }
    }

    private @Nullable ProgressBar bar() throws IOException {
        long size = Files.size(file);
        return size < SMALL ? null : Bars.overBytes("evaluate", size);
    }

    private Subject subject() throws IOException {
        if (policy == null) {
            return Subject.of(Detectors.builtIn());
        }
        // Where a policy sends requests does not matter here, so no registry is asked.
        var compiled = CandidatePolicy.compiled(policy, null);
        return Subject.of(compiled.detectors(), compiled);
    }
}
