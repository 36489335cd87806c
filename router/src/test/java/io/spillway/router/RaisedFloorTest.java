package io.spillway.router;

import static org.assertj.core.api.Assertions.assertThat;

import io.spillway.api.environment.ApiKey;
import io.spillway.api.environment.RegistryObject;
import io.spillway.api.environment.Tenant;
import io.spillway.api.request.DataClass;
import io.vertx.core.Vertx;
import java.util.Map;
import java.util.Set;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/// Floors that rise while a request is under way.
class RaisedFloorTest {
    private final Vertx vertx = Vertx.vertx();
    private TestSite site;
    private StubServer home;
    private StubServer cloud;

    @BeforeEach
    void start() throws Exception {
        site = TestSite.start(vertx);
        home = StubServer.start(vertx);
        cloud = StubServer.start(vertx);
        site.put(TestSite.endpoint("onprem", "h1", home.url()))
                .put(TestSite.endpoint("aws-burst", "c1", cloud.url()))
                .publish();
    }

    @AfterEach
    void stop() throws Exception {
        site.close();
        vertx.close().toCompletionStage().toCompletableFuture().get();
    }

    @Test
    void aRequestUnderWayDoesNotFailOverToThePublicSideAfterItsTenantsFloorRose() throws Exception {
        failAtHomeAfterwards(
                new Tenant(
                        "acme",
                        DataClass.CONFIDENTIAL,
                        Set.of("aws-burst"),
                        Set.of("US", "DE"),
                        null));

        assertThat(Caller.chat(site, "hi").statusCode()).isGreaterThanOrEqualTo(400);
        assertThat(cloud.received()).isEmpty();
    }

    @Test
    void aRequestUnderWayDoesNotFailOverToThePublicSideAfterItsKeysFloorRose() throws Exception {
        var key = TestSite.key("k1", TestSite.SECRET, Set.of("aws-burst"));
        failAtHomeAfterwards(
                new ApiKey(
                        key.id(),
                        key.hash(),
                        key.tenant(),
                        null,
                        DataClass.CONFIDENTIAL,
                        DataClass.RESTRICTED,
                        key.maySpill(),
                        Set.of(),
                        Map.of(),
                        true,
                        null,
                        null));

        assertThat(Caller.chat(site, "hi").statusCode()).isGreaterThanOrEqualTo(400);
        assertThat(cloud.received()).isEmpty();
    }

    @Test
    void anUnchangedRegistryLetsTheSameRequestFailOver() throws Exception {
        failAtHomeAfterwards(TestSite.pool("onprem", 0));

        assertThat(Caller.chat(site, "hi").statusCode()).isEqualTo(200);
        assertThat(cloud.received()).hasSize(1);
    }

    private void failAtHomeAfterwards(RegistryObject change) {
        home.answering((response, _) -> {
            site.put(change).publish();
            StubServer.json(response, 503, "{}");
        });
    }
}
