package io.spillway.testbed.replay;

import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.SerializationFeature;
import java.nio.file.Path;
import java.util.concurrent.Callable;
import me.tongfei.progressbar.ProgressBar;
import me.tongfei.progressbar.ProgressBarBuilder;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/// `spillway replay`.
@Command(
        name = "replay",
        mixinStandardHelpOptions = true,
        description = {
            "Sends a recorded load through the running stack and counts what leaked.",
            "Fails when a sensitive request reached a public server, when nothing spilled, or when"
                    + " requests failed other than by honest shedding (503 with Retry-After)."
        },
        exitCodeListHeading = "Exit status:%n",
        exitCodeList = {
            "0:all that must hold did",
            "1:something did not",
            "2:wrong usage",
            "3:the stack does not answer"
        })
public final class ReplayCommand implements Callable<Integer> {
    private static final int NEGATIVE = 1;
    private static final int USAGE = 2;
    private static final int UNREACHABLE = 3;

    @Parameters(
            arity = "0..1",
            paramLabel = "TRACE",
            description =
                    "CSV file TIMESTAMP,ContextTokens,GeneratedTokens (default: 22 minutes of Azure"
                            + " code completion, shipped)")
    private @Nullable Path trace;

    @Option(
            names = "--state-dir",
            paramLabel = "DIR",
            description = "directory of the running stack (default: ${DEFAULT-VALUE})")
    private Path stateDir = Path.of(".spillway");

    @Option(
            names = "--speed",
            paramLabel = "X",
            description =
                    "how much faster than recorded requests arrive; clocks, policy and prediction"
                            + " stay real (default: ${DEFAULT-VALUE})")
    private double speed = 60;

    @Option(
            names = "--sensitive",
            paramLabel = "SHARE",
            description =
                    "share of sensitive requests, half by tenant, half by personal data (default:"
                            + " ${DEFAULT-VALUE})")
    private double sensitive = 0.3;

    @Option(
            names = "--load",
            paramLabel = "X",
            description =
                    "offered load in the busiest minute as a multiple of private capacity"
                            + " (default: 1.67, private capacity being 60 %% of that minute)")
    private double load = ReplayOptions.DEFAULT_LOAD;

    @Option(names = "--model", description = "model to call (default: the first that may spill)")
    private @Nullable String model;

    @Option(names = "--seed", description = "decides labels and prompts (default: 1)")
    private long seed = 1;

    @Option(names = "--output", description = "${COMPLETION-CANDIDATES} (default: text)")
    private Format output = Format.text;

    /// Forms of the report, named as they are typed.
    enum Format {
        text,
        json
    }

    @Override
    public Integer call() throws Exception {
        try (var progress = new Bar(output == Format.text)) {
            var options = new ReplayOptions(stateDir, trace, speed, sensitive, load, model, seed);
            var report = Replay.run(options, progress);
            progress.close();
            if (output == Format.json) {
                var json = new ObjectMapper().enable(SerializationFeature.INDENT_OUTPUT);
                System.out.println(json.writeValueAsString(ReportJson.of(report)));
            } else {
                System.out.print(ReportTable.of(report));
            }
            return report.exitStatus();
        } catch (ReplayException e) {
            System.err.println("spillway: " + e.getMessage());
            return e.isUnreachable() ? UNREACHABLE : NEGATIVE;
        } catch (IllegalArgumentException e) {
            System.err.println("spillway: " + e.getMessage());
            return USAGE;
        }
    }

    private static final class Bar implements ProgressListener, AutoCloseable {
        private final boolean text;
        private @Nullable ProgressBar bar;

        Bar(boolean text) {
            this.text = text;
        }

        @Override
        public void planned(Plan plan) {
            if (text) {
                System.out.println(ReportTable.offer(plan));
            }
            bar =
                    new ProgressBarBuilder()
                            .setTaskName("replay")
                            .setInitialMax(plan.requests().size())
                            .setUpdateIntervalMillis(200)
                            .build();
        }

        @Override
        public void progressed(int ended, int spilled, int shed, int failed) {
            if (bar != null) {
                bar.stepTo(ended);
                bar.setExtraMessage(
                        " spilled %d, shed %d, failed %d".formatted(spilled, shed, failed));
            }
        }

        @Override
        public void collecting() {
            close();
        }

        @Override
        public void close() {
            if (bar != null) {
                bar.close();
                bar = null;
            }
        }
    }
}
