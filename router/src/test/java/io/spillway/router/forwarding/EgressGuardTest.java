package io.spillway.router.forwarding;

import static org.assertj.core.api.Assertions.assertThat;

import io.spillway.api.environment.ApiKey;
import io.spillway.api.environment.Endpoint;
import io.spillway.api.environment.EndpointState;
import io.spillway.api.environment.Environment;
import io.spillway.api.environment.Model;
import io.spillway.api.environment.RegistryObject;
import io.spillway.api.environment.Tenant;
import io.spillway.api.environment.Zone;
import io.spillway.api.request.DataClass;
import io.spillway.api.state.RoutingState;
import io.spillway.api.state.Watermark;
import java.net.InetAddress;
import java.net.URI;
import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.IntStream;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

class EgressGuardTest {
    private static final String HASH = "a".repeat(64);
    private static final byte[] BODY = {1, 2, 3};
    private static final Watermark STATE = new Watermark("o", 1, 9);
    private static final String MASKED =
            "{\"messages\":[{\"content\":\"mail [EMAIL_k7f3p9_1] to %s\"}]}";

    private EgressGuard guard = new EgressGuard(Duration.ofMinutes(15));
    private byte[] body = BODY;
    private Egress.@Nullable Masking masking;
    private final Map<String, RegistryObject> objects = new LinkedHashMap<>();
    private DataClass dataClass = DataClass.INTERNAL;
    private Set<String> unscanned = Set.of();
    private Duration age = Duration.ZERO;
    private String address = "127.0.0.1";
    private String place = "cloud";
    private String model = "chat";

    @BeforeEach
    void registry() {
        put(environment("home", Zone.PRIVATE, DataClass.RESTRICTED, null));
        put(environment("cloud", Zone.PUBLIC, DataClass.INTERNAL, null));
        put(model("chat", Set.of("cloud"), Set.of("image")));
        put(tenant(Set.of("cloud"), Set.of("US", "DE")));
        put(key("acme", Set.of("cloud")));
        put(endpoint("home", "http://127.0.0.1:1", EndpointState.READY));
        put(endpoint("cloud", "http://127.0.0.1:2", EndpointState.READY));
    }

    @Test
    void aFullyGrantedRequestMayLeave() {
        assertThat(judge()).isNull();
    }

    @Test
    void eachMissingGrantAloneStopsIt() {
        put(tenant(Set.of(), Set.of("US", "DE")));
        assertThat(judge()).isEqualTo("grant");
        put(tenant(Set.of("cloud"), Set.of("US", "DE")));

        put(key("acme", Set.of("other")));
        assertThat(judge()).isEqualTo("grant");
        put(key("acme", Set.of("cloud")));

        put(model("chat", Set.of(), Set.of()));
        assertThat(judge()).isEqualTo("grant");
    }

    @Test
    void aSmallerModelDoesNotLendItsGrantToTheModelAskedFor() {
        put(model("chat", Set.of(), Set.of()));
        put(model("small", Set.of("cloud"), Set.of()));
        model = "small";

        assertThat(judge()).isEqualTo("grant");
    }

    @Test
    void aClassAboveTheClearanceMayGoNowhere() {
        dataClass = DataClass.CONFIDENTIAL;
        assertThat(judge()).isEqualTo("clearance");

        place = "home";
        assertThat(judge()).isNull();
    }

    @Test
    void jurisdictionsMustAllBeAllowedAndDeclared() {
        put(tenant(Set.of("cloud"), Set.of("DE")));
        assertThat(judge()).isEqualTo("jurisdiction");
        put(tenant(Set.of("cloud"), Set.of()));
        assertThat(judge()).isEqualTo("jurisdiction");

        put(tenant(Set.of("cloud"), Set.of("US", "DE")));
        put(
                new Environment(
                        "cloud",
                        Zone.PUBLIC,
                        "aws",
                        "r",
                        Set.of("US"),
                        Set.of(),
                        DataClass.INTERNAL,
                        List.of("127.0.0.0/8"),
                        null));
        assertThat(judge()).isEqualTo("jurisdiction");
    }

