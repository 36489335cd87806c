package io.spillway.connector.cloud.dialect.openai;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import io.spillway.api.connector.Dialect;
import io.spillway.api.connector.Dialect.BodyEdits.Member;
import io.spillway.api.connector.Dialect.BodyHints;
import io.spillway.api.connector.ResponseObserver.Event;
import io.spillway.api.connector.ResponseObserver.Usage;
import io.spillway.api.connector.UpstreamFailure.Kind;
import io.spillway.api.request.Operation;
import java.time.Instant;
import java.util.List;
import java.util.ServiceLoader;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class OpenAiDialectTest {
    private static final List<String> OPENAI_FIELDS =
            List.of(
                    "model",
                    "messages",
                    "max_completion_tokens",
                    "temperature",
                    "tools",
                    "response_format",
                    "logit_bias",
                    "seed",
                    "a_field_of_next_year");

    private final OpenAiDialect dialect = new OpenAiDialect();

    @Test
    void itIsFoundByItsName() {
        assertThat(ServiceLoader.load(Dialect.class))
                .filteredOn(found -> found.name().equals("openai"))
                .hasOnlyElementsOfType(OpenAiDialect.class)
                .hasSize(1);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "min_tokens",
                "ignore_eos",
                "top_k",
                "repetition_penalty",
                "cache_salt",
                "kv_transfer_params",
                "guided_json",
                "guided_of_next_year",
                "vllm_xargs",
                "return_token_ids",
                "priority",
                "chat_template",
                "echo"
            })
    void fieldsOfModelServersAreTakenOut(String field) {
        assertThat(edits(Operation.CHAT, List.of("model", field, "messages")).remove())
                .containsExactly(field);
    }

    @Test
    void allOtherFieldsPassAndNoSaltIsSent() {
        var edits = edits(Operation.CHAT, OPENAI_FIELDS);

        assertThat(edits.remove()).isEmpty();
        assertThat(edits.set()).isEmpty();
    }

    @Test
    void echoBelongsToCompletions() {
        assertThat(edits(Operation.COMPLETIONS, List.of("echo", "best_of")).remove()).isEmpty();
    }

    @Test
    void aStreamIsAskedForUsage() {
        var hints = new BodyHints(true, false, "salt", List.of("stream"));

        assertThat(dialect.edits(Operation.CHAT, hints).set())
                .containsExactly(new Member("stream_options", "{\"include_usage\":true}"));
    }

    @ParameterizedTest
    @CsvSource({
        "chat-streaming-detailed-usage, 12, 100, length",
        "completion-streaming-usage, 31, 25, length"
    })
    void aRecordedStreamTellsItsUsageInOneEventOfItsOwn(
            String name, long prompt, long completion, String finish) {
        var observer = dialect.observe(Operation.CHAT, true);

        var events = Cassette.of(name).events().map(e -> observer.event(e, 0, e.length)).toList();

        assertThat(events.subList(0, events.size() - 2)).containsOnly(Event.CONTENT);
        assertThat(events).endsWith(Event.USAGE_ONLY, Event.DONE);
        assertThat(observer.usage()).contains(new Usage(prompt, completion, 0));
        assertThat(observer.finishReason()).contains(finish);
    }

    @ParameterizedTest
    @CsvSource({
        "chat-streaming, stop",
        "completion-streaming, length",
        "chat-streaming-web-search, stop"
    })
    void aRecordedStreamWithoutUsageIsContentToTheEnd(String name, String finish) {
        var observer = dialect.observe(Operation.CHAT, true);

        var events = Cassette.of(name).events().map(e -> observer.event(e, 0, e.length)).toList();

        assertThat(events).hasSizeGreaterThan(5);
        assertThat(events.subList(0, events.size() - 1)).containsOnly(Event.CONTENT);
        assertThat(events).endsWith(Event.DONE);
        assertThat(observer.usage()).isEmpty();
        assertThat(observer.finishReason()).contains(finish);
    }

    @ParameterizedTest
    @CsvSource({
        "chat-detailed-usage, 12, 100, length",
        "chat-tools, 162, 287, tool_calls",
        "chat-parallel-tools, 162, 219, tool_calls",
        "chat-reasoning, 27, 267, stop",
        "azure-chat-basic, 8, 271, stop",
        "completion-text-batch, 49, 58, stop",
        "embeddings-dimensions, 5, 0, "
    })
    void aRecordedBodyTellsItsUsage(String name, long prompt, long completion, String finish) {
        var observer = dialect.observe(Operation.CHAT, false);

        observer.body(Cassette.of(name).bytes());

        assertThat(observer.usage()).contains(new Usage(prompt, completion, 0));
        assertThat(observer.finishReason().orElse(null)).isEqualTo(finish);
    }

    @ParameterizedTest
    @CsvSource({
        "chat-bad-request, CALLER_ERROR, Unsupported parameter",
        "chat-no-messages, CALLER_ERROR, empty array",
        "completion-bad-request, CALLER_ERROR, integer below minimum",
        "embeddings-bad-request, CALLER_ERROR, less than the minimum",
        "chat-unknown-model, UNKNOWN_MODEL, does not serve this model",
        "completion-unknown-model, UNKNOWN_MODEL, does not serve this model",
        "embeddings-unknown-model, UNKNOWN_MODEL, does not serve this model"
    })
    void recordedErrorsAreRead(String name, Kind kind, String message) {
        var recorded = Cassette.of(name);

        var failure = dialect.failure(recorded.status(), recorded.bytes());

        assertThat(failure.kind()).isEqualTo(kind);
        assertThat(failure.status()).isEqualTo(recorded.status());
        assertThat(failure.message()).contains(message);
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "429 | rate_limit_exceeded   | requests              | OVERLOADED",
                "429 | insufficient_quota    | insufficient_quota    | UNAUTHORIZED",
                "429 |                       |                       | OVERLOADED",
                "400 | billing_hard_limit_reached | invalid_request_error | UNAUTHORIZED",
                "400 | content_filter        |                       | CALLER_ERROR",
                "401 | invalid_api_key       | invalid_request_error | UNAUTHORIZED",
                "403 | unsupported_country_region_territory | request_forbidden | UNAUTHORIZED",
                "500 |                       | server_error          | SERVER_ERROR",
                "503 |                       | server_error          | OVERLOADED",
                "200 | rate_limit_exceeded   | tokens                | OVERLOADED",
                "200 |                       | invalid_request_error | CALLER_ERROR",
                "200 |                       | server_error          | SERVER_ERROR"
            })
    void otherErrorsAreRead(int status, String code, String type, Kind kind) {
        assertThat(dialect.failure(status, error(code, type)).kind()).isEqualTo(kind);
    }

    @Test
    void aCallerNeverReadsAboutOurAccount() {
        for (var status : List.of(401, 403, 404, 429, 500, 503)) {
            assertThat(dialect.failure(status, error(null, null)).message())
                    .doesNotContain("sk-", "org-");
        }
    }

    @Test
    void loadIsNeverKnown() {
        assertThat(dialect.metricsPath()).isEmpty();
        assertThat(dialect.load("vllm:num_requests_running 0\n", "m", Instant.EPOCH)).isEmpty();
    }

    private Dialect.BodyEdits edits(Operation operation, List<String> fields) {
        return dialect.edits(operation, new BodyHints(false, false, "salt", fields));
    }

    private static byte[] error(String code, String type) {
        return """
        {"error":{"message":"Incorrect key sk-abc in organization org-xyz","type":%s,"param":null,"code":%s}}\
        """
                .formatted(quoted(type), quoted(code))
                .getBytes(UTF_8);
    }

    private static String quoted(String value) {
        return value == null ? "null" : '"' + value + '"';
    }
}
