package io.spillway.connector.cloud.control.process;

import com.fasterxml.jackson.databind.ObjectMapper;
import io.spillway.connector.cloud.control.fleet.ProcessIdentity;
import io.spillway.connector.cloud.control.fleet.SafeFiles;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/// What a fleet has written down about its machines, oldest first.
///
/// A machine is written down before its process starts, and again with the process' id: if we die
/// in between, the process is found again by the nonce in its command line.
///
/// @param next number of the next machine; numbers are never used twice
/// @param machines the machines
record FleetState(int next, List<Entry> machines) {
    private static final ObjectMapper JSON = new ObjectMapper();
    private static final FleetState NEW = new FleetState(1, List.of());

    FleetState {
        machines = List.copyOf(machines);
    }

    /// One machine.
    ///
    /// @param id unique in the fleet
    /// @param port local port of its server
    /// @param nonce identity of its server
    /// @param pid process id, 0 while it is not known to have started
    /// @param startTime see [ProcessIdentity]
    record Entry(String id, int port, String nonce, long pid, String startTime) {

        Entry startedAs(ProcessIdentity process) {
            return new Entry(id, port, nonce, process.pid(), process.startTime());
        }

        /// Its process; empty when that has ended or never started.
        Optional<ProcessIdentity> process() {
            var known = new ProcessIdentity(pid, startTime);
            return pid == 0
                    ? processWithArgument(nonce)
                    : Optional.of(known).filter(ProcessIdentity::alive);
        }
    }

    static FleetState load(Path directory) throws IOException {
        var file = file(directory);
        return Files.exists(file)
                ? JSON.readValue(Files.readAllBytes(file), FleetState.class)
                : NEW;
    }

    void save(Path directory) throws IOException {
        SafeFiles.replace(file(directory), JSON.writeValueAsBytes(this));
    }

    /// The same without machines whose process has ended.
    FleetState living() {
        var living = new ArrayList<Entry>();
        for (var machine : machines) {
            machine.process().map(machine::startedAs).ifPresent(living::add);
        }
        return new FleetState(next, living);
    }

    FleetState with(Entry machine) {
        var more = new ArrayList<>(machines);
        more.removeIf(it -> it.id().equals(machine.id()));
        more.add(machine);
        return new FleetState(next, more);
    }

    FleetState without(List<Entry> gone) {
        return new FleetState(next, machines.stream().filter(it -> !gone.contains(it)).toList());
    }

    FleetState numbered() {
        return new FleetState(next + 1, machines);
    }

    private static Path file(Path directory) {
        return directory.resolve("machines.json");
    }

    private static Optional<ProcessIdentity> processWithArgument(String nonce) {
        return ProcessHandle.allProcesses()
                .filter(handle -> isArgument(handle, nonce))
                .findFirst()
                .flatMap(handle -> ProcessIdentity.of(handle.pid()));
    }

    private static boolean isArgument(ProcessHandle handle, String nonce) {
        return handle.info().arguments().map(List::of).orElse(List.of()).contains(nonce);
    }
}
