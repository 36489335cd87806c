package io.spillway.router;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.openai.client.OpenAIClient;
import com.openai.client.okhttp.OpenAIOkHttpClient;
import com.openai.core.JsonValue;
import com.openai.errors.BadRequestException;
import com.openai.errors.InternalServerException;
import com.openai.errors.NotFoundException;
import com.openai.errors.PermissionDeniedException;
import com.openai.errors.RateLimitException;
import com.openai.errors.UnauthorizedException;
import com.openai.models.FunctionDefinition;
import com.openai.models.FunctionParameters;
import com.openai.models.chat.completions.ChatCompletionCreateParams;
import com.openai.models.chat.completions.ChatCompletionFunctionTool;
import com.openai.models.embeddings.EmbeddingCreateParams;
import com.openai.models.models.Model;
import io.spillway.api.environment.ApiKey;
import io.spillway.api.request.DataClass;
import io.spillway.router.identity.KeyHash;
import java.util.ArrayList;
import java.util.Map;
import java.util.Set;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.AutoClose;
import org.junit.jupiter.api.Test;

/// The official client with nothing changed but base URL and key.
class OpenAiClientTest {
    @AutoClose private final TestSite site = TestSite.start();
    private final StubServer home = site.server("onprem", "h1");
    private final OpenAIClient client = client(TestSite.SECRET);

    @AfterEach
    void stop() {
        client.close();
    }

    private OpenAIClient client(String key) {
        return OpenAIOkHttpClient.builder()
                .baseUrl(site.url("/v1").toString())
                .apiKey(key)
                .maxRetries(0)
                .build();
    }

    private static ChatCompletionCreateParams.Builder chat(String model) {
        return ChatCompletionCreateParams.builder().model(model).addUserMessage("Say hello");
    }

    @Test
    void chats() {
        var answer = client.chat().completions().create(chat("chat").build());

        assertThat(answer.choices().getFirst().message().content()).contains("Hello");
        assertThat(answer.usage().orElseThrow().completionTokens()).isEqualTo(2);
    }

    @Test
    void streams() {
        var texts = new ArrayList<String>();
        try (var stream = client.chat().completions().createStreaming(chat("chat").build())) {
            stream.stream()
                    .forEach(it -> it.choices().getFirst().delta().content().ifPresent(texts::add));
        }

        assertThat(texts).containsExactly("Hel", "lo");
    }

    @Test
    void callsTools() {
        home.answering((response, _) ->
                StubServer.json(
                        response,
                        200,
                        """
                        {"id":"c","object":"chat.completion","created":1,"model":"up","choices":[{"index":0,"message":{"role":"assistant","content":null,"tool_calls":[{"id":"t1","type":"function","function":{"name":"weather","arguments":"{\\"city\\":\\"Bern\\"}"}}]},"finish_reason":"tool_calls"}],"usage":{"prompt_tokens":5,"completion_tokens":2,"total_tokens":7}}\
                        """));
        var weather =
                FunctionDefinition.builder()
                        .name("weather")
                        .description("Weather of a city")
                        .parameters(
                                FunctionParameters.builder()
                                        .putAdditionalProperty("type", JsonValue.from("object"))
                                        .putAdditionalProperty(
                                                "properties",
                                                JsonValue.from(
                                                        Map.of("city", Map.of("type", "string"))))
                                        .build())
                        .build();

        var answer =
                client.chat()
                        .completions()
                        .create(
                                chat("chat")
                                        .addTool(
                                                ChatCompletionFunctionTool.builder()
                                                        .function(weather)
                                                        .build())
                                        .build());

        var call = answer.choices().getFirst().message().toolCalls().orElseThrow().getFirst();
        assertThat(call.asFunction().function().arguments()).isEqualTo("{\"city\":\"Bern\"}");
        assertThat(home.received().getFirst().body()).contains("Weather of a city");
    }

    @Test
    void embeds() {
        home.answering((response, _) ->
                StubServer.json(
                        response,
                        200,
                        """
                        {"object":"list","model":"up","data":[{"object":"embedding","index":0,"embedding":[0.5,-0.25]}],"usage":{"prompt_tokens":3,"total_tokens":3}}\
                        """));

        var answer =
                client.embeddings()
                        .create(
                                EmbeddingCreateParams.builder()
                                        .model("chat")
                                        .input("text")
                                        .encodingFormat(EmbeddingCreateParams.EncodingFormat.FLOAT)
                                        .build());

        assertThat(answer.data().getFirst().embedding()).containsExactly(0.5f, -0.25f);
    }

    @Test
    void listsModels() {
        assertThat(client.models().list().data()).extracting(Model::id).containsExactly("chat");
        assertThat(client.models().retrieve("chat").id()).isEqualTo("chat");
        assertThatThrownBy(() -> client.models().retrieve("none"))
                .isInstanceOf(NotFoundException.class);
    }

    @Test
    void understandsOurErrors() throws Exception {
        assertThatThrownBy(() -> client.chat().completions().create(chat("none").build()))
                .isInstanceOf(NotFoundException.class)
                .hasMessageContaining("none");
        assertThatThrownBy(() -> client.chat().completions().create(chat("chat").n(1000).build()))
                .isInstanceOf(BadRequestException.class);
        var stranger = client("sk-unknown");
        assertThatThrownBy(() -> stranger.chat().completions().create(chat("chat").build()))
                .isInstanceOf(UnauthorizedException.class);
        site.publish(new io.spillway.router.decision.NoPolicy());
        assertThatThrownBy(() -> client.chat().completions().create(chat("chat").build()))
                .isInstanceOf(PermissionDeniedException.class);
        site.publish();
        home.answering((response, _) -> StubServer.json(response, 500, "{}"));
        assertThatThrownBy(() -> client.chat().completions().create(chat("chat").build()))
                .isInstanceOf(InternalServerException.class);
    }

    @Test
    void understandsThatItIsTooFast() {
        var slow =
                new ApiKey(
                        "k2",
                        new KeyHash(TestSite.PEPPER).of("sk-slow"),
                        "acme",
                        null,
                        DataClass.PUBLIC,
                        DataClass.RESTRICTED,
                        Set.of(),
                        Set.of(),
                        Map.of(),
                        false,
                        1,
                        null);
        site.put(slow).publish();
        var hasty = client("sk-slow");
        hasty.chat().completions().create(chat("chat").build());

        assertThatThrownBy(() -> hasty.chat().completions().create(chat("chat").build()))
                .isInstanceOf(RateLimitException.class);
    }
}
