package io.spillway.testbed.server;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.openai.client.OpenAIClient;
import com.openai.client.okhttp.OpenAIOkHttpClient;
import com.openai.core.JsonValue;
import com.openai.errors.BadRequestException;
import com.openai.errors.InternalServerException;
import com.openai.errors.NotFoundException;
import com.openai.errors.RateLimitException;
import com.openai.errors.UnauthorizedException;
import com.openai.helpers.ChatCompletionAccumulator;
import com.openai.models.FunctionDefinition;
import com.openai.models.FunctionParameters;
import com.openai.models.chat.completions.ChatCompletion;
import com.openai.models.chat.completions.ChatCompletionChunk;
import com.openai.models.chat.completions.ChatCompletionCreateParams;
import com.openai.models.chat.completions.ChatCompletionFunctionTool;
import com.openai.models.chat.completions.ChatCompletionStreamOptions;
import com.openai.models.completions.CompletionCreateParams;
import com.openai.models.embeddings.EmbeddingCreateParams;
import com.openai.models.models.Model;
import java.io.IOException;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;

/// The official client against a server of its own, no router between.
class OpenAiClientTest {
    private static SimulatedServer server;
    private static OpenAIClient client;

    @BeforeAll
    static void start() throws IOException {
        server =
                SimulatedServer.start(
                        new ServerOptions().model("chat").maxModelLen(4096).timeScale(0.02));
        client = client("unused");
    }

    @AfterAll
    static void stop() throws IOException {
        client.close();
        server.close();
    }

    @AfterEach
    void behave() {
        server.fault(Fault.NONE);
    }

    @Test
    void chatAnswersWithTextAndUsage() {
        var answer = client.chat().completions().create(chat("Say something").build());
        var choice = answer.choices().getFirst();
        assertThat(choice.message().content().orElseThrow()).isNotBlank();
        assertThat(choice.finishReason()).isEqualTo(ChatCompletion.Choice.FinishReason.STOP);
        var usage = answer.usage().orElseThrow();
        assertThat(usage.totalTokens()).isEqualTo(usage.promptTokens() + usage.completionTokens());
    }

    @Test
    void theSamePromptGetsTheSameAnswer() {
        var first = client.chat().completions().create(chat("Once").build());
        var second = client.chat().completions().create(chat("Once").build());
        assertThat(second.choices().getFirst().message().content())
                .isEqualTo(first.choices().getFirst().message().content());
    }

    @Test
    void aStreamHasOneEventPerTokenBetweenRoleAndUsage() {
        var params =
                chat("Say something")
                        .maxTokens(7)
                        .streamOptions(
                                ChatCompletionStreamOptions.builder().includeUsage(true).build())
                        .build();
        List<ChatCompletionChunk> chunks;
        try (var stream = client.chat().completions().createStreaming(params)) {
            chunks = stream.stream().toList();
        }
        assertThat(chunks).hasSize(1 + 7 + 1);
        assertThat(chunks.getLast().choices()).isEmpty();
        assertThat(chunks.getLast().usage().orElseThrow().completionTokens()).isEqualTo(7);
        assertThat(chunks.get(7).choices().getFirst().finishReason())
                .contains(ChatCompletionChunk.Choice.FinishReason.LENGTH);
    }

    @Test
    void outputLengthIsExactlyWhatAReplayForces() {
        var params =
                chat("x")
                        .maxTokens(333)
                        .putAdditionalBodyProperty("min_tokens", JsonValue.from(333))
                        .putAdditionalBodyProperty("ignore_eos", JsonValue.from(true))
                        .putAdditionalBodyProperty("surely_unknown", JsonValue.from("accepted"))
                        .build();
        var answer = client.chat().completions().create(params);
        assertThat(answer.usage().orElseThrow().completionTokens()).isEqualTo(333);
    }

    @Test
    void aToolThatTheUserAsksForIsCalledWithArgumentsOfItsSchema() {
        var params = chat("please call get_weather for me").addTool(weather()).build();
        var whole = client.chat().completions().create(params);
        var call = whole.choices().getFirst().message().toolCalls().orElseThrow().getFirst();
        assertThat(call.asFunction().function().name()).isEqualTo("get_weather");
        assertThat(call.asFunction().function().arguments())
                .isEqualTo("{\"city\":\"example\",\"days\":1}");

        var accumulator = ChatCompletionAccumulator.create();
        try (var stream = client.chat().completions().createStreaming(params)) {
            stream.stream().forEach(accumulator::accumulate);
        }
        var streamed = accumulator.chatCompletion().choices().getFirst();
        assertThat(streamed.message().toolCalls().orElseThrow().getFirst().asFunction().function())
                .isEqualTo(call.asFunction().function());
    }

    @Test
    void aToolNobodyAskedForIsNotCalled() {
        var answer =
                client.chat().completions().create(chat("just talk").addTool(weather()).build());
        assertThat(answer.choices().getFirst().message().toolCalls().orElse(List.of())).isEmpty();
    }

