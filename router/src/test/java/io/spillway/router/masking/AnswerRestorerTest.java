package io.spillway.router.masking;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.spillway.api.connector.ResponseObserver.Event;
import io.spillway.api.request.Finding;
import io.spillway.policy.mask.Masker;
import io.spillway.policy.mask.Masker.Text;
import io.spillway.policy.mask.Placeholders;
import io.vertx.core.buffer.Buffer;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.Set;
import java.util.TreeMap;
import org.junit.jupiter.api.Test;

class AnswerRestorerTest {
    private static final ObjectMapper JSON = new ObjectMapper();
    private static final String VALUE = "Ann \"Nan\" O\\Lee";

    private final Placeholders placeholders =
            Placeholders.fresh(new Random(7), _ -> false).orElseThrow();
    private final String placeholder = mask(VALUE);
    private final AnswerRestorer restorer = new AnswerRestorer(placeholders);

    private String mask(String value) {
        var masked =
                Masker.mask(
                        List.of(new Text("/t", value)),
                        List.of(
                                new Finding(
                                        "person",
                                        "pii",
                                        1.0,
                                        0,
                                        value.codePointCount(0, value.length()),
                                        "/t")),
                        Set.of("person"),
                        placeholders);
        return masked == null ? "" : masked.replacements().getFirst().placeholder();
    }

    private String event(String text) {
        var bytes = text.getBytes(StandardCharsets.UTF_8);
        var out = Buffer.buffer();
        int content = text.endsWith("\n\n") ? bytes.length - 1 : bytes.length;
        restorer.event(
                bytes,
                0,
                content,
                bytes.length,
                text.contains("[DONE]") ? Event.DONE : Event.CONTENT,
                out);
        return out.toString();
    }

    private String body(String text) {
        return new String(
                restorer.body(text.getBytes(StandardCharsets.UTF_8)), StandardCharsets.UTF_8);
    }

    private static String chunk(String delta, String finish) {
        return "data: {\"id\":\"c1\", \"model\":\"m\",\"choices\":[{\"delta\":%s,\"index\":0,\"finish_reason\":%s}]}\n\n"
                .formatted(delta, finish);
    }

    @Test
    void everyTextOfAWholeAnswerIsRestoredAndNothingElseChanges() {
        var escaped = "Ann \\\"Nan\\\" O\\\\Lee";
        var twice = "Ann \\\\\\\"Nan\\\\\\\" O\\\\\\\\Lee";
        var text =
                "{ \"id\":\"%1$s\", \"choices\" : ["
                    + " {\"message\":{\"role\":\"assistant\",\"content\":\"\\u0048i %1$s\","
                    + "\"refusal\":\"%1$s\",\"reasoning_content\":\"%1$s\",\"tool_calls\":[{\"id\":\"x\",\"function\":"
                    + "{\"name\":\"f\",\"arguments\":\"{\\\"a\\\":\\\"%2$s\\\"}\"}}]},\"logprobs\":{\"content\":[{\"token\":\"%1$s\"}]}},{\"text\":\"%1$s\"}"
                    + " ],  \"usage\":{}}";

        assertThat(body(text.formatted(placeholder, placeholder)))
                .isEqualTo(
                        "{ \"id\":\"%3$s\", \"choices\" : [ {\"message\":{\"role\":\"assistant\",\"content\":\"Hi %1$s\",\"refusal\":\"%1$s\",\"reasoning_content\":\"%1$s\",\"tool_calls\":[{\"id\":\"x\",\"function\":{\"name\":\"f\",\"arguments\":\"{\\\"a\\\":\\\"%2$s\\\"}\"}}]},\"logprobs\":{\"content\":[{\"token\":\"%3$s\"}]}},{\"text\":\"%1$s\"} ],  \"usage\":{}}"
                                .formatted(escaped, twice, placeholder));
    }

    @Test
    void whatHoldsNoPlaceholderOrIsNoJsonPassesByteForByte() {
        for (var text :
                List.of("{\"choices\":[{\"text\":\"\\u0048 [PERSON\"}]}", "no json", "", "[1]")) {
            assertThat(body(text)).isEqualTo(text);
        }
        for (var text :
                List.of(
                        chunk("{\"content\":\"\\u0048i\"}", "null"),
                        ": comment\n\n",
                        "data: broken {\n\n",
                        "event: x\ndata: {\"choices\":[]}\n\n",
                        "data: [DONE]\n\n")) {
            assertThat(event(text)).isEqualTo(text);
        }
    }

    @Test
    void whatIsHeldBackComesBeforeTheNextTextOfTheChoiceBegins() {
        assertThat(event(chunk("{\"content\":\"Hi [PER\"}", "null")))
                .isEqualTo(chunk("{\"content\":\"Hi \"}", "null"));

        assertThat(
                        event(
                                chunk(
                                        "{\"tool_calls\":[{\"index\":1,\"function\":{\"arguments\":\"{\"}}]}",
                                        "null")))
                .isEqualTo(
                        "data:"
                            + " {\"id\":\"c1\",\"model\":\"m\",\"choices\":[{\"index\":0,\"delta\":{\"content\":\"[PER\"},\"finish_reason\":null}]}\n\n"
                                + chunk(
                                        "{\"tool_calls\":[{\"index\":1,\"function\":{\"arguments\":\"{\"}}]}",
                                        "null"));
    }

