package io.spillway.control;

import static io.spillway.control.AdminRest.admin;
import static io.spillway.control.AdminRest.created;
import static io.spillway.control.AdminRest.delete;
import static io.spillway.control.AdminRest.endpoint;
import static io.spillway.control.AdminRest.environment;
import static io.spillway.control.AdminRest.fleet;
import static io.spillway.control.AdminRest.get;
import static io.spillway.control.AdminRest.model;
import static io.spillway.control.AdminRest.pool;
import static io.spillway.control.AdminRest.post;
import static io.spillway.control.AdminRest.put;
import static io.spillway.control.AdminRest.tenant;
import static org.assertj.core.api.Assertions.assertThat;
import static org.hamcrest.Matchers.contains;
import static org.hamcrest.Matchers.containsString;
import static org.hamcrest.Matchers.equalTo;
import static org.hamcrest.Matchers.hasItem;
import static org.hamcrest.Matchers.nullValue;

import io.quarkus.test.common.QuarkusTestResource;
import io.quarkus.test.junit.QuarkusTest;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

@QuarkusTest
@QuarkusTestResource(PostgresForTests.class)
class RegistryRestTest {
    private static final String VERSION = "rest-v1";

    @BeforeEach
    void aPrivateAndAPublicEnvironmentWithAPoolEach() {
        created(put("environments/home", environment("home", "private", List.of("127.0.0.0/8"))));
        created(put("environments/away", environment("away", "public", List.of())));
        created(put("pools/home/" + VERSION, pool("home", VERSION)));
        created(put("pools/away/" + VERSION, pool("away", VERSION)));
    }

    @Test
    void whatIsPutIsReadBackUnchangedAndListed() {
        put("models/chat", model("chat", VERSION, List.of("away"))).statusCode(201);

        get("models/chat")
                .statusCode(200)
                .body("name", equalTo("chat"))
                .body("versions", contains(VERSION))
                .body("maySpill", contains("away"));
        get("models").statusCode(200).body("items.name", hasItem("chat"));
        put("models/chat", model("chat", VERSION, List.of())).statusCode(200);
        get("models/chat").body("maySpill", equalTo(List.of()));
        delete("models/chat").statusCode(204);
        get("models/chat").statusCode(404).body("code", equalTo("not_found"));
    }

    @Test
    void everyChangeTellsItsChangeSetAndARepetitionMakesNone() {
        var first = seq(put("tenants/seq", tenant("seq", List.of())));
        var again = seq(put("tenants/seq", tenant("seq", List.of())));
        var next = seq(put("tenants/seq", tenant("seq", List.of("away"))));

        assertThat(again).isEqualTo(first);
        assertThat(next).isEqualTo(first + 1);
    }

    @Test
    void aPathAndABodyThatDifferAreRefused() {
        put("tenants/one", tenant("two", List.of()))
                .statusCode(422)
                .contentType("application/problem+json")
                .body("errors[0].message", containsString("'one'"))
                .body("errors[0].hint", containsString("same name"));
    }

    @Test
    void aMissingFieldAnUnknownFieldAndAWrongValueAreNamed() {
        var body = new HashMap<>(tenant("t", List.of()));
        body.remove("floor");
        put("tenants/t", body).statusCode(400).body("errors[0].at", equalTo("floor"));

        body.put("floor", "secret");
        put("tenants/t", body)
                .statusCode(400)
                .body("errors[0].at", equalTo("floor"))
                .body("errors[0].hint", containsString("confidential"));

        body.put("floor", "public");
        body.put("colour", "red");
        put("tenants/t", body)
                .statusCode(400)
                .body("errors[0].at", equalTo("colour"))
                .body("errors[0].hint", containsString("maySpill"));
    }

    @Test
    void brokenJsonIsAnsweredWithItsPlace() {
        admin().contentType("application/json")
                .body("{\"name\": \"t\",\n \"name\": \"t\"}")
                .put("/api/v1/tenants/t")
                .then()
                .statusCode(400)
                .body("code", equalTo("invalid_json"))
                .body("errors[0].line", equalTo(2));
    }

