package io.spillway.router;

import io.micrometer.core.instrument.MeterRegistry;
import io.spillway.api.connector.Dialect;
import io.spillway.router.accounting.AttemptLedger;
import io.spillway.router.accounting.BudgetBook;
import io.spillway.router.admission.Dispatcher;
import io.spillway.router.api.BodyMemory;
import io.spillway.router.classification.Classifier;
import io.spillway.router.classification.SessionTaint;
import io.spillway.router.forwarding.EgressGuard;
import io.spillway.router.forwarding.MetricsReader;
import io.spillway.router.identity.RequestRate;
import io.vertx.core.DeploymentOptions;
import io.vertx.core.Future;
import io.vertx.core.Promise;
import io.vertx.core.Verticle;
import io.vertx.core.Vertx;
import java.time.Duration;
import java.time.InstantSource;
import java.util.List;
import java.util.ServiceLoader;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicReference;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/// The whole request path, from the data port to model servers, without a container: tests, tools
/// and the Quarkus application build it from plain objects.
///
/// The routing state is asked for anew at every step of a request, so a change is in force with the
/// supplier's next answer. Start, stop and `dispatcher` may be used from any thread.
public final class DataPlane {
    private static final long TICK_MILLIS = 100;
    private static final Duration PROBE_TIMEOUT = Duration.ofSeconds(1);

    private static final AtomicInteger FREE_PORTS = new AtomicInteger(1000);

    private final Vertx vertx;
    private final Plane plane;
    private final LargeBodies largeBodies;
    private final Lane.Shared shared;
    private final ConcurrentLinkedQueue<Lane> lanes = new ConcurrentLinkedQueue<>();
    private final ConcurrentLinkedQueue<Long> timers = new ConcurrentLinkedQueue<>();
    private final MetricsReader reader;
    private final AtomicReference<@Nullable String> deployment = new AtomicReference<>();
    private final AtomicInteger port = new AtomicInteger();

    /// What a data plane is built from.
    ///
    /// @param states the state in force; asked often and must not block
    /// @param journal takes reservations, settlements and decisions
    /// @param budget what tenants have spent, with the journal's past already in it
    /// @param clock wall clock, for records and key expiry
    /// @param registry where metrics go
    public record Parts(
            DataPlaneSettings settings,
            Supplier<RouterState> states,
            AttemptLedger.Sink journal,
            BudgetBook budget,
            List<Dialect> dialects,
            InstantSource clock,
            MeterRegistry registry) {
        public Parts {
            dialects = List.copyOf(dialects);
        }
    }

    /// Builds a data plane; nothing is bound before [#start].
    public DataPlane(Vertx vertx, Parts parts) {
        this(vertx, parts, EgressGuard.of(parts.settings().stateAgeLimit()));
    }

    /// For a test that takes the guard out.
    DataPlane(Vertx vertx, Parts parts, EgressGuard guard) {
        this.vertx = vertx;
        this.plane = new Plane(vertx, parts, guard);
        this.largeBodies = new LargeBodies(Math.max(1, parts.settings().eventLoops()));
        this.reader = new MetricsReader(vertx, plane.addresses(), PROBE_TIMEOUT);
        this.shared =
                new Lane.Shared(
                        new RequestRate(),
                        largeBodies,
                        new BodyMemory(parts.settings().maxBufferedBytes()),
                        new Classifier(new SessionTaint()));
    }

    /// The dialects on the class path.
    public static List<Dialect> installedDialects() {
        return ServiceLoader.load(Dialect.class).stream().map(ServiceLoader.Provider::get).toList();
    }

    /// Binds the data port.
    ///
    /// @return the port
    public Future<Integer> start() {
        var options = new DeploymentOptions().setInstances(plane.settings().eventLoops());
        int configured = plane.settings().listener().port();
        // Servers of one Vert.x share a free port when they name the same negative number, so each
        // data plane has its own.
        int wanted = configured == 0 ? -FREE_PORTS.incrementAndGet() : configured;
        Supplier<Verticle> lane =
                () -> {
                    var next = new Lane(plane, shared, wanted, port::set);
                    lanes.add(next);
                    return next;
                };
        timers.add(vertx.setPeriodic(TICK_MILLIS, _ -> tick()));
        if (!plane.settings().probeEvery().isZero()) {
            vertx.runOnContext(_ ->
                    timers.add(
                            new LoadProbes(plane, reader, plane.settings().probeEvery())
                                    .start(vertx)));
        }
        return vertx.deployVerticle(lane, options)
                .map(id -> {
                    deployment.set(id);
                    return port.get();
                });
    }

    private void tick() {
        plane.state();
        plane.dispatcher().tick(plane.nanos());
    }

    /// Capacity: load readings go in here, reports come out.
    public Dispatcher dispatcher() {
        return plane.dispatcher();
    }

    /// Requests in flight, waiting ones included.
    public int inFlight() {
        return plane.inFlight();
    }

    /// The port, 0 before it is bound.
    public int port() {
        return port.get();
    }

    /// Refuses new requests, lets what is in flight end, and ends the rest after `patience`.
    public Future<Void> stop(Duration patience) {
        plane.refuseNew();
        var drained = Promise.<Void>promise();
        drain(System.nanoTime() + patience.toNanos(), drained);
        return drained.future()
                .compose(_ -> Future.join(lanes.stream().map(Lane::shutdown).toList()))
                .compose(_ -> undeploy())
                .onComplete(_ -> {
                    timers.forEach(vertx::cancelTimer);
                    reader.close();
                    largeBodies.close();
                })
                .mapEmpty();
    }

    private Future<Void> undeploy() {
        var id = deployment.getAndSet(null);
        return id == null ? Future.succeededFuture() : vertx.undeploy(id);
    }

    private void drain(long deadline, Promise<Void> drained) {
        if (plane.inFlight() == 0 || System.nanoTime() - deadline >= 0) {
            drained.complete();
        } else {
            vertx.setTimer(TICK_MILLIS, _ -> drain(deadline, drained));
        }
    }
}
