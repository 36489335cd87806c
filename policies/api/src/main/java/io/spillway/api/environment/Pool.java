package io.spillway.api.environment;

/// The endpoints of one environment that serve one model version, and what they cost.
///
/// @param environment name of the environment
/// @param modelVersion the model version
/// @param upstreamModel the name its model servers know the model by
/// @param inputPrice price of a prompt token; zero for private pools
/// @param outputPrice price of a generated token
public record Pool(
        String environment,
        String modelVersion,
        String upstreamModel,
        Money inputPrice,
        Money outputPrice)
        implements RegistryObject {

    public Pool {
        Names.check("environment", environment);
        Names.check("model version", modelVersion);
        if (!inputPrice.currency().equals(outputPrice.currency())
                || inputPrice.nanos() < 0
                || outputPrice.nanos() < 0) {
            throw new IllegalArgumentException(
                    "pool '%s/%s' has inputPrice=%s, outputPrice=%s; expected two prices >= 0 in one currency"
                            .formatted(environment, modelVersion, inputPrice, outputPrice));
        }
    }

    /// The pool's identity.
    public PoolKey id() {
        return new PoolKey(environment, modelVersion);
    }

    @Override
    public String key() {
        return id().toString();
    }
}
