package io.spillway.policy.verify;

import com.microsoft.z3.Context;
import com.microsoft.z3.Version;
import io.spillway.policy.CompiledPolicy;
import io.spillway.policy.verify.PolicyTerms.GuardParts;
import io.spillway.policy.verify.Proof.Bound;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.time.Duration;
import java.util.HexFormat;

/// Proves policies.
///
/// A proof holds for every request, load, price and time, for the environments, tenants, keys and
/// models of the registry and for whatever environment, tenant or model may still appear. Safe for
/// use by many threads; each proof has a solver of its own.
public final class Verifier {
    /// Counts changes of the translation, so that an old proof is not taken for a new one.
    private static final int VERSION = 4;

    /// How long a proof may take where nothing else is said.
    public static final Duration LIMIT = Duration.ofSeconds(5);

    private Verifier() {}

    /// Loads the solver, which takes about half a second the first time; to be called in the
    /// background when a process starts.
    ///
    /// @return version of the verifier and its solver
    public static String warmUp() {
        try (var z3 = new Context()) {
            var solver = z3.mkSimpleSolver();
            solver.add(z3.mkBoolConst("warm"));
            return "%d/z3-%s/%s".formatted(VERSION, Version.getString(), solver.check());
        }
    }

    /// Looks for requests that break the policy's invariants, and proves that there is none.
    ///
    /// @param limit time for the solver; what is open then is undecided
    public static Proof verify(CompiledPolicy policy, Inventory inventory, Duration limit) {
        return verify(policy, inventory, limit, GuardParts.ALL);
    }

    static Proof verify(
            CompiledPolicy policy, Inventory inventory, Duration limit, GuardParts parts) {
        try (var z3 = new Context()) {
            var work = new Verification(z3, policy, inventory, limit, parts);
            return work.proof(policy.name(), bound(policy, inventory));
        }
    }

    /// What a proof of this policy under this registry is bound to. Where it is equal to that of
    /// another proof, that proof holds here too.
    public static Bound bound(CompiledPolicy policy, Inventory inventory) {
        return new Bound(
                policy.digest(),
                digest(inventory.environmentText()),
                digest(inventory.grantText()),
                digest(policy.rules().toString()),
                "%d/z3-%s".formatted(VERSION, Version.getString()));
    }

    static String digest(String text) {
        try {
            var sha = MessageDigest.getInstance("SHA-256");
            return HexFormat.of().formatHex(sha.digest(text.getBytes(StandardCharsets.UTF_8)));
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException("every JDK has SHA-256", e);
        }
    }
}
