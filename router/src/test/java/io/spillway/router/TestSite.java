package io.spillway.router;

import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import io.spillway.api.environment.ApiKey;
import io.spillway.api.environment.Endpoint;
import io.spillway.api.environment.EndpointState;
import io.spillway.api.environment.Environment;
import io.spillway.api.environment.Model;
import io.spillway.api.environment.Money;
import io.spillway.api.environment.Pool;
import io.spillway.api.environment.RegistryObject;
import io.spillway.api.environment.Tenant;
import io.spillway.api.environment.Zone;
import io.spillway.api.request.DataClass;
import io.spillway.api.state.RoutingState;
import io.spillway.api.state.Watermark;
import io.spillway.policy.CompileResult;
import io.spillway.policy.KnownNames;
import io.spillway.policy.PolicyCompiler;
import io.spillway.router.accounting.BudgetBook;
import io.spillway.router.admission.AdmissionSettings;
import io.spillway.router.api.ListenerSettings;
import io.spillway.router.decision.EnginePolicy;
import io.spillway.router.decision.NoPolicy;
import io.spillway.router.decision.Policy;
import io.spillway.router.forwarding.EgressGuard;
import io.spillway.router.identity.KeyHash;
import io.vertx.core.Vertx;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.UnaryOperator;
import org.jspecify.annotations.Nullable;

/// A running data plane with a small registry that tests change as they go, and the model servers
/// that they add to it.
public final class TestSite implements AutoCloseable {
    public static final byte[] PEPPER = "a pepper for tests only".getBytes(StandardCharsets.UTF_8);
    public static final String SECRET = "sk-test-0123456789";
    public static final List<String> RANGES = List.of("127.0.0.0/8");

    public static final String POLICY =
            """
            apiVersion: spillway/v1
            kind: PolicySet
            metadata: { name: test }
            classification:
              default: internal
              rules:
                - { name: cards, when: "findings.exists(f, f.type == 'payment-card')", raise: confidential }
            placement:
              - name: sensitive-stays-home
                when: "dataClass >= confidential"
                use: [ { zone: private } ]
              - name: the-rest-may-spill
                use: [ { zone: private }, { environment: aws-burst } ]
            """;

    public static final String HOME_POLICY =
            """
            apiVersion: spillway/v1
            kind: PolicySet
            metadata: { name: test }
            classification: { default: internal }
            placement:
              - name: all-stay-home
                use: [ { zone: private } ]
            """;

    private final Map<String, RegistryObject> objects = new LinkedHashMap<>();
    private final MemoryJournal journal = new MemoryJournal();
    private final Vertx vertx = Vertx.vertx();
    private final DataPlane plane;
    private final SimpleMeterRegistry registry = new SimpleMeterRegistry();
    private volatile RouterState state;
    private long seq;

    private TestSite(UnaryOperator<DataPlaneSettings> settings, @Nullable EgressGuard guard) {
        put(environment("onprem", Zone.PRIVATE, DataClass.RESTRICTED));
        put(environment("aws-burst", Zone.PUBLIC, DataClass.INTERNAL));
        put(new Model("chat", List.of("chat-v1"), Set.of("aws-burst"), Set.of(), 8192));
        put(pool("onprem", 0));
        put(pool("aws-burst", 2000));
        put(tenant(DataClass.PUBLIC));
        put(key("k1", SECRET, Set.of("aws-burst")));
        publish();
        var base =
                DataPlaneSettings.standard(
                        "router-1", "onprem", PEPPER, ListenerSettings.standard("127.0.0.1", 0));
        var parts =
                new DataPlane.Parts(
                        settings.apply(base),
                        () -> state,
                        journal,
                        new BudgetBook(),
                        DataPlane.installedDialects(),
                        InstantSource.system(),
                        registry);
        this.plane =
                guard == null ? new DataPlane(vertx, parts) : new DataPlane(vertx, parts, guard);
        Await.done(plane.start());
    }

    public static TestSite start() {
        return start(UnaryOperator.identity());
    }

    public static TestSite start(UnaryOperator<DataPlaneSettings> settings) {
        return new TestSite(settings, null);
    }

    /// With a slot for one request in each pool.
    ///
    /// @param queued how long requests wait for it
    static TestSite startWithOneSlot(Duration queued) {
        var slots = new AdmissionSettings.Slots(1, 1, 1);
        return start(settings ->
                settings.withWaits(queued, Duration.ofSeconds(15))
                        .withAdmission(AdmissionSettings.defaults("router-1").withSlots(slots)));
    }

