package io.spillway.policy.evaluate;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;
import java.util.zip.GZIPInputStream;
import java.util.zip.GZIPOutputStream;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

/// The labelled files that `policy evaluate` reads are the published samples in another form, and
/// nothing else. `-Dsamples.refresh=true` writes them anew.
class LabelledSamplesTest {
    private static final ObjectMapper JSON = new ObjectMapper();
    private static final Path LABELLED = Path.of("src/test/resources/samples/labelled");

    static Stream<Arguments> files() throws IOException {
        return Stream.of(
                Arguments.of("presidio-sentences.jsonl", sentences()),
                Arguments.of(
                        "presidio-cases.jsonl",
                        counted("pii/presidio-recognizer-cases-core.jsonl")),
                Arguments.of("cn-pii-cases.jsonl", counted("pii/cn-pii-cases.jsonl")),
                Arguments.of("gitleaks.jsonl.gz", secrets()),
                Arguments.of("mt-bench.jsonl", questions()),
                Arguments.of("prompt-injections.jsonl", injections()));
    }

    @ParameterizedTest(name = "{0}")
    @MethodSource("files")
    void theLabelledFileHoldsThePublishedSamples(String name, List<ObjectNode> expected)
            throws IOException {
        var file = LABELLED.resolve(name);
        var text = new StringBuilder();
        expected.forEach(it -> text.append(it).append('\n'));
        if (Boolean.getBoolean("samples.refresh")) {
            Files.createDirectories(LABELLED);
            write(file, text.toString());
        }

        assertThat(text(Files.newInputStream(file), name)).isEqualTo(text.toString());
    }

    /// Spans become entities; both count code points.
    private static List<ObjectNode> sentences() throws IOException {
        var samples = new ArrayList<ObjectNode>();
        for (var sentence : JSON.readTree(original("pii/presidio-research-generated_small.json"))) {
            var sample = JSON.createObjectNode();
            sample.put("text", sentence.path("full_text").asText());
            var entities = sample.putArray("entities");
            for (var span : sentence.path("spans")) {
                entities.addObject()
                        .put("type", span.path("entity_type").asText())
                        .put("start", span.path("start_position").asInt())
                        .put("end", span.path("end_position").asInt());
            }
            samples.add(sample);
        }
        return samples;
    }

    /// These say how many there are and not where, so all that is known is whether there is any.
    /// URLs are no type of Spillway.
    private static List<ObjectNode> counted(String name) throws IOException {
        return lines(name).stream()
                .filter(it -> !it.path("entity").asText().equals("URL"))
                .map(it -> sample(it.path("text").asText(), it.path("expected_count").asInt() > 0))
                .toList();
    }

    private static List<ObjectNode> secrets() throws IOException {
        return lines("secrets/gitleaks-samples-dev.jsonl.gz").stream()
                .map(it ->
                        sample(
                                it.path("text").asText(),
                                it.path("label").asText().equals("secret")))
                .toList();
    }

    private static List<ObjectNode> questions() throws IOException {
        var samples = new ArrayList<ObjectNode>();
        for (var question : lines("prompts/mt_bench_question.jsonl")) {
            question.path("turns").forEach(turn -> samples.add(sample(turn.asText(), false)));
        }
        return samples;
    }

    /// Nasty, and without anybody's data.
    private static List<ObjectNode> injections() throws IOException {
        return table(text(original("prompts/giskard_prompt_injections.csv"), "")).stream()
                .skip(1)
                .map(row -> sample(row.get(1), false))
                .toList();
    }

    private static ObjectNode sample(String text, boolean sensitive) {
        return JSON.createObjectNode().put("text", text).put("sensitive", sensitive);
    }

    /// The rows of a CSV file (RFC 4180): quoted cells may hold commas, quotes and line breaks.
    private static List<List<String>> table(String csv) {
        var rows = new ArrayList<List<String>>();
        var row = new ArrayList<String>();
        var cell = new StringBuilder();
        boolean quoted = false;
        for (int i = 0; i < csv.length(); i++) {
            char c = csv.charAt(i);
            boolean doubled = quoted && c == '"' && csv.startsWith("\"\"", i);
            if (doubled) {
                cell.append('"');
                i++;
            } else if (c == '"') {
                quoted = !quoted;
            } else if (!quoted && (c == ',' || c == '\n')) {
                row.add(cell.toString());
                cell.setLength(0);
                if (c == '\n') {
                    rows.add(List.copyOf(row));
                    row.clear();
                }
            } else if (quoted || c != '\r') {
                cell.append(c);
            }
        }
        return rows;
    }

    private static List<JsonNode> lines(String name) throws IOException {
        var nodes = new ArrayList<JsonNode>();
        for (var line : text(original(name), name).split("\n")) {
            if (!line.isBlank()) {
                nodes.add(JSON.readTree(line));
            }
        }
        return nodes;
    }

    private static InputStream original(String name) {
        var in = LabelledSamplesTest.class.getResourceAsStream("/samples/" + name);
        assertThat(in).as(name).isNotNull();
        return in;
    }

    private static String text(InputStream in, String name) throws IOException {
        try (var plain = name.endsWith(".gz") ? new GZIPInputStream(in) : in) {
            return new String(plain.readAllBytes(), StandardCharsets.UTF_8);
        }
    }

    private static void write(Path file, String text) throws IOException {
        try (var out = Files.newOutputStream(file);
                var packed = file.toString().endsWith(".gz") ? new GZIPOutputStream(out) : out) {
            packed.write(text.getBytes(StandardCharsets.UTF_8));
        }
    }
}
