package io.spillway.policy.detect;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.spillway.api.request.Finding;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.Predicate;
import java.util.zip.GZIPInputStream;
import org.junit.jupiter.api.Test;

/// Recall and precision on labelled samples of others. The bounds are a little below what was
/// measured, so that a change for the worse turns them red. See the NOTICE beside the samples.
class DetectorSamplesTest {
    private static final ObjectMapper JSON = new ObjectMapper();
    private static final Map<String, Set<String>> TYPES =
            Map.ofEntries(
                    Map.entry("CREDIT_CARD", Set.of("payment-card")),
                    Map.entry("BANK_CARD", Set.of("payment-card", "cn-bank-card")),
                    Map.entry("EMAIL_ADDRESS", Set.of("email")),
                    Map.entry("IP_ADDRESS", Set.of("ip-address")),
                    Map.entry("PHONE_NUMBER", Set.of("phone", "cn-mobile")),
                    Map.entry("CN_PHONE", Set.of("cn-mobile")),
                    Map.entry("US_SSN", Set.of("us-ssn")),
                    Map.entry("US_DRIVER_LICENSE", Set.of("driving-licence")),
                    Map.entry("CN_PASSPORT", Set.of("passport")),
                    Map.entry("CN_ID_CARD", Set.of("cn-id-card")),
                    Map.entry("CN_ID_CARD_NUMBER_ONLY", Set.of("cn-id-card")));

    /// Matches counted over all samples.
    private static final class Score {
        int right;
        int missed;
        int wrong;
        final List<String> details = new ArrayList<>();

        double recall() {
            return right + missed == 0 ? 1 : (double) right / (right + missed);
        }

        double precision() {
            return right + wrong == 0 ? 1 : (double) right / (right + wrong);
        }

        void print(String what) {
            System.out.printf(
                    "%-28s right %4d  missed %3d  wrong %3d  recall %.3f  precision %.3f%n",
                    what, right, missed, wrong, recall(), precision());
            if (Boolean.getBoolean("samples.details")) {
                details.forEach(it -> System.out.println("    " + it));
            }
        }
    }

    static List<Finding> scan(String text) {
        var utf8 = text.getBytes(StandardCharsets.UTF_8);
        return Detectors.builtIn()
                .scan(List.of(new TextLeaf("/text", utf8, 0, utf8.length)))
                .findings();
    }

    private static List<Finding> confident(String text, Predicate<Finding> wanted) {
        return scan(text).stream().filter(it -> it.confidence() >= 0.5).filter(wanted).toList();
    }

    private static Score counts(String resource) throws IOException {
        var score = new Score();
        for (var node : lines("/samples/pii/" + resource)) {
            var types = TYPES.get(node.path("entity").asText());
            if (types == null) {
                continue;
            }
            var text = node.path("text").asText();
            int expected = node.path("expected_count").asInt();
            int found = confident(text, it -> types.contains(it.type())).size();
            score.right += Math.min(expected, found);
            score.missed += Math.max(0, expected - found);
            score.wrong += Math.max(0, found - expected);
            if (found != expected) {
                score.details.add(
                        node.path("entity").asText()
                                + " expected "
                                + expected
                                + " found "
                                + scan(text)
                                + " in "
                                + text);
            }
        }
        score.print(resource);
        return score;
    }

    @Test
    void presidiosCasesAreMostlyFound() throws IOException {
        var score = counts("presidio-recognizer-cases-core.jsonl");

        assertThat(score.recall()).isGreaterThan(0.92);
        assertThat(score.precision()).isGreaterThan(0.98);
    }

    @Test
    void chineseCasesAreMostlyFound() throws IOException {
        var score = counts("cn-pii-cases.jsonl");

        assertThat(score.recall()).isGreaterThan(0.98);
        assertThat(score.precision()).isGreaterThan(0.98);
    }

    @Test
    void spansInSentencesAreMostlyFound() throws IOException {
        var score = new Score();
        for (var sentence :
                JSON.readTree(resource("/samples/pii/presidio-research-generated_small.json"))) {
            var text = sentence.path("full_text").asText();
            var known = TYPES.values().stream().flatMap(Set::stream).toList();
            var found = new ArrayList<>(confident(text, it -> known.contains(it.type())));
            for (var span : sentence.path("spans")) {
                var types = TYPES.get(span.path("entity_type").asText());
                if (types == null) {
                    continue;
                }
                int start = span.path("start_position").asInt();
                int end = span.path("end_position").asInt();
                var match =
                        found.stream()
                                .filter(it ->
                                        types.contains(it.type())
                                                && it.start() < end
                                                && it.end() > start)
                                .findFirst();
                if (match.isPresent()) {
                    found.remove(match.get());
                    score.right++;
                } else {
                    score.missed++;
                    score.details.add("missed " + span.path("entity_value") + " in " + text);
                }
            }
            score.wrong += found.size();
            found.forEach(it -> score.details.add("wrong " + it + " in " + text));
        }
        score.print("generated_small.json");

        assertThat(score.recall()).isGreaterThan(0.96);
        assertThat(score.precision()).isGreaterThan(0.96);
    }

    @Test
    void secretsAreMostlyFoundAndPlaceholdersAreNot() throws IOException {
        var score = new Score();
        for (var node : lines("/samples/secrets/gitleaks-samples-dev.jsonl.gz")) {
            var text = node.path("text").asText();
            boolean secret = node.path("label").asText().equals("secret");
            boolean found = !confident(text, it -> it.category().equals("secret")).isEmpty();
            score.right += secret && found ? 1 : 0;
            score.missed += secret && !found ? 1 : 0;
            score.wrong += !secret && found ? 1 : 0;
            if (secret != found) {
                score.details.add(
                        node.path("rule").asText()
                                + " "
                                + (secret ? "missed " : "wrong ")
                                + text
                                + scan(text));
            }
        }
        score.print("gitleaks-samples-dev.jsonl");

        assertThat(score.recall()).isGreaterThan(0.76);
        assertThat(score.precision()).isGreaterThan(0.98);
    }

    @Test
    void ordinaryQuestionsRaiseNothing() throws IOException {
        int raised = 0;
        int prompts = 0;
        for (var node : lines("/samples/prompts/mt_bench_question.jsonl")) {
            for (var turn : node.path("turns")) {
                prompts++;
                var found = confident(turn.asText(), it -> !it.category().equals("code"));
                raised += found.isEmpty() ? 0 : 1;
            }
        }
        System.out.printf(
                "%-28s %d prompts, %d raised%n", "mt_bench_question.jsonl", prompts, raised);

        assertThat(raised).isZero();
    }

    private static List<JsonNode> lines(String name) throws IOException {
        var nodes = new ArrayList<JsonNode>();
        var in = name.endsWith(".gz") ? new GZIPInputStream(resource(name)) : resource(name);
        for (var line : new String(in.readAllBytes(), StandardCharsets.UTF_8).split("\n")) {
            if (!line.isBlank()) {
                nodes.add(JSON.readTree(line));
            }
        }
        return nodes;
    }

    private static InputStream resource(String name) {
        var in = DetectorSamplesTest.class.getResourceAsStream(name);
        assertThat(in).as(name).isNotNull();
        return in;
    }
}
