package io.spillway.testbed.server;

import io.spillway.testbed.engine.Engine;
import io.spillway.testbed.engine.Histogram;
import java.util.List;
import java.util.function.ToDoubleFunction;

/// The `/metrics` page of vLLM's V1 engine: the same families, series, labels and buckets.
///
/// Gauges and counters are told apart by engine. Histograms, which would make the page of a server
/// with many engines too long to scrape each second, are summed under engine 0.
final class MetricsPage {
    private final StringBuilder page = new StringBuilder(16_384);
    private final String model;
    private final double startedAt;

    private MetricsPage(String model, double startedAt) {
        this.model = model.replace("\\", "\\\\").replace("\"", "\\\"");
        this.startedAt = startedAt;
    }

    static String of(
            String model, double startedAtSeconds, List<Engine> engines, EngineMetrics metrics) {
        var page = new MetricsPage(model, startedAtSeconds);
        page.gauges(engines);
        page.counters(engines);
        page.finished(metrics);
        var steps = engines.getFirst().counters().stepTokens();
        var allSteps = new Histogram(steps.bounds());
        engines.forEach(engine -> allSteps.addAll(engine.counters().stepTokens()));
        page.histogram("iteration_tokens_total", allSteps);
        metrics.histograms().forEach(page::histogram);
        page.cacheConfig(engines);
        return page.page.toString();
    }

    private void gauges(List<Engine> engines) {
        perEngine("num_requests_running", "gauge", "", engines, Engine::running);
        perEngine("num_requests_waiting", "gauge", "", engines, Engine::waiting);
        perEngine(
                "num_requests_waiting_by_reason",
                "gauge",
                ",reason=\"capacity\"",
                engines,
                Engine::waiting);
        series("num_requests_waiting_by_reason", 0, ",reason=\"deferred\"", 0);
        perEngine("kv_cache_usage_perc", "gauge", "", engines, Engine::cacheUsed);
        perEngine("engine_sleep_state", "gauge", ",sleep_state=\"awake\"", engines, _ -> 1);
        for (var state : List.of("weights_offloaded", "discard_all")) {
            for (int i = 0; i < engines.size(); i++) {
                series("engine_sleep_state", i, ",sleep_state=\"" + state + "\"", 0);
            }
        }
    }

    private void counters(List<Engine> engines) {
        counter("prefix_cache_queries", engines, it -> it.counters().prefixQueries());
        counter("prefix_cache_hits", engines, it -> it.counters().prefixHits());
        counter("num_preemptions", engines, it -> it.counters().preemptions());
        counter("prompt_tokens", engines, it -> it.counters().promptTokens());
        counter("generation_tokens", engines, it -> it.counters().generationTokens());
        for (var unused :
                List.of(
                        "corrupted_requests",
                        "external_prefix_cache_queries",
                        "external_prefix_cache_hits",
                        "mm_cache_queries",
                        "mm_cache_hits")) {
            counter(unused, engines, _ -> 0);
        }
    }

    private void finished(EngineMetrics metrics) {
        family("request_success", "counter");
        metrics.finished()
                .forEach((reason, count) -> {
                    var label = ",finished_reason=\"" + reason + "\"";
                    series("request_success_total", 0, label, count);
                });
        metrics.finished()
                .keySet()
                .forEach(reason -> {
                    var label = ",finished_reason=\"" + reason + "\"";
                    series("request_success_created", 0, label, startedAt);
                });
    }

    private void cacheConfig(List<Engine> engines) {
        family("cache_config_info", "gauge");
        for (int i = 0; i < engines.size(); i++) {
            page.append("vllm:cache_config_info{block_size=\"16\",cache_dtype=\"auto\"")
                    .append(",enable_prefix_caching=\"True\",engine=\"")
                    .append(i)
                    .append("\",gpu_memory_utilization=\"0.9\",num_gpu_blocks=\"")
                    .append(engines.get(i).settings().kvBlocks())
                    .append("\"} 1.0\n");
        }
    }

    private void counter(String name, List<Engine> engines, ToDoubleFunction<Engine> value) {
        family(name, "counter");
        for (int i = 0; i < engines.size(); i++) {
            series(name + "_total", i, "", value.applyAsDouble(engines.get(i)));
        }
        for (int i = 0; i < engines.size(); i++) {
            series(name + "_created", i, "", startedAt);
        }
    }

    private void perEngine(
            String name,
            String type,
            String label,
            List<Engine> engines,
            ToDoubleFunction<Engine> value) {
        family(name, type);
        for (int i = 0; i < engines.size(); i++) {
            series(name, i, label, value.applyAsDouble(engines.get(i)));
        }
    }

    private void histogram(String name, Histogram histogram) {
        family(name, "histogram");
        double[] bounds = histogram.bounds();
        for (int i = 0; i <= bounds.length; i++) {
            var bound = i == bounds.length ? "+Inf" : Double.toString(bounds[i]);
            series(name + "_bucket", 0, ",le=\"" + bound + "\"", histogram.cumulative(i));
        }
        series(name + "_sum", 0, "", histogram.sum());
        series(name + "_count", 0, "", histogram.count());
        series(name + "_created", 0, "", startedAt);
    }

    private void family(String name, String type) {
        page.append("# TYPE vllm:").append(name).append(' ').append(type).append('\n');
    }

    private void series(String name, int engine, String label, double value) {
        page.append("vllm:")
                .append(name)
                .append("{engine=\"")
                .append(engine)
                .append('"')
                .append(label)
                .append(",model_name=\"")
                .append(model)
                .append("\"} ")
                .append(value)
                .append('\n');
    }
}
