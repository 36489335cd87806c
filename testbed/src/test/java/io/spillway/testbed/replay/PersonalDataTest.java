package io.spillway.testbed.replay;

import static org.assertj.core.api.Assertions.assertThat;

import io.spillway.api.request.Finding;
import io.spillway.policy.detect.Detectors;
import io.spillway.policy.detect.TextLeaf;
import io.spillway.policy.rule.Confidence;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Random;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/// The label says what is sensitive; it may only ask of detectors what they claim.
class PersonalDataTest {

    @ParameterizedTest
    @MethodSource
    void eachTextHoldsSomethingThatTheDetectorsClaimToFind(String text) {
        assertThat(findings(text)).isNotEmpty();
    }

    static Stream<String> eachTextHoldsSomethingThatTheDetectorsClaimToFind() throws IOException {
        return Prompts.builtIn().personal().stream();
    }

    @Test
    void itIsFoundInsideAWholePromptToo() throws IOException {
        var random = new Random(1);
        var prompts = Prompts.builtIn();
        for (int i = 0; i < 100; i++) {
            var prompt =
                    prompts.make(Label.SENSITIVE_CONTENT, "canary-0123456789abcdef", 500, random);
            assertThat(findings(prompt)).as(prompt).isNotEmpty();
        }
    }

    @Test
    void hardlyAnyBenignPromptIsTakenForSensitive() throws IOException {
        var random = new Random(1);
        var prompts = Prompts.builtIn();
        int taken = 0;
        for (int i = 0; i < 200; i++) {
            var prompt = prompts.make(Label.BENIGN, "canary-0123456789abcdef", 2000, random);
            taken +=
                    findings(prompt).stream()
                                    .anyMatch(it ->
                                            it.confidence() >= Confidence.RAISES
                                                    && !it.category().equals("code"))
                            ? 1
                            : 0;
        }
        assertThat(taken).as("of 200").isLessThan(20);
    }

    private static List<Finding> findings(String text) {
        var bytes = text.getBytes(StandardCharsets.UTF_8);
        return Detectors.builtIn()
                .scan(List.of(new TextLeaf("/messages/0/content", bytes, 0, bytes.length)))
                .findings();
    }
}
