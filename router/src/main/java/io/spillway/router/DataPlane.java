package io.spillway.router;

import io.micrometer.core.instrument.MeterRegistry;
import io.spillway.api.connector.Dialect;
import io.spillway.router.accounting.AttemptLedger;
import io.spillway.router.accounting.BudgetBook;
import io.spillway.router.admission.Dispatcher;
import io.spillway.router.classification.Classifier;
import io.spillway.router.classification.SessionTaint;
import io.spillway.router.identity.RequestRate;
import io.vertx.core.DeploymentOptions;
import io.vertx.core.Future;
import io.vertx.core.Promise;
import io.vertx.core.Vertx;
import java.time.Duration;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.List;
import java.util.ServiceLoader;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.Supplier;

/// The whole request path, from the data port to model servers, without a container: tests, tools
/// and the Quarkus application build it from plain objects.
///
/// The routing state is asked for anew at every step of a request, so a change is in force with the
/// supplier's next answer. Start, stop and `dispatcher` may be used from any thread.
public final class DataPlane {
    private static final long TICK_MILLIS = 100;

    private final Vertx vertx;
    private final Plane plane;
    private final LargeBodies largeBodies;
    private final Lane.Shared shared;
    private final ConcurrentLinkedQueue<Lane> lanes = new ConcurrentLinkedQueue<>();
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
        this.vertx = vertx;
        this.plane = new Plane(vertx, parts);
        this.largeBodies = new LargeBodies(Math.max(1, parts.settings().eventLoops()));
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
        Supplier<io.vertx.core.Verticle> lane =
                () -> {
                    var next = new Lane(plane, shared, port::set);
                    lanes.add(next);
                    return next;
                };
        vertx.setPeriodic(TICK_MILLIS, _ -> tick());
        return vertx.deployVerticle(lane, options).map(_ -> port.get());
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

    /// Stops accepting connections, lets what is in flight end, and ends the rest after `patience`.
    public Future<Void> stop(Duration patience) {
        var closing = new ArrayList<Future<Void>>();
        long deadline = System.nanoTime() + patience.toNanos();
        var drained = Promise.<Void>promise();
        drain(deadline, drained);
        return drained.future()
                .compose(_ -> {
                    for (var lane : lanes) {
                        var done = Promise.<Void>promise();
                        lane.shutdown();
                        lane.closeListener(done);
                        closing.add(done.future());
                    }
                    return Future.join(closing);
                })
                .onComplete(_ -> largeBodies.close())
                .mapEmpty();
    }

    private void drain(long deadline, Promise<Void> drained) {
        if (plane.inFlight() == 0 || System.nanoTime() - deadline >= 0) {
            drained.complete();
        } else {
            vertx.setTimer(TICK_MILLIS, _ -> drain(deadline, drained));
        }
    }
}
