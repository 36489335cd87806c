package io.spillway.policy.condition;

import io.spillway.policy.condition.Term.Kind;

/// The facts that conditions can read, besides attributes, roles and jurisdictions.
public enum Fact {
    TENANT("caller.tenant", Kind.TEXT),
    /// Unknown when the caller belongs to no team.
    TEAM("caller.team", Kind.TEXT),
    MODEL("model", Kind.TEXT),
    OPERATION("operation", Kind.TEXT),
    /// Whether the answer is to be streamed.
    STREAM("stream", Kind.FLAG),
    BODY_BYTES("bodyBytes", Kind.WHOLE),
    EXPECTED_PROMPT_TOKENS("expectedPromptTokens", Kind.WHOLE),
    DATA_CLASS("dataClass", Kind.CLASS),
    PREDICTED_TTFT("predictedTtft", Kind.DURATION),
    ENVIRONMENT_NAME("environment.name", Kind.TEXT),
    ENVIRONMENT_ZONE("environment.zone", Kind.TEXT),
    ENVIRONMENT_PROVIDER("environment.provider", Kind.TEXT),
    ENVIRONMENT_REGION("environment.region", Kind.TEXT),
    ENVIRONMENT_CLEARANCE("environment.clearance", Kind.CLASS),
    FINDING_TYPE("type", Kind.TEXT),
    FINDING_CATEGORY("category", Kind.TEXT),
    FINDING_CONFIDENCE("confidence", Kind.REAL);

    private final String cel;
    private final Kind kind;

    Fact(String cel, Kind kind) {
        this.cel = cel;
        this.kind = kind;
    }

    /// How a condition spells it; a finding's fields without the loop variable.
    public String cel() {
        return cel;
    }

    /// The kind of its value.
    public Kind kind() {
        return kind;
    }
}
