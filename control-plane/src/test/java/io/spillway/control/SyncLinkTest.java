package io.spillway.control;

import static io.spillway.control.AdminRest.created;
import static io.spillway.control.AdminRest.delete;
import static io.spillway.control.AdminRest.environment;
import static io.spillway.control.AdminRest.get;
import static io.spillway.control.AdminRest.put;
import static io.spillway.control.AdminRest.tenant;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.hamcrest.Matchers.equalTo;

import io.quarkus.test.common.QuarkusTestResource;
import io.quarkus.test.junit.QuarkusTest;
import io.spillway.api.environment.PoolKey;
import io.spillway.api.state.PoolLoad;
import io.spillway.control.sync.Origin;
import io.spillway.sync.log.FrameVerifier;
import io.spillway.sync.log.link.ControlPlane;
import io.spillway.sync.log.link.MutualTls;
import io.spillway.sync.log.link.Pace;
import io.spillway.sync.log.link.ReplicaLink;
import io.spillway.sync.log.replica.Replica;
import io.spillway.sync.log.replica.SnapshotStore;
import jakarta.inject.Inject;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.OptionalLong;
import java.util.Random;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.BooleanSupplier;
import javax.net.ssl.SSLContext;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

@QuarkusTest
@QuarkusTestResource(PostgresForTests.class)
class SyncLinkTest {
    private static final int CHANGES = 200;

    @Inject Origin origin;
    @TempDir Path directory;

    private final Map<Long, Long> installedAt = new ConcurrentHashMap<>();
    private Replica replica;
    private ControlPlane control;
    private ReplicaLink link;

    @BeforeEach
    void aReplicaFollowsFromItsEnvironment() throws IOException {
        created(put("environments/site", environment("site", "private", List.of("127.0.0.0/8"))));
        replica = new Replica(state -> installedAt.put(state.watermark().seq(), System.nanoTime()));
        control = new ControlPlane(url(), tls("router-a.p12"));
        var verifier = FrameVerifier.fromPem(PostgresForTests.pki().file("origin-public.pem"));
        link =
                new ReplicaLink(
                        control,
                        replica,
                        verifier,
                        SnapshotStore.open(directory, verifier),
                        InstantSource.system(),
                        Pace.standard(new Random(1)));
        link.start();
        await(() -> replica.state().environments().containsKey("site"));
    }

    @AfterEach
    void theReplicaLeaves() {
        link.close();
        control.close();
    }

    @Test
    void aChangeByTheAdminRestIsInForceInAReplicaWithinASecond() {
        var millis = new ArrayList<Double>();
        for (var i = 0; i < CHANGES; i++) {
            var begin = System.nanoTime();
            var seq =
                    seq(
                            put(
                                    "tenants/latency",
                                    tenant("latency", i % 2 == 0 ? "public" : "internal")));
            await(() -> installedAt.containsKey(seq));
            millis.add((installedAt.get(seq) - begin) / 1e6);
        }
        Collections.sort(millis);
        var p50 = millis.get(CHANGES / 2 - 1);
        var p99 = millis.get(CHANGES * 99 / 100 - 1);

        System.out.printf(
                "change latency over %d changes: p50 %.0f ms, p99 %.0f ms, max %.0f ms%n",
                CHANGES, p50, p99, millis.getLast());
        assertThat(p99).as("p99 in milliseconds").isLessThan(1000);
        assertThat(replica.state().tenants().get("latency").floor().wire()).isEqualTo("internal");
        delete("tenants/latency").statusCode(204);
        await(() -> !replica.state().tenants().containsKey("latency"));
    }

    @Test
    void operatorsSeeWhoFollowsAndHowFar() {
        var seq = seq(put("tenants/seen", tenant("seen", List.of())));
        await(() -> installedAt.containsKey(seq) || replica.state().watermark().seq() >= seq);
        link.postLoad(List.of(load("router-a")));

        await(() ->
                get("sync").extract().<Integer>path("replicas.find { it.name == 'router-a' }.lag")
                        == 0);
        get("sync")
                .body("replicas.find { it.name == 'router-a' }.environment", equalTo("site"))
                .body("replicas.find { it.name == 'router-a' }.connected", equalTo(true));
        get("capacity").body("pools.router", equalTo(List.of("router-a")));
        get("status")
                .body("capture.up", equalTo(true))
                .body("postgres.up", equalTo(true))
                .body("replicas.up", equalTo(true));
    }

