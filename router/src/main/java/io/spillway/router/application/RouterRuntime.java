package io.spillway.router.application;

import io.micrometer.core.instrument.Gauge;
import io.micrometer.core.instrument.MeterRegistry;
import io.quarkus.runtime.Quarkus;
import io.quarkus.runtime.ShutdownEvent;
import io.quarkus.runtime.StartupEvent;
import io.spillway.policy.PolicyCompiler;
import io.spillway.router.DataPlane;
import io.spillway.router.DataPlaneSettings;
import io.spillway.router.accounting.BudgetBook;
import io.spillway.router.accounting.SavedBudgets;
import io.spillway.router.api.ListenerSettings;
import io.spillway.sync.log.FrameVerifier;
import io.spillway.sync.log.journal.Journal;
import io.spillway.sync.log.journal.Settings;
import io.spillway.sync.log.link.ControlPlane;
import io.spillway.sync.log.link.JournalShipper;
import io.spillway.sync.log.link.MutualTls;
import io.spillway.sync.log.link.Pace;
import io.spillway.sync.log.link.ReplicaLink;
import io.spillway.sync.log.replica.Replica;
import io.spillway.sync.log.replica.SnapshotStore;
import io.vertx.core.Vertx;
import jakarta.enterprise.event.Observes;
import jakarta.inject.Singleton;
import java.io.IOException;
import java.net.InetAddress;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.time.Clock;
import java.time.Duration;
import java.time.InstantSource;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.random.RandomGenerator;
import org.jboss.logging.Logger;
import org.jspecify.annotations.Nullable;

/// Starts and stops the router. Nothing here waits for the control plane: the state comes from the
/// disk when it is away. Nothing waits for the saved policy either, which is compiled in the
/// background: until it is in force the router is not ready and answers 503.
@Singleton
public final class RouterRuntime {
    private static final Logger LOG = Logger.getLogger(RouterRuntime.class);
    private static final long REPORT_MILLIS = 1000;
    private static final int SHORTEST_PEPPER = 32;

    private final RouterConfig config;
    private final SyncConfig sync;
    private final Vertx vertx;
    private final MeterRegistry registry;
    private final InstantSource clock = Clock.systemUTC();
    private final InstalledState installed = new InstalledState();
    private final AtomicBoolean refreshing = new AtomicBoolean();
    private volatile @Nullable Running running;
    private volatile boolean stopping;

    private record Running(
            Thread restoring,
            Journal journal,
            ControlPlane control,
            ReplicaLink link,
            JournalShipper shipper,
            DataPlane plane) {}

    RouterRuntime(RouterConfig config, SyncConfig sync, Vertx vertx, MeterRegistry registry) {
        this.config = config;
        this.sync = sync;
        this.vertx = vertx;
        this.registry = registry;
    }

    void start(@Observes StartupEvent event) throws Exception {
        // A policy is compiled further down, or when it comes; its compiler loads meanwhile.
        Thread.ofPlatform().daemon().name("policy-warm-up").start(PolicyCompiler::warmUp);
        checkHost();
        Files.createDirectories(config.dataDir());
        var verifier = FrameVerifier.fromPem(sync.originKeyFile());
        var store = SnapshotStore.open(config.dataDir(), verifier);
        var tls = MutualTls.context(sync.keyStore(), sync.trustStore(), sync.passwordFile());
        var control = new ControlPlane(sync.url(), tls);
        var replica = new Replica(installed);
        var random = RandomGenerator.getDefault();
        var link = new ReplicaLink(control, replica, verifier, store, clock, Pace.standard(random));
        var restoring =
                Thread.ofPlatform()
                        .name("restore")
                        .uncaughtExceptionHandler((_, failure) -> fail(failure))
                        .start(() -> restore(link, replica));
        var journal =
                Journal.open(
                        config.dataDir().resolve("journal"),
                        config.name(),
                        Settings.DEFAULT,
                        clock);
        var saved = SavedBudgets.open(config.dataDir().resolve("budgets.json"), journal, clock);
        var shipper = new JournalShipper(control, journal, saved, random);
        shipper.start();
        var plane = plane(journal, saved.book());
        int port = await(plane.start().toCompletionStage().toCompletableFuture());
        running = new Running(restoring, journal, control, link, shipper, plane);
        gauges(journal, plane);
        vertx.setPeriodic(REPORT_MILLIS / 4, _ -> refresh(replica));
        var depths = new QueueDepths(registry);
        vertx.setPeriodic(
                REPORT_MILLIS,
                _ -> {
                    var loads = plane.dispatcher().poolLoads(clock.instant(), System.nanoTime());
                    depths.show(loads);
                    link.postLoad(loads);
                });
        LOG.infof(
                "router %s in %s listens at http://%s:%d/v1",
                config.name(), config.environment(), config.host(), port);
    }

