package io.spillway.api.environment;

import java.util.Map;

/// Elastic machines that Spillway provisions. Each fleet feeds exactly one pool.
///
/// @param name unique name
/// @param environment name of the environment it grows in
/// @param modelVersion the model version its machines serve
/// @param driver how machines are made: `process` or `terraform`
/// @param minimum fewest machines kept
/// @param maximum most machines ever
/// @param scaleUpTtftMillis predicted time to first token beyond which it grows
/// @param idleSeconds how long a machine must be unused before it goes
/// @param settings driver settings, such as `bootSeconds`, `engines` or `module`
public record Fleet(
        String name,
        String environment,
        String modelVersion,
        String driver,
        int minimum,
        int maximum,
        long scaleUpTtftMillis,
        long idleSeconds,
        Map<String, String> settings)
        implements RegistryObject {

    public Fleet {
        Names.check("fleet", name);
        settings = Map.copyOf(settings);
        if (minimum < 0 || maximum < minimum || maximum > 1000) {
            throw new IllegalArgumentException(
                    "fleet '%s' has minimum=%d, maximum=%d; expected 0 <= minimum <= maximum <= 1000"
                            .formatted(name, minimum, maximum));
        }
    }

    /// The pool it feeds.
    public PoolKey pool() {
        return new PoolKey(environment, modelVersion);
    }

    @Override
    public String key() {
        return name;
    }
}