    @Test
    void unscannedContentLeavesOnlyWhenTheModelNamesItsKind() {
        unscanned = Set.of("image");
        assertThat(judge()).isNull();
        unscanned = Set.of("image", "audio");
        assertThat(judge()).isEqualTo("unscanned");
        place = "home";
        assertThat(judge()).isNull();
    }

    @Test
    void aStaleStateStopsLeavingButNotPrivateService() {
        age = Duration.ofMinutes(15);
        assertThat(judge()).isNull();
        age = Duration.ofMinutes(15).plusMillis(1);
        assertThat(judge()).isEqualTo("stale");
        place = "home";
        assertThat(judge()).isNull();
    }

    @Test
    void whatIsNotInTheStateIsRefused() {
        for (var gone :
                List.of(
                        "KEY" + "k1",
                        "TENANT" + "acme",
                        "MODEL" + "chat",
                        "ENVIRONMENT" + "cloud")) {
            var held = objects.remove(gone);
            assertThat(judge()).as(gone).isEqualTo("unknown");
            objects.put(gone, held);
        }
        put(key("another", Set.of("cloud")));
        assertThat(judge()).isEqualTo("unknown");
    }

    @Test
    void bothTheModelThatServesAndTheOneAskedForMustBeInTheState() {
        put(model("small", Set.of("cloud"), Set.of()));
        model = "small";
        assertThat(judge()).isNull();

        var asked = objects.remove("MODEL" + "chat");
        assertThat(judge()).isEqualTo("unknown");

        objects.put("MODEL" + "chat", asked);
        objects.remove("MODEL" + "small");
        assertThat(judge()).isEqualTo("unknown");
    }

    @Test
    void anEndpointIsNotTakenForAnotherOfItsPool() {
        put(endpoint("cloud", "http://127.0.0.1:2", EndpointState.DRAINING));
        for (var other : List.of("a-first", "z-last")) {
            put(
                    new Endpoint(
                            other,
                            "cloud",
                            "v1",
                            URI.create("http://127.0.0.1:2"),
                            "vllm",
                            EndpointState.READY,
                            null,
                            null));
        }

        assertThat(judge()).isEqualTo("endpoint");
    }

    @Test
    void aPublicPlaceThatDoesNotSayWhereItKeepsDataGetsNothing() {
        put(
                new Environment(
                        "cloud",
                        Zone.PUBLIC,
                        "aws",
                        "r",
                        Set.of(),
                        Set.of("US"),
                        DataClass.INTERNAL,
                        List.of("127.0.0.0/8"),
                        null));

        assertThat(judge()).isEqualTo("jurisdiction");
    }

    @Test
    void onlyAnEndpointThatIsRegisteredReadyUnderItsUrlMayReceive() {
        put(endpoint("cloud", "http://127.0.0.1:2", EndpointState.DRAINING));
        assertThat(judge()).isEqualTo("endpoint");
        put(endpoint("cloud", "http://127.0.0.1:3", EndpointState.READY));
        assertThat(judge(egress(endpoint("cloud", "http://127.0.0.1:2", EndpointState.READY))))
                .isEqualTo("endpoint");
        objects.remove("ENDPOINT" + "e-cloud");
        assertThat(judge(egress(endpoint("cloud", "http://127.0.0.1:2", EndpointState.READY))))
                .isEqualTo("endpoint");
    }

    @Test
    void anAddressOutsideTheDeclaredRangesIsRefused() {
        place = "home";
        for (var outside : List.of("10.0.0.1", "0.0.0.0", "169.254.169.254", "224.0.0.1", "::1")) {
            address = outside;
            assertThat(judge()).as(outside).isEqualTo("address");
        }
    }

