package io.spillway.cli.admin;

import io.spillway.cli.CommandFailure;
import io.spillway.cli.ExitCode;
import io.spillway.cli.Terminal;
import io.spillway.cli.rehearse.EvaluateCommand;
import io.spillway.cli.rehearse.SimulateCommand;
import io.spillway.policy.PolicyTestResult;
import io.spillway.policy.PolicyTests;
import io.spillway.policy.TestCoverage;
import io.spillway.policy.document.PolicySchema;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Locale;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/// `spillway policy`.
@Command(
        name = "policy",
        mixinStandardHelpOptions = true,
        description = "Check, test, prove, measure, rehearse, show and publish policies.",
        subcommands = {
            EvaluateCommand.class,
            SimulateCommand.class,
            ExplainPolicyCommand.class,
            DiffPolicyCommand.class,
            VerifyCommand.class
        })
public final class PolicyCommand {

    @Command(
            name = "lint",
            mixinStandardHelpOptions = true,
            description = "Check a policy file; every mistake is shown as FILE:LINE:COLUMN.")
    int lint(
            @Mixin Terminal terminal,
            @Parameters(paramLabel = "FILE", description = "the policy") Path path,
            @Option(
                            names = "--environments",
                            paramLabel = "FILE",
                            description = EnvironmentsFile.OPTION)
                    @Nullable Path environments)
            throws IOException {
        var file = PolicyFile.read(path);
        var policy = file.compile(terminal, Registry.names(terminal, environments, file.source()));
        if (policy.isEmpty()) {
            return ExitCode.NEGATIVE;
        }
        file.warnings(policy.get()).forEach(terminal::say);
        terminal.say(
                "%s: policy %s is right, digest %s"
                        .formatted(path, policy.get().name(), policy.get().digest()));
        return ExitCode.OK;
    }

    @Command(
            name = "schema",
            mixinStandardHelpOptions = true,
            description = "Print the JSON Schema of policy files, for editors.")
    int schema(@Mixin Terminal terminal) {
        terminal.say(PolicySchema.json().stripTrailing());
        return ExitCode.OK;
    }

    @Command(
            name = "test",
            mixinStandardHelpOptions = true,
            description =
                    "Run the tests that stand in a policy file, on the engine that routers run.")
    int test(
            @Mixin Terminal terminal,
            @Parameters(paramLabel = "FILE", description = "the policy") Path path,
            @Option(
                            names = "--environments",
                            paramLabel = "FILE",
                            description = EnvironmentsFile.OPTION)
                    @Nullable Path environments,
            @Option(
                            names = "--require-coverage",
                            paramLabel = "PERCENT",
                            description = "fail when the tests put fewer rules to work")
                    int required)
            throws IOException {
        var file = PolicyFile.read(path);
        var known = Registry.names(terminal, environments, file.source());
        var compiled = file.compile(terminal, known);
        if (compiled.isEmpty()) {
            return ExitCode.NEGATIVE;
        }
        var policy = compiled.get();
        var results = PolicyTests.run(policy, known);
        results.forEach(result -> tell(terminal, path, result));
        var failed = results.stream().filter(result -> !result.passed()).count();
        terminal.say("%d passed, %d failed".formatted(results.size() - failed, failed));
        var coverage = TestCoverage.of(policy, known);
        coverage.missed().forEach(rule -> terminal.say("no test exercises " + rule));
        terminal.say(
                "%d %% of %d rules exercised"
                        .formatted(
                                coverage.percent(),
                                coverage.exercised().size() + coverage.missed().size()));
        return failed == 0 && coverage.percent() >= required ? ExitCode.OK : ExitCode.NEGATIVE;
    }

    private static void tell(Terminal terminal, Path file, PolicyTestResult result) {
        terminal.say("%s  %s".formatted(result.passed() ? "ok    " : "FAILED", result.name()));
        for (var failure : result.failures()) {
            terminal.say("        %s:%d: %s".formatted(file, result.line(), failure));
        }
        if (!result.passed()) {
            for (var step : result.decision().explanation().steps()) {
                terminal.say("          %-34s %s".formatted(step.subject(), step.outcome()));
            }
        }
    }

    @Command(
            name = "show",
            mixinStandardHelpOptions = true,
            description = "Print the policy in force.")
    int show(@Mixin Terminal terminal) {
        var policies = terminal.admin().get("policies").orFail();
        if (terminal.json()) {
            terminal.print(policies);
            return ExitCode.OK;
        }
        for (var policy : policies.path("items")) {
            var whole =
                    terminal.admin()
                            .get("policies/" + AdminClient.segment(policy.path("name").asText()))
                            .orFail();
            terminal.say(
                    "# %s, digest %s"
                            .formatted(whole.path("name").asText(), whole.path("digest").asText()));
            terminal.say(whole.path("yaml").asText());
        }
        return ExitCode.OK;
    }

    @Command(
            name = "publish",
            mixinStandardHelpOptions = true,
            description = "Put a policy in force; a wrong one is rejected whole.")
    int publish(
            @Mixin Terminal terminal,
            @Parameters(paramLabel = "FILE", description = "the policy") Path file,
            @Option(
                            names = "--replace",
                            description = "also replace a version that did not come from here")
                    boolean replace,
            @Option(
                            names = "--acknowledge-widening",
                            paramLabel = "DIGEST",
                            description =
                                    "publish although more requests could leave; the refusal names"
                                            + " the digest")
                    @Nullable String acknowledged)
            throws IOException {
        var yaml = PolicyFile.read(file).bundle();
        var state = terminal.state();
        var expected =
                !replace && Files.exists(state.policyDigest())
                        ? Files.readString(state.policyDigest()).strip()
                        : "";
        var answer = terminal.admin().publish(PolicyName.of(yaml), yaml, expected, acknowledged);
        if (answer.status() == 412) {
            throw new CommandFailure(
                    ExitCode.NEGATIVE,
                    "the policy in force was published elsewhere; look at it with ./spillway policy"
                            + " show, then add --replace");
        }
        if (!answer.ok()) {
            throw new CommandFailure(
                    ExitCode.NEGATIVE,
                    "%s is not published: %s".formatted(file, answer.problem(file.toString())));
        }
        Files.writeString(state.policyDigest(), answer.body().path("digest").asText());
        terminal.say(
                "in force: %s, digest %s"
                        .formatted(
                                answer.body().path("name").asText(),
                                answer.body().path("digest").asText()));
        verdict(terminal, answer.body().path("name").asText());
        return ExitCode.OK;
    }

    /// What the control plane proved; it publishes nothing else, so only warnings are of interest.
    private static void verdict(Terminal terminal, String name) {
        var proof = terminal.admin().get("policies/%s/proof".formatted(AdminClient.segment(name)));
        if (proof.ok()) {
            var body = proof.body();
            terminal.say(
                    "%s: %d invariants, %d warnings"
                            .formatted(
                                    body.path("verdict").asText().toUpperCase(Locale.ROOT),
                                    body.path("invariants").size(),
                                    body.path("warnings").size()));
            for (var warning : body.path("warnings")) {
                terminal.say(
                        "warning: %s: %s"
                                .formatted(
                                        warning.path("subject").asText(),
                                        warning.path("message").asText()));
            }
        }
    }
}
