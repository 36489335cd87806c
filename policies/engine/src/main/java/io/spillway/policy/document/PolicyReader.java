package io.spillway.policy.document;

import io.spillway.api.environment.Names;
import io.spillway.api.request.DataClass;
import io.spillway.policy.KnownNames;
import io.spillway.policy.PolicySource;
import io.spillway.policy.detect.OwnDetector;
import io.spillway.policy.document.PolicySet.AttributeDeclaration;
import io.spillway.policy.document.PolicySet.AttributeType;
import io.spillway.policy.document.PolicySet.Governance;
import io.spillway.policy.document.PolicySet.Invariant;
import io.spillway.policy.document.PolicySet.Raise;
import io.spillway.policy.document.PolicySet.Residency;
import java.util.ArrayList;
import java.util.HashMap;
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

/// Reads a policy file and what it imports.
public final class PolicyReader {
    private static final Pattern ATTRIBUTE = Pattern.compile(Shapes.ATTRIBUTE);
    private static final Pattern FILE = Pattern.compile("[A-Za-z0-9_-][A-Za-z0-9._/-]{0,199}");

    private final PolicySource sources;
    private final KnownNames known;
    private final Problems problems;
    private final Map<String, AttributeDeclaration> attributes = new LinkedHashMap<>();
    private final Map<String, Position> declared = new HashMap<>();
    private final List<Raise> raises = new ArrayList<>();
    private final Set<String> raiseNames = new HashSet<>();
    private final List<Residency> residency = new ArrayList<>();
    private final Set<String> residencyNames = new HashSet<>();
    private final List<Invariant> invariants = new ArrayList<>();
    private final List<OwnDetector> detectors = new ArrayList<>();
    private final Set<String> detectorNames = new HashSet<>();
    private final Set<String> imported = new HashSet<>();

    private PolicyReader(PolicySource sources, KnownNames known, Problems problems) {
        this.sources = sources;
        this.known = known;
        this.problems = problems;
    }

    /// Reads a policy; what is wrong goes into `problems`.
    ///
    /// @return what could be read, empty when the file is not even YAML
    public static Optional<PolicySet> read(
            PolicySource sources, KnownNames known, Problems problems) {
        var root = Yaml.parse("", sources.yaml(), problems);
        if (root == null) {
            return Optional.empty();
        }
        return Optional.of(new PolicyReader(sources, known, problems).policySet(root));
    }

    /// Reads a request as tests write it, in YAML or JSON; what is wrong goes into `problems`.
    ///
    /// @return empty when it is not even YAML
    public static Optional<PolicyTest.Request> request(
            String text, KnownNames known, Problems problems) {
        return Optional.ofNullable(PolicyTestReader.request(text, known, problems));
    }

    /// The names of the files that a file imports itself; what is wrong with it is not told.
    public static List<String> imports(String yaml) {
        var problems = new Problems();
        var root = Yaml.parse("", yaml, problems);
        if (root == null) {
            return List.of();
        }
        var fields = Fields.of(Shapes.POLICY, root, new SourceText("", yaml), problems);
        return fields.isList("imports")
                ? Objects.requireNonNullElse(fields.texts("imports"), List.<Located>of()).stream()
                        .map(Located::value)
                        .filter(PolicyReader::isFile)
                        .toList()
                : List.of();
    }

    private PolicySet policySet(Node root) {
        var reading = new Reading(new SourceText("", sources.yaml()), problems, known);
        var fields = reading.fields(Shapes.POLICY, root);
        var name = head(reading, fields, "PolicySet");
        imports(fields, List.of(""));
        shared(reading, fields);
        var defaultClass = DataClass.HIGHEST;
        var classification = fields.optional("classification");
        if (classification != null) {
            var inner = reading.fields(Shapes.CLASSIFICATION, classification);
            var written = inner.constant("default", DataClass.class);
            defaultClass = written == null ? defaultClass : written;
            raises(reading, inner);
        }
        var placement =
                new PlacementReader(reading, detectors.stream().map(OwnDetector::name).toList())
                        .rules(fields);
        var governance = new GovernanceReader(reading);
        var amounts =
                new Governance(
                        residency,
                        governance.priorities(fields),
                        governance.limits(fields),
                        governance.budgets(fields));
        var tests = new PolicyTestReader(reading).tests(fields, attributes, placement, amounts);
        return new PolicySet(
                name,
                attributes,
                declared,
                defaultClass,
                raises,
                placement,
                invariants,
                amounts,
                tests,
                detectors);
    }

