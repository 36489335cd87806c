package io.spillway.control;

import static io.restassured.RestAssured.given;

import io.restassured.config.EncoderConfig;
import io.restassured.config.RestAssuredConfig;
import io.restassured.http.ContentType;
import io.restassured.response.ValidatableResponse;
import io.restassured.specification.RequestSpecification;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.util.List;
import java.util.Map;
import org.eclipse.microprofile.config.ConfigProvider;

/// The admin REST as its callers see it, and objects to send to it.
public final class AdminRest {
    private static final RestAssuredConfig YAML_AS_TEXT =
            RestAssuredConfig.config()
                    .encoderConfig(
                            EncoderConfig.encoderConfig()
                                    .encodeContentTypeAs("application/yaml", ContentType.TEXT));

    private AdminRest() {}

    public static String token() {
        var file =
                ConfigProvider.getConfig()
                        .getValue("spillway.control.admin-token-file", java.nio.file.Path.class);
        try {
            return Files.readString(file).strip();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    public static RequestSpecification admin() {
        return given().config(YAML_AS_TEXT)
                .header("Authorization", "Bearer " + token())
                .urlEncodingEnabled(false);
    }

    public static ValidatableResponse get(String path) {
        return admin().get("/api/v1/" + path).then();
    }

    public static ValidatableResponse put(String path, Object body) {
        return admin().contentType(ContentType.JSON).body(body).put("/api/v1/" + path).then();
    }

    public static ValidatableResponse post(String path, Object body) {
        return admin().contentType(ContentType.JSON).body(body).post("/api/v1/" + path).then();
    }

    public static ValidatableResponse post(String path) {
        return admin().post("/api/v1/" + path).then();
    }

    public static ValidatableResponse delete(String path) {
        return admin().delete("/api/v1/" + path).then();
    }

    public static ValidatableResponse publish(String name, String yaml) {
        return admin().contentType("application/yaml")
                .body(yaml)
                .put("/api/v1/policies/" + name)
                .then();
    }

    public static Map<String, Object> environment(String name, String zone, List<String> ranges) {
        return Map.of(
                "name",
                name,
                "zone",
                zone,
                "provider",
                zone.equals("private") ? "onprem" : "aws",
                "region",
                "local",
                "dataLocations",
                List.of("DE"),
                "operatorJurisdictions",
                List.of("DE"),
                "clearance",
                zone.equals("private") ? "restricted" : "internal",
                "addressRanges",
                ranges);
    }

    public static Map<String, Object> model(String name, String version, List<String> maySpill) {
        return Map.of(
                "name",
                name,
                "versions",
                List.of(version),
                "maySpill",
                maySpill,
                "spillableUnscanned",
                List.of(),
                "contextTokens",
                8192);
    }

    public static Map<String, Object> pool(String environment, String version) {
        return Map.of(
                "environment",
                environment,
                "modelVersion",
                version,
                "upstreamModel",
                "org/" + version,
                "inputPrice",
                Map.of("nanos", 900, "currency", "USD"),
                "outputPrice",
                Map.of("nanos", 1100, "currency", "USD"));
    }

    public static Map<String, Object> endpoint(
            String id, String environment, String version, String url) {
        return Map.of(
                "id", id,
                "environment", environment,
                "modelVersion", version,
                "url", url,
                "dialect", "vllm",
                "state", "ready");
    }

    public static Map<String, Object> tenant(String name, List<String> maySpill) {
        return Map.of(
                "name",
                name,
                "floor",
                "public",
                "maySpill",
                maySpill,
                "allowedJurisdictions",
                List.of("DE"));
    }

    public static Map<String, Object> fleet(
            String name, String environment, String version, String driver) {
        return Map.of(
                "name",
                name,
                "environment",
                environment,
                "modelVersion",
                version,
                "driver",
                driver,
                "minimum",
                0,
                "maximum",
                3,
                "scaleUpTtftMillis",
                1500,
                "idleSeconds",
                60,
                "settings",
                Map.of());
    }

    public static void created(ValidatableResponse response) {
        var status = response.extract().statusCode();
        if (status != 201 && status != 200) {
            throw new AssertionError(status + " " + response.extract().body().asString());
        }
    }
}
