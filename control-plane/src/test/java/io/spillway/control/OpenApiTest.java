package io.spillway.control;

import static io.restassured.RestAssured.given;
import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.quarkus.test.common.QuarkusTestResource;
import io.quarkus.test.junit.QuarkusTest;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

@QuarkusTest
@QuarkusTestResource(PostgresForTests.class)
class OpenApiTest {
    private static final Path BUILT = Path.of("target/openapi/openapi.json");
    private static final Path COMMITTED = Path.of("src/main/webui/openapi.json");
    private static final List<String> METHODS = List.of("get", "put", "post", "delete", "patch");

    @Test
    void theConsolesCopyIsTheOneThatTheServerPublishes() throws IOException {
        var built = Files.readString(BUILT);

        if (Boolean.getBoolean("openapi.refresh")) {
            Files.writeString(COMMITTED, built);
        }
        assertThat(Files.readString(COMMITTED))
                .as(
                        "src/main/webui/openapi.json; refresh it with: mvn -Dquick -pl"
                                + " control-plane -am test -Dtest=OpenApiTest"
                                + " -Dsurefire.failIfNoSpecifiedTests=false -Dopenapi.refresh=true")
                .isEqualToNormalizingNewlines(built);
    }

    @ParameterizedTest(name = "{0} {1}")
    @MethodSource("operations")
    void noRouteAnswersWithoutTheToken(String method, String path) {
        var url = path.replaceAll("\\{[^}]+}", "x");

        for (var header :
                List.of(
                        "",
                        "Bearer ",
                        "Bearer wrong",
                        "Basic eDp5",
                        "bearer" + AdminRest.token())) {
            var request = given().header("Authorization", header);
            var response = request.request(method.toUpperCase(java.util.Locale.ROOT), url);

            assertThat(response.statusCode())
                    .as("'%s'", header.replace(AdminRest.token(), "TOKEN"))
                    .isEqualTo(401);
            assertThat(response.contentType()).startsWith("application/problem+json");
        }
    }

    @ParameterizedTest(name = "{0} {1}")
    @MethodSource("operations")
    void everyOperationSaysWhatItDoesAndHowItFails(String method, String path) throws IOException {
        var operation = document().path("paths").path(path).path(method);

        assertThat(operation.path("summary").asText()).isNotBlank();
        assertThat(operation.path("operationId").asText()).isNotBlank();
        assertThat(operation.path("responses").path("default").toString()).contains("Problem");
    }

    @Test
    void everyFieldOfEverySchemaIsDescribed() throws IOException {
        var undescribed = new ArrayList<String>();
        document()
                .path("components")
                .path("schemas")
                .properties()
                .forEach(schema ->
                        schema.getValue()
                                .path("properties")
                                .properties()
                                .forEach(field -> {
                                    if (!field.getKey().equals("items")
                                            && field.getValue()
                                                    .path("description")
                                                    .asText()
                                                    .isBlank()) {
                                        undescribed.add(schema.getKey() + "." + field.getKey());
                                    }
                                }));

        assertThat(undescribed).as("add them to openapi-descriptions.properties").isEmpty();
    }

    @Test
    void noSchemaHoldsAHash() throws IOException {
        assertThat(document().path("components").path("schemas").toString())
                .doesNotContain("\"hash\"");
    }

    static Stream<Arguments> operations() throws IOException {
        var operations = new ArrayList<Arguments>();
        document()
                .path("paths")
                .properties()
                .forEach(path ->
                        METHODS.stream()
                                .filter(it -> path.getValue().has(it))
                                .forEach(it -> operations.add(Arguments.of(it, path.getKey()))));
        assertThat(operations).hasSizeGreaterThan(20);
        return operations.stream();
    }

    private static JsonNode document() throws IOException {
        return new ObjectMapper().readTree(BUILT.toFile());
    }
}
