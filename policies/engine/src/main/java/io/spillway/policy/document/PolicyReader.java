package io.spillway.policy.document;

import io.spillway.api.decision.WhenFull;
import io.spillway.api.environment.Names;
import io.spillway.api.environment.Zone;
import io.spillway.api.request.DataClass;
import io.spillway.policy.KnownNames;
import io.spillway.policy.detect.FindingType;
import io.spillway.policy.document.PolicySet.AttributeDeclaration;
import io.spillway.policy.document.PolicySet.AttributeType;
import io.spillway.policy.document.PolicySet.Invariant;
import io.spillway.policy.document.PolicySet.PlacementRule;
import io.spillway.policy.document.PolicySet.Raise;
import io.spillway.policy.document.PolicySet.Use;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collection;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;
import org.snakeyaml.engine.v2.nodes.Node;

/// Reads a policy file.
public final class PolicyReader {
    private static final List<String> TOP =
            List.of(
                    "apiVersion",
                    "kind",
                    "metadata",
                    "attributes",
                    "detectors",
                    "classification",
                    "placement",
                    "invariants",
                    "tests");
    private static final Pattern ATTRIBUTE = Pattern.compile("[A-Za-z_][A-Za-z0-9_]{0,63}");

    private static final List<String> FINDING_TYPES =
            Arrays.stream(FindingType.values()).map(FindingType::wire).toList();

    private final SourceText source;
    private final Problems problems;
    private final KnownNames known;

    private PolicyReader(SourceText source, Problems problems, KnownNames known) {
        this.source = source;
        this.problems = problems;
        this.known = known;
    }

    /// Reads a file; what is wrong goes into `problems`.
    ///
    /// @return what could be read, empty when the file is not even YAML
    public static Optional<PolicySet> read(String yaml, KnownNames known, Problems problems) {
        var root = Yaml.parse(yaml, problems);
        if (root == null) {
            return Optional.empty();
        }
        return Optional.of(new PolicyReader(new SourceText(yaml), problems, known).policySet(root));
    }

    private PolicySet policySet(Node root) {
        var fields = fields("a policy file", root, TOP);
        constant(fields, "apiVersion", "spillway/v1");
        constant(fields, "kind", "PolicySet");
        var name = name(fields);
        var attributes = attributes(fields);
        var defaultClass = DataClass.HIGHEST;
        List<Raise> raises = List.of();
        var classification = fields.required("classification");
        if (classification != null) {
            var inner = fields("'classification'", classification, List.of("default", "rules"));
            inner.required("default");
            var written = inner.constant("default", DataClass.class);
            defaultClass = written == null ? defaultClass : written;
            raises = raises(inner);
        }
        fields.required("placement");
        var placement = placement(fields);
        var invariants = invariants(fields);
        var tests =
                new PolicyTestReader(source, problems, known).tests(fields, attributes, placement);
        var detectors = new DetectorReader(source, problems).detectors(fields);
        return new PolicySet(
                name, attributes, defaultClass, raises, placement, invariants, tests, detectors);
    }

    private void constant(Fields fields, String key, String expected) {
        var text = fields.requiredText(key);
        if (text != null && !text.equals(expected)) {
            problems.add(
                    fields.at(key),
                    "'%s' is '%s'".formatted(key, text),
                    "write '%s: %s'".formatted(key, expected));
        }
    }

    private String name(Fields fields) {
        var metadata = fields.required("metadata");
        if (metadata == null) {
            return "";
        }
        var inner = fields("'metadata'", metadata, List.of("name", "description"));
        inner.text("description");
        var name = inner.requiredText("name");
        if (name == null) {
            return "";
        }
        try {
            return Names.check("policy", name);
        } catch (IllegalArgumentException e) {
            problems.add(inner.at("name"), String.valueOf(e.getMessage()), "");
            return "";
        }
    }

    private Map<String, AttributeDeclaration> attributes(Fields top) {
        var node = top.optional("attributes");
        if (node == null) {
            return Map.of();
        }
        var declared = new LinkedHashMap<String, AttributeDeclaration>();
        var fields = Fields.open("'attributes'", node, source, problems);
        for (var name : fields.keys()) {
            if (!ATTRIBUTE.matcher(name).matches()) {
                problems.add(
                        fields.keyAt(name),
                        "'%s' cannot be the name of an attribute".formatted(name),
                        "use letters, digits and '_', beginning with a letter");
                continue;
            }
            var value = fields.required(name);
            if (value == null) {
                continue;
            }
            var inner = fields("attribute '" + name + "'", value, List.of("type", "optional"));
            inner.required("type");
            var type = inner.constant("type", AttributeType.class);
            var optional = inner.flag("optional");
            declared.put(
                    name,
                    new AttributeDeclaration(
                            type == null ? AttributeType.STRING : type,
                            optional != null && optional));
        }
        return declared;
    }

    private List<Raise> raises(Fields classification) {
        var raises = new ArrayList<Raise>();
        var names = new HashSet<String>();
        for (var node : classification.list("rules")) {
            var fields = fields("a classification rule", node, List.of("name", "when", "raise"));
            var name = unique(fields, names, "classification rule");
            fields.required("when");
            var when = fields.expression("when");
            fields.required("raise");
            var to = fields.constant("raise", DataClass.class);
            if (when != null) {
                raises.add(new Raise(name.value(), when, to == null ? DataClass.HIGHEST : to));
            }
        }
        return raises;
    }

