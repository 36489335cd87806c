package io.spillway.control.policy;

import io.spillway.api.environment.Zone;
import io.spillway.api.request.DataClass;
import io.spillway.policy.verify.Proof;
import io.spillway.policy.verify.Proof.WarningKind;
import io.spillway.policy.verify.Verdict;
import java.util.List;
import org.eclipse.microprofile.openapi.annotations.enums.SchemaType;
import org.eclipse.microprofile.openapi.annotations.media.Schema;
import org.jspecify.annotations.Nullable;

/// How proofs look on the admin REST. Examples are features, for `spillway policy explain`.
final class ProofViews {
    private static final String FEATURES =
            "Such a request as features, for spillway policy explain; null when none is known.";

    private ProofViews() {}

    /// What is proved of the policy in force.
    @Schema(description = "What is proved of the policy in force.")
    public record PolicyProof(
            @Schema(description = "The policy set's metadata.name.") String policy,
            @Schema(description = "What the proof rests on.") ProofBound bound,
            @Schema(description = "All invariants together, rules and guard.") Verdict verdict,
            @Schema(description = "The policy's own invariants, then the built-in ones.")
                    List<ProvedInvariant> invariants,
            @Schema(description = "What its author should look at.") List<ProofWarning> warnings,
            @Schema(description = "Which class of which tenant can reach which zone.")
                    List<ProofCell> matrix) {

        static PolicyProof of(Proof proof) {
            var bound = proof.bound();
            return new PolicyProof(
                    proof.policy(),
                    new ProofBound(
                            bound.policy(),
                            bound.environments(),
                            bound.grants(),
                            bound.conditions(),
                            bound.verifier()),
                    proof.verdict(),
                    proof.invariants().stream().map(ProvedInvariant::of).toList(),
                    proof.warnings().stream().map(ProofWarning::of).toList(),
                    proof.matrix().stream().map(ProofCell::of).toList());
        }
    }

    /// SHA-256 of everything the proof rests on.
    @Schema(description = "SHA-256 of everything the proof rests on, as hex.")
    public record ProofBound(
            @Schema(description = "The file.") String policy,
            @Schema(description = "The environment table.") String environments,
            @Schema(description = "Grants, jurisdictions and floors.") String grants,
            @Schema(description = "The checked rules as the engine evaluates them.")
                    String conditions,
            @Schema(description = "Version of the verifier and its solver.") String verifier) {}

    /// One invariant and how far it holds.
    @Schema(description = "One invariant and how far it holds.")
    public record ProvedInvariant(
            @Schema(description = "What must not happen.") String never,
            @Schema(description = "Holds for every policy and need not be written.")
                    boolean builtIn,
            @Schema(description = "Whether classification and placement rules suffice.")
                    ProofOutcome rulesAlone,
            @Schema(description = "With clearances, grants, jurisdictions and unscanned content.")
                    ProofOutcome withGuard) {

        private static ProvedInvariant of(Proof.InvariantResult it) {
            return new ProvedInvariant(
                    it.never(),
                    it.builtIn(),
                    ProofOutcome.of(it.rulesAlone()),
                    ProofOutcome.of(it.withGuard()));
        }
    }

    /// How one question ended.
    @Schema(description = "How one question ended.")
    public record ProofOutcome(
            @Schema(description = "Proved, violated, or not decided in time.") Verdict verdict,
            @Schema(description = "What is in the way of a proof; empty when there is one.")
                    String why,
            @Schema(description = "A request that breaks it; null when none is known.")
                    @Nullable ProofCounterexample counterexample) {

        private static ProofOutcome of(Proof.Outcome it) {
            var found = it.counterexample();
            return new ProofOutcome(
                    it.verdict(),
                    it.why(),
                    found == null
                            ? null
                            : new ProofCounterexample(
                                    found.rule(),
                                    found.entry(),
                                    found.environment(),
                                    found.dataClass(),
                                    found.features()));
        }
    }

    /// A request that breaks an invariant.
    @Schema(description = "A request that breaks an invariant.")
    public record ProofCounterexample(
            @Schema(description = "The placement rule that decides.") String rule,
            @Schema(description = "Its entry, such as use 2.") String entry,
            @Schema(description = "Where the request goes.") String environment,
            @Schema(description = "Class of the request.") DataClass dataClass,
            @Schema(description = "Everything the decision reads.", type = SchemaType.OBJECT)
                    Object features) {}

    /// Something an author should look at.
    @Schema(description = "Something an author should look at.")
    public record ProofWarning(
            @Schema(description = "Its kind.") WarningKind kind,
            @Schema(description = "What it is about, such as rule the-rest.") String subject,
            @Schema(description = "What is odd, and how to mend it.") String message,
            @Schema(description = FEATURES, type = SchemaType.OBJECT) @Nullable Object example) {

        private static ProofWarning of(Proof.Warning it) {
            return new ProofWarning(it.kind(), it.subject(), it.message(), it.example());
        }
    }

    /// A class, tenant and zone that come together or do not.
    @Schema(description = "A class, tenant and zone that come together or do not.")
    public record ProofCell(
            @Schema(description = "Class of the request.") DataClass dataClass,
            @Schema(description = "The tenant; * for any that is not in the registry.")
                    String tenant,
            @Schema(description = "The zone.") Zone zone,
            @Schema(description = "Whether a request can get there; null when not known.")
                    @Nullable Boolean reachable,
            @Schema(description = FEATURES, type = SchemaType.OBJECT) @Nullable Object example) {

        private static ProofCell of(Proof.Cell it) {
            return new ProofCell(
                    it.dataClass(), it.tenant(), it.zone(), it.reachable(), it.example());
        }
    }
}
