package io.spillway.testbed.replay;

import io.spillway.testbed.engine.Engine;
import io.spillway.testbed.engine.StepTimes;
import io.spillway.testbed.engine.Work;
import java.util.List;

/// How much of a trace engines can do.
final class Capacity {
    private static final int SAMPLE = 600;

    private Capacity() {}

    /// Requests a second that one engine completes when it never lacks work, found by running the
    /// trace's requests through the engine model.
    static double requestsPerSecond(Engine.Settings settings, List<Trace.Arrival> arrivals) {
        var engine = new Engine(settings);
        // Evenly spread over the trace: lengths drift in the course of a day.
        int count = Math.min(SAMPLE, arrivals.size());
        for (int i = 0; i < count; i++) {
            var arrival = arrivals.get((int) ((long) i * arrivals.size() / count));
            engine.submit(
                    new Work(i, arrival.contextTokens(), new long[0], arrival.generatedTokens()),
                    0);
        }
        long end = 0;
        for (var emission : engine.advance(Long.MAX_VALUE)) {
            end = Math.max(end, emission.at());
        }
        return count / (end / 1e9);
    }

    /// What one simulated server says its engines are made of.
    record Server(int engines, Engine.Settings engine) {

        static Server of(int engines, Made made) {
            var times =
                    StepTimes.of(made.performanceOf, made.hardware, made.tensorParallel)
                            .scaled(made.timeScale);
            return new Server(
                    engines,
                    new Engine.Settings(
                            made.kvBlocks, made.maxSequences, made.tokensPerStep, times));
        }
    }

    /// The member `engine` of a simulated server's `/version`.
    record Made(
            String performanceOf,
            String hardware,
            int tensorParallel,
            int kvBlocks,
            int maxSequences,
            int tokensPerStep,
            double timeScale) {}
}
