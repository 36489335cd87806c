package io.spillway.router.application;

import static io.restassured.RestAssured.given;
import static org.assertj.core.api.Assertions.assertThat;
import static org.hamcrest.Matchers.containsString;
import static org.hamcrest.Matchers.equalTo;

import io.quarkus.test.common.QuarkusTestResource;
import io.quarkus.test.junit.QuarkusTest;
import io.restassured.response.Response;
import io.spillway.router.Await;
import io.spillway.router.TestSite;
import jakarta.inject.Inject;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

@QuarkusTest
@QuarkusTestResource(RouterFiles.class)
class RouterApplicationTest {
    @Inject RouterRuntime runtime;

    @BeforeEach
    void savedPolicyIsCompiled() {
        Await.until("ready", runtime::ready);
    }

    @Test
    void servesFromItsDiskWhileTheControlPlaneIsAway() {
        var answer = chat();

        assertThat(answer.statusCode()).isEqualTo(200);
        assertThat(answer.header("x-spillway-environment")).isEqualTo("onprem");
    }

    private Response chat() {
        return given().header("Authorization", "Bearer " + TestSite.SECRET)
                .contentType("application/json")
                .body("{\"model\":\"chat\",\"messages\":[{\"role\":\"user\",\"content\":\"hi\"}]}")
                .post("http://127.0.0.1:%d/v1/chat/completions".formatted(runtime.port()));
    }

    @Test
    void isReadyWithoutAControlPlane() {
        given().get("/q/health/ready").then().statusCode(200).body("status", equalTo("UP"));
    }

    @Test
    void showsItsMetricsOnTheManagementPortOnly() {
        var _ = chat();

        given().get("/q/metrics")
                .then()
                .statusCode(200)
                .body(containsString("spillway_decisions_total"))
                .body(containsString("spillway_egress_permits_total"))
                .body(containsString("spillway_snapshot_age_seconds"));
        assertThat(
                        given().get("http://127.0.0.1:%d/q/metrics".formatted(runtime.port()))
                                .statusCode())
                .isEqualTo(404);
    }
}