    @Test
    void clearTextGoesOnlyWhereNobodyListens() {
        put(environment("home", Zone.PRIVATE, DataClass.RESTRICTED, "PEM"));
        place = "home";
        assertThat(judge()).isEqualTo("transport");

        put(environment("home", Zone.PRIVATE, DataClass.RESTRICTED, null));
        put(endpoint("home", "https://127.0.0.1:1", EndpointState.READY));
        assertThat(judge()).isEqualTo("transport");

        put(
                new Environment(
                        "cloud",
                        Zone.PUBLIC,
                        "aws",
                        "r",
                        Set.of("US"),
                        Set.of("US"),
                        DataClass.INTERNAL,
                        List.of(),
                        null));
        place = "cloud";
        address = "203.0.113.7";
        assertThat(judge()).isEqualTo("transport");
    }

    @Test
    void aPermitIsGoodOnceForItsBodyAndForFiveSeconds() {
        assertThat(permit(0).spend(BODY, STATE, 4_999_999_999L)).isNull();
        assertThat(permit(0).spend(BODY, STATE, 5_000_000_000L)).isEqualTo("permit-expired");
        assertThat(permit(0).spend(new byte[] {1, 2, 4}, STATE, 1)).isEqualTo("body-changed");
        assertThat(permit(0).spend(BODY, new Watermark("o", 1, 10), 1)).isEqualTo("state-changed");
        var used = permit(0);
        assertThat(used.spend(BODY, STATE, 1)).isNull();
        assertThat(used.spend(BODY, STATE, 1)).isEqualTo("permit-used");
    }

    @Test
    void aPermitBindsWhatItWasIssuedFor() {
        var permit = permit(0);

        assertThat(permit.decisionId()).isEqualTo("d");
        assertThat(permit.attempt()).isEqualTo(1);
        assertThat(permit.environment()).isEqualTo("cloud");
        assertThat(permit.endpoint().id()).isEqualTo("e-cloud");
        assertThat(permit.address().getHostAddress()).isEqualTo("127.0.0.1");
        assertThat(permit.dataClass()).isEqualTo(DataClass.INTERNAL);
        assertThat(permit.state().seq()).isEqualTo(9);
        assertThat(permit.grant()).contains("acme", "k1", "chat", "cloud");
    }

    private EgressPermit permit(long now) {
        return ((EgressVerdict.Permitted) guard.judge(egress(), state(), age, now)).permit();
    }

    private @Nullable String judge() {
        return judge(egress());
    }

    private @Nullable String judge(Egress egress) {
        return guard.judge(egress, state(), age, 0) instanceof EgressVerdict.Refused(var reason, _)
                ? reason
                : null;
    }

    private Egress egress() {
        var known = (Endpoint) objects.get("ENDPOINT" + "e-" + place);
        return egress(known);
    }

    private Egress egress(Endpoint endpoint) {
        try {
            return new Egress(
                    "d",
                    1,
                    "acme",
                    HASH,
                    model,
                    "chat",
                    dataClass,
                    unscanned,
                    endpoint,
                    InetAddress.getByName(address),
                    body.clone(),
                    masking);
        } catch (java.net.UnknownHostException e) {
            throw new IllegalArgumentException(e);
        }
    }

    private RoutingState state() {
        return RoutingState.of(STATE, objects.values());
    }

    private void put(RegistryObject object) {
        objects.put(object.kind() + object.key(), object);
    }

    private static Environment environment(
            String name, Zone zone, DataClass clearance, @Nullable String anchor) {
        return new Environment(
                name,
                zone,
                "onprem",
                "r",
                Set.of("US"),
                Set.of("US", "DE"),
                clearance,
                List.of("not-a-range", "127.0.0.0/8"),
                anchor);
    }

    private static Model model(String name, Set<String> maySpill, Set<String> unscanned) {
        return model(name, maySpill, unscanned, "v1");
    }

    private static Model model(
            String name, Set<String> maySpill, Set<String> unscanned, String version) {
        return new Model(name, List.of(version), maySpill, unscanned, 4096);
    }

    private static Tenant tenant(Set<String> maySpill, Set<String> jurisdictions) {
        return new Tenant("acme", DataClass.PUBLIC, maySpill, jurisdictions, null);
    }

    private static ApiKey key(String tenant, Set<String> maySpill) {
        return new ApiKey(
                "k1",
                HASH,
                tenant,
                null,
                DataClass.PUBLIC,
                DataClass.RESTRICTED,
                maySpill,
                Set.of(),
                Map.of(),
                false,
                null,
                null);
    }