    @Test
    void journalsAreTakenInOnceHoweverOftenTheyCome() throws Exception {
        var batch = Journals.batch("router-a", 7, "once");

        var first = call("router-a.p12", "POST", "/sync/v1/journal", batch);
        var again = call("router-a.p12", "POST", "/sync/v1/journal", batch);

        assertThat(first.statusCode()).isEqualTo(200);
        assertThat(first.body()).isEqualTo("{\"acknowledged\":3}");
        assertThat(again.body()).isEqualTo(first.body());
        var attempts =
                get("decisions/once").statusCode(200).extract().<List<Object>>path("attempts");
        assertThat(attempts).hasSize(1);
    }

    @Test
    void aRouterSpeaksForItselfOnly() throws Exception {
        var foreign = Journals.batch("router-b", 1, "foreign");

        assertThat(call("router-a.p12", "POST", "/sync/v1/journal", foreign).statusCode())
                .isEqualTo(403);
        get("decisions/foreign").statusCode(404);
    }

    @Test
    void whoHasNoCertificateOrNoNameGetsNothing() throws Exception {
        assertThat(call("nameless.p12", "GET", "/sync/v1/changes?epoch=0&after=0", "").statusCode())
                .isEqualTo(403);
        assertThatThrownBy(() -> send(trustOnly(), "GET", "/sync/v1/changes?epoch=0&after=0", ""))
                .isInstanceOf(IOException.class);
    }

    @Test
    void wrongCallsAreRefusedInWords() throws Exception {
        assertThat(call("router-a.p12", "GET", "/sync/v1/changes?epoch=x&after=0", "").statusCode())
                .isEqualTo(400);
        assertThat(call("router-a.p12", "GET", "/sync/v1/journal", "").statusCode()).isEqualTo(405);
        assertThat(call("router-a.p12", "GET", "/sync/v1/else", "").statusCode()).isEqualTo(404);
        assertThat(call("router-a.p12", "POST", "/sync/v1/journal", "{").statusCode())
                .isEqualTo(400);
        assertThat(call("stranger.p12", "GET", "/sync/v1/changes?epoch=0&after=0", "").body())
                .contains("'nowhere', which is not registered");
    }

    private static Map<String, Object> tenant(String name, String floor) {
        var body = new java.util.HashMap<>(AdminRest.tenant(name, List.of()));
        body.put("floor", floor);
        return body;
    }

    private static Map<String, Object> tenant(String name, List<String> maySpill) {
        return AdminRest.tenant(name, maySpill);
    }

    private static PoolLoad load(String router) {
        return new PoolLoad(
                router, Instant.now(), new PoolKey("site", "m"), 1, 2, 0, 0, OptionalLong.of(120));
    }

    private static long seq(io.restassured.response.ValidatableResponse response) {
        created(response);
        return Long.parseLong(response.extract().header("x-spillway-seq"));
    }

    private URI url() {
        return URI.create("https://127.0.0.1:" + origin.port().orElseThrow());
    }

    private HttpResponse<String> call(String keyStore, String method, String path, String body)
            throws Exception {
        return send(tls(keyStore), method, path, body);
    }

    private HttpResponse<String> send(SSLContext tls, String method, String path, String body)
            throws Exception {
        try (var client =
                HttpClient.newBuilder()
                        .sslContext(tls)
                        .version(HttpClient.Version.HTTP_1_1)
                        .build()) {
            return client.send(
                    HttpRequest.newBuilder(url().resolve(path))
                            .timeout(Duration.ofSeconds(10))
                            .method(method, HttpRequest.BodyPublishers.ofString(body))
                            .build(),
                    HttpResponse.BodyHandlers.ofString());
        }
    }

    private static SSLContext tls(String keyStore) throws IOException {
        var pki = PostgresForTests.pki();
        return MutualTls.context(pki.file(keyStore), pki.file("trust.p12"), pki.file("password"));
    }

    private static SSLContext trustOnly() throws Exception {
        var store = java.security.KeyStore.getInstance("PKCS12");
        try (var in =
                java.nio.file.Files.newInputStream(PostgresForTests.pki().file("trust.p12"))) {
            store.load(in, TestPki.PASSWORD.toCharArray());
        }
        var trust =
                javax.net.ssl.TrustManagerFactory.getInstance(
                        javax.net.ssl.TrustManagerFactory.getDefaultAlgorithm());
        trust.init(store);
        var context = SSLContext.getInstance("TLS");
        context.init(null, trust.getTrustManagers(), null);
        return context;
    }

    private static void await(BooleanSupplier condition) {
        var deadline = System.nanoTime() + Duration.ofSeconds(20).toNanos();
        while (!condition.getAsBoolean()) {
            assertThat(System.nanoTime()).as("waited 20 s").isLessThan(deadline);
            try {
                Thread.sleep(1);
            } catch (InterruptedException e) {
                throw new AssertionError(e);
            }
        }
    }
}
