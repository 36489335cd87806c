package io.spillway.control.registry;

import io.spillway.api.environment.Environment;
import io.spillway.api.environment.Model;
import io.spillway.api.environment.PolicyDocument;
import io.spillway.control.problem.Problem;
import io.spillway.control.problem.Refusal;
import io.spillway.policy.CompileResult;
import io.spillway.policy.CompiledPolicy;
import io.spillway.policy.KnownNames;
import io.spillway.policy.PolicyCompiler;
import io.spillway.policy.PolicyProblem;
import io.spillway.policy.verify.Proof;
import io.spillway.policy.verify.Proof.InvariantResult;
import io.spillway.policy.verify.Verdict;
import io.spillway.sync.log.Json;
import jakarta.enterprise.context.ApplicationScoped;
import java.util.List;
import java.util.Optional;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/// The policy must compile against every state of the registry: a new policy against the registry
/// as it is (422 with line and column), a changed registry with the policy in force (409). And its
/// invariants must be proved on that state, so that no change falsifies a proof that was published.
@ApplicationScoped
class PolicyGate {

    private final PolicyProofs proofs;

    PolicyGate(PolicyProofs proofs) {
        this.proofs = proofs;
    }

    /// Checks the state that a change leads to.
    ///
    /// @return what the audit is to keep of it, empty for nothing
    Optional<String> check(RegistryState before, RegistryState after, Intent intent) {
        var names = names(after);
        var registryMoved =
                !names.equals(names(before))
                        || !PolicyProofs.inventory(before).equals(PolicyProofs.inventory(after));
        var note = Optional.<String>empty();
        for (var policy : after.all(PolicyDocument.class)) {
            var published =
                    before.find(PolicyDocument.class, policy.name())
                            .filter(policy::equals)
                            .isPresent();
            if (registryMoved || !published) {
                var compiled = compile(policy, published, names);
                var proof = proofs.of(compiled, after);
                if (!proof.publishable()) {
                    throw notProved(policy, proof, published);
                }
                if (!published) {
                    note = widening(before, after, proof, intent);
                }
            }
        }
        return note;
    }

    /// The proof of a policy in force.
    Proof proof(PolicyDocument policy, RegistryState state) {
        return proofs.of(compile(policy, true, names(state)), state);
    }

    private Optional<String> widening(
            RegistryState before, RegistryState after, Proof next, Intent intent) {
        var present = before.all(PolicyDocument.class);
        if (present.isEmpty()
                || !(PolicyCompiler.compile(present.getFirst().yaml(), names(after))
                        instanceof CompileResult.Compiled(var compiled))) {
            return Optional.of(summary(next));
        }
        var widening = Widening.between(proofs.of(compiled, after), next);
        if (widening.cells().isEmpty()) {
            return Optional.of(summary(next));
        }
        if (!widening.digest().equals(intent.acknowledgedWidening())) {
            throw widening.refusal();
        }
        return Optional.of(
                "%s; acknowledged widening %s: %s"
                        .formatted(
                                summary(next),
                                widening.digest(),
                                String.join(", ", widening.cells())));
    }

    private static String summary(Proof proof) {
        return "%s; conditions %s, environments %s, grants %s, verifier %s"
                .formatted(
                        proof.verdict(),
                        proof.bound().conditions(),
                        proof.bound().environments(),
                        proof.bound().grants(),
                        proof.bound().verifier());
    }

    private static CompiledPolicy compile(
            PolicyDocument policy, boolean published, KnownNames names) {
        return switch (PolicyCompiler.compile(policy.yaml(), names)) {
            case CompileResult.Rejected(var problems) ->
                    throw published ? conflict(policy, problems) : invalid(problems);
            case CompileResult.Compiled(var compiled) -> {
                if (!compiled.name().equals(policy.name())) {
                    throw Refusal.invalid(
                            "metadata.name",
                            "the path names '%s', the file '%s'"
                                    .formatted(policy.name(), compiled.name()),
                            "Use the same name in both.");
                }
                yield compiled;
            }
        };
    }

    private static Refusal notProved(PolicyDocument policy, Proof proof, boolean published) {
        var broken =
                proof.invariants().stream()
                        .filter(it -> it.withGuard().verdict() != Verdict.PROVED)
                        .map(PolicyGate::item)
                        .toList();
        return published
                ? Refusal.conflict(
                        "policy_would_break",
                        "with this change the policy '%s' in force would no longer be proved; nothing was changed. Change the policy first"
                                .formatted(policy.name()),
                        broken)
                : Refusal.conflict(
                        "not_proved",
                        "the policy '%s' is not proved; nothing was changed. ./spillway policy verify FILE --counterexample JSON writes the request that breaks it"
                                .formatted(policy.name()),
                        broken);
    }

    private static Problem.Item item(InvariantResult result) {
        var outcome = result.withGuard();
        var found = outcome.counterexample();
        return Problem.Item.at(
                "never " + result.never(),
                outcome.verdict() + ": " + outcome.why(),
                found == null
                        ? "Try again, or make the policy smaller."
                        : "Counterexample: " + Json.write(found.features()));
    }

    private static Refusal invalid(List<PolicyProblem> problems) {
        return Refusal.invalid(
                problems.stream()
                        .map(it ->
                                new Problem.Item(
                                        null,
                                        it.line(),
                                        it.column(),
                                        it.message(),
                                        orNull(it.hint())))
                        .toList());
    }

    private static Refusal conflict(PolicyDocument policy, List<PolicyProblem> problems) {
        return Refusal.conflict(
                "policy_would_break",
                "the policy '%s' in force would no longer hold; nothing was changed. Change the policy first"
                        .formatted(policy.name()),
                problems.stream()
                        .map(it ->
                                new Problem.Item(
                                        "policy/" + policy.name(),
                                        it.line(),
                                        it.column(),
                                        it.message(),
                                        orNull(it.hint())))
                        .toList());
    }

    private static KnownNames names(RegistryState state) {
        return new KnownNames(
                state.all(Environment.class).stream()
                        .collect(Collectors.toMap(Environment::name, it -> it)),
                state.all(Model.class).stream().map(Model::name).collect(Collectors.toSet()));
    }

    private static @Nullable String orNull(String text) {
        return text.isEmpty() ? null : text;
    }
}
