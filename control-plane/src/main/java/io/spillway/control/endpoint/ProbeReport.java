package io.spillway.control.endpoint;

import io.spillway.api.connector.EndpointProber;
import java.util.List;
import org.eclipse.microprofile.openapi.annotations.media.Schema;
import org.jspecify.annotations.Nullable;

/// What a probe found.
@Schema(description = "What a model server says of itself.")
public record ProbeReport(
        @Schema(description = "Whether it answers as a model server.") boolean reachable,
        @Schema(description = "Its own version.") @Nullable String version,
        @Schema(description = "What it serves.") List<ServedModel> models,
        @Schema(description = "Its load; null when unknown.") @Nullable ServerMetrics metrics,
        @Schema(description = "What is wrong and how to mend it.") @Nullable String problem) {

    static ProbeReport of(EndpointProber.Report report) {
        var metrics = report.metrics();
        return new ProbeReport(
                report.reachable(),
                report.version(),
                report.models().stream()
                        .map(it -> new ServedModel(it.id(), it.maxModelLen()))
                        .toList(),
                metrics == null
                        ? null
                        : new ServerMetrics(
                                metrics.running(), metrics.waiting(), metrics.cacheUsed()),
                report.problem());
    }

    /// A model that a server serves.
    public record ServedModel(
            @Schema(description = "The name the server knows it by.") String id,
            @Schema(description = "Context length in tokens.") @Nullable Integer maxModelLen) {}

    /// Load of a server at the moment of the probe.
    public record ServerMetrics(
            @Schema(description = "Requests it works on.") int running,
            @Schema(description = "Requests that wait for capacity.") int waiting,
            @Schema(description = "Share of the KV cache in use, 0 to 1.")
                    @Nullable Double cacheUsed) {}
}
