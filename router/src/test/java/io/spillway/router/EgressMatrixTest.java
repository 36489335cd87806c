package io.spillway.router;

import static org.assertj.core.api.Assertions.assertThat;

import io.spillway.api.environment.Zone;
import io.spillway.api.request.DataClass;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.junit.jupiter.api.AutoClose;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

/// Under a policy that sends everything everywhere, what reaches a server is what the egress guard
/// let through: every class, every environment, first try, retry and failover. Asserts on bytes
/// that servers received.
class EgressMatrixTest {
    private static final String CANARY = "canary-8f3a1c";

    private final Map<String, StubServer> servers = new LinkedHashMap<>();

    /// How a request comes to an environment.
    enum Path {
        FIRST_TRY,
        RETRY_IN_POOL,
        FAILOVER
    }

    /// An environment and the highest class it may see.
    enum Place {
        RESTRICTED_HOME("home-r", Zone.PRIVATE, DataClass.RESTRICTED),
        CONFIDENTIAL_HOME("home-c", Zone.PRIVATE, DataClass.CONFIDENTIAL),
        INTERNAL_HOME("home-i", Zone.PRIVATE, DataClass.INTERNAL),
        CONFIDENTIAL_CLOUD("cloud-c", Zone.PUBLIC, DataClass.CONFIDENTIAL),
        INTERNAL_CLOUD("cloud-i", Zone.PUBLIC, DataClass.INTERNAL),
        PUBLIC_CLOUD("cloud-p", Zone.PUBLIC, DataClass.PUBLIC),
        CLOUD_WITHOUT_GRANT("cloud-x", Zone.PUBLIC, DataClass.RESTRICTED);

        final String environment;
        final Zone zone;
        final DataClass clearance;

        Place(String environment, Zone zone, DataClass clearance) {
            this.environment = environment;
            this.zone = zone;
            this.clearance = clearance;
        }

        boolean maySee(DataClass dataClass) {
            return this != CLOUD_WITHOUT_GRANT && clearance.covers(dataClass);
        }
    }

    static Stream<Arguments> matrix() {
        return Stream.of(DataClass.values())
                .flatMap(dataClass ->
                        Stream.of(Place.values())
                                .flatMap(place ->
                                        Stream.of(Path.values())
                                                .map(path ->
                                                        Arguments.of(dataClass, place, path))));
    }

    @AutoClose private final TestSite site = TestSite.start();

    @BeforeEach
    void registerPlaces() {
        var granted = java.util.Set.of("cloud-c", "cloud-i", "cloud-p");
        site.put(
                new io.spillway.api.environment.Model(
                        "chat", List.of("chat-v1"), granted, java.util.Set.of(), 8192));
        site.put(
                new io.spillway.api.environment.Tenant(
                        "acme", DataClass.PUBLIC, granted, java.util.Set.of("US"), null));
        site.put(TestSite.key("k1", TestSite.SECRET, granted));
        for (var place : Place.values()) {
            site.put(TestSite.environment(place.environment, place.zone, place.clearance));
            site.put(TestSite.pool(place.environment, place.zone == Zone.PUBLIC ? 1000 : 0));
        }
    }

    @ParameterizedTest
    @MethodSource("matrix")
    void onlyServersThatMaySeeTheClassReceiveItsBytes(DataClass dataClass, Place place, Path path)
            throws Exception {
        var environments =
                switch (path) {
                    case FIRST_TRY -> {
                        serve(place, "one", false);
                        yield List.of(place.environment);
                    }
                    case RETRY_IN_POOL -> {
                        serve(place, "one", true);
                        serve(place, "two", true);
                        yield List.of(place.environment);
                    }
                    case FAILOVER -> {
                        serve(Place.RESTRICTED_HOME, "first", true);
                        serve(place, "one", false);
                        yield List.of("home-r", place.environment);
                    }
                };
        site.publish(new CarelessPolicy(dataClass, environments));

        var answer = Caller.chat(site, CANARY);

        boolean allowed = place.maySee(dataClass);
        assertThat(reached(place)).isEqualTo(allowed);
        if (path == Path.RETRY_IN_POOL && allowed) {
            assertThat(servers.values()).allMatch(it -> it.received().size() == 1);
        }
        if (path == Path.FIRST_TRY) {
            assertThat(answer.statusCode()).isEqualTo(allowed ? 200 : 403);
        }
    }

    private boolean reached(Place place) {
        return servers.entrySet().stream()
                .filter(it -> it.getKey().startsWith(place.environment + "-on"))
                .anyMatch(it ->
                        it.getValue().received().stream()
                                .anyMatch(request -> request.body().contains(CANARY)));
    }

    private void serve(Place place, String name, boolean failing) {
        var id = place.environment + "-" + name;
        var server = site.server(place.environment, id);
        if (failing) {
            server.answering((response, _) -> StubServer.json(response, 500, "{}"));
        }
        servers.put(id, server);
    }
}
