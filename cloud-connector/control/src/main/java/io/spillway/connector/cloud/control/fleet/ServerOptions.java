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

    private ServerOptions() {}

    /// All options but those that differ between machines, `--port` and `--nonce`.
    ///
    /// @throws IOException naming a setting that means nothing here
    public static List<String> of(Fleet fleet, FleetSite site) throws IOException {
        var options = new ArrayList<String>();
        options.addAll(List.of("--model", model(fleet, site)));
        options.addAll(List.of("--environment", fleet.environment()));
        options.addAll(ofSettings(fleet, Set.of()));
        if (site.canaryDirectory() != null) {
            options.addAll(List.of("--canary-dir", site.canaryDirectory().toString()));
        }
        if (site.processFile() != null) {
            options.addAll(List.of("--process-file", site.processFile().toString()));
        }
        return options;
    }

    /// The name that the machines serve the model by.
    public static String model(Fleet fleet, FleetSite site) {
        return Objects.requireNonNullElse(site.upstreamModel(), fleet.modelVersion());
    }

    /// The options that follow from the fleet's settings.
    ///
    /// @param except settings that reach the server in another way
    /// @throws IOException naming a setting that means nothing here
    public static List<String> ofSettings(Fleet fleet, Set<String> except) throws IOException {
        var options = new ArrayList<String>();
        for (var setting : new TreeMap<>(fleet.settings()).entrySet()) {
            var option = SETTINGS.get(setting.getKey());
            if (option == null && !isOfTerraform(setting.getKey())) {
                throw new IOException(
                        "fleet '%s' has the unknown setting '%s'; known are %s"
                                .formatted(fleet.name(), setting.getKey(), SETTINGS.keySet()));
            }
            if (option != null && !except.contains(setting.getKey())) {
                options.addAll(List.of(option, setting.getValue()));
            }
        }
        return options;
    }

    /// Whether a setting is for the Terraform driver alone; others pass over it, so that a fleet
    /// can change its driver and keep its settings.
    private static boolean isOfTerraform(String setting) {
        return setting.equals("module") || setting.startsWith("var.");
    }
}
