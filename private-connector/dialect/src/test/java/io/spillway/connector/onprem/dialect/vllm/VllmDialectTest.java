package io.spillway.connector.onprem.dialect.vllm;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import io.spillway.api.connector.Dialect;
import io.spillway.api.connector.Dialect.BodyEdits.Member;
import io.spillway.api.connector.Dialect.BodyHints;
import io.spillway.api.connector.ResponseObserver.Event;
import io.spillway.api.connector.ResponseObserver.Usage;
import io.spillway.api.connector.UpstreamFailure.Kind;
import io.spillway.api.request.Operation;
import java.util.List;
import java.util.ServiceLoader;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class VllmDialectTest {
    private final VllmDialect dialect = new VllmDialect();

    @Test
    void itIsFoundByItsName() {
        assertThat(ServiceLoader.load(Dialect.class))
                .filteredOn(found -> found.name().equals("vllm"))
                .hasOnlyElementsOfType(VllmDialect.class)
                .hasSize(1);
    }

    @Test
    void fieldsThatOnlyARouterMaySetAreTakenOutAndAllOthersStay() {
        var fields = List.of("model", "priority", "messages", "kv_transfer_params", "top_k", "new");

        assertThat(edits(new BodyHints(false, false, "salt", fields)).remove())
                .containsExactly("priority", "kv_transfer_params");
    }

    @Test
    void theTenantsSaltTakesThePlaceOfTheCallersOwn() {
        var fields = List.of("model", "cache_salt");

        var edits = edits(new BodyHints(false, false, "a\"b", fields));

        assertThat(edits.set()).containsExactly(new Member("cache_salt", "\"a\\\"b\""));
        assertThat(edits.remove()).isEmpty();
    }

    @Test
    void aStreamIsAskedForUsageUnlessTheCallerAsked() {
        var ask = new Member("stream_options", "{\"include_usage\":true}");

        assertThat(edits(new BodyHints(true, false, "s", List.of())).set()).contains(ask);
        assertThat(edits(new BodyHints(true, true, "s", List.of())).set()).doesNotContain(ask);
    }

    @Test
    void aStreamOfVllmIsObserved() {
        var observer = dialect.observe(Operation.CHAT, true);
        var events =
                List.of(
                        "data:"
                            + " {\"id\":\"chatcmpl-1\",\"choices\":[{\"index\":0,\"delta\":{\"role\":\"assistant\",\"content\":\"\"},\"logprobs\":null,\"finish_reason\":null}],\"prompt_token_ids\":null}",
                        "data:"
                            + " {\"id\":\"chatcmpl-1\",\"choices\":[{\"index\":0,\"delta\":{\"content\":\"Hi\"},\"finish_reason\":\"stop\",\"stop_reason\":null,\"token_ids\":null}]}",
                        "data:"
                            + " {\"id\":\"chatcmpl-1\",\"choices\":[],\"usage\":{\"prompt_tokens\":24,\"total_tokens\":26,\"completion_tokens\":2,\"prompt_tokens_details\":{\"cached_tokens\":16}}}",
                        "data: [DONE]");

        assertThat(events.stream().map(e -> e.getBytes(UTF_8)))
                .map(e -> observer.event(e, 0, e.length))
                .containsExactly(Event.CONTENT, Event.CONTENT, Event.USAGE_ONLY, Event.DONE);
        assertThat(observer.usage()).contains(new Usage(24, 2, 16));
        assertThat(observer.finishReason()).contains("stop");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "400 | {`error`:{`message`:`This model's maximum context length is 4096"
                    + " tokens.`,`type`:`BadRequestError`,`param`:null,`code`:400}} | CALLER_ERROR",
                "400 | {`error`:{`message`:`CUDA error: an illegal memory access was"
                        + " encountered`,`type`:`BadRequestError`,`code`:400}} | SERVER_ERROR",
                "400 | {`error`:{`message`:`EngineCore encountered an issue. See stack"
                        + " trace`,`type`:`BadRequestError`,`code`:400}} | SERVER_ERROR",
                "400 | {`error`:{`message`:`'NoneType' object is not subscriptable`,`code`:400}} |"
                        + " SERVER_ERROR",
                "400 | {`error`:{`message`:`1 validation error: input 'CUDA error: RuntimeError' is"
                        + " not valid`,`code`:400}} | CALLER_ERROR",
                "422 | {`detail`:[{`msg`:`x`}]} | CALLER_ERROR",
                "413 | <html> | CALLER_ERROR",
                "401 | {`error`:`Unauthorized`} | UNAUTHORIZED",
                "403 | | UNAUTHORIZED",
                "404 | {`error`:{`message`:`The model 'x' does not"
                        + " exist.`,`type`:`NotFoundError`,`param`:`model`,`code`:404}} |"
                        + " UNKNOWN_MODEL",
                "429 | {} | OVERLOADED",
                "503 | {`error`:`The model is currently scaling. Please try again later.`} |"
                        + " OVERLOADED",
                "500 | {`error`:{`message`:`boom`,`type`:`InternalServerError`,`code`:500}} |"
                        + " SERVER_ERROR",
                "502 | <html>Bad Gateway</html> | SERVER_ERROR",
                "302 | | SERVER_ERROR",
                "200 | {`error`:{`message`:`too long`,`type`:`BadRequestError`,`code`:400}} |"
                        + " CALLER_ERROR",
                "200 | {`error`:{`message`:`boom`,`code`:500}} | SERVER_ERROR",
                "200 | {`error`:{`message`:`boom`,`code`:null}} | SERVER_ERROR"
            })
    void errorsAreRead(String line) {
        var parts = line.replace('`', '"').split("\\|");
        var status = Integer.parseInt(parts[0].strip());

        var failure = dialect.failure(status, parts[1].strip().getBytes(UTF_8));

        assertThat(failure.kind()).isEqualTo(Kind.valueOf(parts[2].strip()));
        assertThat(failure.status()).isGreaterThanOrEqualTo(300);
    }

    @Test
    void aCallerReadsTheServersOwnWordsAboutTheRequest() {
        var body = "{\"error\":{\"message\":\"max_tokens must be at least 1\",\"code\":400}}";

        assertThat(dialect.failure(400, body.getBytes(UTF_8)).message())
                .isEqualTo("max_tokens must be at least 1");
    }

    @ParameterizedTest
    @ValueSource(ints = {401, 404, 429, 500, 503})
    void aCallerDoesNotReadWhatConcernsTheOperatorOnly(int status) {
        var body = "{\"error\":{\"message\":\"gpu-node-7.internal: secret\",\"code\":500}}";

        assertThat(dialect.failure(status, body.getBytes(UTF_8)).message())
                .isNotBlank()
                .doesNotContain("secret");
    }

    private Dialect.BodyEdits edits(BodyHints hints) {
        return dialect.edits(Operation.CHAT, hints);
    }
}
