package io.spillway.control.registry;

import io.quarkus.runtime.StartupEvent;
import io.spillway.api.environment.ApiKey;
import io.spillway.api.environment.Environment;
import io.spillway.api.environment.Model;
import io.spillway.api.environment.Tenant;
import io.spillway.control.problem.Refusal;
import io.spillway.policy.CompiledPolicy;
import io.spillway.policy.PolicyCompiler;
import io.spillway.policy.verify.Inventory;
import io.spillway.policy.verify.Proof;
import io.spillway.policy.verify.Proof.Bound;
import io.spillway.policy.verify.Verifier;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.enterprise.event.Observes;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import org.jboss.logging.Logger;

/// Proofs of policies, each made once for what it is bound to.
///
/// The solver is native code that a virtual thread could not leave, so it has a thread of its own.
@ApplicationScoped
public class PolicyProofs {
    private static final Logger LOG = Logger.getLogger(PolicyProofs.class);
    private static final int KEPT = 16;

    private final ExecutorService solver =
            Executors.newSingleThreadExecutor(
                    Thread.ofPlatform().name("proof-", 0).daemon().factory());
    private final Map<Bound, Proof> made =
            Collections.synchronizedMap(
                    new LinkedHashMap<>() {
                        @Override
                        protected boolean removeEldestEntry(Map.Entry<Bound, Proof> eldest) {
                            return size() > KEPT;
                        }
                    });

    /// Loads the compiler and the solver while everything else starts, so that the first change
    /// does not wait for them.
    void start(@Observes StartupEvent event) {
        var _ =
                solver.submit(() -> {
                    try {
                        PolicyCompiler.warmUp();
                        LOG.debugf("compiler and solver ready: %s", Verifier.warmUp());
                    } catch (RuntimeException | LinkageError e) {
                        LOG.errorf(
                                e,
                                "compiler or solver cannot be loaded; no policy can be published");
                    }
                });
    }

    /// The proof of a policy under a registry.
    Proof of(CompiledPolicy policy, RegistryState state) {
        var inventory = inventory(state);
        var bound = compute(() -> Verifier.bound(policy, inventory));
        var known = made.get(bound);
        if (known != null) {
            return known;
        }
        var proof = compute(() -> Verifier.verify(policy, inventory, Verifier.LIMIT));
        if (proof.publishable()) {
            made.put(bound, proof); // one that ran out of time may succeed next time
        }
        return proof;
    }

    private <T> T compute(Callable<T> work) {
        try {
            return solver.submit(work).get();
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw Refusal.unavailable("interrupted", "The proof was interrupted. Try again.");
        } catch (ExecutionException e) {
            LOG.errorf(e.getCause(), "the solver failed");
            throw Refusal.unavailable(
                    "no_proof",
                    "The solver failed, so nothing was changed. The control plane's log has the"
                            + " reason.");
        }
    }

    /// What a proof reads of the registry.
    static Inventory inventory(RegistryState state) {
        return Inventory.of(
                state.all(Environment.class),
                state.all(Tenant.class),
                state.all(Model.class),
                state.all(ApiKey.class));
    }
}
