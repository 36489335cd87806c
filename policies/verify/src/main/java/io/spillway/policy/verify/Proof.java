package io.spillway.policy.verify;

import io.spillway.api.environment.Zone;
import io.spillway.api.request.DataClass;
import io.spillway.policy.features.Features;
import java.util.List;
import org.jspecify.annotations.Nullable;

/// What was found out about a policy under one registry.
///
/// @param policy the policy's name
/// @param bound what it speaks about; under anything else it says nothing
/// @param verdict all invariants together, rules and guard
/// @param invariants the policy's own and the built-in ones
/// @param warnings what its author should look at
/// @param matrix which class of which tenant can reach which zone
public record Proof(
        String policy,
        Bound bound,
        Verdict verdict,
        List<InvariantResult> invariants,
        List<Warning> warnings,
        List<Cell> matrix) {

    public Proof {
        invariants = List.copyOf(invariants);
        warnings = List.copyOf(warnings);
        matrix = List.copyOf(matrix);
    }

    /// SHA-256 of everything a proof rests on, as lower-case hex.
    ///
    /// @param policy the file
    /// @param environments the environment table
    /// @param grants grants, jurisdictions and floors of tenants, keys and models
    /// @param conditions the checked rules as the engine evaluates them
    /// @param verifier version of the verifier and its solver
    public record Bound(
            String policy,
            String environments,
            String grants,
            String conditions,
            String verifier) {}

    /// One invariant.
    ///
    /// @param never what must not happen
    /// @param builtIn holds for every policy and need not be written
    /// @param rulesAlone whether classification and placement rules suffice
    /// @param withGuard with clearance, jurisdictions, grants and unscanned content; this decides
    public record InvariantResult(
            String never, boolean builtIn, Outcome rulesAlone, Outcome withGuard) {}

    /// How one question ended.
    ///
    /// @param why what is in the way of a proof, empty when there is one
    /// @param counterexample a request that breaks it
    public record Outcome(Verdict verdict, String why, @Nullable Counterexample counterexample) {
        static final Outcome PROVED = new Outcome(Verdict.PROVED, "", null);
    }

    /// A request that breaks an invariant.
    ///
    /// @param rule the placement rule that decides
    /// @param entry its entry, such as `use 2`
    /// @param environment where the request goes
    /// @param dataClass class of what the environment gets, which masking can have lowered
    /// @param features everything the decision reads
    public record Counterexample(
            String rule,
            String entry,
            String environment,
            DataClass dataClass,
            Features features) {}

    /// Something an author should look at.
    ///
    /// @param subject what it is about, such as `rule the-rest`
    /// @param example a request that shows it, null when none can
    public record Warning(
            WarningKind kind, String subject, String message, @Nullable Features example) {}

    /// The kinds of warnings.
    public enum WarningKind {
        /// Only the guard upholds an invariant; the rules alone would not.
        GUARD_ONLY,
        /// The condition is never true.
        UNREACHABLE,
        /// Earlier rules or entries take everything it would match.
        SHADOWED,
        /// Some requests match no rule and are denied.
        GAP,
        /// A request of a higher class may leave where one of a lower may not.
        WIDENS_WITH_CLASS,
        /// Time ran out before this was looked at.
        NOT_CHECKED
    }

    /// A class, tenant and zone that come together.
    ///
    /// @param tenant a tenant's name, `*` for any that is not in the registry
    /// @param reachable whether a request can get there past rules and guard; null when not known
    /// @param example such a request
    public record Cell(
            DataClass dataClass,
            String tenant,
            Zone zone,
            @Nullable Boolean reachable,
            @Nullable Features example) {}

    /// Whether a policy with this proof may be in force.
    public boolean publishable() {
        return verdict == Verdict.PROVED;
    }
}
