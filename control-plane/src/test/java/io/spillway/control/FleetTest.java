package io.spillway.control;

import static io.restassured.RestAssured.given;
import static io.spillway.control.AdminRest.created;
import static io.spillway.control.AdminRest.delete;
import static io.spillway.control.AdminRest.environment;
import static io.spillway.control.AdminRest.get;
import static io.spillway.control.AdminRest.pool;
import static io.spillway.control.AdminRest.post;
import static io.spillway.control.AdminRest.put;
import static org.assertj.core.api.Assertions.assertThat;
import static org.hamcrest.Matchers.containsString;
import static org.hamcrest.Matchers.equalTo;

import io.quarkus.test.common.QuarkusTestResource;
import io.quarkus.test.junit.QuarkusTest;
import io.spillway.api.environment.PoolKey;
import io.spillway.api.state.PoolLoad;
import io.spillway.control.capacity.LoadBoard;
import jakarta.inject.Inject;
import java.time.Duration;
import java.time.Instant;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.OptionalLong;
import java.util.concurrent.Callable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

@QuarkusTest
@QuarkusTestResource(PostgresForTests.class)
class FleetTest {
    @Inject LoadBoard board;

    @BeforeEach
    void aFleetOfLocalProcesses() {
        created(put("environments/cloud", environment("cloud", "public", List.of("127.0.0.0/8"))));
        created(put("pools/cloud/m", pool("cloud", "m")));
        // A load report of one test is still fresh in the next, and must not shrink its fleet.
        created(put("fleets/burst", fleetThatShrinksAfter(3600)));
    }

    private static Map<String, Object> fleetThatShrinksAfter(int idleSeconds) {
        var fleet = new HashMap<>(AdminRest.fleet("burst", "cloud", "m", "process"));
        fleet.put("idleSeconds", idleSeconds);
        fleet.put("settings", Map.of("requestsPerMachine", "2"));
        return fleet;
    }

    @AfterEach
    void nothingIsLeftBehind() throws Exception {
        post("fleets/burst/destroy").statusCode(200).body("desired", equalTo(0));
        await(() -> machines().isEmpty());
        delete("fleets/burst").statusCode(204);
    }

    @Test
    void aPlanTellsWhatScalingWouldDoAndChangesNothing() {
        post("fleets/burst/plan?desired=2")
                .statusCode(200)
                .body("plan", containsString("0 running, 2 wanted"));

        get("fleets/burst/status").body("desired", equalTo(0)).body("machines", equalTo(List.of()));
        get("fleets/burst/runs")
                .body("items[0].action", equalTo("plan"))
                .body("items[0].outcome", equalTo("ok"));
        post("fleets/burst/plan?desired=4")
                .statusCode(422)
                .body("errors[0].hint", containsString("0 to 3"));
        post("fleets/none/plan?desired=1").statusCode(404);
    }

    @Test
    void machinesAreReadyWhenTheyAnswerAndGoWhenTheyAreEmpty() throws Exception {
        post("fleets/burst/scale?desired=2").statusCode(200).body("desired", equalTo(2));
        await(() -> states().equals(List.of("ready", "ready")));
        get("fleets/burst/runs").body("items[0].reason", containsString("scaled by admin-"));
        created(put("pools/cloud/other", pool("cloud", "other")));
        put("fleets/burst", AdminRest.fleet("burst", "cloud", "other", "process"))
                .statusCode(409)
                .body("code", equalTo("fleet_has_machines"));
        delete("fleets/burst")
                .statusCode(409)
                .body("errors[0].at", containsString("endpoint/burst:"));

        var newest = machines().get(1).get("url").toString();
        given().post(newest + "/busy?1").then().statusCode(200);
        post("fleets/burst/scale?desired=1").statusCode(200);
        await(() -> states().equals(List.of("ready", "draining")));
        given().post(newest + "/busy?0").then().statusCode(200);
        await(() -> states().equals(List.of("ready")));
        assertThat(get("endpoints").extract().<List<String>>path("items.id")).hasSize(1);
    }

    @Test
    void aMachineThatDiesIsForgottenAndReplaced() throws Exception {
        post("fleets/burst/scale?desired=1").statusCode(200);
        await(() -> states().equals(List.of("ready")));
        var before = machines().getFirst();
        var nonce = nonce("burst:" + before.get("id"));

        ProcessHandle.allProcesses()
                .filter(it -> it.info().arguments().map(List::of).orElse(List.of()).contains(nonce))
                .forEach(ProcessHandle::destroyForcibly);

        // One look at the list: between two, a dead machine can be forgotten.
        await(() -> {
            var now = machines();
            return now.size() == 1
                    && "ready".equals(now.getFirst().get("state"))
                    && !now.getFirst().get("id").equals(before.get("id"));
        });
    }

    @Test
    void spillDemandGrowsTheFleetAndItsEndShrinksIt() throws Exception {
        put("fleets/burst", fleetThatShrinksAfter(1)).statusCode(200);
        await(() -> {
            board.post(List.of(load(0, 3)), Instant.now());
            return !states().isEmpty() && states().stream().allMatch("ready"::equals);
        });
        get("capacity")
                .body("pools[0].router", equalTo("router-x"))
                .body("fleets[0].lastAction.reason", containsString("grows from 0"));

        await(() -> {
            board.post(List.of(load(0, 0)), Instant.now());
            return machines().isEmpty();
        });
        get("fleets/burst/status").body("lastAction.reason", containsString("shrinks"));
    }

    private static PoolLoad load(int running, int wantedSpill) {
        return new PoolLoad(
                "router-x",
                Instant.now(),
                new PoolKey("cloud", "m"),
                0,
                running,
                0,
                wantedSpill,
                OptionalLong.empty());
    }

    private static String nonce(String endpoint) {
        return get("endpoints/" + endpoint).extract().path("nonce");
    }

    private static List<Map<String, Object>> machines() {
        return get("fleets/burst/status").extract().path("machines");
    }

    private static List<String> states() {
        return get("fleets/burst/status").extract().path("machines.state");
    }

    private static void await(Callable<Boolean> condition) throws Exception {
        var deadline = System.nanoTime() + Duration.ofSeconds(40).toNanos();
        while (!condition.call()) {
            assertThat(System.nanoTime())
                    .as(() -> get("fleets/burst/runs").extract().body().asString() + states())
                    .isLessThan(deadline);
            Thread.sleep(100);
        }
    }
}
