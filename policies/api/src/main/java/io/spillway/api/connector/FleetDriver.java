package io.spillway.api.connector;

import io.spillway.api.environment.Fleet;
import java.io.IOException;
import java.net.URI;
import java.nio.file.Path;
import java.util.List;
import org.jspecify.annotations.Nullable;

/// Makes and removes the machines of a fleet. Blocking; called on a virtual thread, never twice at
/// once for the same fleet. Found with `ServiceLoader`.
public interface FleetDriver {

    /// The name that fleets are registered with, such as `process` or `terraform`.
    String name();

    /// Whether it can work on this machine, and if not, what to install.
    Availability availability();

    /// What [#apply] would do, in words for an operator. Changes nothing.
    ///
    /// @throws IOException when the plan cannot be made; the message is for an operator
    String plan(Fleet fleet, FleetSite site, int desired) throws IOException, InterruptedException;

    /// Brings the fleet to `desired` machines and returns those that exist afterwards. Returns
    /// before the machines' model servers are ready. Idempotent.
    List<Machine> apply(Fleet fleet, FleetSite site, int desired)
            throws IOException, InterruptedException;

    /// The machines that exist now, dead ones left out.
    List<Machine> machines(Fleet fleet, FleetSite site) throws IOException;

    /// Removes all machines of the fleet.
    void destroy(Fleet fleet, FleetSite site) throws IOException, InterruptedException;

    /// Whether a driver can work here.
    ///
    /// @param usable whether it can
    /// @param hint what to do when it cannot; empty otherwise
    record Availability(boolean usable, String hint) {}

    /// One machine of a fleet.
    ///
    /// @param id unique in the fleet and stable
    /// @param url base URL of its model server
    /// @param nonce identity its model server reports at `/version` as `instance`
    /// @param pid process id when it is a local process, else 0
    record Machine(String id, URI url, String nonce, long pid) {}

    /// Where a driver keeps its files and starts its programs.
    ///
    /// @param directory directory of this fleet, exists, survives restarts: state, logs of each run
    /// @param serverCommand command line that starts one simulated model server; the driver appends
    ///   its options
    /// @param firstPort first local port that this fleet may use, `maximum` ports from there
    /// @param upstreamModel name that the machines must serve the model by; null for the fleet's
    ///   model version
    /// @param canaryDirectory where simulated servers note the canaries they received, null for
    ///   nowhere
    /// @param processFile file that lists every process started, for a launcher that must end them
    ///   with the control plane dead; null for none
    record FleetSite(
            Path directory,
            List<String> serverCommand,
            int firstPort,
            @Nullable String upstreamModel,
            @Nullable Path canaryDirectory,
            @Nullable Path processFile) {
        public FleetSite {
            serverCommand = List.copyOf(serverCommand);
        }

        /// A site without canaries and process file, whose machines serve under the version's name.
        public FleetSite(Path directory, List<String> serverCommand, int firstPort) {
            this(directory, serverCommand, firstPort, null, null, null);
        }
    }
}
