package io.spillway.control.endpoint;

import java.net.URI;
import org.eclipse.microprofile.openapi.annotations.media.Schema;
import org.jspecify.annotations.Nullable;

/// A model server to look at.
@Schema(description = "A model server to look at.")
public record ProbeRequest(
        @Schema(description = "The environment it would belong to.") String environment,
        @Schema(description = "Base URL without /v1.") URI url,
        @Schema(description = "Where its bearer token is: env:NAME, file:PATH or vault:PATH#FIELD.")
                @Nullable String tokenRef,
        @Schema(
                        description =
                                "Authorities to trust instead of the environment's trust anchor,"
                                        + " PEM.")
                @Nullable String caPem) {}