    private static Endpoint endpoint(String environment, String url, EndpointState state) {
        return new Endpoint(
                "e-" + environment, environment, "v1", URI.create(url), "vllm", state, null, null);
    }

    private void maskable(String... types) {
        put(
                new Tenant(
                        "acme",
                        DataClass.PUBLIC,
                        Set.of("cloud"),
                        Set.of("US", "DE"),
                        null,
                        Set.of(types)));
    }

    private void masked(String rest, String... values) {
        body = MASKED.formatted(rest).getBytes(java.nio.charset.StandardCharsets.UTF_8);
        masking = new Egress.Masking(Set.of("email"), Set.of(values));
    }

    @Test
    void aMaskedBodyLeavesWhileTheTenantListsItsTypesAsMaskable() {
        masked("Bob", "ann@example.org");
        assertThat(judge()).isEqualTo("masking");

        maskable("phone");
        assertThat(judge()).isEqualTo("masking");

        maskable("phone", "email");
        assertThat(judge()).isNull();
    }

    @Test
    void aBodyThatStillHoldsAMaskedValueDoesNotLeave() {
        maskable("email");
        for (var rest :
                List.of(
                        "ann@example.org",
                        "\\u0061nn@example.org",
                        "{\\\"to\\\":\\\"ann@example.org\\\"}",
                        "{\\\"to\\\":\\\"\\\\u0061nn@example.org\\\"}",
                        "\"}],\"metadata\":{\"ann@example.org\":1},\"x\":[{\"y\":\"")) {
            masked(rest, "ann@example.org");
            assertThat(judge()).as(rest).isEqualTo("masking");
        }
        masked("joann@example.org.uk1", "ann@example.org");
        assertThat(judge()).isNull();
    }

    @Test
    void aMaskedBodyThatCannotBeReadDoesNotLeave() {
        maskable("email");
        masked("x", "ann@example.org");
        body = new byte[] {'{', '"'};

        assertThat(judge()).isEqualTo("masking");
    }

    @Test
    void aMaskedBodyThatIsMadeToTakeLongDoesNotLeave() {
        maskable("email");
        var almost = "a-".repeat(20);
        var values =
                IntStream.range(0, 200).mapToObj(i -> almost + i + "@b.org").toArray(String[]::new);

        masked(almost.repeat(5_000), values);
        assertThat(judge()).isEqualTo("masking");

        masked("a long but ordinary text, ".repeat(10_000), values);
        assertThat(judge()).isNull();
    }

    @Test
    void maskingLiftsNoFloor() {
        masked("Bob", "ann@example.org");
        put(
                new Tenant(
                        "acme",
                        DataClass.CONFIDENTIAL,
                        Set.of("cloud"),
                        Set.of("US", "DE"),
                        null,
                        Set.of("email")));

        assertThat(judge()).isEqualTo("clearance");
    }

    /// What the guard refuses, one situation for each check.
    private void situation(EgressGuard.Check check) {
        switch (check) {
            case CLASS -> dataClass = DataClass.CONFIDENTIAL;
            case ENDPOINT -> put(model("chat", Set.of("cloud"), Set.of(), "v2"));
            case PLACE -> address = "203.0.113.7";
            case AGE -> age = Duration.ofHours(1);
            case JURISDICTION -> put(tenant(Set.of("cloud"), Set.of("DE")));
            case GRANT -> put(tenant(Set.of(), Set.of("US", "DE")));
            case UNSCANNED -> unscanned = Set.of("audio");
            case MASKING -> masked("ann@example.org", "ann@example.org");
        }
    }

    @ParameterizedTest
    @EnumSource(EgressGuard.Check.class)
    void eachCheckStopsSomethingThatNoOtherStops(EgressGuard.Check check) {
        situation(check);
        assertThat(judge()).isNotNull();

        guard = new EgressGuard(Duration.ofMinutes(15), Set.of(check));

        assertThat(judge()).isNull();
    }
}
