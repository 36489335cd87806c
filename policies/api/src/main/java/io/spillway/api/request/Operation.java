package io.spillway.api.request;

/// An inference call that a caller can make.
public enum Operation {
    CHAT("/v1/chat/completions", "chat"),
    COMPLETIONS("/v1/completions", "text_completion"),
    EMBEDDINGS("/v1/embeddings", "embeddings");

    private final String path;
    private final String telemetryName;

    Operation(String path, String telemetryName) {
        this.path = path;
        this.telemetryName = telemetryName;
    }

    /// The path of the OpenAI API, beginning with `/v1/`.
    public String path() {
        return path;
    }

    /// The value of `gen_ai.operation.name` (OpenTelemetry semantic conventions 1.41).
    public String telemetryName() {
        return telemetryName;
    }
}
