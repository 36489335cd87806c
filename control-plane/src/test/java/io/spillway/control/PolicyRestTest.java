package io.spillway.control;

import static io.spillway.control.AdminRest.admin;
import static io.spillway.control.AdminRest.created;
import static io.spillway.control.AdminRest.delete;
import static io.spillway.control.AdminRest.environment;
import static io.spillway.control.AdminRest.get;
import static io.spillway.control.AdminRest.publish;
import static io.spillway.control.AdminRest.put;
import static org.assertj.core.api.Assertions.assertThat;
import static org.hamcrest.Matchers.containsString;
import static org.hamcrest.Matchers.equalTo;
import static org.hamcrest.Matchers.greaterThan;
import static org.hamcrest.Matchers.not;

import io.quarkus.test.common.QuarkusTestResource;
import io.quarkus.test.junit.QuarkusTest;
import java.util.List;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

@QuarkusTest
@QuarkusTestResource(PostgresForTests.class)
class PolicyRestTest {
    private static final String POLICY =
            """
            apiVersion: spillway/v1
            kind: PolicySet
            metadata: { name: %s }
            classification:
              default: internal
            placement:
              - name: anywhere
                use: [ { zone: private }, { environment: named } ]
            """;

    @BeforeEach
    void anEnvironmentThatThePolicyNames() {
        created(put("environments/named", environment("named", "public", List.of())));
    }

    @Test
    void aPolicyIsReadBackAsItWasWrittenWithItsDigest() {
        publish("acme", POLICY.formatted("acme")).statusCode(not(greaterThan(201)));

        var digest = get("policies/acme").statusCode(200).extract().<String>path("digest");
        get("policies/acme")
                .body("yaml", equalTo(POLICY.formatted("acme")))
                .header("ETag", '"' + digest + '"');
        get("policies").body("items.name", equalTo(List.of("acme")));
    }

    @Test
    void aWrongPolicyIsRefusedWholeWithThePlaceOfEachMistake() {
        created(publish("acme", POLICY.formatted("acme")));

        publish("acme", POLICY.formatted("acme").replace("named", "nowhere") + "colour: red\n")
                .statusCode(422)
                .body("errors.size()", greaterThan(1))
                .body("errors[0].line", greaterThan(0))
                .body("errors[0].column", greaterThan(0))
                .body("errors.message.join(' ')", containsString("nowhere"));
        get("policies/acme").body("yaml", equalTo(POLICY.formatted("acme")));
    }

    @Test
    void aFileUnderAnotherNameThanItsOwnIsRefused() {
        publish("other", POLICY.formatted("acme"))
                .statusCode(422)
                .body("errors[0].at", equalTo("metadata.name"));
    }

    @Test
    void anotherNameReplacesThePolicyInOneChangeSet() {
        created(publish("first", POLICY.formatted("first")));
        var before = get("sync").extract().<Integer>path("seq");

        created(publish("second", POLICY.formatted("second")));

        assertThat(get("sync").extract().<Integer>path("seq")).isEqualTo(before + 1);
        get("policies").body("items.name", equalTo(List.of("second")));
        get("policies/first").statusCode(404);
    }

    @Test
    void aVersionThatIsNoLongerInForceIsNotReplaced() {
        created(publish("acme", POLICY.formatted("acme")));
        var digest = get("policies/acme").extract().<String>path("digest");
        var next = POLICY.formatted("acme") + "# next\n";

        publishIf("0".repeat(64), next)
                .statusCode(412)
                .body("code", equalTo("version_changed"))
                .body("detail", containsString(digest));
        publishIf(digest, next).statusCode(200);
        publishIf(digest, next + "# later\n").statusCode(412);
    }

    @Test
    void theRegistryCannotBreakThePolicyInForce() {
        created(publish("acme", POLICY.formatted("acme")));

        delete("environments/named")
                .statusCode(409)
                .body("code", equalTo("policy_would_break"))
                .body("errors[0].at", equalTo("policy/acme"))
                .body("errors[0].line", equalTo(8));
        get("environments/named").statusCode(200);
    }

    private static io.restassured.response.ValidatableResponse publishIf(
            String digest, String yaml) {
        return admin().contentType("application/yaml")
                .header("If-Match", '"' + digest + '"')
                .body(yaml)
                .put("/api/v1/policies/acme")
                .then();
    }

    @Test
    void onlyAProvedPolicyIsPublishedAndNoChangeFalsifiesItsProof() {
        created(put("environments/named", environment("named", "public", List.of())));
        var open = POLICY.formatted("proved") + "invariants:\n  - never: \"%s\"\n";

        publish("proved", open.formatted("environment.zone == 'public'"))
                .statusCode(409)
                .body("code", equalTo("not_proved"))
                .body("errors[0].hint", containsString("Counterexample: {"));
        acknowledged(
                "proved",
                open.formatted("dataClass == restricted && environment.zone == 'public'"));
        get("policies/proved/proof")
                .statusCode(200)
                .body("verdict", equalTo("proved"))
                .body("invariants[0].rulesAlone.verdict", equalTo("violated"))
                .body("invariants[0].withGuard.verdict", equalTo("proved"))
                .body("matrix.size()", greaterThan(7));

        var raised =
                new java.util.HashMap<String, Object>(environment("named", "public", List.of()));
        raised.put("clearance", "restricted");
        put("environments/named", raised)
                .statusCode(409)
                .body("code", equalTo("policy_would_break"))
                .body("errors[0].message", containsString("VIOLATED"));
    }

    @Test
    void aPolicyThatLetsMoreLeaveMustBeAcknowledgedAndTheAuditKeepsIt() {
        created(put("environments/named", environment("named", "public", List.of())));
        var home = POLICY.formatted("wide").replace(", { environment: named }", "");
        acknowledged("wide", home);
        created(
                put(
                        "tenants/leaver",
                        java.util.Map.of(
                                "name",
                                "leaver",
                                "floor",
                                "public",
                                "maySpill",
                                List.of("named"),
                                "allowedJurisdictions",
                                List.of("DE", "US", "EU"))));
        admin().body(
                        java.util.Map.of(
                                "id",
                                "leaver-key",
                                "tenant",
                                "leaver",
                                "maySpill",
                                List.of("named")))
                .contentType("application/json")
                .post("/api/v1/keys");

        var refused = publish("wide", POLICY.formatted("wide"));

        refused.statusCode(409)
                .body("code", equalTo("widens"))
                .body("errors.message.join(' ')", containsString("tenant leaver"));
        acknowledged("wide", POLICY.formatted("wide"));
        get("audit").body("items.detail.join(' ')", containsString("acknowledged widening"));
        delete("keys/leaver-key");
        delete("tenants/leaver");
    }

    /// Publishes, and acknowledges what that opens.
    private static void acknowledged(String name, String yaml) {
        var first = publish(name, yaml).extract();
        if (first.statusCode() == 409) {
            var digest = first.<String>path("errors[0].at");
            admin().contentType("application/yaml")
                    .body(yaml)
                    .queryParam("acknowledgeWidening", digest)
                    .put("/api/v1/policies/" + name)
                    .then()
                    .statusCode(not(greaterThan(201)));
        }
    }
}
