package io.spillway.testbed.server;

import io.spillway.testbed.engine.Emission;
import io.spillway.testbed.engine.Engine;
import io.spillway.testbed.engine.Work;
import io.vertx.core.Vertx;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.OptionalLong;
import java.util.function.Consumer;

/// Runs the engines of one server by the real clock and hands out what they emit.
final class EngineRoom {
    private static final long NO_TIMER = -1;

    private final Vertx vertx;
    private final List<Engine> engines = new ArrayList<>();
    private final Map<Long, Job> jobs = new HashMap<>();
    private final EngineMetrics metrics;
    private long lastId;
    private long timer = NO_TIMER;
    private long timerAt;

    EngineRoom(Vertx vertx, Engine.Settings settings, int count, EngineMetrics metrics) {
        this.vertx = vertx;
        this.metrics = metrics;
        for (int i = 0; i < count; i++) {
            engines.add(new Engine(settings));
        }
    }

    List<Engine> engines() {
        return engines;
    }

    /// Gives work to the least loaded engine.
    ///
    /// @param sink called for each emission, on the event loop and never from within this call
    /// @return the work's id, for [#cancel]
    long submit(int promptTokens, long[] blocks, int outputTokens, Consumer<Emission> sink) {
        long now = System.nanoTime();
        var engine = engines.getFirst();
        for (var other : engines) {
            if (load(other) < load(engine)) {
                engine = other;
            }
        }
        var work = new Work(++lastId, promptTokens, blocks, outputTokens);
        var emitted = engine.advance(now);
        jobs.put(work.id(), new Job(engine, work, sink, now));
        engine.submit(work, now);
        if (!emitted.isEmpty()) {
            vertx.runOnContext(_ -> emitted.forEach(this::deliver));
        }
        schedule();
        return work.id();
    }

    /// Stops work; nothing more is emitted for it.
    void cancel(long id) {
        var job = jobs.remove(id);
        if (job == null) {
            return;
        }
        long now = System.nanoTime();
        var emitted = job.engine.advance(now);
        if (job.engine.cancel(id, now)) {
            metrics.aborted();
        }
        emitted.forEach(this::deliver);
        schedule();
    }

    /// Requests in engines or waiting for one.
    int inFlight() {
        return jobs.size();
    }

    private static int load(Engine engine) {
        return engine.running() + engine.waiting();
    }

    private void pump() {
        timer = NO_TIMER;
        long now = System.nanoTime();
        for (var engine : engines) {
            engine.advance(now).forEach(this::deliver);
        }
        schedule();
    }

    private void deliver(Emission emission) {
        var job = jobs.get(emission.id());
        if (job == null) {
            return; // cancelled
        }
        if (emission.tokens() == 1) {
            metrics.firstToken(job.lastAt, emission.at());
        } else if (emission.tokens() > 1) {
            metrics.nextToken(job.lastAt, emission.at());
        }
        job.lastAt = emission.at();
        if (emission.ended() != null) {
            jobs.remove(emission.id());
            metrics.ended(job.work, emission.ended());
        }
        job.sink.accept(emission);
    }

    private void schedule() {
        long next = Long.MAX_VALUE;
        for (var engine : engines) {
            OptionalLong at = engine.nextStepAt();
            if (at.isPresent()) {
                next = Math.min(next, at.getAsLong());
            }
        }
        if (timer != NO_TIMER) {
            if (timerAt <= next) {
                return; // wakes early enough
            }
            vertx.cancelTimer(timer);
            timer = NO_TIMER;
        }
        if (next != Long.MAX_VALUE) {
            long millis = Math.max(1, (next - System.nanoTime() + 999_999) / 1_000_000);
            timerAt = next;
            timer = vertx.setTimer(millis, _ -> pump());
        }
    }

    private static final class Job {
        final Engine engine;
        final Work work;
        final Consumer<Emission> sink;
        long lastAt; // of the latest token, of the arrival before the first

        Job(Engine engine, Work work, Consumer<Emission> sink, long arrivedAt) {
            this.lastAt = arrivedAt;
            this.engine = engine;
            this.work = work;
            this.sink = sink;
        }
    }
}
