package io.spillway.control.capacity;

import static org.assertj.core.api.Assertions.assertThat;

import io.quarkus.runtime.ShutdownEvent;
import io.quarkus.runtime.StartupEvent;
import io.quarkus.test.common.QuarkusTestResource;
import io.quarkus.test.junit.QuarkusTest;
import io.spillway.api.environment.Endpoint;
import io.spillway.api.environment.EndpointState;
import io.spillway.api.environment.Environment;
import io.spillway.api.environment.Fleet;
import io.spillway.api.environment.Money;
import io.spillway.api.environment.Pool;
import io.spillway.api.environment.Zone;
import io.spillway.api.request.DataClass;
import io.spillway.api.state.ChangeSet.Change;
import io.spillway.control.PostgresForTests;
import io.spillway.control.registry.Intent;
import io.spillway.control.registry.Registry;
import jakarta.inject.Inject;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.BooleanSupplier;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

@QuarkusTest
@QuarkusTestResource(PostgresForTests.class)
class AdoptionTest {
    private static final Money FREE = Money.zero("USD");

    @Inject Registry registry;
    @Inject FleetKeepers keepers;
    @Inject FleetOrders orders;

    @BeforeEach
    void aFleet() {
        put(
                new Environment(
                        "abroad",
                        Zone.PUBLIC,
                        "aws",
                        "local",
                        Set.of("DE"),
                        Set.of("DE"),
                        DataClass.INTERNAL,
                        List.of("127.0.0.0/8"),
                        null));
        put(new Pool("abroad", "m", "org/m", FREE, FREE));
        put(new Fleet("kept", "abroad", "m", "process", 0, 2, 1500, 3600, Map.of()));
    }

    @AfterEach
    void nothingIsLeftBehind() {
        orders.destroy("kept", "test");
        await(() -> machines().isEmpty());
    }

    @Test
    void theMachinesOfAnEarlierControlPlaneAreAdopted() throws InterruptedException {
        orders.scale("kept", 1, "test");
        await(() -> machines().stream().anyMatch(it -> it.state() == EndpointState.READY));
        var before = machines();

        keepers.stop(new ShutdownEvent());
        registry.change(
                new Intent("test", "forget"),
                _ -> List.of(Change.delete(before.getFirst().kind(), before.getFirst().key())));
        keepers.start(new StartupEvent());

        await(() -> machines().stream().anyMatch(it -> it.state() == EndpointState.READY));
        assertThat(machines()).isEqualTo(before);
    }

    private void put(io.spillway.api.environment.RegistryObject object) {
        registry.change(new Intent("test", "put"), _ -> List.of(Change.put(object)));
    }

    private List<Endpoint> machines() {
        return List.copyOf(Machines.endpoints("kept", registry.state()).values());
    }

    private static void await(BooleanSupplier condition) {
        var deadline = System.nanoTime() + Duration.ofSeconds(40).toNanos();
        while (!condition.getAsBoolean()) {
            assertThat(System.nanoTime()).as("waited 40 s").isLessThan(deadline);
            try {
                Thread.sleep(50);
            } catch (InterruptedException e) {
                throw new AssertionError(e);
            }
        }
    }
}
