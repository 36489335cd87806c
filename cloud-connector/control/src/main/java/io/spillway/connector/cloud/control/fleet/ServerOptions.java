package io.spillway.connector.cloud.control.fleet;

import io.spillway.api.connector.FleetDriver.FleetSite;
import io.spillway.api.environment.Fleet;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;

/// The options of a simulated server that follow from its fleet.
public final class ServerOptions {

    /// Settings of a fleet and the option each becomes.
    private static final Map<String, String> SETTINGS =
            new TreeMap<>(
                    Map.of(
                            "bootSeconds", "--boot-seconds",
                            "engines", "--engines",
                            "hardware", "--hardware",
                            "kvBlocks", "--kv-blocks",
                            "maxModelLen", "--max-model-len",
                            "maxNumBatchedTokens", "--max-num-batched-tokens",
                            "maxNumSeqs", "--max-num-seqs",
                            "performanceOf", "--performance-of",
                            "tensorParallel", "--tensor-parallel",
                            "timeScale", "--time-scale"));

    /// Settings of other drivers, so that a fleet can change its driver and keep them.
    private static final Set<String> OTHERS = Set.of("module");

    private ServerOptions() {}

    /// All options but those that differ between machines, `--port` and `--nonce`.
    ///
    /// @throws IOException naming a setting that means nothing here
    public static List<String> of(Fleet fleet, FleetSite site) throws IOException {
        var unknown = new TreeSet<>(fleet.settings().keySet());
        unknown.removeAll(SETTINGS.keySet());
        unknown.removeAll(OTHERS);
        if (!unknown.isEmpty()) {
            throw new IOException(
                    "fleet '%s' has the unknown settings %s; known are %s"
                            .formatted(fleet.name(), unknown, SETTINGS.keySet()));
        }
        var options = new ArrayList<String>();
        options.addAll(List.of("--model", model(fleet, site)));
        options.addAll(List.of("--environment", fleet.environment()));
        SETTINGS.forEach((setting, option) -> {
            var value = fleet.settings().get(setting);
            if (value != null) {
                options.addAll(List.of(option, value));
            }
        });
        if (site.canaryDirectory() != null) {
            options.addAll(List.of("--canary-dir", site.canaryDirectory().toString()));
        }
        if (site.processFile() != null) {
            options.addAll(List.of("--process-file", site.processFile().toString()));
        }
        return options;
    }

    private static String model(Fleet fleet, FleetSite site) {
        return Objects.requireNonNullElse(site.upstreamModel(), fleet.modelVersion());
    }
}
