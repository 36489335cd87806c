package io.spillway.router.admission;

import io.spillway.api.connector.LoadReport;
import java.time.Instant;
import java.util.ArrayDeque;
import java.util.OptionalDouble;
import java.util.SplittableRandom;

/// A model server with continuous batching, roughly: prompts are computed one after the other, then
/// each request takes part in decoding, whose step grows with the batch.
final class ModelServer {
    private static final double BASE_MILLIS = 30.0;
    private static final double STEP_MILLIS = 25.0;
    private static final double STEP_PER_REQUEST_MILLIS = 0.3;
    private static final int BATCH = 64;

    private final EventClock clock;
    private final double promptTokensPerSecond;
    private final SplittableRandom random;
    private final ArrayDeque<Job> waiting = new ArrayDeque<>();
    private int running;
    private boolean prefilling;

    ModelServer(EventClock clock, double promptTokensPerSecond, long seed) {
        this.clock = clock;
        this.promptTokensPerSecond = promptTokensPerSecond;
        this.random = new SplittableRandom(seed);
    }

    private record Job(int prompt, int output, Runnable first, Runnable end) {}

    void accept(int prompt, int output, Runnable first, Runnable end) {
        waiting.add(new Job(prompt, output, first, end));
        next();
    }

    private void next() {
        if (prefilling || running >= BATCH || waiting.isEmpty()) {
            return;
        }
        var job = waiting.remove();
        prefilling = true;
        running++;
        double noise = 0.9 + 0.2 * random.nextDouble();
        double millis = (BASE_MILLIS + 1000.0 * job.prompt() / promptTokensPerSecond) * noise;
        clock.after((long) (millis * 1e6), () -> prefilled(job));
    }

    private void prefilled(Job job) {
        prefilling = false;
        job.first().run();
        double step = STEP_MILLIS + STEP_PER_REQUEST_MILLIS * running;
        clock.after((long) (job.output() * step * 1e6), () -> finished(job));
        next();
    }

    private void finished(Job job) {
        running--;
        job.end().run();
        next();
    }

    LoadReport load() {
        double cache = Math.min(1.0, running / (double) BATCH);
        return new LoadReport(
                running, waiting.size(), OptionalDouble.of(cache), false, Instant.EPOCH);
    }
}