    @Test
    void aNameThatCannotStandInAUrlIsRefusedInWords() {
        put("tenants/x", tenant("a b", List.of()))
                .statusCode(400)
                .body("errors[0].message", containsString("1 to 128 letters"));
    }

    @Test
    void aReferenceToNothingIsRefusedWithWhatToDo() {
        put("endpoints/e", endpoint("e", "home", "no-such-version", "http://127.0.0.1:1"))
                .statusCode(422)
                .body("errors[0].at", equalTo("modelVersion"))
                .body("errors[0].hint", containsString("PUT /pools/home/no-such-version"));
        put("pools/nowhere/v", pool("nowhere", "v"))
                .statusCode(422)
                .body("errors[0].at", equalTo("environment"));
        put("tenants/t", tenant("t", List.of("nowhere")))
                .statusCode(422)
                .body("errors[0].at", equalTo("maySpill"));
        put("tenants/t", tenant("t", List.of("home")))
                .statusCode(422)
                .body("errors[0].message", containsString("private"));
    }

    @Test
    void anEndpointOutsideItsEnvironmentsRangesIsRefused() {
        put("endpoints/e", endpoint("e", "home", VERSION, "http://192.0.2.7:8000"))
                .statusCode(422)
                .body("errors[0].at", equalTo("url"))
                .body("errors[0].message", containsString("192.0.2.7"))
                .body("errors[0].hint", containsString("range"));
        put("endpoints/e", endpoint("e", "home", VERSION, "http://no-such-host.invalid:8000"))
                .statusCode(422)
                .body("errors[0].message", containsString("no address"));
    }

    @Test
    void rangesThatLeaveAnEndpointOutsideAreRefused() {
        created(put("environments/narrow", environment("narrow", "private", List.of("127.0.0.1"))));
        created(put("pools/narrow/v", pool("narrow", "v")));
        created(put("endpoints/inside", endpoint("inside", "narrow", "v", "http://127.0.0.1:1")));

        put("environments/narrow", environment("narrow", "private", List.of("10.0.0.0/8")))
                .statusCode(409)
                .body("code", equalTo("endpoints_outside"))
                .body("errors[0].at", equalTo("endpoint/inside"));
        get("environments/narrow").body("addressRanges", contains("127.0.0.1"));
    }

    @Test
    void whatIsInUseCannotGoAndItsUsersAreNamed() {
        created(put("environments/used", environment("used", "public", List.of())));
        created(put("pools/used/v", pool("used", "v")));
        created(put("tenants/grantee", tenant("grantee", List.of("used"))));

        delete("environments/used")
                .statusCode(409)
                .body("code", equalTo("in_use"))
                .body("errors.at", hasItem("pool/used/v"))
                .body("errors.at", hasItem("tenant/grantee"));

        delete("tenants/grantee").statusCode(204);
        delete("pools/used/v").statusCode(204);
        delete("environments/used").statusCode(204);
        delete("environments/used").statusCode(404);
    }

    @Test
    void unknownDialectsAndDriversAreRefusedWithThoseThatExist() {
        var body = new HashMap<>(endpoint("e", "home", VERSION, "http://127.0.0.1:1"));
        body.put("dialect", "telnet");
        put("endpoints/e", body)
                .statusCode(422)
                .body("errors[0].at", equalTo("dialect"))
                .body("errors[0].hint", containsString("vllm"));
        put("fleets/f", fleet("f", "away", VERSION, "conjure"))
                .statusCode(422)
                .body("errors[0].at", equalTo("driver"));
    }

    @Test
    void wrongFieldsOfAnEnvironmentAreAllToldAtOnce() {
        var body = new HashMap<>(environment("odd", "private", List.of("10.0.0.0/99", "lan")));
        body.put("provider", "garage");
        body.put("dataLocations", List.of("Germany"));
        body.put("trustAnchorPem", "no certificate");

        put("environments/odd", body)
                .statusCode(422)
                .body(
                        "errors.at",
                        equalTo(
                                List.of(
                                        "provider",
                                        "dataLocations",
                                        "addressRanges",
                                        "addressRanges",
                                        "trustAnchorPem")));
    }

