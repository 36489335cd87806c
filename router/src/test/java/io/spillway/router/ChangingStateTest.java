package io.spillway.router;

import static org.assertj.core.api.Assertions.assertThat;

import io.spillway.api.environment.Environment;
import io.spillway.api.environment.Model;
import io.spillway.api.environment.RegistryObject;
import io.spillway.api.environment.Tenant;
import io.spillway.api.environment.Zone;
import io.spillway.api.request.Classification;
import io.spillway.api.request.Classification.Source;
import io.spillway.api.request.DataClass;
import io.spillway.api.request.RequestFacts;
import io.spillway.policy.Placed;
import io.spillway.policy.PlacementFacts;
import io.spillway.policy.detect.Scan;
import io.spillway.policy.detect.TextLeaf;
import io.spillway.router.decision.Policy;
import java.util.List;
import java.util.Set;
import java.util.concurrent.atomic.AtomicBoolean;
import org.junit.jupiter.api.AutoClose;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/// The registry changes between the decision about a request and its first attempt. What was
/// decided must not be done then.
class ChangingStateTest {
    private static final String CARD = "my card is 4111 1111 1111 1111";

    private static final String CLOUD_FIRST =
            TestSite.POLICY.replace(
                            "[ { zone: private }, { environment: aws-burst } ]",
                            "[ { environment: aws-burst }, { zone: private } ]")
                    + "invariants: [ { never: \"environment.region == 'elsewhere'\" } ]\n";

    private static final String MASKED_IN_THE_CLOUD =
            """
            apiVersion: spillway/v1
            kind: PolicySet
            metadata: { name: test }
            classification: { default: internal }
            placement: [ { name: all, use: [ { environment: aws-burst, mask: [email] } ] } ]
            """;

    @AutoClose private final TestSite site = TestSite.start();
    private final StubServer home = StubServer.start(site.vertx());
    private final StubServer cloud = StubServer.start(site.vertx());

    /// A policy in whose first decision something happens, right before the decision is acted on.
    private record Interrupted(Policy policy, AtomicBoolean done, Runnable happening)
            implements Policy {
        @Override
        public Scan scan(List<TextLeaf> text) {
            return policy.scan(text);
        }

        @Override
        public Classification classify(RequestFacts request, Scan scan, List<Source> floors) {
            return policy.classify(request, scan, floors);
        }

        @Override
        public Set<Set<String>> masks() {
            return policy.masks();
        }

        @Override
        public Placed place(
                RequestFacts request, Classification classification, PlacementFacts facts) {
            var placed = policy.place(request, classification, facts);
            if (done.compareAndSet(false, true)) {
                happening.run();
            }
            return placed;
        }

        @Override
        public String digest() {
            return policy.digest();
        }

        @Override
        public String detectors() {
            return policy.detectors();
        }
    }

    private void publish(String yaml, Runnable afterTheFirstDecision) {
        site.publish(yaml);
        site.publish(
                new Interrupted(site.state().policy(), new AtomicBoolean(), afterTheFirstDecision));
    }

    /// What can change about the place that a request was just given.
    private enum Change {
        NOTHING {
            @Override
            RegistryObject object() {
                return TestSite.pool("onprem", 0);
            }
        },
        CLEARANCE {
            @Override
            RegistryObject object() {
                return TestSite.environment("aws-burst", Zone.PUBLIC, DataClass.PUBLIC);
            }
        },
        JURISDICTION {
            @Override
            RegistryObject object() {
                return cloud("here", Set.of("US", "CN"));
            }
        },
        REGION_THAT_AN_INVARIANT_FORBIDS {
            @Override
            RegistryObject object() {
                return cloud("elsewhere", Set.of("US"));
            }
        },
        GRANT_OF_THE_TENANT {
            @Override
            RegistryObject object() {
                return new Tenant("acme", DataClass.PUBLIC, Set.of(), Set.of("US", "DE"), null);
            }
        },
        GRANT_OF_THE_KEY {
            @Override
            RegistryObject object() {
                return TestSite.key("k1", TestSite.SECRET, Set.of());
            }
        },
        GRANT_OF_THE_MODEL {
            @Override
            RegistryObject object() {
                return new Model("chat", List.of("chat-v1"), Set.of(), Set.of(), 8192);
            }
        },
        FLOOR_OF_THE_TENANT {
            @Override
            RegistryObject object() {
                return TestSite.tenant(DataClass.CONFIDENTIAL);
            }
        };

