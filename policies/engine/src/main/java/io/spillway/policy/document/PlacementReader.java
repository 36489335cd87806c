package io.spillway.policy.document;

import io.spillway.api.decision.WhenFull;
import io.spillway.api.environment.Zone;
import io.spillway.policy.condition.ClockPart;
import io.spillway.policy.condition.Zones;
import io.spillway.policy.detect.FindingType;
import io.spillway.policy.document.PolicySet.PlacementRule;
import io.spillway.policy.document.PolicySet.Use;
import io.spillway.policy.document.PolicySet.Window;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collection;
import java.util.HashSet;
import java.util.List;
import java.util.Objects;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import org.snakeyaml.engine.v2.nodes.Node;

/// Reads the `placement` section of a policy file.
final class PlacementReader {
    /// With the requested model at most this many are tried.
    static final int MOST_DEGRADES = 4;

    private static final List<String> FINDING_TYPES =
            Arrays.stream(FindingType.values()).map(FindingType::wire).toList();

    private final Reading reading;
    private final Set<String> findingTypes = new HashSet<>(FINDING_TYPES);

    /// @param own types of findings that the policy declares
    PlacementReader(Reading reading, Collection<String> own) {
        this.reading = reading;
        this.findingTypes.addAll(own);
    }

    List<PlacementRule> rules(Fields top) {
        var rules = new ArrayList<PlacementRule>();
        var names = new HashSet<String>();
        for (var node : top.list("placement")) {
            var fields = reading.fields(PlacementShapes.PLACEMENT, node);
            var name = reading.unique(fields, names, "placement rule");
            var use = fields.list("use").stream().map(this::use).toList();
            if (fields.isList("use") && use.isEmpty()) {
                reading.problem(
                        fields.at("use"),
                        "'use' names no place",
                        "such as: use: [ { zone: private } ]");
            }
            var models = degradeTo(fields);
            rules.add(
                    new PlacementRule(
                            name,
                            fields.expression("when"),
                            window(fields),
                            use,
                            whenFull(fields, models),
                            models));
        }
        if (top.isList("placement") && rules.isEmpty()) {
            reading.problem(
                    top.at("placement"),
                    "'placement' has no rule, so every request would be denied",
                    "such as: - { name: stay-home, use: [ { zone: private } ] }");
        }
        return rules;
    }

    private List<String> degradeTo(Fields fields) {
        if (!fields.has("degradeTo")) {
            return List.of();
        }
        var written =
                fields.isList("degradeTo")
                        ? Objects.requireNonNullElse(fields.texts("degradeTo"), List.<Located>of())
                        : one(fields);
        var models = new ArrayList<String>();
        for (var model : written) {
            reading.known(model.at(), "model", model.value(), reading.known().models());
            if (models.contains(model.value())) {
                reading.problem(
                        model.at(),
                        "'degradeTo' comes back to '%s'".formatted(model.value()),
                        "name each model once: a request goes from one to the next");
            } else {
                models.add(model.value());
            }
        }
        if (models.size() > MOST_DEGRADES) {
            reading.problem(
                    fields.at("degradeTo"),
                    "'degradeTo' names %d models, more than %d"
                            .formatted(models.size(), MOST_DEGRADES),
                    "keep those that make a difference");
        }
        return models;
    }

    private static List<Located> one(Fields fields) {
        var model = fields.text("degradeTo");
        return model == null ? List.of() : List.of(new Located(model, fields.at("degradeTo")));
    }

    private WhenFull whenFull(Fields fields, List<String> models) {
        var whenFull = fields.constant("whenFull", WhenFull.class);
        if (whenFull == null) {
            return fields.has("degradeTo") ? WhenFull.DEGRADE : WhenFull.QUEUE;
        }
        if (whenFull == WhenFull.DEGRADE && models.isEmpty()) {
            reading.problem(
                    fields.at("whenFull"),
                    "'whenFull: degrade' needs a model to degrade to",
                    "add 'degradeTo: MODEL'");
        } else if (whenFull != WhenFull.DEGRADE && fields.has("degradeTo")) {
            reading.problem(
                    fields.at("degradeTo"),
                    "'degradeTo' is never used with 'whenFull: %s'"
                            .formatted(fields.text("whenFull")),
                    "write 'whenFull: degrade' or leave one of them out");
        }
        return whenFull;
    }

