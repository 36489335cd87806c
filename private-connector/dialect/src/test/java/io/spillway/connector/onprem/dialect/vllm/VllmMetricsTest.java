package io.spillway.connector.onprem.dialect.vllm;

import static org.assertj.core.api.Assertions.assertThat;

import io.spillway.api.connector.LoadReport;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Optional;
import java.util.OptionalDouble;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class VllmMetricsTest {
    private static final Instant NOON = Instant.parse("2026-03-01T12:00:00Z");
    private static final List<String> TWO_ENGINES =
            List.of(
                    "# TYPE vllm:num_requests_running gauge",
                    "vllm:num_requests_running{engine=\"0\",model_name=\"llama\"} 3.0",
                    "vllm:num_requests_running{model_name=\"llama\",engine=\"1\"} 4.0",
                    "vllm:num_requests_running{engine=\"0\",model_name=\"other\"} 70.0",
                    "vllm:num_requests_waiting{engine=\"0\",model_name=\"llama\"} 9.0",
                    "vllm:num_requests_waiting{engine=\"1\",model_name=\"llama\"} 8.0",
                    "vllm:num_requests_waiting{engine=\"0\",model_name=\"other\"} 80.0",
                    "vllm:num_requests_waiting_by_reason{engine=\"0\",model_name=\"llama\",reason=\"capacity\"}"
                        + " 1.0",
                    "vllm:num_requests_waiting_by_reason{engine=\"0\",model_name=\"llama\",reason=\"deferred\"}"
                        + " 8.0",
                    "vllm:num_requests_waiting_by_reason{engine=\"1\",model_name=\"llama\",reason=\"capacity\"}"
                        + " 2.0",
                    "vllm:num_requests_waiting_by_reason{engine=\"1\",model_name=\"llama\",reason=\"deferred\"}"
                        + " 6.0",
                    "vllm:kv_cache_usage_perc{engine=\"0\",model_name=\"llama\"} 0.25",
                    "vllm:kv_cache_usage_perc{engine=\"1\",model_name=\"llama\"} 0.75",
                    "vllm:num_requests_running_created{model_name=\"llama\"} 1.7e+09",
                    "vllm:cache_config_info{engine=\"0\",block_size=\"16\",num_gpu_blocks=\"7281\"}"
                            + " 1.0");

    private final VllmDialect dialect = new VllmDialect();

    @Test
    void requestsAddUpOverEnginesAndCacheUseIsTheHighest() {
        assertThat(load(TWO_ENGINES)).contains(report(7, 3, 0.75));
    }

    @Test
    void theOrderOfLinesDoesNotMatter() {
        var random = new Random(3);
        for (var round = 0; round < 200; round++) {
            var shuffled = new ArrayList<>(TWO_ENGINES);
            Collections.shuffle(shuffled, random);
            assertThat(load(shuffled)).contains(report(7, 3, 0.75));
        }
    }

    @Test
    void withoutReasonsTheTotalOfWaitingCounts() {
        var lines = TWO_ENGINES.stream().filter(line -> !line.contains("_by_reason")).toList();

        assertThat(load(lines)).contains(report(7, 17, 0.75));
    }

    @ParameterizedTest
    @ValueSource(strings = {"running", "waiting"})
    void aMissingFigureIsUnknownAndNotZero(String gone) {
        var lines =
                TWO_ENGINES.stream()
                        .filter(line -> !line.contains("num_requests_" + gone))
                        .toList();

        assertThat(load(lines)).isEmpty();
    }

    @ParameterizedTest
    @ValueSource(strings = {"NaN", "-1", "+Inf", "2.5", "many", ""})
    void aFigureThatIsNoCountIsUnknown(String value) {
        assertThat(
                        load(
                                List.of(
                                        "vllm:num_requests_running " + value,
                                        "vllm:num_requests_waiting 0")))
                .isEmpty();
    }

    @Test
    void cacheUseIsUnknownWhereThePageDoesNotTell() {
        var lines = TWO_ENGINES.stream().filter(line -> !line.contains("kv_cache")).toList();

        assertThat(load(lines).orElseThrow().cacheUsed()).isEqualTo(OptionalDouble.empty());
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "vllm:engine_sleep_state{engine=\"1\",model_name=\"llama\",sleep_state=\"awake\"}"
                        + " 0.0",
                "vllm:engine_sleep_state{engine=\"0\",model_name=\"llama\",sleep_state=\"discard_all\"}"
                    + " 1.0"
            })
    void oneSleepingEngineMakesTheServerAsleep(String line) {
        var lines = new ArrayList<>(TWO_ENGINES);
        lines.add(
                "vllm:engine_sleep_state{engine=\"0\",model_name=\"llama\",sleep_state=\"awake\"}"
                        + " 1.0");
        assertThat(load(lines).orElseThrow().asleep()).isFalse();

        lines.add(line);

        assertThat(load(lines).orElseThrow().asleep()).isTrue();
    }

    @Test
    void aModelUnderAnotherOfItsNamesIsTheOnlyOneOnThePage() {
        var lines = TWO_ENGINES.stream().filter(line -> !line.contains("other")).toList();

        assertThat(load(page(lines), "llama-alias")).contains(report(7, 3, 0.75));
    }

    @Test
    void amongSeveralModelsAnUnknownNameIsUnknown() {
        assertThat(load(page(TWO_ENGINES), "llama-alias")).isEmpty();
    }

    @Test
    void namesInLabelsMayHoldAnything() {
        var name = "we\\\"ird}, {model_name=\\\\";
        var page =
                page(
                        List.of(
                                "vllm:num_requests_running{model_name=\""
                                        + name
                                        + "\",} 1 1700000000",
                                "vllm:num_requests_waiting{ model_name=\"" + name + "\" } 2",
                                "vllm:num_requests_waiting{model_name=\"x\"} 5"));

        assertThat(load(page, "we\"ird}, {model_name=\\"))
                .contains(new LoadReport(1, 2, OptionalDouble.empty(), false, NOON));
    }

    @Test
    void aCutPageNeverGivesAWrongFigure() {
        var whole = page(List.of("vllm:num_requests_running 12", "vllm:num_requests_waiting 345"));
        for (var length = 0; length < whole.length(); length++) {
            assertThat(load(whole.substring(0, length), "llama")).isEmpty();
        }
    }

    @Test
    void anOldServersPageIsRead() throws IOException {
        assertThat(load(recorded("vllm-0.4-datadog-fixture.prom"), "facebook/opt-125m"))
                .contains(report(0, 0, 0.0));
    }

    @Test
    void aNimPageIsRead() throws IOException {
        assertThat(load(recorded("nim-datadog-fixture.prom"), "meta/llama-3.1-8b-instruct"))
                .contains(report(1, 0, 0.0002848191398461977));
    }

    @Test
    void anotherServersPageIsUnknown() throws IOException {
        assertThat(load(recorded("sglang-docs-sample.prom"), "meta-llama/Llama-3.1-8B-Instruct"))
                .isEmpty();
    }

    @Test
    void theNewestNameOfEachSignalIsOneThatVllmHas() throws IOException {
        var known =
                recorded("vllm-v1-metric-table.csv")
                        .lines()
                        .map(line -> line.substring(0, line.indexOf(',')))
                        .toList();

        assertThat(known)
                .contains(
                        MetricNames.RUNNING.getFirst(),
                        MetricNames.WAITING.getFirst(),
                        MetricNames.WAITING_BY_REASON.getFirst(),
                        MetricNames.CACHE_USED.getFirst(),
                        MetricNames.SLEEP_STATE.getFirst());
    }

    private Optional<LoadReport> load(List<String> lines) {
        return load(page(lines), "llama");
    }

    private Optional<LoadReport> load(String page, String model) {
        return dialect.load(page, model, NOON);
    }

    private static String page(List<String> lines) {
        return String.join("\n", lines) + "\n";
    }

    private static LoadReport report(int running, int waiting, double cacheUsed) {
        return new LoadReport(running, waiting, OptionalDouble.of(cacheUsed), false, NOON);
    }

    private static String recorded(String name) throws IOException {
        try (var in = VllmMetricsTest.class.getResourceAsStream("/metrics/" + name)) {
            return new String(in.readAllBytes(), StandardCharsets.UTF_8);
        }
    }
}
