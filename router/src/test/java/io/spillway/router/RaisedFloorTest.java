package io.spillway.router;

import static org.assertj.core.api.Assertions.assertThat;

import io.spillway.api.environment.RegistryObject;
import io.spillway.api.request.DataClass;
import org.junit.jupiter.api.AutoClose;
import org.junit.jupiter.api.Test;

/// Floors that rise while a request is under way.
class RaisedFloorTest {

    @AutoClose private final TestSite site = TestSite.start();
    private final StubServer home = site.server("onprem", "h1");
    private final StubServer cloud = site.server("aws-burst", "c1");

    @Test
    void aRequestUnderWayDoesNotFailOverToThePublicSideAfterItsTenantsFloorRose() throws Exception {
        failAtHomeAfterwards(TestSite.tenant(DataClass.CONFIDENTIAL));

        assertThat(Caller.chat(site, "hi").statusCode()).isGreaterThanOrEqualTo(400);
        assertThat(cloud.received()).isEmpty();
    }

    @Test
    void aRequestUnderWayDoesNotFailOverToThePublicSideAfterItsKeysFloorRose() throws Exception {
        failAtHomeAfterwards(TestSite.key(DataClass.CONFIDENTIAL, DataClass.RESTRICTED, true));

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
