package io.spillway.connector.onprem.dialect.vllm;

import java.util.List;

/// The names of the metrics that a load report is read from: the only place that knows them.
///
/// vLLM hides a metric one release after it deprecates it and removes it one release later, so each
/// signal lists every name it has had, newest first, and the first one present on a page counts.
/// Names without prefix are those of NVIDIA NIM, which wraps vLLM.
final class MetricNames {
    static final List<String> RUNNING =
            List.of("vllm:num_requests_running", "num_requests_running");

    /// Split by reason since 0.24. What is `deferred` waits on purpose, so only `capacity` counts.
    static final List<String> WAITING_BY_REASON = List.of("vllm:num_requests_waiting_by_reason");

    static final List<String> WAITING =
            List.of("vllm:num_requests_waiting", "num_requests_waiting");

    /// The second name was used before 0.10.
    static final List<String> CACHE_USED =
            List.of(
                    "vllm:kv_cache_usage_perc",
                    "vllm:gpu_cache_usage_perc",
                    "kv_cache_usage_perc",
                    "gpu_cache_usage_perc");

    static final List<String> SLEEP_STATE = List.of("vllm:engine_sleep_state");

    private MetricNames() {}
}
