package io.spillway.cli.admin;

import com.fasterxml.jackson.core.JsonProcessingException;
import io.spillway.api.environment.Zone;
import io.spillway.api.request.DataClass;
import io.spillway.cli.CommandFailure;
import io.spillway.cli.ExitCode;
import io.spillway.cli.Terminal;
import io.spillway.policy.KnownNames;
import io.spillway.policy.PolicySource;
import io.spillway.policy.verify.Inventory;
import io.spillway.policy.verify.Proof;
import io.spillway.policy.verify.Proof.Cell;
import io.spillway.policy.verify.Proof.InvariantResult;
import io.spillway.policy.verify.Proof.Outcome;
import io.spillway.policy.verify.Verdict;
import io.spillway.policy.verify.Verifier;
import io.spillway.sync.log.Json;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.concurrent.Callable;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/// `spillway policy verify`.
@Command(
        name = "verify",
        mixinStandardHelpOptions = true,
        description =
                "Prove that no request can break an invariant, or show one that does. Ends with 0"
                        + " only when everything is proved.")
public final class VerifyCommand implements Callable<Integer> {
    @Mixin private Terminal terminal = new Terminal();

    @Parameters(paramLabel = "FILE", description = "the policy")
    private Path file = Path.of("");

    @Option(names = "--environments", paramLabel = "FILE", description = EnvironmentsFile.OPTION)
    private @Nullable Path environments;

    @Option(
            names = "--seconds",
            paramLabel = "N",
            defaultValue = "5",
            description = "most time for the solver (default: ${DEFAULT-VALUE})")
    private int seconds = 5;

    @Option(
            names = "--counterexample",
            paramLabel = "JSON",
            description =
                    "write the first request that breaks an invariant into this file, instead of"
                            + " printing it")
    private @Nullable Path counterexample;

    @Override
    public Integer call() throws IOException {
        // The solver loads while the policy is compiled; each takes half a second.
        Thread.ofPlatform().daemon().start(Verifier::warmUp);
        var read = PolicyFile.read(file);
        var inventory = inventory(read.source());
        var policy = read.compiled(terminal, EnvironmentsFile.names(inventory, read.source()));
        var proof = Verifier.verify(policy, inventory, Duration.ofSeconds(seconds));
        var to = counterexample;
        if (terminal.json()) {
            terminal.print(Json.mapper().valueToTree(proof));
        } else {
            tell(proof, !policy.masks().isEmpty());
        }
        if (to != null) {
            write(proof, to);
        }
        return proof.publishable() ? ExitCode.OK : ExitCode.NEGATIVE;
    }

    private Inventory inventory(PolicySource source) throws IOException {
        if (environments != null) {
            return EnvironmentsFile.read(environments);
        }
        try {
            return running(terminal.admin());
        } catch (CommandFailure e) {
            terminal.note(
                    Registry.noInstallation(terminal, e)
                            + "proving for every tenant, and taking each environment that the file"
                            + " names to be public, cleared for everything, and in no jurisdiction"
                            + " that a policy can name; --environments FILE says what they are");
            return Inventory.of(new KnownNames(Map.of(), Set.of()).withMentionsIn(source));
        }
    }

    private static Inventory running(AdminClient admin) {
        var all = Json.mapper().createObjectNode();
        for (var kind : List.of("environments", "tenants", "models", "keys")) {
            all.set(kind, admin.get(kind).orFail().path("items"));
        }
        try {
            return EnvironmentsFile.inventory(all);
        } catch (JsonProcessingException e) {
            throw new IllegalStateException("the control plane is of another version", e);
        }
    }

    private void write(Proof proof, Path to) throws IOException {
        var found =
                proof.invariants().stream()
                        .map(it -> it.withGuard().counterexample())
                        .filter(Objects::nonNull)
                        .findFirst();
        if (found.isEmpty()) {
            terminal.note("no invariant is violated, so %s is not written".formatted(to));
            return;
        }
        Files.writeString(to, Json.write(found.get().features()) + "\n");
        terminal.note(
                "%s holds the request; see why: ./spillway policy explain %s --features %s"
                        .formatted(to, file, to));
    }

    private void tell(Proof proof, boolean masks) {
        terminal.say("%s  %s".formatted(proof.verdict(), file));
        terminal.say("");
        terminal.table(
                List.of("NEVER", "RULES ALONE", "WITH GUARD"),
                proof.invariants().stream()
                        .map(it ->
                                List.of(
                                        shortened(it.never()),
                                        it.rulesAlone().verdict().toString(),
                                        it.withGuard().verdict().toString()))
                        .toList());
        proof.invariants().forEach(this::explain);
        if (!proof.warnings().isEmpty()) {
            terminal.say("");
        }
        for (var warning : proof.warnings()) {
            terminal.say("warning: %s: %s".formatted(warning.subject(), warning.message()));
        }
        terminal.say("");
        matrix(proof.matrix());
        if (masks) {
            terminal.say(
                    "classes are those of requests as they come in; where a rule masks, the class"
                            + " of what is sent can be lower");
        }
        terminal.say("");
        terminal.say(
                "bound to policy %.12s, environments %.12s, grants %.12s, verifier %s"
                        .formatted(
                                proof.bound().policy(),
                                proof.bound().environments(),
                                proof.bound().grants(),
                                proof.bound().verifier()));
    }

    private static String shortened(String text) {
        return text.length() <= 70 ? text : text.substring(0, 67) + "...";
    }

    private void explain(InvariantResult result) {
        var outcome = result.withGuard();
        if (outcome.verdict() != Verdict.PROVED) {
            terminal.say("");
            terminal.say("never %s: %s".formatted(result.never(), outcome.why()));
            counterexample(outcome);
        }
    }

    private void counterexample(Outcome outcome) {
        var found = outcome.counterexample();
        if (found != null && counterexample == null) {
            terminal.say(
                    "the request (with --counterexample FILE it goes into a file, for ./spillway"
                            + " policy explain --features FILE):");
            terminal.print(Json.mapper().valueToTree(found.features()));
        }
    }

    /// One row per tenant: for each zone the classes that can get there.
    private void matrix(List<Cell> cells) {
        var rows = new ArrayList<List<String>>();
        for (var tenant : cells.stream().map(Cell::tenant).distinct().toList()) {
            rows.add(
                    List.of(
                            tenant.equals("*") ? "(any other)" : tenant,
                            classes(cells, tenant, Zone.PRIVATE),
                            classes(cells, tenant, Zone.PUBLIC)));
        }
        terminal.table(List.of("TENANT", "CAN REACH PRIVATE", "CAN REACH PUBLIC"), rows);
    }

    private static String classes(List<Cell> cells, String tenant, Zone zone) {
        var reachable =
                cells.stream()
                        .filter(it -> it.tenant().equals(tenant) && it.zone() == zone)
                        .filter(it -> !Boolean.FALSE.equals(it.reachable()))
                        .map(VerifyCommand::words)
                        .collect(Collectors.joining(" "));
        return reachable.isEmpty() ? "-" : reachable;
    }

    private static String words(Cell cell) {
        DataClass dataClass = cell.dataClass();
        return dataClass.name().toLowerCase(Locale.ROOT) + (cell.reachable() == null ? "?" : "");
    }
}
