package io.spillway.wire;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import io.spillway.api.connector.ResponseObserver.Event;
import io.spillway.api.connector.ResponseObserver.Usage;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class OpenAiObserverTest {
    private static final String CONTENT =
            """
            data: {"id":"c-1","object":"chat.completion.chunk","choices":[{"index":0,"delta":{"content":"He said \\"usage\\": {}, [DONE] \\u4f60"},"finish_reason":null}],"usage":null}\
            """;
    private static final String LAST =
            """
            data: {"choices":[{"index":0,"delta":{},"finish_reason":"length"}]}\
            """;
    private static final String USAGE =
            """
            data: {"id":"c-1","choices":[],"usage":{"prompt_tokens":12,"total_tokens":112,"completion_tokens":100,"prompt_tokens_details":{"audio_tokens":1,"cached_tokens":8}}}\
            """;

    private final OpenAiObserver observer = new OpenAiObserver();

    @Test
    void aChunkWithChoicesIsContentWhateverItsTextSays() {
        assertThat(see(CONTENT)).isEqualTo(Event.CONTENT);
        assertThat(observer.usage()).isEmpty();
        assertThat(observer.finishReason()).isEmpty();
    }

    @Test
    void theLastChunkTellsTheFinishReason() {
        assertThat(see(LAST)).isEqualTo(Event.CONTENT);
        assertThat(observer.finishReason()).contains("length");
    }

    @Test
    void aChunkWithUsageAndNoChoicesIsUsageOnly() {
        assertThat(see(USAGE)).isEqualTo(Event.USAGE_ONLY);
        assertThat(observer.usage()).contains(new Usage(12, 100, 8));
    }

    @Test
    void usageBesideContentCountsButTheEventIsStillContent() {
        var event =
                see(
                        """
                        data: {"choices":[{"delta":{"content":"a"}}],"usage":{"prompt_tokens":3,"completion_tokens":1}}\
                        """);

        assertThat(event).isEqualTo(Event.CONTENT);
        assertThat(observer.usage()).contains(new Usage(3, 1, 0));
    }

    @Test
    void noChoicesWithoutUsageIsNotOursToRemove() {
        assertThat(see("data: {\"choices\":[],\"prompt_filter_results\":[{\"a\":1}]}"))
                .isEqualTo(Event.CONTENT);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "data:"
                    + " {\"error\":{\"message\":\"boom\",\"type\":\"InternalServerError\",\"code\":500}}",
                "data: {\"error\":\"Unauthorized\"}",
                "data: {\"object\":\"error\",\"message\":\"boom\",\"code\":400}",
                "event: error\ndata: boom",
                "data: boom\r\nevent:error"
            })
    void anErrorInTheStreamIsSeenInEveryShape(String event) {
        assertThat(see(event)).isEqualTo(Event.ERROR);
    }

    @Test
    void aNullErrorIsNone() {
        assertThat(see("data: {\"error\":null,\"choices\":[{}]}")).isEqualTo(Event.CONTENT);
    }

    @ParameterizedTest
    @ValueSource(strings = {"data: [DONE]", "data:[DONE]", "data: [DONE] ", "id: 1\ndata: [DONE]"})
    void theTerminatorIsSeen(String event) {
        assertThat(see(event)).isEqualTo(Event.DONE);
    }

    @ParameterizedTest
    @ValueSource(strings = {"", ": keep-alive", "event: ping", "retry: 3000", "database: x"})
    void anEventWithoutDataIsOther(String event) {
        assertThat(see(event)).isEqualTo(Event.OTHER);
    }

    @Test
    void dataOverSeveralLinesIsOneDocument() {
        assertThat(see("data: {\"choices\":[],\r\ndata: \"usage\":\rdata: {\"prompt_tokens\":5}}"))
                .isEqualTo(Event.USAGE_ONLY);
        assertThat(observer.usage()).contains(new Usage(5, 0, 0));
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "{\"completion_tokens\":5}",
                "{\"prompt_tokens\":-1}",
                "{\"prompt_tokens\":\"7\"}",
                "{\"prompt_tokens\":1.5}",
                "{\"prompt_tokens\":99999999999999999999}",
                "[1]",
                "null"
            })
    void usageThatIsNoWholeNumberIsUnknownAndNotZero(String usage) {
        see("data: {\"choices\":[],\"usage\":" + usage + "}");

        assertThat(observer.usage()).isEmpty();
    }

    @Test
    void aWholeBodyTellsUsageAndFinishReason() {
        observer.body(
                """
                {"choices":[{"message":{"content":"{\\"usage\\":1}"},"finish_reason":"tool_calls"}],
                 "usage":{"prompt_tokens":20,"completion_tokens":4,"prompt_tokens_details":null}}\
                """
                        .getBytes(UTF_8));

        assertThat(observer.usage()).contains(new Usage(20, 4, 0));
        assertThat(observer.finishReason()).contains("tool_calls");
    }

    @Test
    void aCutEventStatesNothing() {
        var whole = USAGE.getBytes(UTF_8);
        for (var length = 0; length < whole.length; length++) {
            var cut = new OpenAiObserver();
            var event = cut.event(whole, 0, length);
            assertThat(event).as("cut after %d bytes", length).isIn(Event.CONTENT, Event.OTHER);
            assertThat(cut.usage()).as("cut after %d bytes", length).isEmpty();
        }
    }

    @Test
    void onlyTheBytesOfTheEventCount() {
        var random = new Random(7);
        for (var round = 0; round < 2_000; round++) {
            var event = List.of(CONTENT, LAST, USAGE).get(random.nextInt(3)).getBytes(UTF_8);
            var before = random.nextInt(20);
            var after = random.nextInt(20);
            var buffer = new byte[before + event.length + after];
            random.nextBytes(buffer);
            System.arraycopy(event, 0, buffer, before, event.length);

            var alone = new OpenAiObserver();
            var inside = new OpenAiObserver();

            assertThat(inside.event(buffer, before, before + event.length))
                    .isEqualTo(alone.event(event, 0, event.length));
            assertThat(inside.usage()).isEqualTo(alone.usage());
            assertThat(inside.finishReason()).isEqualTo(alone.finishReason());
        }
    }

    @Test
    void bytesOfAnyKindNeverThrow() {
        var random = new Random(11);
        for (var round = 0; round < 20_000; round++) {
            var event = USAGE.getBytes(UTF_8);
            for (var hits = random.nextInt(6); hits >= 0; hits--) {
                event[random.nextInt(event.length)] = (byte) random.nextInt(256);
            }
            assertThat(observer.event(event, 0, event.length)).isNotNull();
            observer.body(event);
        }
    }

    private Event see(String event) {
        var bytes = event.getBytes(UTF_8);
        return observer.event(bytes, 0, bytes.length);
    }
}
