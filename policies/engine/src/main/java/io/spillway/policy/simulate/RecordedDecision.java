package io.spillway.policy.simulate;

import io.spillway.api.request.Classification;
import io.spillway.api.state.DecisionFeatures;
import io.spillway.api.state.Watermark;
import java.time.Instant;
import org.jspecify.annotations.Nullable;

/// A decision as routers recorded it, with what it used.
///
/// @param id the decision's id
/// @param at when the request ended
/// @param tenant whose request it was
/// @param outcome `served`, `shed`, `denied`, `failed` or `cancelled`
/// @param state the change set it was decided on
/// @param policyDigest the policy it was decided by
/// @param classification its class, with sources and findings
/// @param features what else it was made of, null when that was not recorded
/// @param promptTokens prompt tokens of all attempts, null when no server stated them
/// @param completionTokens generated tokens of all attempts, null when no server stated them
public record RecordedDecision(
        String id,
        Instant at,
        String tenant,
        String outcome,
        Watermark state,
        String policyDigest,
        Classification classification,
        @Nullable DecisionFeatures features,
        @Nullable Long promptTokens,
        @Nullable Long completionTokens) {}
