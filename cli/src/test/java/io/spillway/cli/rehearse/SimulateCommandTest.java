package io.spillway.cli.rehearse;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.ObjectMapper;
import com.sun.net.httpserver.HttpServer;
import io.spillway.api.decision.PoolFacts;
import io.spillway.api.environment.Environment;
import io.spillway.api.environment.Model;
import io.spillway.api.environment.Money;
import io.spillway.api.environment.Pool;
import io.spillway.api.environment.PoolKey;
import io.spillway.api.environment.Zone;
import io.spillway.api.request.Caller;
import io.spillway.api.request.Classification;
import io.spillway.api.request.Classification.Source;
import io.spillway.api.request.DataClass;
import io.spillway.api.request.Finding;
import io.spillway.api.request.Operation;
import io.spillway.api.request.RequestFacts;
import io.spillway.api.state.DecisionFeatures;
import io.spillway.api.state.Watermark;
import io.spillway.cli.CommandRuns;
import io.spillway.cli.ExitCode;
import io.spillway.policy.detect.Detectors;
import io.spillway.policy.features.EnvironmentTable;
import io.spillway.policy.simulate.LogLine;
import io.spillway.policy.simulate.RecordedDecision;
import io.spillway.policy.simulate.RecordedState;
import io.spillway.sync.log.Json;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.OptionalLong;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class SimulateCommandTest {
    private static final String POLICY =
            """
            apiVersion: spillway/v1
            kind: PolicySet
            metadata: { name: p }
            classification:
              default: internal
              rules:
                - { name: pii, when: "findings.exists(f, f.category == 'pii')", raise: confidential }
            placement:
              - name: home
                when: "dataClass >= confidential"
                use: [ { zone: private } ]
              - name: rest
                use: [ { zone: private }, { zone: public } ]
            """;
    private static final String LOOSE = POLICY.replace("'pii'", "'secret'");
    private static final Watermark STATE = new Watermark("control-1", 1, 3);
    private static final PoolKey HOME = new PoolKey("onprem", "v1");
    private static final List<Environment> ENVIRONMENTS =
            List.of(
                    environment("onprem", Zone.PRIVATE, DataClass.RESTRICTED),
                    environment("away", Zone.PUBLIC, DataClass.INTERNAL));

    @TempDir private Path directory;
    private final CommandRuns commands = new CommandRuns();

    private static Environment environment(String name, Zone zone, DataClass clearance) {
        return new Environment(
                name,
                zone,
                "onprem",
                "local",
                Set.of("DE"),
                Set.of("DE"),
                clearance,
                List.of(),
                null);
    }

    private static String state() {
        var free = Money.zero("USD");
        return Json.write(
                new LogLine(
                        new RecordedState(
                                STATE,
                                ENVIRONMENTS,
                                List.of(
                                        new Model(
                                                "chat",
                                                List.of("v1"),
                                                Set.of("away"),
                                                Set.of(),
                                                8192)),
                                List.of(
                                        new Pool("onprem", "v1", "v1", free, free),
                                        new Pool("away", "v1", "v1", free, free)),
                                Map.of(),
                                POLICY),
                        null,
                        null));
    }

    /// A request with an e-mail address that stayed home.
    private static String decision(String id) {
        var request =
                new RequestFacts(
                        Operation.CHAT,
                        "chat",
                        new Caller("acme", null, "k", Set.of(), Map.of(), Set.of("DE"), false),
                        false,
                        null,
                        Set.of(),
                        40,
                        10,
                        null);
        var features =
                new DecisionFeatures(
                        request,
                        0,
                        Set.of("away"),
                        null,
                        List.of(
                                new PoolFacts(HOME, 1, 1, OptionalLong.of(90)),
                                new PoolFacts(
                                        new PoolKey("away", "v1"), 1, 1, OptionalLong.of(90))),
                        List.of(HOME),
                        Instant.parse("2026-03-02T12:00:00Z"),
                        Detectors.builtIn().digest(),
                        EnvironmentTable.digest(ENVIRONMENTS));
        var classification =
                new Classification(
                        DataClass.CONFIDENTIAL,
                        Set.of(),
                        List.of(new Finding("email", "pii", 0.9, 0, 9, "/messages/0/content")),
                        List.of(
                                new Source("default", DataClass.INTERNAL),
                                new Source("rule:pii", DataClass.CONFIDENTIAL)));
        return Json.write(
                new LogLine(
                        null,
                        new RecordedDecision(
                                id,
                                Instant.parse("2026-03-02T12:00:01Z"),
                                "acme",
                                "served",
                                STATE,
                                "digest",
                                classification,
                                features,
                                10L,
                                5L),
                        null));
    }

    private Path file(String name, String... lines) throws IOException {
        return Files.write(directory.resolve(name), List.of(lines));
    }

    private int simulate(String policy, Path log, String... more) throws IOException {
        var arguments =
                new java.util.ArrayList<>(
                        List.of(
                                "policy",
                                "simulate",
                                file("policy.yaml", policy).toString(),
                                "--log",
                                log.toString()));
        arguments.addAll(List.of(more));
        return commands.run(arguments.toArray(String[]::new));
    }

    @Test
    void theSamePolicyPasses() throws IOException {
        assertThat(simulate(POLICY, file("log", state(), decision("d1")))).isEqualTo(ExitCode.OK);
        assertThat(commands.out()).startsWith("newly leaving: 0 of 1 requests");
    }

    @Test
    void whatNewlyLeavesComesFirstAndFailsUnlessAllowed() throws IOException {
        var log = file("log", state(), decision("d1"), decision("d2"));

        assertThat(simulate(LOOSE, log)).isEqualTo(ExitCode.NEGATIVE);
        assertThat(commands.out())
                .startsWith("newly leaving: 2 of 2 requests")
                .containsPattern("acme +internal +away +2 +d1")
                .contains("class confidential becomes internal: 2");
        assertThat(simulate(LOOSE, log, "--allow-leaving")).isEqualTo(ExitCode.OK);
    }

    @Test
    void withoutItsStateADecisionCountsAsNewlyLeaving() throws IOException {
        assertThat(simulate(POLICY, file("log", decision("d1")), "-o", "json"))
                .isEqualTo(ExitCode.NEGATIVE);
        var found = new ObjectMapper().readTree(commands.out());
        assertThat(found.at("/newlyLeaving").asInt()).isEqualTo(1);
        assertThat(found.at("/undecidable/other_environments").asInt()).isEqualTo(1);
    }

    @Test
    void wrongLinesAreNamedAndNothingIsSaid() throws IOException {
        var log = file("log", state(), "{\"decision\": 1}", "{");

        assertThat(simulate(POLICY, log)).isEqualTo(ExitCode.USAGE);
        assertThat(commands.out()).isEmpty();
        assertThat(commands.err()).contains(log + ":2: ").contains(log + ":3: ");
    }

    /// The control plane answers pages; a log that was exported is one that can be rehearsed.
    @Test
    void anExportReadsAllPagesAndEachStateOnce() throws IOException {
        var server =
                HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
        server.createContext(
                "/api/v1/decisions/log",
                exchange -> {
                    var query = exchange.getRequestURI().getQuery();
                    var page =
                            query.contains("after=d2")
                                    ? ""
                                    : query.contains("after=d1")
                                            ? decision("d2") + "\n"
                                            : decision("d1") + "\n";
                    var bytes = page.getBytes(StandardCharsets.UTF_8);
                    exchange.sendResponseHeaders(200, bytes.length == 0 ? -1 : bytes.length);
                    exchange.getResponseBody().write(bytes);
                    exchange.close();
                });
        server.createContext(
                "/api/v1/decisions/states/1/3",
                exchange -> {
                    var bytes = state().getBytes(StandardCharsets.UTF_8);
                    exchange.sendResponseHeaders(200, bytes.length);
                    exchange.getResponseBody().write(bytes);
                    exchange.close();
                });
        server.start();
        try {
            file("admin-token", "token");
            file(
                    "endpoints.json",
                    "{\"adminUrl\": \"http://127.0.0.1:%d\"}"
                            .formatted(server.getAddress().getPort()));

            var status = commands.run("decisions", "export", "--state-dir", directory.toString());

            assertThat(status).isEqualTo(ExitCode.OK);
            assertThat(commands.out().lines()).hasSize(3);
            var log = file("log", commands.out().lines().toArray(String[]::new));
            commands.clear();
            assertThat(simulate(POLICY, log)).isEqualTo(ExitCode.OK);
            assertThat(commands.out()).startsWith("newly leaving: 0 of 2 requests");
        } finally {
            server.stop(0);
        }
    }
}
