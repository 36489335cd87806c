package io.spillway.api.environment;

/// Identity of a pool.
///
/// @param environment name of the environment
/// @param modelVersion the model version it serves
public record PoolKey(String environment, String modelVersion) {

    /// `ENVIRONMENT/MODEL-VERSION`, for logs, metrics and URLs.
    @Override
    public String toString() {
        return environment + "/" + modelVersion;
    }
}
