package io.spillway.testbed.replay;

import com.fasterxml.jackson.databind.ObjectMapper;
import io.spillway.testbed.engine.PromptTokens;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.random.RandomGenerator;

/// Makes prompts of a wanted length out of real ones.
final class Prompts {
    private static final ObjectMapper JSON = new ObjectMapper();
    private static final int TEMPLATE_TOKENS = 6; // what the chat template adds
    private static final int CHARACTERS_PER_TOKEN = 4;

    private final List<String> benign;
    private final List<String> personal;

    private Prompts(List<String> benign, List<String> personal) {
        this.benign = List.copyOf(benign);
        this.personal = List.copyOf(personal);
    }

    static Prompts builtIn() throws IOException {
        var benign = new ArrayList<String>();
        for (var line : lines("benign-prompts.jsonl")) {
            JSON.readTree(line).path("turns").forEach(turn -> benign.add(turn.asText()));
        }
        var personal = new ArrayList<String>();
        for (var line : lines("personal-data.jsonl")) {
            personal.add(JSON.readTree(line).path("text").asText());
        }
        return new Prompts(benign, personal);
    }

    /// Texts each of which holds personal data.
    List<String> personal() {
        return personal;
    }

    /// A prompt of about `tokens` tokens. It begins with the canary, so that no two prompts share a
    /// prefix: the trace does not say which did, and its timing must not be flattered.
    String make(Label label, String canary, int tokens, RandomGenerator random) {
        var text = new StringBuilder(tokens * CHARACTERS_PER_TOKEN + 64).append(canary);
        if (label == Label.SENSITIVE_CONTENT) {
            text.append('\n').append(personal.get(random.nextInt(personal.size())));
        }
        int wanted = tokens - TEMPLATE_TOKENS;
        int missing = wanted - new PromptTokens("").text(text).count();
        int end = text.length() + missing * CHARACTERS_PER_TOKEN;
        while (text.length() < end) {
            text.append('\n').append(benign.get(random.nextInt(benign.size())));
        }
        if (missing > 0) {
            text.setLength(Character.isHighSurrogate(text.charAt(end - 1)) ? end - 1 : end);
        }
        return text.toString();
    }

    private static List<String> lines(String resource) throws IOException {
        try (var in = Prompts.class.getResourceAsStream(resource)) {
            if (in == null) {
                throw new IOException(resource + " is missing from the testbed's jar");
            }
            return new BufferedReader(new InputStreamReader(in, StandardCharsets.UTF_8))
                    .lines()
                    .filter(line -> !line.isBlank())
                    .toList();
        }
    }
}
