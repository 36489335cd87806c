package io.spillway.control;

import static io.restassured.RestAssured.given;
import static org.assertj.core.api.Assertions.assertThat;

import io.quarkus.test.common.QuarkusTestResource;
import io.quarkus.test.junit.QuarkusTest;
import jakarta.inject.Inject;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

@QuarkusTest
@QuarkusTestResource(PostgresForTests.class)
class AccessTest {
    @Inject ControlConfig config;

    @Test
    void theTokenOfTheFirstStartIsReadableByItsOwnerOnlyAndOpensTheSession() throws IOException {
        var file = config.adminTokenFile();

        assertThat(PosixFilePermissions.toString(Files.getPosixFilePermissions(file)))
                .isEqualTo("rw-------");
        assertThat(Files.readString(file).strip()).matches("spw-admin-[A-Za-z0-9_-]{43}");
        given().header("Authorization", "Bearer " + Files.readString(file).strip())
                .get("/api/v1/session")
                .then()
                .statusCode(200);
    }

    @ParameterizedTest
    @CsvSource({
        "session, 200, 200",
        "tenants, 200, 200",
        "policies, 200, 200",
        "decisions, 200, 403",
        "decisions/none, 404, 403",
        "decisions/log, 200, 403",
        "decisions/states/1/1, 404, 403",
        "decisions/, 200, 403",
        "%64ecisions, 200, 403"
    })
    void anOperatorRunsTheStackWithoutSeeingWhatWasFoundInRequests(
            String path, int admin, int operator) throws IOException {
        var file = config.operatorTokenFile().orElseThrow();

        assertThat(PosixFilePermissions.toString(Files.getPosixFilePermissions(file)))
                .isEqualTo("rw-------");
        assertThat(status(config.adminTokenFile(), path)).isEqualTo(admin);
        assertThat(status(file, path)).isEqualTo(operator);
    }

    @Test
    void anOperatorMakesKeysButNoneThatShowFindings() throws IOException {
        var token = Files.readString(config.operatorTokenFile().orElseThrow()).strip();
        AdminRest.put("tenants/operated", AdminRest.tenant("operated", List.of())).statusCode(201);

        for (boolean debug : new boolean[] {false, true}) {
            given().header("Authorization", "Bearer " + token)
                    .contentType("application/json")
                    .body(Map.of("tenant", "operated", "debug", debug))
                    .post("/api/v1/keys")
                    .then()
                    .statusCode(debug ? 403 : 201);
        }
    }

    private static int status(Path tokenFile, String path) throws IOException {
        return given().urlEncodingEnabled(false)
                .header("Authorization", "Bearer " + Files.readString(tokenFile).strip())
                .get("/api/v1/" + path)
                .statusCode();
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "/api/v1/session",
                "/api/v1/nothing",
                "/api/v1",
                "/api/v1;x=1/session",
                "/api;x=1/v1/session",
                "//api/v1/session",
                "/api//v1/session",
                "/api/v1/%73ession",
                "/x/../api/v1/session"
            })
    void nothingIsToldWithoutAToken(String path) {
        var response = given().urlEncodingEnabled(false).get(path);

        assertThat(response.statusCode()).isIn(401, 404);
        assertThat(response.body().asString()).doesNotContain("tokenId");
    }

    @Test
    void anUnknownRouteIsAProblemForThoseWhoMayKnow() throws IOException {
        given().header(
                        "Authorization",
                        "Bearer " + Files.readString(config.adminTokenFile()).strip())
                .get("/api/v1/nothing")
                .then()
                .statusCode(404)
                .contentType("application/problem+json");
    }
}