        abstract RegistryObject object();

        private static Environment cloud(String region, Set<String> operators) {
            return new Environment(
                    "aws-burst",
                    Zone.PUBLIC,
                    "onprem",
                    region,
                    Set.of("US"),
                    operators,
                    DataClass.INTERNAL,
                    TestSite.RANGES,
                    null);
        }
    }

    @ParameterizedTest
    @EnumSource(Change.class)
    void aPlaceThatMayNoLongerServeTheRequestReceivesNothing(Change change) throws Exception {
        site.put(TestSite.endpoint("onprem", "h1", home.url()))
                .put(TestSite.endpoint("aws-burst", "c1", cloud.url()));
        publish(CLOUD_FIRST, () -> site.put(change.object()).publish(CLOUD_FIRST));

        var answer = Caller.chat(site, "hi");

        assertThat(answer.statusCode()).isEqualTo(200);
        assertThat(answer.headers().firstValue("x-spillway-zone"))
                .contains(change == Change.NOTHING ? "public" : "private");
        assertThat(cloud.received()).hasSize(change == Change.NOTHING ? 1 : 0);
    }

    @Test
    void aPrivatePlaceThatBecomesPublicReceivesNothingSensitive() throws Exception {
        site.put(TestSite.endpoint("onprem", "h1", home.url()));
        publish(
                CLOUD_FIRST,
                () ->
                        site.put(TestSite.environment("onprem", Zone.PUBLIC, DataClass.RESTRICTED))
                                .publish(CLOUD_FIRST));

        assertThat(Caller.chat(site, CARD).statusCode()).isEqualTo(403);
        assertThat(home.received()).isEmpty();
    }

    @Test
    void aKeyThatIsNarrowedAfterTheDecisionSendsNothingAboveItsClass() throws Exception {
        site.put(TestSite.endpoint("onprem", "h1", home.url()));
        publish(
                CLOUD_FIRST,
                () ->
                        site.put(TestSite.key(DataClass.PUBLIC, DataClass.INTERNAL, true))
                                .publish(CLOUD_FIRST));

        var answer = Caller.chat(site, CARD);

        assertThat(answer.statusCode()).isEqualTo(403);
        assertThat(answer.body()).contains("higher data class than its key may send");
        assertThat(home.received()).isEmpty();
    }

    /// The policy lets the request leave masked, but when it was decided nothing was ready there.
    @Test
    void aPoolThatBecomesReadyAfterTheDecisionDoesNotReceiveWhatItShouldGetMasked()
            throws Exception {
        site.put(TestSite.tenant(DataClass.PUBLIC, "email"));
        publish(
                MASKED_IN_THE_CLOUD,
                () -> {
                    site.put(TestSite.endpoint("aws-burst", "c1", cloud.url()))
                            .publish(MASKED_IN_THE_CLOUD);
                    site.plane().dispatcher().apply(site.state().routing(), System.nanoTime());
                });

        var answer = Caller.chat(site, "mail ann.lee@corp-mail.com");

        assertThat(answer.statusCode()).isEqualTo(503);
        assertThat(cloud.received()).isEmpty();
    }

    @Test
    void aPoolThatWasReadyBeforeTheDecisionReceivesItMasked() throws Exception {
        site.put(TestSite.tenant(DataClass.PUBLIC, "email"))
                .put(TestSite.endpoint("aws-burst", "c1", cloud.url()));
        publish(MASKED_IN_THE_CLOUD, () -> {});

        assertThat(Caller.chat(site, "mail ann.lee@corp-mail.com").statusCode()).isEqualTo(200);
        assertThat(cloud.received())
                .singleElement()
                .satisfies(it -> assertThat(it.body()).contains("[EMAIL_"));
    }
}
