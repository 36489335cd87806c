package io.spillway.testbed.replay;

import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import io.spillway.api.decision.Candidate;
import io.spillway.api.decision.Decision;
import io.spillway.api.decision.Explanation;
import io.spillway.api.decision.WhenFull;
import io.spillway.api.environment.ApiKey;
import io.spillway.api.environment.Endpoint;
import io.spillway.api.environment.EndpointState;
import io.spillway.api.environment.Environment;
import io.spillway.api.environment.Model;
import io.spillway.api.environment.Money;
import io.spillway.api.environment.Pool;
import io.spillway.api.environment.PoolKey;
import io.spillway.api.environment.RegistryObject;
import io.spillway.api.environment.Tenant;
import io.spillway.api.environment.Zone;
import io.spillway.api.request.Classification;
import io.spillway.api.request.DataClass;
import io.spillway.api.request.RequestFacts;
import io.spillway.api.state.JournalRecord;
import io.spillway.api.state.RoutingState;
import io.spillway.api.state.Watermark;
import io.spillway.policy.CompileResult;
import io.spillway.policy.KnownNames;
import io.spillway.policy.Placed;
import io.spillway.policy.PlacementFacts;
import io.spillway.policy.PolicyCompiler;
import io.spillway.policy.detect.Scan;
import io.spillway.policy.detect.TextLeaf;
import io.spillway.router.DataPlane;
import io.spillway.router.DataPlaneSettings;
import io.spillway.router.GuardedBy;
import io.spillway.router.RouterState;
import io.spillway.router.accounting.AttemptLedger;
import io.spillway.router.accounting.BudgetBook;
import io.spillway.router.api.ListenerSettings;
import io.spillway.router.decision.EnginePolicy;
import io.spillway.router.decision.Policy;
import io.spillway.router.forwarding.EgressGuard;
import io.spillway.router.identity.KeyHash;
import io.spillway.sync.log.journal.Receipt;
import io.spillway.testbed.server.ServerOptions;
import io.spillway.testbed.server.SimulatedServer;
import io.vertx.core.Vertx;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;

/// A private and a public server behind a real data plane whose policy sends everything to the
/// public one: nothing but the egress guard keeps sensitive requests home.
final class LeakySite implements AutoCloseable {
    private static final byte[] PEPPER = "a pepper for tests only".getBytes(StandardCharsets.UTF_8);
    private static final String VERSION = "v1";
    private static final PoolKey HOME = new PoolKey("onprem", VERSION);
    private static final PoolKey CLOUD = new PoolKey("cloud", VERSION);
    private static final String CLASSES =
            """
            apiVersion: spillway/v1
            kind: PolicySet
            metadata: { name: test }
            classification:
              default: internal
              rules:
                - { name: personal-data, when: "findings.exists(f, f.category == 'pii')", raise: confidential }
                - { name: secrets, when: "findings.exists(f, f.category == 'secret')", raise: restricted }
            placement:
              - name: all-stay-home
                use: [ { zone: private } ]
            """;

    private final SimulatedServer home = server(HOME);
    private final SimulatedServer cloud = server(CLOUD);
    private final Vertx vertx = Vertx.vertx();
    private final SimpleMeterRegistry registry = new SimpleMeterRegistry();
    private final DataPlane plane;

    LeakySite(EgressGuard guard) throws Exception {
        var routing = routing();
        var policy = new SendsAllAway(compiled(routing));
        var settings =
                DataPlaneSettings.standard(
                        "router-1", "onprem", PEPPER, ListenerSettings.standard("127.0.0.1", 0));
        var parts =
                new DataPlane.Parts(
                        settings,
                        () -> new RouterState(routing, policy, Instant.now()),
                        new Forgetful(),
                        new BudgetBook(),
                        DataPlane.installedDialects(),
                        InstantSource.system(),
                        registry);
        plane = GuardedBy.plane(vertx, parts, guard);
        plane.start().toCompletionStage().toCompletableFuture().get(20, TimeUnit.SECONDS);
    }

    /// A policy that classifies rightly and places wrongly.
    private record SendsAllAway(Policy sound) implements Policy {
        @Override
        public Scan scan(List<TextLeaf> text) {
            return sound.scan(text);
        }

        @Override
        public String detectors() {
            return sound.detectors();
        }

        @Override
        public Set<Set<String>> masks() {
            return sound.masks();
        }

        @Override
        public Classification classify(
                RequestFacts request, Scan scan, List<Classification.Source> floors) {
            return sound.classify(request, scan, floors);
        }