    @Test
    void severalChoicesAreToldApart() {
        var answer = client.chat().completions().create(chat("x").n(3).build());
        assertThat(answer.choices())
                .extracting(choice -> choice.message().content().orElseThrow())
                .doesNotHaveDuplicates()
                .hasSize(3);
    }

    @Test
    void completionsDefaultToSixteenTokens() {
        var answer =
                client.completions()
                        .create(CompletionCreateParams.builder().model("chat").prompt("x").build());
        assertThat(answer.usage().orElseThrow().completionTokens()).isEqualTo(16);
        assertThat(answer.choices().getFirst().text()).isNotBlank();
    }

    @Test
    void embeddingsAreUnitVectorsOfTheSizeAskedFor() {
        var answer =
                client.embeddings()
                        .create(
                                EmbeddingCreateParams.builder()
                                        .model("chat")
                                        .inputOfArrayOfStrings(List.of("a", "b"))
                                        .dimensions(8)
                                        .build());
        assertThat(answer.data()).hasSize(2);
        for (var item : answer.data()) {
            assertThat(item.embedding()).hasSize(8);
            double squares = item.embedding().stream().mapToDouble(it -> it * it).sum();
            assertThat(squares).isBetween(0.999, 1.001);
        }
        assertThat(answer.data().get(0).embedding()).isNotEqualTo(answer.data().get(1).embedding());
    }

    @Test
    void modelsAreListedWithTheirContext() {
        var models = client.models().list().data();
        assertThat(models).extracting(Model::id).containsExactly("chat");
        assertThat(models.getFirst()._additionalProperties().get("max_model_len"))
                .isEqualTo(JsonValue.from(4096));
    }

    @Test
    void refusalsCarryVllmsIntegerCodes() {
        assertThatThrownBy(
                        () -> client.chat().completions().create(chat("x").model("other").build()))
                .isInstanceOf(NotFoundException.class)
                .hasMessageContaining("The model `other` does not exist.");
        assertThatThrownBy(() ->
                        client.chat().completions().create(chat("x".repeat(4096 * 4)).build()))
                .isInstanceOf(BadRequestException.class)
                .hasMessageContaining("maximum context length is 4096 tokens");
        assertThatThrownBy(
                        () -> client.chat().completions().create(chat("x").maxTokens(4096).build()))
                .isInstanceOf(BadRequestException.class)
                .hasMessageContaining("maximum context length is 4096 tokens");
        assertThatThrownBy(() ->
                        client.chat()
                                .completions()
                                .create(
                                        chat("x")
                                                .putAdditionalBodyProperty(
                                                        "priority", JsonValue.from(1))
                                                .build()))
                .isInstanceOf(BadRequestException.class);
    }

    @Test
    void errorFaultsHaveTheStatusThatWasSwitchedOn() {
        server.fault(Fault.of(Fault.Kind.ERROR).withStatus(429).withCount(1));
        assertThatThrownBy(() -> client.chat().completions().create(chat("x").build()))
                .isInstanceOf(RateLimitException.class);
        client.chat().completions().create(chat("x").build()); // the count is used up
        server.fault(Fault.of(Fault.Kind.ERROR).withStatus(500));
        assertThatThrownBy(() -> client.chat().completions().create(chat("x").build()))
                .isInstanceOf(InternalServerException.class);
    }

    @Test
    void aServerWithATokenRefusesOthersButShowsItsMetricsToAll() throws IOException {
        try (var guarded =
                SimulatedServer.start(new ServerOptions().model("chat").apiKey("right"))) {
            var wrong = client("wrong", guarded);
            assertThatThrownBy(() -> wrong.models().list())
                    .isInstanceOf(UnauthorizedException.class);
            assertThat(client("right", guarded).models().list().data()).hasSize(1);
            assertThat(Http.get(guarded, "/metrics").statusCode()).isEqualTo(200);
            var raw = Http.get(guarded, "/v1/models");
            assertThat(raw.body()).isEqualTo("{\"error\":\"Unauthorized\"}");
        }
    }

    private static OpenAIClient client(String key) {
        return client(key, server);
    }

    private static OpenAIClient client(String key, SimulatedServer target) {
        return OpenAIOkHttpClient.builder()
                .baseUrl(target.url() + "/v1")
                .apiKey(key)
                .maxRetries(0)
                .build();
    }

    private static ChatCompletionCreateParams.Builder chat(String text) {
        return ChatCompletionCreateParams.builder().model("chat").addUserMessage(text);
    }

    private static ChatCompletionFunctionTool weather() {
        return ChatCompletionFunctionTool.builder()
                .function(
                        FunctionDefinition.builder()
                                .name("get_weather")
                                .parameters(
                                        FunctionParameters.builder()
                                                .putAdditionalProperty(
                                                        "type", JsonValue.from("object"))
                                                .putAdditionalProperty(
                                                        "properties", JsonValue.from(properties()))
                                                .build())
                                .build())
                .build();
    }

    private static Map<String, Object> properties() {
        var properties = new java.util.LinkedHashMap<String, Object>();
        properties.put("city", Map.of("type", "string"));
        properties.put("days", Map.of("type", "integer"));
        return properties;
    }
}
