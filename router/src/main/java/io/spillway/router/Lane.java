package io.spillway.router;

import io.spillway.router.api.BodyMemory;
import io.spillway.router.api.CallerResponse;
import io.spillway.router.api.Listener;
import io.spillway.router.classification.Classifier;
import io.spillway.router.forwarding.InferenceClient;
import io.spillway.router.identity.Identity;
import io.spillway.router.identity.KeyHash;
import io.spillway.router.identity.RequestRate;
import io.vertx.core.AbstractVerticle;
import io.vertx.core.Context;
import io.vertx.core.Future;
import io.vertx.core.Promise;
import java.util.HashMap;
import java.util.HashSet;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.ThreadLocalRandom;
import java.util.function.Consumer;
import java.util.function.IntConsumer;
import java.util.function.Supplier;

/// One event loop of a data plane with everything that is confined to it. A request and its call to
/// the model server stay on the loop on which the request came in.
final class Lane extends AbstractVerticle {
    private static final long TICK_MILLIS = 100;

    private final Plane plane;
    private final RequestRate rate;
    private final LargeBodies largeBodies;
    private final BodyMemory bodyMemory;
    private final Classifier classifier;
    private final int port;
    private final IntConsumer bound;
    private final KeyHash hash;
    private final Set<Exchange> active = new HashSet<>();
    private final Map<String, String> salts = new HashMap<>();
    private Listener listener;
    private InferenceClient client;

    /// What lanes share at their edge.
    record Shared(
            RequestRate rate,
            LargeBodies largeBodies,
            BodyMemory bodyMemory,
            Classifier classifier) {}

    /// @param port as [Listener#listen(int)] takes it
    /// @param bound hears of the port
    @SuppressWarnings("NullAway.Init") // Vert.x calls start before anything else
    Lane(Plane plane, Shared shared, int port, IntConsumer bound) {
        this.plane = plane;
        this.rate = shared.rate();
        this.largeBodies = shared.largeBodies();
        this.bodyMemory = shared.bodyMemory();
        this.classifier = shared.classifier();
        this.port = port;
        this.bound = bound;
        this.hash = new KeyHash(plane.settings().pepper());
    }

    @Override
    public void start(Promise<Void> started) {
        var settings = plane.settings();
        context.exceptionHandler(this::failed);
        client =
                new InferenceClient(
                        vertx,
                        settings.forwarding(),
                        plane::nanos,
                        () -> plane.state().routing().watermark());
        var intake =
                new Intake(
                        plane,
                        this,
                        new Identity(hash, rate, settings.environment()),
                        new PolicyLimits(rate));
        listener = new Listener(vertx, settings.listener(), bodyMemory, intake::accept);
        vertx.setPeriodic(TICK_MILLIS, _ -> tick());
        listener.listen(port)
                .onSuccess(actual -> bound.accept(actual))
                .<Void>mapEmpty()
                .onComplete(started);
    }

    /// Tells of a fault where it happened and of what type, without its message, which may quote
    /// what a caller sent.
    private void failed(Throwable fault) {
        var told = new IllegalStateException(fault.getClass().getName());
        told.setStackTrace(fault.getStackTrace());
        plane.log().error("an event loop failed", told);
    }

    private void tick() {
        long now = plane.nanos();
        for (var exchange : List.copyOf(active)) {
            exchange.tick(now);
        }
    }

    Context context() {
        return context;
    }

    InferenceClient client() {
        return client;
    }

    /// Does work that takes time in proportion to a body: on this event loop, or in the pool for
    /// large bodies.
    ///
    /// @param bytes how many are read
    /// @param then hears of the result on the event loop, perhaps before this returns
    /// @return false when the pool is full, so that `then` hears nothing
    <T> boolean work(int bytes, Supplier<T> work, Consumer<T> then) {
        if (bytes <= LargeBodies.FROM_BYTES) {
            then.accept(work.get());
            return true;
        }
        return largeBodies.run(() -> {
            var result = work.get();
            context.runOnContext(_ -> then.accept(result));
        });
    }

    Classifier classifier() {
        return classifier;
    }

    /// Serves a job.
    void run(Job job, CallerResponse response) {
        var exchange = new Exchange(plane, this, job, response, active::remove);
        active.add(exchange);
        exchange.start();
    }

    /// Ends what is still in flight.
    Future<Void> shutdown() {
        var done = Promise.<Void>promise();
        context.runOnContext(_ -> {
            for (var exchange : List.copyOf(active)) {
                exchange.shutdown();
            }
            done.complete();
        });
        return done.future();
    }

    @Override
    public void stop(Promise<Void> stopped) {
        client.close();
        listener.close().onComplete(stopped);
    }

    /// Keeps tenants apart in a model server's prefix cache, without telling their names.
    String tenantSalt(String tenant) {
        return salts.computeIfAbsent(tenant, name -> hash.of("cache-salt:" + name));
    }

    /// Trace context of our own; the caller's is not passed on.
    String traceParent(String decisionId) {
        var span = HexFormat.of().toHexDigits(ThreadLocalRandom.current().nextLong() | 1L);
        return "00-" + decisionId + "-" + span + "-00";
    }
}
