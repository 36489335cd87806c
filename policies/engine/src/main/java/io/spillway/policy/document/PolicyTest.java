package io.spillway.policy.document;

import io.spillway.api.environment.Zone;
import io.spillway.api.request.DataClass;
import io.spillway.api.request.Operation;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/// An expectation that stands beside the policy.
///
/// @param name what it says
/// @param request the request it is about
/// @param expect what must come out
public record PolicyTest(Located name, Request request, Expectation expect) {

    /// A request as a test describes it.
    ///
    /// @param messages the texts of the request
    /// @param tenant tenant of the caller
    /// @param team team of the caller, null for none
    /// @param model model asked for
    /// @param operation the call
    /// @param headerClass value of `x-spillway-data-class`, null when absent
    /// @param roles roles of the caller
    /// @param attributes attributes of the caller
    /// @param unscanned kinds of content that cannot be scanned
    /// @param maySpill grants; null means every public environment, the hardest case for a policy
    /// @param jurisdictions where the caller's data may go; null means everywhere
    /// @param predictedTtft prediction of every private pool, null when unknown
    /// @param down environments without a ready endpoint
    /// @param size its sizes
    /// @param at time of the decision, null for any
    public record Request(
            List<String> messages,
            String tenant,
            @Nullable String team,
            String model,
            Operation operation,
            @Nullable DataClass headerClass,
            Set<String> roles,
            Map<String, String> attributes,
            Set<String> unscanned,
            @Nullable Set<String> maySpill,
            @Nullable Set<String> jurisdictions,
            @Nullable Duration predictedTtft,
            Set<String> down,
            Size size,
            @Nullable Instant at) {

        public Request {
            messages = List.copyOf(messages);
            roles = Set.copyOf(roles);
            attributes = Map.copyOf(attributes);
            unscanned = Set.copyOf(unscanned);
            maySpill = maySpill == null ? null : Set.copyOf(maySpill);
            jurisdictions = jurisdictions == null ? null : Set.copyOf(jurisdictions);
            down = Set.copyOf(down);
        }
    }

    /// Sizes of a request; what is null follows from its text.
    ///
    /// @param stream whether its answer is streamed
    /// @param maxTokens most tokens that the model may write, null when the caller sets no limit
    public record Size(
            boolean stream,
            @Nullable Integer bodyBytes,
            @Nullable Integer expectedPromptTokens,
            @Nullable Integer maxTokens) {}

    /// What must come out; what is null may be anything.
    ///
    /// @param zone `private`: only private pools may serve or wait; `public`: some public pool may
    /// @param environments exactly these environments may serve or wait, in this order
    /// @param dataClass the class of the request
    /// @param outcome the kind of decision
    /// @param rule the placement rule that matched
    /// @param degradeTo the model to degrade to when there is no room
    /// @param priority the place in the queue
    /// @param limits names of exactly the limits that apply
    public record Expectation(
            @Nullable Zone zone,
            @Nullable List<String> environments,
            @Nullable DataClass dataClass,
            @Nullable Outcome outcome,
            @Nullable String rule,
            @Nullable String degradeTo,
            @Nullable Integer priority,
            @Nullable List<String> limits) {

        public Expectation {
            environments = environments == null ? null : List.copyOf(environments);
            limits = limits == null ? null : List.copyOf(limits);
        }
    }

    /// The kinds of decisions.
    public enum Outcome {
        SERVE,
        QUEUE,
        DEGRADE,
        SHED,
        DENY
    }
}