    @Test
    void drainingAndResumingMoveAnEndpointAndNothingElse() {
        created(put("endpoints/move", endpoint("move", "home", VERSION, "http://127.0.0.1:2")));

        post("endpoints/move/drain").statusCode(200).body("state", equalTo("draining"));
        get("endpoints/move").body("state", equalTo("draining")).body("nonce", nullValue());
        post("endpoints/move/resume").statusCode(200).body("state", equalTo("ready"));
        post("endpoints/none/drain").statusCode(404);
    }

    @Test
    void aSecretIsShownOnceAndItsHashNever() {
        created(put("tenants/owner", tenant("owner", List.of())));

        var made = post("keys", Map.of("tenant", "owner", "id", "k1")).statusCode(201);
        var secret = made.extract().<String>path("secret");
        var listed = get("keys").statusCode(200).extract().body().asString();

        assertThat(secret).matches("sk-spw-[A-Za-z0-9_-]{43}");
        assertThat(listed)
                .contains("\"k1\"")
                .doesNotContain(secret)
                .doesNotContainIgnoringCase("hash");
        get("keys/k1").body("floor", equalTo("public")).body("maxClass", equalTo("restricted"));
        post("keys", Map.of("tenant", "owner", "id", "k1"))
                .statusCode(409)
                .body("code", equalTo("exists"));
        delete("tenants/owner").statusCode(409).body("errors[0].at", equalTo("key/k1"));
        delete("keys/k1").statusCode(204);
    }

    @Test
    void aKeyOfNobodyOrWithAFloorAboveItsHighestClassIsRefused() {
        post("keys", Map.of("tenant", "nobody"))
                .statusCode(422)
                .body("errors[0].at", equalTo("tenant"));
        created(put("tenants/owner", tenant("owner", List.of())));
        post("keys", Map.of("tenant", "owner", "floor", "restricted", "maxClass", "internal"))
                .statusCode(422)
                .body("errors[0].message", containsString("floor restricted above maxClass"));
    }

    @Test
    void everyChangeIsAuditedWithWhoWhatAndDigests() {
        created(put("tenants/watched", tenant("watched", List.of())));
        put("tenants/watched", tenant("watched", List.of("away"))).statusCode(200);
        delete("tenants/watched").statusCode(204);

        var rows =
                get("audit?limit=500")
                        .statusCode(200)
                        .extract()
                        .<List<Map<String, Object>>>path("items.findAll { it.key == 'watched' }");
        assertThat(rows).hasSize(3);
        assertThat(rows.get(2).get("beforeDigest")).isNull();
        assertThat(rows.get(1).get("beforeDigest")).isEqualTo(rows.get(2).get("afterDigest"));
        assertThat(rows.get(0).get("afterDigest")).isNull();
        assertThat(rows)
                .allSatisfy(row -> assertThat(row.get("actor").toString()).startsWith("admin-"));
    }

    @Test
    void aRefusedChangeLeavesNoTrace() {
        var before = get("audit?limit=1").extract().<List<Map<String, Object>>>path("items");

        put("pools/nowhere/v", pool("nowhere", "v")).statusCode(422);

        assertThat(get("audit?limit=1").extract().<List<Map<String, Object>>>path("items"))
                .isEqualTo(before);
    }

    @Test
    void aPageThatIsTooLargeIsRefused() {
        get("audit?limit=1001").statusCode(422).body("errors[0].at", equalTo("limit"));
        get("audit?limit=many").statusCode(422).body("errors[0].at", equalTo("limit"));
    }

    private static long seq(io.restassured.response.ValidatableResponse response) {
        created(response);
        return Long.parseLong(response.extract().header("x-spillway-seq"));
    }
}