    @Test
    void whatIsHeldBackComesBeforeTheEnd() {
        event(
                chunk(
                        "{\"tool_calls\":[{\"index\":2,\"function\":{\"arguments\":\"{\\\"a\\\":\\\"[P\"}}]}",
                        "null"));

        assertThat(event(chunk("{}", "\"tool_calls\"")))
                .isEqualTo(
                        "data:"
                            + " {\"id\":\"c1\",\"model\":\"m\",\"choices\":[{\"index\":0,\"delta\":{\"tool_calls\":[{\"index\":2,\"function\":{\"arguments\":\"[P\"}}]},\"finish_reason\":null}]}\n\n"
                                + chunk("{}", "\"tool_calls\""));
        event(chunk("{\"content\":\"[P\"}", "null"));
        assertThat(event("data: [DONE]\n\n"))
                .contains("\"content\":\"[P\"")
                .endsWith("data: [DONE]\n\n");
    }

    @Test
    void textInTheLastEventOfAChoiceIsNotHeldBack() {
        assertThat(event(chunk("{\"content\":\"so [PER\"}", "\"length\"")))
                .isEqualTo(chunk("{\"content\":\"so [PER\"}", "\"length\""));
    }

    @Test
    void otherLinesOfAnEventStay() {
        assertThat(
                        event(
                                "id: 7\r\ndata: {\"choices\":[{\"text\":\""
                                        + placeholder
                                        + ".\"}]}\r\n\r\n"))
                .isEqualTo(
                        "id: 7\n"
                                + "data: {\"choices\":[{\"text\":\"Ann \\\"Nan\\\""
                                + " O\\\\Lee.\"}]}\n\n");
    }

    /// Random texts in random fields of random choices, cut at random places.
    @Test
    void aStreamSaysWhatTheWholeAnswerSays() throws Exception {
        var random = new Random(11);
        for (int round = 0; round < 3_000; round++) {
            stream(random, round);
        }
    }

    private void stream(Random random, int round) throws Exception {
        var restoring = new AnswerRestorer(placeholders);
        var expected = new TreeMap<String, String>();
        var got = new TreeMap<String, String>();
        var out = Buffer.buffer();
        for (int choice = 0; choice < 1 + random.nextInt(2); choice++) {
            for (var field : List.of("reasoning_content", "content", "0", "1")) {
                if (random.nextBoolean()) {
                    var text = text(random, field.length() == 1);
                    expected.put(choice + field, text.replace(placeholder, value(field)));
                    for (int at = 0; at < text.length(); ) {
                        int to = Math.min(text.length(), at + 1 + random.nextInt(9));
                        to += Character.isHighSurrogate(text.charAt(to - 1)) ? 1 : 0;
                        emit(restoring, delta(field, text.substring(at, to)), choice, "null", out);
                        at = to;
                    }
                }
            }
            emit(restoring, "{}", choice, "\"stop\"", out);
        }
        for (var event : out.toString().split("\n\n")) {
            collect(JSON.readTree(event.substring(6)), got);
        }
        got.values().removeIf(String::isEmpty);
        expected.values().removeIf(String::isEmpty);
        assertThat(got).as("round %d", round).isEqualTo(expected);
    }

    private static String value(String field) {
        return field.length() == 1 ? "Ann \\\"Nan\\\" O\\\\Lee" : VALUE;
    }

    private String text(Random random, boolean json) {
        var text = new StringBuilder(json ? "{\"a\":\"" : "");
        for (int i = random.nextInt(6); i > 0; i--) {
            text.append(
                    List.of("hello ", placeholder, "[PER ", "日本", " \uD83D\uDE00", "P", " [")
                            .get(random.nextInt(7)));
        }
        return text.append(json ? "\"}" : "").toString();
    }

    private static String delta(String field, String text) throws Exception {
        var quoted = JSON.writeValueAsString(text);
        return field.length() > 1
                ? "{\"%s\":%s}".formatted(field, quoted)
                : "{\"tool_calls\":[{\"index\":%s,\"function\":{\"arguments\":%s}}]}"
                        .formatted(field, quoted);
    }

    private static void emit(
            AnswerRestorer restoring, String delta, int choice, String finish, Buffer out) {
        var bytes =
                "data: {\"choices\":[{\"index\":%d,\"delta\":%s,\"finish_reason\":%s}]}\n\n"
                        .formatted(choice, delta, finish)
                        .getBytes(StandardCharsets.UTF_8);
        restoring.event(bytes, 0, bytes.length - 1, bytes.length, Event.CONTENT, out);
    }

    private static void collect(JsonNode event, Map<String, String> into) {
        for (var choice : event.path("choices")) {
            var prefix = choice.path("index").asText();
            var delta = choice.path("delta");
            for (var field : List.of("reasoning_content", "content")) {
                into.merge(prefix + field, delta.path(field).asText(""), String::concat);
            }
            var calls = new ArrayList<JsonNode>();
            delta.path("tool_calls").forEach(calls::add);
            for (var call : calls) {
                into.merge(
                        prefix + call.path("index").asText(),
                        call.path("function").path("arguments").asText(),
                        String::concat);
            }
        }
    }
}