        @Override
        public Placed place(
                RequestFacts request, Classification classification, PlacementFacts facts) {
            var pools = List.of(new Candidate(CLOUD, "broken"), new Candidate(HOME, "broken"));
            var why = new Explanation("broken", List.of());
            return new Placed(
                    new Decision.Serve(pools, WhenFull.QUEUE, why), List.of(), Optional.empty());
        }

        @Override
        public String digest() {
            return sound.digest();
        }
    }

    /// Takes every record and keeps none.
    private static final class Forgetful implements AttemptLedger.Sink {
        @Override
        public Receipt append(JournalRecord entry) {
            return new Receipt.Accepted(CompletableFuture.completedFuture(1L));
        }

        @Override
        public Receipt appendDurably(JournalRecord entry) {
            return append(entry);
        }
    }

    private static SimulatedServer server(PoolKey pool) {
        try {
            return SimulatedServer.start(
                    new ServerOptions()
                            .model("m")
                            .environment(pool.environment())
                            .nonce(pool.environment())
                            .timeScale(0.05));
        } catch (java.io.IOException e) {
            throw new java.io.UncheckedIOException(e);
        }
    }

    private static Policy compiled(RoutingState routing) {
        return switch (PolicyCompiler.compile(CLASSES, KnownNames.of(routing))) {
            case CompileResult.Compiled(var policy) -> new EnginePolicy(policy);
            case CompileResult.Rejected(var problems) ->
                    throw new IllegalStateException(problems.toString());
        };
    }

    private RoutingState routing() {
        var objects = new ArrayList<RegistryObject>();
        objects.add(environment(HOME, Zone.PRIVATE, DataClass.RESTRICTED));
        objects.add(environment(CLOUD, Zone.PUBLIC, DataClass.INTERNAL));
        objects.add(pool(HOME, 0));
        objects.add(pool(CLOUD, 900));
        objects.add(endpoint(HOME, home.url()));
        objects.add(endpoint(CLOUD, cloud.url()));
        objects.add(new Model("chat", List.of(VERSION), Set.of("cloud"), Set.of(), 16_384));
        // Grants, jurisdictions and budget all allow it: the class alone forbids.
        for (var tenant : List.of("sensitive", "spillable")) {
            var floor = tenant.equals("sensitive") ? DataClass.CONFIDENTIAL : DataClass.PUBLIC;
            objects.add(new Tenant(tenant, floor, Set.of("cloud"), Set.of("DE"), null));
            objects.add(key(tenant));
        }
        return RoutingState.of(new Watermark("control-1", 1, 1), objects);
    }

    private static Environment environment(PoolKey pool, Zone zone, DataClass clearance) {
        var german = Set.of("DE");
        var ranges = List.of("127.0.0.0/8");
        return new Environment(
                pool.environment(), zone, "test", "local", german, german, clearance, ranges, null);
    }

    private static Pool pool(PoolKey key, long nanos) {
        var price = new Money(nanos, "USD");
        return new Pool(key.environment(), key.modelVersion(), "m", price, price);
    }

    private static Endpoint endpoint(PoolKey pool, URI url) {
        var id = pool.environment() + "-1";
        return new Endpoint(
                id,
                pool.environment(),
                pool.modelVersion(),
                url,
                "vllm",
                EndpointState.READY,
                null,
                null);
    }

    private static ApiKey key(String tenant) {
        return new ApiKey(
                tenant,
                new KeyHash(PEPPER).of(secret(tenant)),
                tenant,
                null,
                DataClass.PUBLIC,
                DataClass.RESTRICTED,
                Set.of("cloud"),
                Set.of(),
                Map.of(),
                false,
                null,
                null);
    }

    private static String secret(String tenant) {
        return "sk-" + tenant + "-0123456789";
    }

    static String secret(Label label) {
        return secret(label == Label.SENSITIVE_TENANT ? "sensitive" : "spillable");
    }

    URI router() {
        return URI.create("http://127.0.0.1:" + plane.port());
    }

    /// Canaries in the raw bytes that the public server received.
    Set<String> publicCanaries() {
        return cloud.received().canaries();
    }

    /// Attempts that the guard refused for their class.
    double refusals() {
        var counter = registry.find("spillway.egress.denied").tag("reason", "clearance").counter();
        return counter == null ? 0 : counter.count();
    }

    @Override
    public void close() throws Exception {
        plane.stop(Duration.ZERO)
                .toCompletionStage()
                .toCompletableFuture()
                .get(20, TimeUnit.SECONDS);
        vertx.close().toCompletionStage().toCompletableFuture().get(20, TimeUnit.SECONDS);
        home.close();
        cloud.close();
    }
}
