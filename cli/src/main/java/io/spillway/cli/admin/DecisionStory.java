package io.spillway.cli.admin;

import com.fasterxml.jackson.databind.JsonNode;
import java.math.BigDecimal;
import java.util.ArrayList;
import java.util.List;

/// A decision told in lines of text.
final class DecisionStory {
    private final JsonNode whole;
    private final JsonNode decision;
    private final List<String> lines = new ArrayList<>();

    /// @param whole the answer of `GET /decisions/{id}`
    DecisionStory(JsonNode whole) {
        this.whole = whole;
        this.decision = whole.path("decision");
    }

    List<String> lines() {
        head();
        classification();
        placement();
        attempts();
        return lines;
    }

    private void head() {
        lines.add("decision %s at %s".formatted(text("id"), text("at")));
        lines.add(
                "  %s of model %s by tenant %s, key %s"
                        .formatted(
                                text("operation"), text("model"), text("tenant"), text("keyId")));
        var served =
                decision.path("pool").isObject()
                        ? " by %s in %s (%s)"
                                .formatted(
                                        text("endpoint"),
                                        decision.path("pool").path("environment").asText(),
                                        text("zone"))
                        : "";
        lines.add("  %s%s, status %s".formatted(text("outcome"), served, text("status")));
        lines.add(
                "  first token after %s ms, predicted %s ms; queued %s ms; whole request %s ms"
                        .formatted(
                                text("ttftMillis"),
                                text("predictedTtftMillis"),
                                text("queueMillis"),
                                text("totalMillis")));
    }

    private void classification() {
        var classification = whole.path("classification");
        lines.add("");
        lines.add("data class %s, because".formatted(text("dataClass")));
        for (var source : classification.path("sources")) {
            lines.add(
                    "  %-12s by %s"
                            .formatted(
                                    source.path("dataClass").asText(),
                                    source.path("name").asText()));
        }
        for (var finding : classification.path("findings")) {
            var vendor = finding.path("vendor");
            lines.add(
                    "  found %s%s (%s, confidence %s) at %s, characters %d to %d"
                            .formatted(
                                    finding.path("type").asText(),
                                    vendor.isTextual() ? " of " + vendor.asText() : "",
                                    finding.path("category").asText(),
                                    finding.path("confidence").asText(),
                                    finding.path("path").asText(),
                                    finding.path("start").asInt(),
                                    finding.path("end").asInt()));
        }
        if (!classification.path("unscanned").isEmpty()) {
            lines.add("  could not be scanned: " + classification.path("unscanned"));
        }
    }

    private void placement() {
        var explanation = whole.path("explanation");
        var rule = explanation.path("rule").asText("");
        lines.add("");
        lines.add(rule.isEmpty() ? "no placement rule matched" : "placement rule " + rule);
        for (var step : explanation.path("steps")) {
            lines.add(
                    "  %-34s %s"
                            .formatted(
                                    step.path("subject").asText(), step.path("outcome").asText()));
        }
    }

    private void attempts() {
        var attempts = whole.path("attempts");
        if (!attempts.isArray() || attempts.isEmpty()) {
            return;
        }
        lines.add("");
        lines.add("attempts");
        for (var attempt : attempts) {
            lines.add(
                    "  %s on %s: %s, %d prompt and %d generated tokens, %s"
                            .formatted(
                                    attempt.path("attemptId").asText(),
                                    attempt.path("endpoint").asText(),
                                    attempt.path("outcome").asText("open"),
                                    attempt.path("promptTokens").asLong(),
                                    attempt.path("completionTokens").asLong(),
                                    money(attempt)));
        }
    }

    private static String money(JsonNode attempt) {
        var settled =
                attempt.path("settled").isObject()
                        ? attempt.get("settled")
                        : attempt.path("reserved");
        var amount =
                BigDecimal.valueOf(settled.path("nanos").asLong(), 9)
                        .stripTrailingZeros()
                        .toPlainString();
        return "%s %s%s"
                .formatted(
                        amount,
                        settled.path("currency").asText(),
                        attempt.path("settled").isObject() ? "" : " reserved");
    }

    private String text(String field) {
        var value = decision.path(field);
        return value.isMissingNode() || value.isNull() ? "-" : value.asText();
    }
}