    /// @param chain the files that import one another down to this one
    private void imports(Fields fields, List<String> chain) {
        var files = Objects.requireNonNullElse(fields.texts("imports"), List.<Located>of());
        for (var file : files) {
            var name = file.value();
            if (!isFile(name)) {
                problems.add(
                        file.at(),
                        "'%s' is no name of a file beside this one".formatted(name),
                        "use a relative path without '..', such as common.yaml");
            } else if (chain.contains(name)) {
                problems.add(
                        file.at(),
                        "'%s' imports itself%s".formatted(name, way(chain, name)),
                        "remove one of these imports");
            } else if (!sources.imports().containsKey(name)) {
                problems.add(
                        file.at(),
                        "the imported file '%s' is missing".formatted(name),
                        "put it beside the policy; 'spillway policy publish' sends both as one"
                                + " file");
            } else if (imported.add(name)) {
                fragment(name, chain);
            }
        }
    }

    private static boolean isFile(String name) {
        return FILE.matcher(name).matches() && !List.of(name.split("/")).contains("..");
    }

    private static String way(List<String> chain, String name) {
        var way = chain.subList(chain.indexOf(name), chain.size());
        return way.size() < 2 ? "" : ", by way of " + String.join(", ", way.subList(1, way.size()));
    }

    private void fragment(String file, List<String> chain) {
        var yaml = Objects.requireNonNull(sources.imports().get(file));
        var root = Yaml.parse(file, yaml, problems);
        if (root == null) {
            return;
        }
        var reading = new Reading(new SourceText(file, yaml), problems, known);
        var fields = reading.fields(Shapes.FRAGMENT, root);
        head(reading, fields, "PolicyFragment");
        var deeper = new ArrayList<>(chain);
        deeper.add(file);
        imports(fields, deeper);
        shared(reading, fields);
        var classification = fields.optional("classification");
        if (classification != null) {
            raises(reading, reading.fields(Shapes.IMPORTED_CLASSIFICATION, classification));
        }
    }

    private void shared(Reading reading, Fields fields) {
        attributes(reading, fields);
        detectors.addAll(new DetectorReader(reading, detectorNames).detectors(fields));
        residency.addAll(new GovernanceReader(reading).residency(fields, residencyNames));
        for (var node : fields.list("invariants")) {
            var never = reading.fields(Shapes.INVARIANT, node).expression("never");
            if (never != null) {
                invariants.add(new Invariant(never));
            }
        }
    }

    private static String head(Reading reading, Fields fields, String kind) {
        constant(reading, fields, "apiVersion", Shapes.API_VERSION);
        constant(reading, fields, "kind", kind);
        var metadata = fields.optional("metadata");
        if (metadata == null) {
            return "";
        }
        var inner = reading.fields(Shapes.METADATA, metadata);
        inner.text("description");
        var name = inner.text("name");
        if (name == null) {
            return "";
        }
        try {
            return Names.check("policy", name);
        } catch (IllegalArgumentException e) {
            reading.problem(inner.at("name"), String.valueOf(e.getMessage()), "");
            return "";
        }
    }

    private static void constant(Reading reading, Fields fields, String key, String expected) {
        var text = fields.text(key);
        if (text != null && !text.equals(expected)) {
            reading.problem(
                    fields.at(key),
                    "'%s' is '%s'".formatted(key, text),
                    "write '%s: %s'".formatted(key, expected));
        }
    }

    private void attributes(Reading reading, Fields top) {
        var node = top.optional("attributes");
        if (node == null) {
            return;
        }
        var fields = Fields.open("'attributes'", node, reading.source(), problems);
        for (var name : fields.keys()) {
            var at = fields.keyAt(name);
            var before = declared.get(name);
            if (!ATTRIBUTE.matcher(name).matches()) {
                problems.add(
                        at,
                        "'%s' cannot be the name of an attribute".formatted(name),
                        "use letters, digits and '_', beginning with a letter");
            } else if (before != null) {
                problems.add(
                        at,
                        "attribute '%s' is declared already, in %s".formatted(name, before.words()),
                        "declare it once");
            } else {
                declared.put(name, at);
                attribute(reading, fields.optional(name), name);
            }
        }
    }

    private void attribute(Reading reading, @Nullable Node value, String name) {
        if (value == null) {
            return;
        }
        var fields = reading.fields(Shapes.ATTRIBUTE_DECLARATION, value);
        var type = fields.constant("type", AttributeType.class);
        var optional = fields.flag("optional");
        attributes.put(
                name,
                new AttributeDeclaration(
                        type == null ? AttributeType.STRING : type, optional != null && optional));
    }

    private void raises(Reading reading, Fields classification) {
        for (var node : classification.list("rules")) {
            var fields = reading.fields(Shapes.RAISE, node);
            var name = reading.unique(fields, raiseNames, "classification rule");
            var when = fields.expression("when");
            var to = fields.constant("raise", DataClass.class);
            if (when != null) {
                raises.add(new Raise(name.value(), when, to == null ? DataClass.HIGHEST : to));
            }
        }
    }
}
