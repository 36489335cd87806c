package io.spillway.control;

import static io.spillway.control.AdminRest.created;
import static io.spillway.control.AdminRest.environment;
import static io.spillway.control.AdminRest.get;
import static io.spillway.control.AdminRest.post;
import static io.spillway.control.AdminRest.put;
import static org.hamcrest.Matchers.containsString;
import static org.hamcrest.Matchers.equalTo;
import static org.hamcrest.Matchers.not;
import static org.hamcrest.Matchers.notNullValue;

import io.quarkus.test.common.QuarkusTestResource;
import io.quarkus.test.junit.QuarkusTest;
import java.io.IOException;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

@QuarkusTest
@QuarkusTestResource(PostgresForTests.class)
class ProbeRestTest {

    @BeforeEach
    void anEnvironmentOnThisMachine() {
        created(put("environments/here", environment("here", "private", List.of("127.0.0.0/8"))));
    }

    @Test
    void aServerIsReportedWithItsModelsAndLoadAndNotRegistered() throws IOException {
        try (var server = FakeModelServer.start(Map.of("--model", "org/m", "--nonce", "n"))) {
            post("endpoints/probe", Map.of("environment", "here", "url", server.url()))
                    .statusCode(200)
                    .body("reachable", equalTo(true))
                    .body("models[0].id", equalTo("org/m"))
                    .body("metrics.running", equalTo(0));
            get("endpoints").body("items.url", not(containsString(server.url())));
        }
    }

    @Test
    void aServerThatDoesNotAnswerIsReportedWithWhatIsWrong() {
        post("endpoints/probe", Map.of("environment", "here", "url", "http://127.0.0.1:1"))
                .statusCode(200)
                .body("reachable", equalTo(false))
                .body("problem", notNullValue());
    }

    @Test
    void theProbeReachesNothingOutsideTheEnvironmentsRanges() {
        post("endpoints/probe", Map.of("environment", "here", "url", "http://192.0.2.1:80"))
                .statusCode(422)
                .body("errors[0].at", equalTo("url"));
        post("endpoints/probe", Map.of("environment", "none", "url", "http://127.0.0.1:1"))
                .statusCode(422)
                .body("errors[0].at", equalTo("environment"));
    }

    @Test
    void anAddressWithCredentialsIsRefusedAndWrittenNowhere() {
        post(
                        "endpoints/probe",
                        Map.of("environment", "here", "url", "http://u:hunter2@127.0.0.1:1"))
                .statusCode(422)
                .body("errors[0].at", equalTo("url"))
                .body(not(containsString("hunter2")));
        get("audit?limit=500").body(not(containsString("hunter2")));
    }

    @Test
    void aTokenPutWhereItsReferenceBelongsIsRefusedAndNotRepeated() {
        post(
                        "endpoints/probe",
                        Map.of(
                                "environment", "here",
                                "url", "http://127.0.0.1:1",
                                "tokenRef", "sk-secret-0123456789"))
                .statusCode(422)
                .body("errors[0].at", equalTo("tokenRef"))
                .body("errors[0].message", not(containsString("sk-secret")));
    }
}
