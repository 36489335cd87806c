package io.spillway.router.identity;

import static org.assertj.core.api.Assertions.assertThat;

import io.spillway.api.environment.ApiKey;
import io.spillway.api.environment.RegistryObject;
import io.spillway.api.environment.Tenant;
import io.spillway.api.environment.Zone;
import io.spillway.api.request.DataClass;
import io.spillway.api.state.RoutingState;
import io.spillway.api.state.Watermark;
import io.spillway.router.TestSite;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

class IdentityTest {
    private static final Instant NOON = Instant.parse("2026-11-22T12:00:00Z");
    private static final long MINUTE = 60_000_000_000L;

    private final Identity identity =
            new Identity(new KeyHash(TestSite.PEPPER), new RequestRate(), "onprem");
    private final List<RegistryObject> objects =
            new ArrayList<>(
                    List.of(
                            TestSite.environment("onprem", Zone.PRIVATE, DataClass.CONFIDENTIAL),
                            new Tenant("acme", DataClass.PUBLIC, Set.of(), Set.of(), null)));

    @Test
    void knowsAKeyByItsHash() {
        objects.add(key(DataClass.INTERNAL, null, null));

        assertThat(identify("Bearer secret", 0))
                .isInstanceOfSatisfying(
                        Identification.Known.class,
                        it -> assertThat(it.principal().caller().tenant()).isEqualTo("acme"));
        assertThat(status("bearer secret")).isEqualTo(200);
    }

    @Test
    void refusesEverythingElse() {
        objects.add(key(DataClass.INTERNAL, null, null));

        assertThat(status(null)).isEqualTo(401);
        assertThat(status("")).isEqualTo(401);
        assertThat(status("Bearer ")).isEqualTo(401);
        assertThat(status("Basic secret")).isEqualTo(401);
        assertThat(status("Bearer Secret")).isEqualTo(401);
        assertThat(status("Bearer secretx")).isEqualTo(401);
        assertThat(status("Bearer " + new KeyHash(TestSite.PEPPER).of("secret"))).isEqualTo(401);
        assertThat(status("Bearer " + "x".repeat(10_000))).isEqualTo(401);
    }

    @Test
    void refusesAKeyOfATenantThatIsGone() {
        objects.add(key(DataClass.INTERNAL, null, null));
        objects.removeIf(Tenant.class::isInstance);

        assertThat(status("Bearer secret")).isEqualTo(401);
    }

    @Test
    void refusesAnExpiredKeyFromThatMomentOn() {
        objects.add(key(DataClass.INTERNAL, null, NOON.plusSeconds(1)));
        assertThat(status("Bearer secret")).isEqualTo(200);
        objects.removeIf(ApiKey.class::isInstance);
        objects.add(key(DataClass.INTERNAL, null, NOON));
        assertThat(status("Bearer secret")).isEqualTo(401);
    }

    @Test
    void refusesKeysWhoseClassesThisPlaceMayNotSee() {
        objects.add(key(DataClass.RESTRICTED, null, null));

        assertThat(status("Bearer secret")).isEqualTo(403);
    }

    @Test
    void limitsRequestsPerMinuteAndSaysWhenToComeBack() {
        objects.add(key(DataClass.INTERNAL, 2, null));

        assertThat(identify("Bearer secret", 0)).isInstanceOf(Identification.Known.class);
        assertThat(identify("Bearer secret", 0)).isInstanceOf(Identification.Known.class);
        assertThat(identify("Bearer secret", 0))
                .isInstanceOfSatisfying(
                        Identification.Refused.class,
                        it -> {
                            assertThat(it.error().status()).isEqualTo(429);
                            assertThat(it.error().code()).isEqualTo("rate_limited");
                            assertThat(it.error().retryAfterSeconds()).isEqualTo(30);
                        });
        assertThat(identify("Bearer secret", MINUTE / 2)).isInstanceOf(Identification.Known.class);
        assertThat(identify("Bearer secret", MINUTE / 2))
                .isInstanceOf(Identification.Refused.class);
    }

    private int status(@Nullable String authorization) {
        return switch (identify(authorization, 0)) {
            case Identification.Known _ -> 200;
            case Identification.Refused(var error) -> error.status();
        };
    }

    private Identification identify(@Nullable String authorization, long nanos) {
        return identity.identify(
                authorization, RoutingState.of(new Watermark("o", 1, 1), objects), NOON, nanos);
    }

    private static ApiKey key(
            DataClass maxClass, @Nullable Integer perMinute, @Nullable Instant expires) {
        return new ApiKey(
                "k1",
                new KeyHash(TestSite.PEPPER).of("secret"),
                "acme",
                null,
                DataClass.PUBLIC,
                maxClass,
                Set.of(),
                Set.of(),
                Map.of(),
                false,
                perMinute,
                expires);
    }
}
