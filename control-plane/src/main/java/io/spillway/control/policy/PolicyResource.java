package io.spillway.control.policy;

import io.smallrye.common.annotation.RunOnVirtualThread;
import io.spillway.api.environment.PolicyDocument;
import io.spillway.api.state.ChangeSet.Change;
import io.spillway.control.policy.ProofViews.PolicyProof;
import io.spillway.control.problem.Refusal;
import io.spillway.control.registry.Catalog;
import io.spillway.control.registry.Registry;
import io.spillway.control.registry.RegistryState;
import jakarta.ws.rs.Consumes;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.HeaderParam;
import jakarta.ws.rs.PUT;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.PathParam;
import jakarta.ws.rs.QueryParam;
import jakarta.ws.rs.core.Context;
import jakarta.ws.rs.core.SecurityContext;
import java.util.List;
import java.util.stream.Stream;
import org.eclipse.microprofile.openapi.annotations.Operation;
import org.eclipse.microprofile.openapi.annotations.media.Schema;
import org.eclipse.microprofile.openapi.annotations.parameters.Parameter;
import org.eclipse.microprofile.openapi.annotations.tags.Tag;
import org.jboss.resteasy.reactive.RestResponse;
import org.jboss.resteasy.reactive.RestResponse.ResponseBuilder;
import org.jboss.resteasy.reactive.RestResponse.Status;
import org.jspecify.annotations.Nullable;

/// Policies.
@Path("policies")
@RunOnVirtualThread
@Tag(name = "policies", description = "The policy set in force, as its author wrote it.")
public class PolicyResource {
    private final Registry registry;
    private final Catalog<PolicyDocument> policies;

    PolicyResource(Registry registry) {
        this.registry = registry;
        policies = new Catalog<>(registry, PolicyDocument.class);
    }

    @GET
    @Operation(
            operationId = "listPolicies",
            summary = "Lists the policy in force",
            description = "One item, none before the first is published.")
    public PolicySummaryList list() {
        return new PolicySummaryList(
                policies.all().stream()
                        .map(it -> new PolicySummary(it.name(), it.digest()))
                        .toList());
    }

    @GET
    @Path("{name}")
    @Operation(operationId = "getPolicy", summary = "Reads the policy in force")
    public RestResponse<PolicyDocument> get(@PathParam("name") String name) {
        var policy = policies.get(name);
        return ResponseBuilder.ok(policy).header("ETag", quoted(policy.digest())).build();
    }

    @GET
    @Path("{name}/proof")
    @Operation(
            operationId = "getPolicyProof",
            summary = "Reads the proof of the policy in force",
            description =
                    "Verdicts of all invariants for rules alone and with the guard, warnings, the"
                            + " matrix of what can be reached, and the digests it is bound to. The"
                            + " examples in it are features for `spillway policy explain`.")
    public PolicyProof proof(@PathParam("name") String name) {
        return PolicyProof.of(registry.proof(policies.get(name)));
    }

    @PUT
    @Path("{name}")
    @Consumes({"application/yaml", "application/x-yaml", "text/yaml", "text/plain"})
    @Operation(
            operationId = "putPolicy",
            summary = "Publishes a policy",
            description =
                    "The whole YAML file. It replaces the policy in force, whatever its name, in"
                        + " one change set. A file with a mistake is refused whole (422) with line"
                        + " and column of every mistake, and the policy in force stays. With"
                        + " `If-Match` it is refused (412) unless that version is in force. It is"
                        + " refused (409) when an invariant is not proved (`not_proved`), and when"
                        + " more requests could leave than under the policy in force (`widens`).")
    public RestResponse<PolicyDocument> put(
            @PathParam("name") String name,
            @Parameter(description = "Digest of the version to replace, in quotes.")
                    @HeaderParam("If-Match")
                    @Nullable String ifMatch,
            @Parameter(
                            description =
                                    "Digest of a widening, as the refusal `widens` names it: the"
                                            + " caller has seen which requests could newly leave.")
                    @QueryParam("acknowledgeWidening")
                    @Nullable String acknowledgeWidening,
            String yaml,
            @Context SecurityContext caller) {
        var policy = PolicyText.document(name, yaml);
        var written =
                registry.change(
                        Catalog.by(caller, "publish", acknowledgeWidening),
                        state -> {
                            requireVersion(state, ifMatch);
                            return replacement(state, policy);
                        });
        return ResponseBuilder.create(written.created() ? Status.CREATED : Status.OK, policy)
                .header(Catalog.SEQ_HEADER, written.seq())
                .header("ETag", quoted(policy.digest()))
                .build();
    }

    private static List<Change> replacement(RegistryState state, PolicyDocument policy) {
        var others =
                state.all(PolicyDocument.class).stream()
                        .filter(it -> !it.name().equals(policy.name()))
                        .map(it -> Change.delete(it.kind(), it.key()));
        return Stream.concat(Stream.of(Change.put(policy)), others).toList();
    }

    private static void requireVersion(RegistryState state, @Nullable String ifMatch) {
        if (ifMatch == null || ifMatch.isBlank()) {
            return;
        }
        var inForce = state.all(PolicyDocument.class);
        var wanted = ifMatch.strip();
        var matches =
                wanted.equals("*")
                        ? !inForce.isEmpty()
                        : inForce.stream().anyMatch(it -> quoted(it.digest()).equals(wanted));
        if (!matches) {
            throw Refusal.otherVersion(
                    inForce.isEmpty()
                            ? "No policy is in force. Publish without If-Match."
                            : "The policy in force is '%s' with digest %s. Read it, merge your change, and publish with If-Match: \"%s\"."
                                    .formatted(
                                            inForce.getFirst().name(),
                                            inForce.getFirst().digest(),
                                            inForce.getFirst().digest()));
        }
    }

    private static String quoted(String digest) {
        return '"' + digest + '"';
    }

    /// Name and version of a policy.
    @Schema(description = "Name and version of a policy.")
    public record PolicySummary(
            @Schema(description = "The policy set's metadata.name.") String name,
            @Schema(description = "SHA-256 of the file.") String digest) {}

    /// The policy in force.
    public record PolicySummaryList(List<PolicySummary> items) {}
}
