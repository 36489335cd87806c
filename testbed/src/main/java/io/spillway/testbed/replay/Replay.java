package io.spillway.testbed.replay;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Objects;
import java.util.Random;
import java.util.Set;
import java.util.stream.Collectors;

/// Sends a trace through a running stack and says what came of it.
public final class Replay {
    private static final ObjectMapper JSON = new ObjectMapper();

    private Replay() {}

    /// Runs one replay. Blocks until the last answer has ended and its records came home.
    ///
    /// @throws ReplayException when the stack is not there or lacks what a replay needs
    public static ReplayReport run(ReplayOptions options, ProgressListener listener)
            throws IOException, InterruptedException {
        var trace = options.trace() == null ? Trace.builtIn() : Trace.read(options.trace());
        var stack = Stack.open(options.stateDir());
        var environments = stack.list("environments");
        var model = model(stack, options);
        var random = new Random(options.seed());
        var plan =
                Plan.of(
                        trace,
                        options,
                        privateServers(stack, environments, model),
                        model.path("contextTokens").asInt(),
                        random);
        listener.planned(plan);
        var publicEnvironments = zone(environments, "public");
        List<Outcome> outcomes;
        try (var callers = Callers.register(stack, publicEnvironments)) {
            outcomes = send(stack, plan, callers, model.path("name").asText(), listener, random);
        }
        listener.collecting();
        var decisions =
                outcomes.stream()
                        .map(Outcome::decision)
                        .filter(Objects::nonNull)
                        .collect(Collectors.toSet());
        var records = Records.of(stack, decisions);
        var publicCanaries = stack.canariesAt(names(publicEnvironments));
        return ReplayReport.of(plan, outcomes, records, publicCanaries);
    }

    private static List<Outcome> send(
            Stack stack,
            Plan plan,
            Callers callers,
            String model,
            ProgressListener listener,
            Random random)
            throws IOException, InterruptedException {
        var prompts = Prompts.builtIn();
        var outcomes = new ArrayList<Outcome>();
        var counts = new int[3];
        try (var client =
                new LoadClient(
                        stack.router(),
                        model,
                        callers::secret,
                        request ->
                                prompts.make(
                                        request.label(),
                                        request.canary(),
                                        request.contextTokens(),
                                        random))) {
            client.run(
                    plan.requests(),
                    outcome -> {
                        outcomes.add(outcome);
                        counts[0] += "public".equals(outcome.zone()) ? 1 : 0;
                        counts[1] += outcome.end() == Outcome.End.SHED ? 1 : 0;
                        counts[2] += outcome.end() == Outcome.End.FAILED ? 1 : 0;
                        listener.progressed(outcomes.size(), counts[0], counts[1], counts[2]);
                    });
        }
        return outcomes;
    }

    private static JsonNode model(Stack stack, ReplayOptions options) {
        var models = stack.list("models");
        return models.stream()
                .filter(it ->
                        options.model() == null
                                ? !it.path("maySpill").isEmpty()
                                : it.path("name").asText().equals(options.model()))
                .findFirst()
                .orElseThrow(() ->
                        ReplayException.refused(
                                options.model() == null
                                        ? "no model may spill; grant one a public environment"
                                                + " (maySpill), or name one with --model"
                                        : "there is no model '%s'; see ./spillway models"
                                                .formatted(options.model())));
    }

    private static List<Capacity.Server> privateServers(
            Stack stack, List<JsonNode> environments, JsonNode model) throws IOException {
        var homes = names(zone(environments, "private"));
        var versions = new HashSet<String>();
        model.path("versions").forEach(it -> versions.add(it.asText()));
        var servers = new ArrayList<Capacity.Server>();
        for (var endpoint : stack.list("endpoints")) {
            if (!homes.contains(endpoint.path("environment").asText())
                    || !versions.contains(endpoint.path("modelVersion").asText())
                    || !endpoint.path("state").asText().equals("ready")) {
                continue;
            }
            var version = stack.version(endpoint.path("url").asText());
            if (!version.path("engine").isObject()) {
                throw ReplayException.refused(
                        "endpoint '%s' is no simulated server, so its capacity is unknown: replay against ./spillway up"
                                .formatted(endpoint.path("id").asText()));
            }
            servers.add(
                    Capacity.Server.of(
                            version.path("engines").asInt(),
                            JSON.treeToValue(version.path("engine"), Capacity.Made.class)));
        }
        if (servers.isEmpty()) {
            throw ReplayException.refused(
                    "no ready private endpoint serves model '%s'; see ./spillway endpoints list"
                            .formatted(model.path("name").asText()));
        }
        return servers;
    }

    private static List<JsonNode> zone(List<JsonNode> environments, String zone) {
        return environments.stream().filter(it -> it.path("zone").asText().equals(zone)).toList();
    }

    private static Set<String> names(List<JsonNode> objects) {
        return objects.stream().map(it -> it.path("name").asText()).collect(Collectors.toSet());
    }
}