    private List<PlacementRule> placement(Fields top) {
        var rules = new ArrayList<PlacementRule>();
        var names = new HashSet<String>();
        for (var node : top.list("placement")) {
            var fields =
                    fields(
                            "a placement rule",
                            node,
                            List.of("name", "when", "use", "whenFull", "degradeTo"));
            var name = unique(fields, names, "placement rule");
            var when = fields.expression("when");
            fields.required("use");
            var use = fields.list("use").stream().map(this::use).toList();
            if (fields.has("use") && use.isEmpty()) {
                problems.add(
                        fields.at("use"),
                        "'use' names no place",
                        "such as: use: [ { zone: private } ]");
            }
            rules.add(whenFull(fields, name, when, use));
        }
        if (top.isList("placement") && rules.isEmpty()) {
            problems.add(
                    top.at("placement"),
                    "'placement' has no rule, so every request would be denied",
                    "such as: - { name: stay-home, use: [ { zone: private } ] }");
        }
        return rules;
    }

    private PlacementRule whenFull(
            Fields fields, Located name, @Nullable Expression when, List<Use> use) {
        var degradeTo = fields.text("degradeTo");
        if (degradeTo != null) {
            known(fields.at("degradeTo"), "model", degradeTo, known.models());
        }
        var whenFull = fields.constant("whenFull", WhenFull.class);
        if (whenFull == null) {
            whenFull = degradeTo == null ? WhenFull.QUEUE : WhenFull.DEGRADE;
        } else if (whenFull == WhenFull.DEGRADE && degradeTo == null) {
            problems.add(
                    fields.at("whenFull"),
                    "'whenFull: degrade' needs a model to degrade to",
                    "add 'degradeTo: MODEL'");
        } else if (whenFull != WhenFull.DEGRADE && degradeTo != null) {
            problems.add(
                    fields.at("degradeTo"),
                    "'degradeTo' is never used with 'whenFull: %s'"
                            .formatted(fields.text("whenFull")),
                    "write 'whenFull: degrade' or leave one of them out");
        }
        return new PlacementRule(name, when, use, whenFull, degradeTo);
    }

    private Use use(Node node) {
        var fields =
                fields(
                        "an entry of 'use'",
                        node,
                        List.of("zone", "environment", "when", "maxMicrosPer1kTokens", "mask"));
        var zone = fields.constant("zone", Zone.class);
        var environment = fields.text("environment");
        if (fields.has("zone") == fields.has("environment")) {
            problems.add(
                    fields.start(),
                    fields.has("zone")
                            ? "an entry of 'use' has either 'zone' or 'environment', not both"
                            : "an entry of 'use' needs 'zone' or 'environment'",
                    "such as { zone: private } or { environment: NAME }");
        }
        if (environment != null) {
            known(
                    fields.at("environment"),
                    "environment",
                    environment,
                    known.environments().keySet());
        }
        return new Use(
                zone,
                zone == null ? environment : null,
                fields.expression("when"),
                fields.wholeNumber("maxMicrosPer1kTokens"),
                mask(fields, zone));
    }

    private Set<String> mask(Fields fields, @Nullable Zone zone) {
        var types = new HashSet<String>();
        for (var type : Objects.requireNonNullElse(fields.texts("mask"), List.<Located>of())) {
            known(type.at(), "type of finding", type.value(), FINDING_TYPES);
            types.add(type.value());
        }
        if (fields.has("mask") && zone == Zone.PRIVATE) {
            problems.add(
                    fields.keyAt("mask"),
                    "'mask' has no effect on private environments, which get requests as they are",
                    "write it on entries that select public ones");
        }
        return types;
    }

    private List<Invariant> invariants(Fields top) {
        var invariants = new ArrayList<Invariant>();
        for (var node : top.list("invariants")) {
            var fields = fields("an invariant", node, List.of("never"));
            fields.required("never");
            var never = fields.expression("never");
            if (never != null) {
                invariants.add(new Invariant(never));
            }
        }
        return invariants;
    }

    private Located unique(Fields fields, Set<String> names, String what) {
        var name = fields.requiredText("name");
        if (name == null) {
            return new Located("", fields.start());
        }
        var at = fields.at("name");
        if (name.isBlank() || name.length() > 128) {
            problems.add(at, "the name of a %s has 1 to 128 characters".formatted(what), "");
        } else if (!names.add(name)) {
            problems.add(
                    at,
                    "there is already a %s named '%s'".formatted(what, name),
                    "explanations speak of rules by name; give this one another");
        }
        return new Located(name, at);
    }

    private void known(Position at, String what, String name, Collection<String> names) {
        if (!names.contains(name)) {
            problems.add(
                    at, "there is no %s '%s'".formatted(what, name), Suggestion.hint(name, names));
        }
    }

    private Fields fields(String what, Node node, List<String> allowed) {
        return Fields.of(what, node, source, problems, allowed);
    }
}
