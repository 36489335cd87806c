package io.spillway.control.capacity;

import io.spillway.api.environment.Endpoint;
import io.spillway.api.environment.EndpointState;
import io.spillway.api.environment.Environment;
import io.spillway.api.environment.Pool;
import io.spillway.api.state.ChangeSet.Change;
import io.spillway.control.capacity.MachineProbe.Verdict;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import org.jspecify.annotations.Nullable;

/// What the machines' servers say when asked: those that start or drain each second, the others
/// every five.
final class Health {
    private static final Duration CALM = Duration.ofSeconds(5);

    private final MachineProbe probe;
    private final Map<String, Seen> seen = new HashMap<>();

    Health(MachineProbe probe) {
        this.probe = probe;
    }

    private record Seen(Instant at, Verdict verdict, int failures) {}

    private record Answer(Endpoint endpoint, Verdict verdict) {}

    /// Asks those whose turn it is, all at once.
    ///
    /// @return the changes of state that follow
    List<Change> check(
            Machines machines, Optional<Environment> environment, Optional<Pool> pool, Instant now)
            throws InterruptedException {
        seen.keySet().retainAll(machines.endpoints().keySet());
        var due = machines.endpoints().values().stream().filter(it -> isDue(it, now)).toList();
        var changes = new ArrayList<Change>();
        for (var answer : ask(due, environment.orElse(null), pool.orElse(null))) {
            var id = answer.endpoint().id();
            var before = Optional.ofNullable(seen.get(id)).map(Seen::failures).orElse(0);
            var failures = answer.verdict().serves() ? 0 : before + 1;
            seen.put(id, new Seen(now, answer.verdict(), failures));
            Machines.verdict(answer.endpoint(), answer.verdict().serves(), failures)
                    .ifPresent(changes::add);
        }
        return changes;
    }

    /// Requests that an endpoint's server works on, empty when it does not say.
    OptionalInt busy(String endpoint) {
        return Optional.ofNullable(seen.get(endpoint))
                .map(it -> it.verdict().busy())
                .orElse(OptionalInt.empty());
    }

    private boolean isDue(Endpoint endpoint, Instant now) {
        var last = seen.get(endpoint.id());
        return last == null
                || endpoint.state() != EndpointState.READY
                || last.failures() > 0
                || !now.isBefore(last.at().plus(CALM));
    }

    private List<Answer> ask(
            List<Endpoint> endpoints, @Nullable Environment environment, @Nullable Pool pool)
            throws InterruptedException {
        if (endpoints.isEmpty()) {
            return List.of();
        }
        try (var executor = Executors.newVirtualThreadPerTaskExecutor()) {
            var questions =
                    endpoints.stream()
                            .<Callable<Answer>>map(
                                    it -> () -> new Answer(it, probe.look(it, environment, pool)))
                            .toList();
            var answers = new ArrayList<Answer>();
            for (Future<Answer> future : executor.invokeAll(questions)) {
                answers.add(future.get());
            }
            return answers;
        } catch (ExecutionException e) {
            throw new IllegalStateException("a probe failed: " + e.getCause(), e);
        }
    }
}