    private void restore(ReplicaLink link, Replica replica) {
        link.start();
        refresh(replica);
        if (installed.get().present()) {
            LOG.infof("saved state %d serves", installed.get().routing().watermark().seq());
        }
    }

    private static void fail(Throwable failure) {
        LOG.error("the saved state could not be looked at; the router ends", failure);
        Quarkus.asyncExit(1);
    }

    private void checkHost() throws IOException {
        if (!InetAddress.getByName(config.host()).isLoopbackAddress()) {
            throw new IOException(
                    "spillway.router.host is '%s', which is not loopback; the data listener has no TLS yet, so put a TLS proxy on this machine in front of it"
                            .formatted(config.host()));
        }
    }

    private DataPlane plane(Journal journal, BudgetBook budgets) throws IOException {
        var standard =
                DataPlaneSettings.standard(
                        config.name(),
                        config.environment(),
                        pepper(),
                        ListenerSettings.standard(config.host(), config.port()));
        var settings =
                new DataPlaneSettings(
                        standard.environment(),
                        standard.pepper(),
                        config.eventLoops().orElse(standard.eventLoops()),
                        config.stateAgeLimit(),
                        config.requestTimeout(),
                        config.queueTimeout(),
                        standard.firstSilence(),
                        standard.probeEvery(),
                        standard.maxBufferedBytes(),
                        standard.listener(),
                        standard.forwarding(),
                        standard.admission());
        return new DataPlane(
                vertx,
                new DataPlane.Parts(
                        settings,
                        installed,
                        new DiskJournal(journal),
                        budgets,
                        DataPlane.installedDialects(),
                        clock,
                        registry));
    }

    private byte[] pepper() throws IOException {
        var text = Files.readString(config.pepperFile()).strip();
        if (text.length() < SHORTEST_PEPPER) {
            throw new IOException(
                    "pepper file '%s' holds %d characters; expected at least %d random ones"
                            .formatted(config.pepperFile(), text.length(), SHORTEST_PEPPER));
        }
        return text.getBytes(StandardCharsets.UTF_8);
    }

    /// The replica's lock may be held while a large state is applied, so event loops read a copy.
    private void refresh(Replica replica) {
        if (!refreshing.compareAndSet(false, true)) {
            return;
        }
        Thread.ofVirtual()
                .name("state-age")
                .start(() -> {
                    try {
                        var now = clock.instant();
                        installed.confirmed(replica.age(now), now);
                    } finally {
                        refreshing.set(false);
                    }
                });
    }

    private void gauges(Journal journal, DataPlane plane) {
        Gauge.builder(
                        "spillway.snapshot.age",
                        installed,
                        it -> it.get().age(clock.instant()).toMillis() / 1000.0)
                .baseUnit("seconds")
                .register(registry);
        registry.gauge(
                "spillway.applied.seq", installed, it -> it.get().routing().watermark().seq());
        registry.gauge("spillway.inflight", plane, DataPlane::inFlight);
        registry.gauge("spillway.journal.bytes", journal, it -> it.stats().bytes());
        registry.gauge("spillway.journal.unrecorded", journal, it -> it.stats().unrecorded());
    }

    /// Whether requests can be served.
    boolean ready() {
        return !stopping && running != null && installed.get().present();
    }

    /// The data port, 0 before it is bound.
    int port() {
        var it = running;
        return it == null ? 0 : it.plane().port();
    }

    void stop(@Observes ShutdownEvent event) throws Exception {
        stopping = true;
        var it = running;
        if (it == null) {
            return;
        }
        it.restoring().join();
        await(it.plane().stop(config.drain()).toCompletionStage().toCompletableFuture());
        it.shipper().close();
        it.link().close();
        it.control().close();
        it.journal().close();
    }

    private <T> T await(CompletableFuture<T> future) throws Exception {
        try {
            return future.get(
                    config.drain().plus(Duration.ofSeconds(20)).toMillis(), TimeUnit.MILLISECONDS);
        } catch (ExecutionException e) {
            throw new IOException(
                    "the data listener at %s:%d could not be started or stopped: %s"
                            .formatted(config.host(), config.port(), e.getCause()),
                    e);
        } catch (TimeoutException e) {
            throw new IOException("the data listener did not start or stop in time", e);
        }
    }
}
