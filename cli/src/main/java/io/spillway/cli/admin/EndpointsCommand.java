package io.spillway.cli.admin;

import com.fasterxml.jackson.databind.JsonNode;
import io.spillway.cli.CommandFailure;
import io.spillway.cli.ExitCode;
import io.spillway.cli.Terminal;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/// `spillway endpoints`.
@Command(
        name = "endpoints",
        mixinStandardHelpOptions = true,
        description = "Register, list and drain model servers.")
public final class EndpointsCommand {
    private static final Map<String, Object> FREE = Map.of("nanos", 0, "currency", "USD");
    private static final int DEFAULT_CONTEXT = 4_096;

    @Command(name = "list", mixinStandardHelpOptions = true, description = "List all endpoints.")
    int list(@Mixin Terminal terminal) {
        var answer = terminal.admin().get("endpoints").orFail();
        if (terminal.json()) {
            terminal.print(answer);
            return ExitCode.OK;
        }
        var rows = new ArrayList<List<String>>();
        for (var item : answer.path("items")) {
            rows.add(
                    List.of(
                            item.path("id").asText(),
                            item.path("environment").asText(),
                            item.path("modelVersion").asText(),
                            item.path("dialect").asText(),
                            item.path("state").asText(),
                            item.path("url").asText()));
        }
        terminal.table(
                List.of("ENDPOINT", "ENVIRONMENT", "MODEL VERSION", "DIALECT", "STATE", "URL"),
                rows);
        return ExitCode.OK;
    }

    @Command(
            name = "drain",
            mixinStandardHelpOptions = true,
            description = "Send an endpoint no new requests.")
    int drain(@Mixin Terminal terminal, @Parameters(paramLabel = "ID") String id) {
        terminal.admin()
                .post("endpoints/%s/drain".formatted(AdminClient.segment(id)), Map.of())
                .orFail();
        terminal.say("draining " + id);
        return ExitCode.OK;
    }

    @Command(
            name = "add",
            mixinStandardHelpOptions = true,
            description =
                    "Probe a model server and register what it serves. Its models become callable"
                            + " under their own names.")
    int add(
            @Mixin Terminal terminal,
            @Option(names = "--environment", required = true, paramLabel = "NAME")
                    String environment,
            @Option(
                            names = "--url",
                            required = true,
                            paramLabel = "URL",
                            description = "base URL without /v1")
                    String url,
            @Option(
                            names = "--dialect",
                            defaultValue = "vllm",
                            description = "wire format (default: ${DEFAULT-VALUE})")
                    String dialect,
            @Option(
                            names = "--ca",
                            paramLabel = "FILE",
                            description =
                                    "PEM file of the certificate authority of the environment's"
                                            + " servers")
                    @Nullable Path authority,
            @Option(
                            names = "--token-ref",
                            paramLabel = "REF",
                            description =
                                    "where the server's bearer token is found: env:NAME, file:PATH"
                                            + " or vault:PATH#FIELD")
                    @Nullable String tokenReference)
            throws IOException {
        var admin = terminal.admin();
        var pem = authority == null ? null : Files.readString(authority);
        var probe = probe(admin, environment, url, tokenReference, pem);
        var models = new ArrayList<String>();
        probe.path("models").forEach(model -> models.add(model.path("id").asText()));
        if (models.isEmpty()) {
            throw new CommandFailure(
                    ExitCode.NEGATIVE,
                    "%s lists no model at /v1/models; is the dialect %s right?"
                            .formatted(url, dialect));
        }
        if (pem != null) {
            trust(admin, environment, pem);
        }
        for (var model : probe.path("models")) {
            register(admin, environment, url, dialect, tokenReference, model);
        }
        if (terminal.json()) {
            terminal.print(probe);
        } else {
            tell(terminal, url, probe, models);
        }
        return ExitCode.OK;
    }

    private static JsonNode probe(
            AdminClient admin,
            String environment,
            String url,
            @Nullable String tokenReference,
            @Nullable String pem) {
        var question = new LinkedHashMap<String, Object>();
        question.put("environment", environment);
        question.put("url", url);
        if (tokenReference != null) {
            question.put("tokenRef", tokenReference);
        }
        if (pem != null) {
            question.put("caPem", pem);
        }
        var probe = admin.post("endpoints/probe", question).orFail();
        if (!probe.path("reachable").asBoolean()) {
            throw new CommandFailure(
                    ExitCode.NEGATIVE,
                    "%s: %s".formatted(url, probe.path("problem").asText("does not answer")));
        }
        return probe;
    }

    private static void trust(AdminClient admin, String environment, String pem) {
        var path = "environments/" + AdminClient.segment(environment);
        var object = admin.get(path).orFail();
        if (object instanceof com.fasterxml.jackson.databind.node.ObjectNode changed) {
            admin.put(path, changed.put("trustAnchorPem", pem)).orFail();
        }
    }

    private static void register(
            AdminClient admin,
            String environment,
            String url,
            String dialect,
            @Nullable String tokenReference,
            JsonNode model) {
        var upstream = model.path("id").asText();
        var version = name(upstream);
        var pool = "pools/%s/%s".formatted(AdminClient.segment(environment), version);
        if (!admin.get(pool).ok()) {
            admin.put(
                            pool,
                            Map.of(
                                    "environment",
                                    environment,
                                    "modelVersion",
                                    version,
                                    "upstreamModel",
                                    upstream,
                                    "inputPrice",
                                    FREE,
                                    "outputPrice",
                                    FREE))
                    .orFail();
        }
        if (!admin.get("models/" + version).ok()) {
            admin.put(
                            "models/" + version,
                            Map.of(
                                    "name", version,
                                    "versions", List.of(version),
                                    "maySpill", Set.of(),
                                    "spillableUnscanned", Set.of(),
                                    "contextTokens",
                                            model.path("maxModelLen").asInt(DEFAULT_CONTEXT)))
                    .orFail();
        }
        var id = name(version + "-" + url.replaceFirst("^https?://", ""));
        var endpoint = new LinkedHashMap<String, Object>();
        endpoint.put("id", id);
        endpoint.put("environment", environment);
        endpoint.put("modelVersion", version);
        endpoint.put("url", url);
        endpoint.put("dialect", dialect);
        endpoint.put("state", "ready");
        if (tokenReference != null) {
            endpoint.put("tokenRef", tokenReference);
        }
        admin.put("endpoints/" + id, endpoint).orFail();
    }

    private static void tell(Terminal terminal, String url, JsonNode probe, List<String> models) {
        terminal.say(
                "%s answers, version %s".formatted(url, probe.path("version").asText("unknown")));
        for (var model : models) {
            terminal.say("  serves %s as model %s".formatted(model, name(model)));
        }
        var metrics = probe.path("metrics");
        terminal.say(
                metrics.isObject()
                        ? "  metrics: %d running, %d waiting, KV cache %s used"
                                .formatted(
                                        metrics.path("running").asInt(),
                                        metrics.path("waiting").asInt(),
                                        metrics.path("cacheUsed").isNumber()
                                                ? "%.0f %%"
                                                        .formatted(
                                                                100
                                                                        * metrics.path("cacheUsed")
                                                                                .asDouble())
                                                : "not stated")
                        : "  no metrics page: load is judged by our own requests");
    }

    /// A registry name made of a model's or server's own name.
    private static String name(String text) {
        return text.toLowerCase(Locale.ROOT)
                .replaceAll("[^a-z0-9._-]+", "-")
                .replaceAll("^[^a-z0-9]+|-+$", "");
    }
}
