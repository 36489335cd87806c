package io.spillway.api.environment;

import java.util.List;
import java.util.Set;

/// A model name that callers send.
///
/// @param name what callers put into `model`
/// @param versions model versions that may serve it, preferred first; at least one
/// @param maySpill names of public environments it may leave for; empty means none
/// @param spillableUnscanned kinds of unscanned content, such as `image`, that may leave
///   nevertheless
/// @param contextTokens longest prompt plus answer in tokens
public record Model(
        String name,
        List<String> versions,
        Set<String> maySpill,
        Set<String> spillableUnscanned,
        int contextTokens)
        implements RegistryObject {

    public Model {
        Names.check("model", name);
        versions = List.copyOf(versions);
        maySpill = Set.copyOf(maySpill);
        spillableUnscanned = Set.copyOf(spillableUnscanned);
        if (versions.isEmpty() || contextTokens <= 0) {
            throw new IllegalArgumentException(
                    "model '%s' has versions=%s, contextTokens=%d; expected at least one version and contextTokens > 0"
                            .formatted(name, versions, contextTokens));
        }
    }

    @Override
    public String key() {
        return name;
    }
}
