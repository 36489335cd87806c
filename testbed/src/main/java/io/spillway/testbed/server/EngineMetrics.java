package io.spillway.testbed.server;

import io.spillway.testbed.engine.Emission;
import io.spillway.testbed.engine.Histogram;
import io.spillway.testbed.engine.Work;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.Map;

/// What vLLM measures of requests, summed over a server's engines.
final class EngineMetrics {
    private static final double[] TTFT = {
        0.001, 0.005, 0.01, 0.02, 0.04, 0.06, 0.08, 0.1, 0.25, 0.5, 0.75, 1.0, 2.5, 5.0, 7.5, 10.0,
        20.0, 40.0, 80.0, 160.0, 640.0, 2560.0
    };
    private static final double[] PER_TOKEN = {
        0.01, 0.025, 0.05, 0.075, 0.1, 0.15, 0.2, 0.3, 0.4, 0.5, 0.75, 1.0, 2.5, 5.0, 7.5, 10.0,
        20.0, 40.0, 80.0
    };
    private static final double[] LATENCY = {
        0.3, 0.5, 0.8, 1.0, 1.5, 2.0, 2.5, 5.0, 10.0, 15.0, 20.0, 30.0, 40.0, 50.0, 60.0, 120.0,
        240.0, 480.0, 960.0, 1920.0, 7680.0
    };

    private final Map<String, Histogram> histograms = new LinkedHashMap<>();
    private final Map<String, Long> finished = new LinkedHashMap<>();

    EngineMetrics(int maxModelLen) {
        double[] lengths = oneTwoFive(maxModelLen);
        histograms.put("request_prompt_tokens", new Histogram(lengths));
        histograms.put("request_generation_tokens", new Histogram(lengths));
        histograms.put("request_max_num_generation_tokens", new Histogram(lengths));
        histograms.put("request_params_n", new Histogram(1, 2, 5, 10, 20));
        histograms.put("request_params_max_tokens", new Histogram(lengths));
        histograms.put("time_to_first_token_seconds", new Histogram(TTFT));
        histograms.put("inter_token_latency_seconds", new Histogram(PER_TOKEN));
        histograms.put("request_time_per_output_token_seconds", new Histogram(PER_TOKEN));
        histograms.put("e2e_request_latency_seconds", new Histogram(LATENCY));
        histograms.put("request_queue_time_seconds", new Histogram(LATENCY));
        histograms.put("request_inference_time_seconds", new Histogram(LATENCY));
        histograms.put("request_prefill_time_seconds", new Histogram(LATENCY));
        histograms.put("request_decode_time_seconds", new Histogram(LATENCY));
        histograms.put("request_prefill_kv_computed_tokens", new Histogram(lengths));
        for (var reason : new String[] {"stop", "length", "abort", "error"}) {
            finished.put(reason, 0L);
        }
    }

    /// Histograms by family name without `vllm:`.
    Map<String, Histogram> histograms() {
        return histograms;
    }

    /// Ended requests by reason.
    Map<String, Long> finished() {
        return finished;
    }

    void accepted(InferenceRequest request) {
        histogram("request_params_n").add(request.n());
        histogram("request_params_max_tokens").add(request.maxTokens());
        histogram("request_max_num_generation_tokens").add(request.maxTokens());
    }

    void finished(String reason) {
        finished.merge(reason, 1L, Long::sum);
    }

    void aborted() {
        finished("abort");
    }

    void firstToken(long arrivedAt, long at) {
        histogram("time_to_first_token_seconds").add(seconds(arrivedAt, at));
    }

    void nextToken(long previousAt, long at) {
        histogram("inter_token_latency_seconds").add(seconds(previousAt, at));
    }

    void ended(Work work, Emission.Lifetime life) {
        histogram("request_prompt_tokens").add(work.promptTokens());
        histogram("request_generation_tokens").add(work.outputTokens());
        histogram("request_prefill_kv_computed_tokens")
                .add(work.promptTokens() - life.cachedTokens());
        histogram("e2e_request_latency_seconds").add(seconds(life.arrivedAt(), life.endedAt()));
        histogram("request_queue_time_seconds").add(seconds(life.arrivedAt(), life.scheduledAt()));
        histogram("request_inference_time_seconds")
                .add(seconds(life.scheduledAt(), life.endedAt()));
        histogram("request_prefill_time_seconds")
                .add(seconds(life.scheduledAt(), life.firstTokenAt()));
        histogram("request_decode_time_seconds").add(seconds(life.firstTokenAt(), life.endedAt()));
        if (work.outputTokens() > 1) {
            histogram("request_time_per_output_token_seconds")
                    .add(seconds(life.firstTokenAt(), life.endedAt()) / (work.outputTokens() - 1));
        }
    }

    private Histogram histogram(String name) {
        var histogram = histograms.get(name);
        if (histogram == null) {
            throw new IllegalArgumentException("no histogram '%s'".formatted(name));
        }
        return histogram;
    }

    private static double seconds(long from, long to) {
        return (to - from) / 1e9;
    }

    /// 1, 2, 5, 10, 20, 50, ... up to `most`.
    private static double[] oneTwoFive(int most) {
        var bounds = new ArrayList<Double>();
        for (long decade = 1; decade <= most; decade *= 10) {
            for (int factor : new int[] {1, 2, 5}) {
                if (factor * decade <= most) {
                    bounds.add((double) (factor * decade));
                }
            }
        }
        return bounds.stream().mapToDouble(Double::doubleValue).toArray();
    }
}
