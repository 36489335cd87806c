package io.spillway.policy.document;

import java.util.Optional;
import org.jspecify.annotations.Nullable;
import org.snakeyaml.engine.v2.api.LoadSettings;
import org.snakeyaml.engine.v2.api.lowlevel.Compose;
import org.snakeyaml.engine.v2.api.lowlevel.Parse;
import org.snakeyaml.engine.v2.events.AliasEvent;
import org.snakeyaml.engine.v2.events.CollectionEndEvent;
import org.snakeyaml.engine.v2.events.CollectionStartEvent;
import org.snakeyaml.engine.v2.events.DocumentStartEvent;
import org.snakeyaml.engine.v2.events.Event;
import org.snakeyaml.engine.v2.events.NodeEvent;
import org.snakeyaml.engine.v2.events.ScalarEvent;
import org.snakeyaml.engine.v2.exceptions.Mark;
import org.snakeyaml.engine.v2.exceptions.MarkedYamlEngineException;
import org.snakeyaml.engine.v2.exceptions.YamlEngineException;
import org.snakeyaml.engine.v2.nodes.Node;

/// Parses YAML of strangers within limits. Anchors, aliases and tags are refused: a policy has no
/// use for them, and without them a file is as large as it looks.
final class Yaml {
    static final int MOST_CODE_POINTS = 4_000_000;
    static final int DEEPEST = 32;
    private static final String TAG = "tags (!name) are not allowed";

    private final String file;
    private final Problems problems;

    private Yaml(String file, Problems problems) {
        this.file = file;
        this.problems = problems;
    }

    /// @param file name of an imported file, empty for the policy file
    static @Nullable Node parse(String file, String text, Problems problems) {
        return new Yaml(file, problems).parse(text);
    }

    private @Nullable Node parse(String text) {
        var top = new Position(file, 1, 1);
        if (text.length() > MOST_CODE_POINTS) {
            problems.add(
                    top,
                    "the file is longer than %,d characters".formatted(MOST_CODE_POINTS),
                    "split it up");
            return null;
        }
        if (text.startsWith("\uFEFF")) {
            problems.add(top, "the file begins with a byte order mark", "save it as plain UTF-8");
            return null;
        }
        var settings =
                LoadSettings.builder()
                        .setUseMarks(true)
                        .setCodePointLimit(MOST_CODE_POINTS)
                        .setMaxAliasesForCollections(0)
                        .build();
        try {
            if (!withinLimits(settings, text)) {
                return null;
            }
            var node = new Compose(settings).composeString(text);
            if (node.isEmpty()) {
                problems.add(top, "the file is empty", "begin with 'apiVersion: spillway/v1'");
            }
            return node.orElse(null);
        } catch (MarkedYamlEngineException e) {
            problems.add(
                    position(e.getProblemMark()),
                    "this is not YAML: " + e.getProblem(),
                    "look at the indentation and quotes here and on the line before");
            return null;
        } catch (YamlEngineException e) {
            problems.add(top, "this is not YAML: " + e.getMessage(), "");
            return null;
        }
    }

    private boolean withinLimits(LoadSettings settings, String text) {
        int depth = 0;
        int documents = 0;
        for (var event : new Parse(settings).parseString(text)) {
            switch (event) {
                case CollectionStartEvent _ -> depth++;
                case CollectionEndEvent _ -> depth--;
                case DocumentStartEvent _ -> documents++;
                default -> {}
            }
            var complaint = complaint(event, depth, documents);
            if (complaint != null) {
                problems.add(
                        position(event.getStartMark()),
                        complaint,
                        complaint.equals(TAG)
                                ? "a condition that begins with '!' stands in quotes"
                                : "write it out in full");
                return false;
            }
        }
        return true;
    }

    private static @Nullable String complaint(Event event, int depth, int documents) {
        if (depth > DEEPEST) {
            return "this is nested deeper than %d levels".formatted(DEEPEST);
        }
        if (documents > 1) {
            return "the file holds more than one document";
        }
        return switch (event) {
            case AliasEvent _ -> "aliases (*name) are not allowed";
            case ScalarEvent scalar when scalar.getTag().isPresent() ->
                    "tags (!name) are not allowed";
            case CollectionStartEvent start when start.getTag().isPresent() ->
                    "tags (!name) are not allowed";
            case NodeEvent node when node.getAnchor().isPresent() ->
                    "anchors (&name) are not allowed";
            default -> null;
        };
    }

    private Position position(Optional<Mark> mark) {
        return mark.map(it -> new Position(file, it.getLine() + 1, it.getColumn() + 1))
                .orElse(new Position(file, 1, 1));
    }
}
