package io.spillway.policy.simulate;

import io.spillway.api.environment.Environment;
import io.spillway.api.environment.Model;
import io.spillway.api.environment.Pool;
import io.spillway.api.state.Watermark;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/// What the registry said at one change set, as far as decisions read it.
///
/// @param watermark the change set
/// @param environments without addresses and certificates, which no policy sees
/// @param models the models
/// @param pools the pools with their prices
/// @param maskable types of findings that count as gone once masked, by tenant; tenants without any
///   are left out
/// @param policy the policy file that was in force, null when there was none
public record RecordedState(
        Watermark watermark,
        List<Environment> environments,
        List<Model> models,
        List<Pool> pools,
        Map<String, Set<String>> maskable,
        @Nullable String policy) {

    public RecordedState {
        environments = List.copyOf(environments);
        models = List.copyOf(models);
        pools = List.copyOf(pools);
        maskable = Map.copyOf(maskable);
    }
}
