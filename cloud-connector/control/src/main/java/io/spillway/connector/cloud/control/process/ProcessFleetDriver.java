package io.spillway.connector.cloud.control.process;

import io.spillway.api.connector.FleetDriver;
import io.spillway.api.environment.Fleet;
import io.spillway.connector.cloud.control.fleet.ProcessIdentity;
import io.spillway.connector.cloud.control.fleet.ServerOptions;
import java.io.IOException;
import java.net.URI;
import java.util.List;
import java.util.UUID;
import java.util.stream.Collectors;

/// Machines that are local processes.
///
/// They live in sessions of their own, so they outlast the control plane; the next one adopts them
/// from the fleet's directory. A port that somebody else holds is passed over, and what answers on
/// a machine's port counts as the machine only if it reports the machine's nonce.
public final class ProcessFleetDriver implements FleetDriver {

    @Override
    public String name() {
        return "process";
    }

    @Override
    public Availability availability() {
        return ProcessIdentity.of(ProcessHandle.current().pid()).isPresent()
                ? new Availability(true, "")
                : new Availability(
                        false, "process fleets need /proc; run the control plane on Linux");
    }

    @Override
    public String plan(Fleet fleet, FleetSite site, int desired) throws IOException {
        check(fleet, desired);
        var options = ServerOptions.of(fleet, site);
        var machines = FleetState.load(site.directory()).living().machines();
        var text =
                new StringBuilder(
                        "fleet %s: %d running, %d wanted%n"
                                .formatted(fleet.name(), machines.size(), desired));
        for (var machine : newest(machines, machines.size() - desired)) {
            text.append(
                    "  - end %s on port %d, process %d%n"
                            .formatted(machine.id(), machine.port(), machine.pid()));
        }
        for (var i = machines.size(); i < desired; i++) {
            text.append(
                    "  + start %s %s%n"
                            .formatted(
                                    String.join(" ", site.serverCommand()),
                                    String.join(" ", options)));
        }
        return text.toString();
    }

    @Override
    public List<Machine> apply(Fleet fleet, FleetSite site, int desired)
            throws IOException, InterruptedException {
        check(fleet, desired);
        var options = ServerOptions.of(fleet, site);
        var state = FleetState.load(site.directory()).living();
        var excess = newest(state.machines(), state.machines().size() - desired);
        Processes.end(excess.stream().flatMap(it -> it.process().stream()).toList());
        state = state.without(excess);
        state.save(site.directory());
        while (state.machines().size() < desired) {
            state = startOne(fleet, site, options, state);
        }
        return machines(state);
    }

    @Override
    public List<Machine> machines(Fleet fleet, FleetSite site) throws IOException {
        return machines(FleetState.load(site.directory()).living());
    }

    @Override
    public void destroy(Fleet fleet, FleetSite site) throws IOException, InterruptedException {
        var state = FleetState.load(site.directory()).living();
        Processes.end(state.machines().stream().flatMap(it -> it.process().stream()).toList());
        state.without(state.machines()).save(site.directory());
    }

    private static FleetState startOne(
            Fleet fleet, FleetSite site, List<String> options, FleetState state)
            throws IOException, InterruptedException {
        var promised =
                state.machines().stream()
                        .map(FleetState.Entry::port)
                        .collect(Collectors.toUnmodifiableSet());
        var machine =
                new FleetState.Entry(
                        fleet.name() + "-" + state.next(),
                        Ports.free(fleet, site.firstPort(), promised),
                        UUID.randomUUID().toString(),
                        0,
                        "");
        var intended = state.numbered().with(machine);
        intended.save(site.directory());
        var started = intended.with(machine.startedAs(Processes.start(machine, site, options)));
        started.save(site.directory());
        return started;
    }

    private static List<FleetState.Entry> newest(List<FleetState.Entry> machines, int count) {
        return machines.subList(machines.size() - Math.max(0, count), machines.size());
    }

    private static List<Machine> machines(FleetState state) {
        return state.machines().stream()
                .map(it ->
                        new Machine(
                                it.id(),
                                URI.create("http://127.0.0.1:" + it.port()),
                                it.nonce(),
                                it.pid()))
                .toList();
    }

    private static void check(Fleet fleet, int desired) throws IOException {
        if (desired < 0 || desired > fleet.maximum()) {
            throw new IOException(
                    "fleet '%s' cannot have %d machines; expected 0 to %d, its maximum"
                            .formatted(fleet.name(), desired, fleet.maximum()));
        }
    }
}
