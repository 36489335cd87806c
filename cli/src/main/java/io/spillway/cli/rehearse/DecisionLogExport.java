package io.spillway.cli.rehearse;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.spillway.cli.CommandFailure;
import io.spillway.cli.ExitCode;
import io.spillway.cli.admin.AdminClient;
import java.io.IOException;
import java.util.HashSet;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/// Reads a running installation's decision log, page by page, and puts each registry state in front
/// of the first decision that was made on it.
final class DecisionLogExport {
    private static final int PAGE = 1000;
    private static final ObjectMapper JSON = new ObjectMapper();

    private final AdminClient admin;
    private final String span;
    private final Set<String> states = new HashSet<>();

    /// @param since first instant, null for all
    /// @param until instant after the last, null for all
    DecisionLogExport(AdminClient admin, @Nullable String since, @Nullable String until) {
        this.admin = admin;
        this.span =
                (since == null ? "" : "&since=" + AdminClient.segment(since))
                        + (until == null ? "" : "&until=" + AdminClient.segment(until));
    }

    /// Takes the lines of a log.
    @FunctionalInterface
    interface Sink {
        void line(String line) throws IOException;
    }

    /// Reads everything.
    ///
    /// @return how many decisions
    long run(Sink sink) throws IOException {
        long count = 0;
        var after = "";
        while (true) {
            var page =
                    admin.text(
                            "decisions/log?limit=%d%s%s"
                                    .formatted(
                                            PAGE,
                                            span,
                                            after.isEmpty()
                                                    ? ""
                                                    : "&after=" + AdminClient.segment(after)));
            if (page.isEmpty()) {
                return count;
            }
            for (var line : page.lines().toList()) {
                var decision = decision(line);
                state(decision.path("state"), sink);
                sink.line(line);
                after = decision.path("id").asText();
                count++;
            }
        }
    }

    private void state(JsonNode watermark, Sink sink) throws IOException {
        var place =
                "%d/%d".formatted(watermark.path("epoch").asLong(), watermark.path("seq").asLong());
        if (!states.add(place)) {
            return;
        }
        var answer = admin.get("decisions/states/" + place);
        // A state that is no longer kept leaves its decisions without one: they then count as
        // undecidable, which is said where they are rehearsed.
        if (answer.ok()) {
            sink.line(answer.body().toString());
        } else if (answer.status() != 404) {
            throw new CommandFailure(ExitCode.NEGATIVE, answer.problem());
        }
    }

    private static JsonNode decision(String line) {
        try {
            return JSON.readTree(line).path("decision");
        } catch (JsonProcessingException e) {
            throw new CommandFailure(
                    ExitCode.UNREACHABLE,
                    "the decision log is not what was expected; is the control plane of this"
                            + " version?");
        }
    }
}
