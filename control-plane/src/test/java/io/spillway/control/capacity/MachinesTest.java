package io.spillway.control.capacity;

import static org.assertj.core.api.Assertions.assertThat;

import io.spillway.api.connector.EndpointProber.Report;
import io.spillway.api.connector.EndpointProber.ServedModel;
import io.spillway.api.connector.FleetDriver.Machine;
import io.spillway.api.environment.Endpoint;
import io.spillway.api.environment.EndpointState;
import io.spillway.api.environment.Fleet;
import io.spillway.api.environment.Money;
import io.spillway.api.environment.Pool;
import io.spillway.api.environment.RegistryObject.Kind;
import io.spillway.api.state.ChangeSet.Change;
import io.spillway.control.registry.RegistryState;
import java.net.URI;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

class MachinesTest {
    private static final Fleet FLEET =
            new Fleet("burst", "away", "m", "process", 0, 3, 1500, 60, Map.of());
    private static final Machine FIRST =
            new Machine("burst-1", URI.create("http://127.0.0.1:1"), "nonce-1", 11);
    private static final Machine SECOND =
            new Machine("burst-2", URI.create("http://127.0.0.1:2"), "nonce-2", 12);
    private static final Money FREE = Money.zero("USD");
    private static final Pool POOL = new Pool("away", "m", "org/m", FREE, FREE);

    @Test
    void aMachineWithoutEndpointIsRegisteredAsStarting() {
        var changes = machines(List.of(FIRST)).reconciliation();

        assertThat(changes).containsExactly(Change.put(endpoint(FIRST, EndpointState.STARTING)));
    }

    @Test
    void anEndpointWhoseMachineIsGoneGoesToo() {
        var changes = machines(List.of(), endpoint(FIRST, EndpointState.READY)).reconciliation();

        assertThat(changes).containsExactly(Change.delete(Kind.ENDPOINT, "burst:burst-1"));
    }

    @Test
    void whatIsInStepStaysAsItIs() {
        var inStep = machines(List.of(FIRST), endpoint(FIRST, EndpointState.READY));

        assertThat(inStep.reconciliation()).isEmpty();
    }

    @Test
    void aMachineThatCameBackAsAnotherProcessStartsAgain() {
        var reborn = new Machine("burst-1", FIRST.url(), "nonce-9", 99);

        var changes =
                machines(List.of(reborn), endpoint(FIRST, EndpointState.READY)).reconciliation();

        assertThat(changes).containsExactly(Change.put(endpoint(reborn, EndpointState.STARTING)));
    }

    @Test
    void endpointsThatOperatorsRegisteredAreLeftAlone() {
        var foreign =
                new Endpoint(
                        "burst-1",
                        "away",
                        "m",
                        FIRST.url(),
                        "vllm",
                        EndpointState.READY,
                        null,
                        null);

        assertThat(machines(List.of(), foreign).reconciliation()).isEmpty();
    }

    @Test
    void theNewestMachinesAreTheExcess() {
        var two =
                machines(
                        List.of(FIRST, SECOND),
                        endpoint(FIRST, EndpointState.READY),
                        endpoint(SECOND, EndpointState.READY));

        assertThat(two.excess(1)).extracting(Endpoint::id).containsExactly("burst:burst-2");
        assertThat(two.excess(2)).isEmpty();
        assertThat(two.excess(0)).hasSize(2);
    }

    @Test
    void aServerGoesDownAfterThreeFailuresInARowAndComesBackAtTheFirstAnswer() {
        var ready = endpoint(FIRST, EndpointState.READY);
        var down = ready.withState(EndpointState.DOWN);

        assertThat(Machines.verdict(ready, false, 2)).isEmpty();
        assertThat(Machines.verdict(ready, false, 3)).contains(Change.put(down));
        assertThat(Machines.verdict(down, true, 0)).contains(Change.put(ready));
        assertThat(Machines.verdict(ready.withState(EndpointState.DRAINING), true, 0)).isEmpty();
    }

    @Test
    void anotherProcessOnTheMachinesPortIsNotTheMachine() {
        var endpoint = endpoint(FIRST, EndpointState.STARTING);

        assertThat(MachineProbe.verdict(report("nonce-1", "org/m"), endpoint, POOL).serves())
                .isTrue();
        assertThat(MachineProbe.verdict(report("nonce-2", "org/m"), endpoint, POOL))
                .returns(false, MachineProbe.Verdict::serves)
                .extracting(MachineProbe.Verdict::problem)
                .asString()
                .contains("another process answers at http://127.0.0.1:1");
        assertThat(MachineProbe.verdict(report(null, "org/m"), endpoint, POOL).serves()).isFalse();
        assertThat(MachineProbe.verdict(report("nonce-1", "other"), endpoint, POOL).problem())
                .contains("does not serve 'org/m'");
    }

    private static Report report(String instance, String model) {
        return new Report(true, "1", instance, List.of(new ServedModel(model, null)), null, null);
    }

    private static Machines machines(List<Machine> machines, Endpoint... endpoints) {
        return Machines.of(FLEET, machines, RegistryState.of(List.of(endpoints)));
    }

    private static Endpoint endpoint(Machine machine, EndpointState state) {
        return new Endpoint(
                "burst:" + machine.id(),
                "away",
                "m",
                machine.url(),
                "vllm",
                state,
                null,
                machine.nonce());
    }
}
