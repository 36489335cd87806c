package io.spillway.connector.cloud.control.terraform;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ArrayNode;
import io.spillway.api.connector.FleetDriver.Machine;
import io.spillway.connector.cloud.control.fleet.ProcessIdentity;
import io.spillway.connector.cloud.control.fleet.SafeFiles;
import java.io.IOException;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/// The output `machines` of a fleet's module: a list of `{id, url, nonce}`, for local processes
/// also `pid_file` and `address`.
///
/// @param machines in the module's order, oldest first
record Outputs(List<Entry> machines) {
    private static final ObjectMapper JSON = new ObjectMapper();

    Outputs {
        machines = List.copyOf(machines);
    }

    /// A machine as the module tells it.
    ///
    /// @param pidFile file with `PID START-TIME`, empty for a machine that is no local process
    /// @param address address inside the module, to replace it by
    record Entry(String id, URI url, String nonce, String pidFile, String address) {

        /// The machine; empty when it is a local process that has ended.
        Optional<Machine> living() {
            if (pidFile.isEmpty()) {
                return Optional.of(new Machine(id, url, nonce, 0));
            }
            return process().map(it -> new Machine(id, url, nonce, it.pid()));
        }

        private Optional<ProcessIdentity> process() {
            try {
                var fields = Files.readString(Path.of(pidFile)).strip().split(" ");
                return Optional.of(new ProcessIdentity(Long.parseLong(fields[0]), fields[1]))
                        .filter(ProcessIdentity::alive);
            } catch (IOException | RuntimeException gone) {
                return Optional.empty(); // no file or half a file: no process that is known
            }
        }
    }

    /// Reads what `terraform output -json` prints.
    static Outputs parse(String json) throws IOException {
        return of(JSON.readTree(json).path("machines").path("value"));
    }

    static Outputs load(Path file) throws IOException {
        return Files.exists(file)
                ? of(JSON.readTree(Files.readAllBytes(file)))
                : new Outputs(List.of());
    }

    void save(Path file) throws IOException {
        var array = JSON.createArrayNode();
        machines.forEach(it -> add(array, it));
        SafeFiles.replace(file, JSON.writeValueAsBytes(array));
    }

    /// The machines that exist.
    List<Machine> living() {
        return machines.stream().flatMap(it -> it.living().stream()).toList();
    }

    /// Addresses of machines that have died, among the oldest `most`.
    List<String> dead(int most) {
        return machines.stream()
                .limit(most)
                .filter(it -> it.living().isEmpty())
                .map(Entry::address)
                .toList();
    }

    private static Outputs of(JsonNode list) throws IOException {
        var machines = new ArrayList<Entry>();
        for (var item : list) {
            if (!item.path("id").isTextual() || !item.path("url").isTextual()) {
                throw new IOException(
                        "the module's output 'machines' has an item without id or url; expected a"
                                + " list of {id, url, nonce}");
            }
            machines.add(
                    new Entry(
                            item.path("id").asText(),
                            URI.create(item.path("url").asText()),
                            item.path("nonce").asText(),
                            item.path("pid_file").asText(),
                            item.path("address").asText()));
        }
        return new Outputs(machines);
    }

    private static void add(ArrayNode array, Entry machine) {
        array.addObject()
                .put("id", machine.id())
                .put("url", machine.url().toString())
                .put("nonce", machine.nonce())
                .put("pid_file", machine.pidFile())
                .put("address", machine.address());
    }
}
