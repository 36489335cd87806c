package io.spillway.connector.onprem.control.probe;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.spillway.api.connector.EndpointProber;
import io.spillway.api.connector.LoadReport;
import io.spillway.connector.onprem.control.OutboundHttp;
import io.spillway.connector.onprem.dialect.vllm.VllmDialect;
import java.io.IOException;
import java.net.http.HttpClient;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/// Asks `/health`, `/version`, `/v1/models` and `/metrics` of a server.
///
/// `/v1/models` decides: a server that lists models is reachable, whatever else it lacks. The other
/// three only add to the report, since not every server has them.
public final class EndpointProbe implements EndpointProber {
    private static final ObjectMapper JSON = new ObjectMapper();
    private final VllmDialect dialect = new VllmDialect();

    @Override
    public Report probe(Target target) throws InterruptedException {
        var path = Optional.ofNullable(target.url().getPath()).orElse("");
        if (path.endsWith("/v1") || path.endsWith("/v1/")) {
            return unreachable(
                    "the URL ends in /v1; give the base URL without it, such as http://HOST:PORT");
        }
        try (var client = OutboundHttp.client(target.caPem(), target.timeout())) {
            try {
                return ask(client, target);
            } finally {
                client.shutdownNow();
            }
        } catch (IOException e) {
            return unreachable(Problems.of(e, target));
        } catch (IllegalArgumentException e) {
            return unreachable(Optional.ofNullable(e.getMessage()).orElse("the URL is not valid"));
        }
    }

    private Report ask(HttpClient client, Target target) throws IOException, InterruptedException {
        var questions = new Questions(client, target);
        var models = questions.get("/v1/models");
        if (models.status() != 200) {
            return unreachable(Problems.ofModels(models.status(), target));
        }
        var listed = models(models.body());
        if (listed.isEmpty()) {
            return unreachable(
                    "%s answers, but GET /v1/models is no model list; is this a model server?"
                            .formatted(target.url()));
        }
        var health = questions.get("/health");
        var about = questions.get("/version");
        var version = text(about, "version");
        var load = load(questions.get("/metrics"), listed.get());
        var metrics = load.map(EndpointProbe::metrics).orElse(null);
        return new Report(
                true,
                version,
                text(about, "instance"),
                listed.get(),
                metrics,
                Problems.ofReachable(health.status(), version, listed.get(), load));
    }

    private static Report unreachable(String problem) {
        return new Report(false, null, List.of(), null, problem);
    }

    private static @Nullable String text(Questions.Answer answer, String member) {
        if (answer.status() != 200) {
            return null;
        }
        return json(answer.body())
                .map(it -> it.path(member))
                .filter(JsonNode::isTextual)
                .map(JsonNode::asText)
                .orElse(null);
    }

    /// Empty when the body is not a list of models.
    private static Optional<List<ServedModel>> models(String body) {
        var data = json(body).map(it -> it.path("data")).filter(JsonNode::isArray);
        if (data.isEmpty()) {
            return Optional.empty();
        }
        var models = new ArrayList<ServedModel>();
        for (var model : data.get()) {
            if (!model.path("id").isTextual()) {
                return Optional.empty();
            }
            var length = model.path("max_model_len");
            models.add(
                    new ServedModel(
                            model.path("id").asText(),
                            length.canConvertToInt() && length.isInt() ? length.asInt() : null));
        }
        return Optional.of(models);
    }

    private Optional<LoadReport> load(Questions.Answer answer, List<ServedModel> models) {
        if (answer.status() != 200 || models.isEmpty()) {
            return Optional.empty();
        }
        return dialect.load(answer.body(), models.getFirst().id(), Instant.now());
    }

    private static Metrics metrics(LoadReport load) {
        return new Metrics(
                load.running(),
                load.waiting(),
                load.cacheUsed().isPresent() ? load.cacheUsed().getAsDouble() : null);
    }

    private static Optional<JsonNode> json(String body) {
        try {
            return Optional.ofNullable(JSON.readTree(body));
        } catch (JsonProcessingException notJson) {
            return Optional.empty();
        }
    }
}
