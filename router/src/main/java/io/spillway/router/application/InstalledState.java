package io.spillway.router.application;

import io.spillway.api.environment.Environment;
import io.spillway.api.state.RoutingState;
import io.spillway.api.state.Watermark;
import io.spillway.policy.CompileResult;
import io.spillway.policy.KnownNames;
import io.spillway.policy.PolicyCompiler;
import io.spillway.policy.PolicyProblem;
import io.spillway.router.RouterState;
import io.spillway.router.decision.EnginePolicy;
import io.spillway.router.decision.NoPolicy;
import io.spillway.router.decision.Policy;
import io.spillway.sync.log.replica.Replica;
import java.time.DateTimeException;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/// The routing state in force with its compiled policy. A state whose policy does not compile is
/// refused, and the one before it serves on. Thread-safe.
final class InstalledState implements Replica.Installation, Supplier<RouterState> {
    private volatile RouterState current =
            new RouterState(
                    RoutingState.of(new Watermark("", 0, 0), List.of()),
                    new NoPolicy(),
                    Instant.EPOCH);
    private @Nullable Source source;

    /// Everything that a compiled policy depends on: compiling takes longer than all else here, and
    /// most changes concern endpoints.
    private record Source(String yaml, Map<String, Environment> environments, Set<String> models) {}

    @Override
    public synchronized void install(RoutingState next) throws InvalidPolicyException {
        var policy = policy(next);
        current = new RouterState(next, policy, current.confirmedAt());
    }

    private Policy policy(RoutingState next) throws InvalidPolicyException {
        if (next.policies().isEmpty()) {
            source = null;
            return new NoPolicy();
        }
        if (next.policies().size() > 1) {
            throw new InvalidPolicyException(
                    "the state holds %d policy sets; exactly one can be in force"
                            .formatted(next.policies().size()));
        }
        var document = next.policies().values().iterator().next();
        var wanted = new Source(document.yaml(), next.environments(), next.models().keySet());
        if (wanted.equals(source)) {
            return current.policy();
        }
        return switch (PolicyCompiler.compile(document.yaml(), KnownNames.of(next))) {
            case CompileResult.Compiled(var compiled) -> {
                source = wanted;
                yield new EnginePolicy(compiled);
            }
            case CompileResult.Rejected(var problems) ->
                    throw new InvalidPolicyException(
                            "policy '%s' does not compile: %s"
                                    .formatted(document.name(), first(problems)));
        };
    }

    private static PolicyProblem first(List<PolicyProblem> problems) {
        return problems.getFirst();
    }

    /// Notes how old the state is.
    synchronized void confirmed(Duration age, Instant now) {
        Instant at;
        try {
            at = now.minus(age);
        } catch (DateTimeException | ArithmeticException e) {
            at = Instant.EPOCH;
        }
        current = new RouterState(current.routing(), current.policy(), at);
    }

    @Override
    public RouterState get() {
        return current;
    }
}
