package io.spillway.cli.rehearse;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.spillway.cli.CommandRuns;
import io.spillway.cli.ExitCode;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.zip.GZIPOutputStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class EvaluateCommandTest {
    private static final String SAMPLES =
            """
            {"text": "write to ann@acme-works.org", "entities": [{"type": "EMAIL_ADDRESS", "start": 9, "end": 27}]}

            {"text": "why is the sky blue?", "sensitive": false, "source": "me"}
            """;

    @TempDir private Path directory;
    private final CommandRuns commands = new CommandRuns();

    private Path file(String content) throws IOException {
        return Files.writeString(directory.resolve("samples.jsonl"), content);
    }

    /// The figures of samples under a policy.
    ///
    /// @param sections all of it besides head and placement
    private JsonNode figures(String samples, String sections) throws IOException {
        var policy =
                Files.writeString(
                        directory.resolve("policy.yaml"),
                        """
                        apiVersion: spillway/v1
                        kind: PolicySet
                        metadata: { name: test }
                        placement: [ { name: home, use: [ { zone: private } ] } ]
                        """
                                + sections);

        int status =
                commands.run(
                        "policy",
                        "evaluate",
                        file(samples).toString(),
                        "--policy",
                        policy.toString(),
                        "-o",
                        "json");

        assertThat(status).as(commands.err()).isEqualTo(ExitCode.OK);
        return new ObjectMapper().readTree(commands.out());
    }

    @Test
    void figuresOfAFileArePrinted() throws IOException {
        int status = commands.run("policy", "evaluate", file(SAMPLES).toString());

        assertThat(status).isEqualTo(ExitCode.OK);
        assertThat(commands.out())
                .contains("2 texts, 50.00 %")
                .containsPattern("email +1 +1 +1\\.000 \\(0\\.207-1\\.000\\)")
                .contains("spillable share lost to false raises: 0.00 %");
    }

    @Test
    void aFileWithoutATextIsNotMeasured() throws IOException {
        assertThat(commands.run("policy", "evaluate", file("\n").toString()))
                .isEqualTo(ExitCode.USAGE);
        assertThat(commands.err()).contains("samples.jsonl holds no text");
    }

    @Test
    void gzipIsReadAndJsonPrinted() throws IOException {
        var file = directory.resolve("samples.gz");
        try (var gzip = new GZIPOutputStream(Files.newOutputStream(file))) {
            gzip.write(SAMPLES.getBytes(java.nio.charset.StandardCharsets.UTF_8));
        }

        int status = commands.run("policy", "evaluate", file.toString(), "--output", "json");

        var figures = new ObjectMapper().readTree(commands.out());
        assertThat(status).isEqualTo(ExitCode.OK);
        assertThat(figures.at("/n").asInt()).isEqualTo(2);
        assertThat(figures.at("/types/0/recall/hits").asInt()).isEqualTo(1);
        assertThat(figures.at("/spillableShareLost/of").asInt()).isEqualTo(1);
    }

    @Test
    void aPolicyDecidesWhatIsRaised() throws IOException {
        var figures =
                figures(
                        SAMPLES,
                        """
                        classification:
                          default: internal
                          rules:
                            - { name: s, when: "findings.exists(f, f.category == 'secret')", raise: restricted }
                        """);

        assertThat(figures.at("/requests/recall/hits").asInt()).isZero();
        assertThat(figures.at("/types/0/recall/hits").asInt()).isEqualTo(1);
    }

    @Test
    void theTypesThatAPolicyDeclaresAreLabels() throws IOException {
        var figures =
                figures(
                        """
                        {"text": "When does Falcon start?", "entities": [{"type": "PROJECT_NAME", "start": 10, "end": 16}]}
                        """,
                        """
                        detectors:
                          - { name: project-name, words: [falcon] }
                        classification:
                          default: internal
                          rules:
                            - { name: p, when: "findings.exists(f, f.type == 'project-name')", raise: restricted }
                        """);

        assertThat(figures.at("/types/0/type").asText()).isEqualTo("project-name");
        assertThat(figures.at("/types/0/recall/hits").asInt()).isEqualTo(1);
        assertThat(figures.get("notATypeOfSpillway")).isEmpty();
    }

    @Test
    void aPolicyIsReadWithTheFilesItImports() throws IOException {
        Files.writeString(
                directory.resolve("common.yaml"),
                """
                apiVersion: spillway/v1
                kind: PolicyFragment
                metadata: { name: common }
                classification:
                  rules:
                    - { name: p, when: "findings.exists(f, f.category == 'pii')", raise: restricted }
                """);

        var figures =
                figures(
                        SAMPLES,
                        """
                        imports: [ common.yaml ]
                        classification: { default: internal }
                        """);

        assertThat(figures.at("/requests/recall/hits").asInt()).isEqualTo(1);
    }

    @Test
    void eachWrongLineIsNamedAndNothingIsMeasured() throws IOException {
        var file =
                file(
                        """
                        {"text": "fine", "sensitive": false}
                        {"text": "half
                        {"text": "no label"}
                        {"entities": []}
                        {"text": "short", "entities": [{"type": "email", "start": 0, "end": 6}]}
                        {"text": "twice", "text": "again", "sensitive": true}
                        {"text": "x", "sensitive": "no"}
                        """);

        int status = commands.run("policy", "evaluate", file.toString());

        assertThat(status).isEqualTo(ExitCode.USAGE);
        assertThat(commands.out()).isEmpty();
        assertThat(commands.err())
                .contains(file + ":2: the line is not JSON")
                .contains(file + ":3: neither entities nor sensitive is given")
                .contains(file + ":4: text is missing")
                .contains(file + ":5: entities[0] is [0, 6) in a text of 5 code points")
                .contains(file + ":6: the line is not JSON")
                .contains(file + ":7: sensitive is neither true nor false")
                .contains("6 of the lines")
                .doesNotContain("half");
    }

    @Test
    void mistakesAreListedWithoutTheText() throws IOException {
        var file =
                file(
                        "{\"text\": \"call the office\", \"entities\": [{\"type\": \"phone\","
                                + " \"start\": 9, \"end\": 15}]}\n");

        commands.run("policy", "evaluate", file.toString(), "--mistakes");

        assertThat(commands.err())
                .contains(file + ":1: missed phone [9, 15)")
                .doesNotContain("office");
    }
}