    /// With another guard than its own.
    static TestSite guardedBy(EgressGuard guard) {
        return new TestSite(UnaryOperator.identity(), guard);
    }

    public static Environment environment(String name, Zone zone, DataClass clearance) {
        return new Environment(
                name, zone, "onprem", "here", Set.of("US"), Set.of("US"), clearance, RANGES, null);
    }

    public static Pool pool(String environment, long nanos) {
        return new Pool(
                environment,
                "chat-v1",
                "upstream-model",
                new Money(nanos, "USD"),
                new Money(nanos * 2, "USD"));
    }

    public static ApiKey key(String id, String secret, Set<String> maySpill) {
        return keyUnder(PEPPER, id, secret, maySpill);
    }

    public static ApiKey keyUnder(byte[] pepper, String id, String secret, Set<String> maySpill) {
        return key(
                id,
                new KeyHash(pepper).of(secret),
                DataClass.PUBLIC,
                DataClass.RESTRICTED,
                maySpill,
                true);
    }

    /// The key that calls are made with.
    static ApiKey key(DataClass floor, DataClass most, boolean debug) {
        var hash = new KeyHash(PEPPER).of(SECRET);
        return key("k1", hash, floor, most, Set.of("aws-burst"), debug);
    }

    private static ApiKey key(
            String id,
            String hash,
            DataClass floor,
            DataClass most,
            Set<String> maySpill,
            boolean debug) {
        return new ApiKey(
                id, hash, "acme", null, floor, most, maySpill, Set.of(), Map.of(), debug, null,
                null);
    }

    /// The tenant that calls are made for.
    static Tenant tenant(DataClass floor, String... maskable) {
        return new Tenant(
                "acme", floor, Set.of("aws-burst"), Set.of("US", "DE"), null, Set.of(maskable));
    }

    public static Endpoint endpoint(String environment, String id, URI url) {
        return new Endpoint(
                id, environment, "chat-v1", url, "vllm", EndpointState.READY, null, null);
    }

    /// Adds a model server, which is in force at once.
    public StubServer server(String environment, String id) {
        var server = StubServer.start(vertx);
        put(endpoint(environment, id, server.url())).publish(state.policy());
        return server;
    }

    /// Adds or replaces an object; in force after [#publish].
    public TestSite put(RegistryObject object) {
        objects.put(object.kind() + object.key(), object);
        return this;
    }

    public TestSite remove(RegistryObject.Kind kind, String key) {
        objects.remove(kind + key);
        return this;
    }

    /// Puts the registry in force with the standard policy.
    public TestSite publish() {
        return publish(POLICY);
    }

    public TestSite publish(String yaml) {
        var routing = routing();
        return switch (PolicyCompiler.compile(yaml, KnownNames.of(routing))) {
            case CompileResult.Compiled(var policy) -> publish(new EnginePolicy(policy));
            case CompileResult.Rejected(var problems) ->
                    throw new IllegalArgumentException(problems.toString());
        };
    }

    public TestSite publish(Policy policy) {
        state = new RouterState(routing(), policy, Instant.now());
        return this;
    }

    /// Makes the state as old as that.
    public TestSite aged(Duration age) {
        state = new RouterState(state.routing(), state.policy(), Instant.now().minus(age));
        return this;
    }

    /// As when the router has just started.
    public TestSite withoutState() {
        var nothing = RoutingState.of(new Watermark("", 0, 0), List.of());
        state = new RouterState(nothing, new NoPolicy(), Instant.EPOCH);
        return this;
    }

    private RoutingState routing() {
        return RoutingState.of(new Watermark("control-1", 1, ++seq), objects.values());
    }

    public int port() {
        return plane.port();
    }

    public URI url(String path) {
        return URI.create("http://127.0.0.1:" + port() + path);
    }

    public DataPlane plane() {
        return plane;
    }

    public MemoryJournal journal() {
        return journal;
    }

    /// The state in force.
    public RouterState state() {
        return state;
    }

    public SimpleMeterRegistry registry() {
        return registry;
    }

    public Vertx vertx() {
        return vertx;
    }

    @Override
    public void close() {
        Await.done(plane.stop(Duration.ZERO));
        Await.done(vertx.close());
    }
}
