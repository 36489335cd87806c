package io.spillway.control.registry;

import io.spillway.api.environment.Environment;
import io.spillway.api.environment.Model;
import io.spillway.api.environment.PolicyDocument;
import io.spillway.control.problem.Problem;
import io.spillway.control.problem.Refusal;
import io.spillway.policy.CompileResult;
import io.spillway.policy.KnownNames;
import io.spillway.policy.PolicyCompiler;
import io.spillway.policy.PolicyProblem;
import jakarta.enterprise.context.ApplicationScoped;
import java.util.List;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/// The policy must compile against every state of the registry: a new policy against the registry
/// as it is (422 with line and column), a changed registry with the policy in force (409).
@ApplicationScoped
class PolicyGate {

    /// Checks the state that a change leads to.
    void check(RegistryState before, RegistryState after) {
        var names = names(after);
        var registryMoved = !names.equals(names(before));
        for (var policy : after.all(PolicyDocument.class)) {
            var published =
                    before.find(PolicyDocument.class, policy.name())
                            .filter(policy::equals)
                            .isPresent();
            if (registryMoved || !published) {
                check(policy, published, names);
            }
        }
    }

    private static void check(PolicyDocument policy, boolean published, KnownNames names) {
        switch (PolicyCompiler.compile(policy.yaml(), names)) {
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
            }
        }
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