    private Use use(Node node) {
        var fields = reading.fields(PlacementShapes.USE, node);
        var zone = fields.constant("zone", Zone.class);
        var environment = fields.text("environment");
        if (fields.isMapping() && fields.has("zone") == fields.has("environment")) {
            reading.problem(
                    fields.start(),
                    fields.has("zone")
                            ? "an entry of 'use' has either 'zone' or 'environment', not both"
                            : "an entry of 'use' needs 'zone' or 'environment'",
                    "such as { zone: private } or { environment: NAME }");
        }
        if (environment != null) {
            reading.known(
                    fields.at("environment"),
                    "environment",
                    environment,
                    reading.known().environments().keySet());
        }
        return new Use(
                zone,
                zone == null ? environment : null,
                fields.expression("when"),
                window(fields),
                fields.wholeNumber("maxMicrosPer1kTokens"),
                mask(fields, zone));
    }

    private Set<String> mask(Fields fields, @Nullable Zone zone) {
        var types = new HashSet<String>();
        for (var type : Objects.requireNonNullElse(fields.texts("mask"), List.<Located>of())) {
            reading.known(type.at(), "type of finding", type.value(), findingTypes);
            if (type.value().equals(FindingType.PRIVATE_KEY.wire())) {
                reading.problem(
                        type.at(),
                        "'private-key' cannot be masked",
                        "a broken key has no end that could be trusted; keep such requests home");
            }
            types.add(type.value());
        }
        if (fields.has("mask") && zone == Zone.PRIVATE) {
            reading.problem(
                    fields.keyAt("mask"),
                    "'mask' has no effect on private environments, which get requests as they are",
                    "write it on entries that select public ones");
        }
        return types;
    }

    private @Nullable Window window(Fields parent) {
        var node = parent.optional("window");
        if (node == null) {
            return null;
        }
        var fields = reading.fields(PlacementShapes.WINDOW, node);
        var zone = fields.text("zone");
        if (zone != null && !Zones.known(zone)) {
            reading.problem(
                    fields.at("zone"),
                    "there is no time zone '%s'".formatted(zone),
                    Zones.hint(zone));
            zone = null;
        }
        var days = days(fields);
        int from = time(fields, "from", 0);
        int to = time(fields, "to", Window.DAY);
        if (!fields.has("from") && !fields.has("to") && !fields.has("days")) {
            reading.problem(
                    fields.start(),
                    "this window is always open",
                    "add 'days', or 'from' and 'to', or leave the window out");
        } else if (from == to || from == Window.DAY || to == 0) {
            reading.problem(
                    fields.at(fields.has("from") ? "from" : "to"),
                    "this window has no length",
                    "leave 'from' and 'to' out for whole days; midnight is from 00:00 or to 24:00");
        }
        return zone == null ? null : new Window(zone, days, from, to);
    }

    private Set<String> days(Fields fields) {
        var days = new HashSet<String>();
        for (var day : Objects.requireNonNullElse(fields.texts("days"), List.<Located>of())) {
            reading.known(day.at(), "day", day.value(), ClockPart.DAYS);
            days.add(day.value());
        }
        if (fields.isList("days") && days.isEmpty()) {
            reading.problem(fields.at("days"), "'days' names no day", "leave it out for every day");
        }
        return fields.has("days") ? days : Set.copyOf(ClockPart.DAYS);
    }

    private int time(Fields fields, String key, int otherwise) {
        var text = fields.text(key);
        if (text == null) {
            return otherwise;
        }
        if (!text.matches(PlacementShapes.TIME)) {
            reading.problem(
                    fields.at(key),
                    "'%s' is no time of the day".formatted(text),
                    "write hours and minutes, such as \"08:30\" or \"24:00\"");
            return otherwise;
        }
        return Integer.parseInt(text.substring(0, 2)) * 60 + Integer.parseInt(text.substring(3));
    }
}
