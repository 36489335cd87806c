package io.spillway.cli.rehearse;

import io.spillway.cli.CommandFailure;
import io.spillway.cli.ExitCode;
import io.spillway.cli.Terminal;
import io.spillway.policy.simulate.Rehearsal;
import io.spillway.policy.simulate.Rehearsed;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.ArgGroup;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/// `spillway policy simulate`.
@Command(
        name = "simulate",
        mixinStandardHelpOptions = true,
        description = "Decide recorded requests again under a candidate policy and compare.",
        footer = {
            "",
            "Each request is decided on the facts of its own moment: class sources, all",
            "findings, grants, live pools. A request that cannot be decided again, because",
            "something was not recorded or other detectors scanned it, counts as newly",
            "leaving. What a different decision would have done to queues, and so to later",
            "requests, is not part of it.",
            "",
            "A line of the log is {\"state\": …}, {\"decision\": …} or, in a trace,",
            "{\"features\": …}.",
            "",
            "Exit status: 0 nothing speaks against the policy, 1 something newly leaves",
            "(unless --allow-leaving) or an invariant would be violated, 2 a file is wrong."
        })
public final class SimulateCommand implements Callable<Integer> {
    @Mixin
    @SuppressWarnings("NullAway.Init") // picocli sets it
    private Terminal terminal;

    @Parameters(paramLabel = "FILE", description = "the candidate policy")
    @SuppressWarnings("NullAway.Init")
    private Path file;

    @ArgGroup(multiplicity = "1")
    @SuppressWarnings("NullAway.Init")
    private Source source;

    static final class Source {
        @Option(
                names = "--log",
                paramLabel = "LOG",
                required = true,
                description = "what spillway decisions export wrote, or a trace; may be gzip")
        @Nullable Path log;

        @Option(
                names = "--from-stack",
                required = true,
                description = "the decision log of the running installation")
        boolean fromStack;
    }

    @Option(
            names = "--since",
            paramLabel = "INSTANT",
            description = "with --from-stack: only decisions from then on")
    private @Nullable String since;

    @Option(
            names = "--against",
            paramLabel = "POLICY",
            description =
                    "compare the requests of a trace with this policy (default: nothing left"
                            + " before). Decisions are compared with the policy of their time")
    private @Nullable Path against;

    @Option(names = "--allow-leaving", description = "do not fail because something newly leaves")
    private boolean allowLeaving;

    @Override
    public Integer call() throws IOException {
        var log = source.log;
        if (log != null) {
            return simulate(log);
        }
        var downloaded = Files.createTempFile("spillway-decisions-", ".jsonl");
        try {
            download(downloaded);
            return simulate(downloaded);
        } finally {
            Files.delete(downloaded);
        }
    }

    private void download(Path to) throws IOException {
        try (var out = Files.newBufferedWriter(to, StandardCharsets.UTF_8)) {
            new DecisionLogExport(terminal.admin(), since, null)
                    .run(line -> {
                        out.write(line);
                        out.write('\n');
                    });
        }
    }

    private int simulate(Path log) throws IOException {
        var lines = new DecisionLogFile(log, terminal);
        var names = lines.names();
        var candidate = CandidatePolicy.compiled(file, names);
        var other = against == null ? null : CandidatePolicy.compiled(against, names);
        var rehearsal = new Rehearsal(candidate, candidate.detectors().digest(), other);
        lines.replay(rehearsal);
        var result = rehearsal.result();
        if (result.requests() == 0) {
            throw new CommandFailure(
                    ExitCode.USAGE,
                    "there is no decision in the log; let requests through first, or give another"
                            + " span of time");
        }
        if (terminal.json()) {
            terminal.print(RehearsalJson.of(result));
        } else {
            new RehearsalText(terminal).print(result);
        }
        return speaksAgainst(result) ? ExitCode.NEGATIVE : ExitCode.OK;
    }

    private boolean speaksAgainst(Rehearsed result) {
        return !result.broken().isEmpty() || (result.newlyLeaving() > 0 && !allowLeaving);
    }
}
