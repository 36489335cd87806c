package io.spillway.policy.document;

import io.spillway.api.environment.Zone;
import io.spillway.api.request.DataClass;
import io.spillway.api.request.Operation;
import io.spillway.policy.KnownNames;
import io.spillway.policy.document.PolicySet.AttributeDeclaration;
import io.spillway.policy.document.PolicySet.PlacementRule;
import io.spillway.policy.document.PolicyTest.Expectation;
import io.spillway.policy.document.PolicyTest.Outcome;
import io.spillway.policy.document.PolicyTest.Request;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import org.snakeyaml.engine.v2.nodes.Node;

/// Reads the `tests` section of a policy file.
final class PolicyTestReader {
    private static final List<String> REQUEST =
            List.of(
                    "text",
                    "messages",
                    "tenant",
                    "team",
                    "model",
                    "operation",
                    "headerClass",
                    "roles",
                    "attributes",
                    "unscanned",
                    "maySpill",
                    "jurisdictions",
                    "predictedTtft",
                    "down");

    private final SourceText source;
    private final Problems problems;
    private final KnownNames known;

    PolicyTestReader(SourceText source, Problems problems, KnownNames known) {
        this.source = source;
        this.problems = problems;
        this.known = known;
    }

    List<PolicyTest> tests(
            Fields top,
            Map<String, AttributeDeclaration> attributes,
            List<PlacementRule> placement) {
        var tests = new ArrayList<PolicyTest>();
        var names = new HashSet<String>();
        for (var node : top.list("tests")) {
            var fields =
                    Fields.of(
                            "a test", node, source, problems, List.of("name", "request", "expect"));
            var name = fields.requiredText("name");
            if (name != null && !names.add(name)) {
                problems.add(
                        fields.at("name"),
                        "there is already a test named '%s'".formatted(name),
                        "give this one another name");
            }
            var request = fields.required("request");
            var expect = fields.required("expect");
            if (name != null && request != null && expect != null) {
                tests.add(
                        new PolicyTest(
                                new Located(name, fields.at("name")),
                                request(request, attributes),
                                expectation(expect, placement)));
            }
        }
        return tests;
    }

    private Request request(Node node, Map<String, AttributeDeclaration> declared) {
        var fields = Fields.of("'request'", node, source, problems, REQUEST);
        var tenant = fields.text("tenant");
        var model = fields.text("model");
        if (model != null) {
            known(new Located(model, fields.at("model")), "model", known.models());
        }
        var operation = fields.constant("operation", Operation.class);
        var environments = known.environments().keySet();
        return new Request(
                messages(fields),
                tenant == null ? "test" : tenant,
                fields.text("team"),
                model == null ? anyModel() : model,
                operation == null ? Operation.CHAT : operation,
                fields.constant("headerClass", DataClass.class),
                orEmpty(strings(fields, "roles")),
                attributes(fields, declared),
                orEmpty(strings(fields, "unscanned")),
                names(fields, "maySpill", environments),
                strings(fields, "jurisdictions"),
                duration(fields),
                orEmpty(names(fields, "down", environments)));
    }

    /// A test that names no model means one that no rule speaks of.
    private String anyModel() {
        return known.models().stream().sorted().findFirst().orElse("any-model");
    }

    private List<String> messages(Fields fields) {
        var text = fields.text("text");
        var messages = fields.texts("messages");
        if (text != null && messages != null) {
            problems.add(
                    fields.at("messages"),
                    "a request has either 'text' or 'messages'",
                    "leave one of them out");
        }
        if (messages != null) {
            return messages.stream().map(Located::value).toList();
        }
        return text == null ? List.of() : List.of(text);
    }

    private Map<String, String> attributes(Fields top, Map<String, AttributeDeclaration> declared) {
        var node = top.optional("attributes");
        if (node == null) {
            return Map.of();
        }
        var values = new LinkedHashMap<String, String>();
        var fields = Fields.open("'attributes'", node, source, problems);
        for (var name : fields.keys()) {
            known(new Located(name, fields.keyAt(name)), "declared attribute", declared.keySet());
            var value = fields.text(name);
            if (value != null) {
                values.put(name, value);
            }
        }
        return values;
    }

    /// The prediction of the private pools: 100 ms unless the test says otherwise.
    private @Nullable Duration duration(Fields fields) {
        var text = fields.text("predictedTtft");
        if (text == null) {
            return Duration.ofMillis(100);
        }
        if (text.equals("unknown")) {
            return null;
        }
        try {
            return Durations.parse(text);
        } catch (IllegalArgumentException e) {
            problems.add(
                    fields.at("predictedTtft"),
                    String.valueOf(e.getMessage()),
                    "such as 1500ms, 2s or unknown");
            return null;
        }
    }

    private Expectation expectation(Node node, List<PlacementRule> placement) {
        var fields =
                Fields.of(
                        "'expect'",
                        node,
                        source,
                        problems,
                        List.of("zone", "environments", "class", "outcome", "rule"));
        if (fields.keys().isEmpty()) {
            problems.add(
                    fields.start(),
                    "'expect' expects nothing, so the test cannot fail",
                    "such as expect: { zone: private }");
        }
        var rule = fields.text("rule");
        if (rule != null) {
            var rules = placement.stream().map(it -> it.name().value()).toList();
            known(new Located(rule, fields.at("rule")), "placement rule", rules);
        }
        var environments = fields.texts("environments");
        if (environments != null) {
            environments.forEach(it -> known(it, "environment", known.environments().keySet()));
        }
        return new Expectation(
                fields.constant("zone", Zone.class),
                environments == null ? null : environments.stream().map(Located::value).toList(),
                fields.constant("class", DataClass.class),
                fields.constant("outcome", Outcome.class),
                rule);
    }

    private static @Nullable Set<String> strings(Fields fields, String key) {
        var texts = fields.texts(key);
        return texts == null ? null : Set.copyOf(texts.stream().map(Located::value).toList());
    }

    private @Nullable Set<String> names(Fields fields, String key, Collection<String> names) {
        var texts = fields.texts(key);
        if (texts == null) {
            return null;
        }
        texts.forEach(it -> known(it, "environment", names));
        return Set.copyOf(texts.stream().map(Located::value).toList());
    }

    private void known(Located name, String what, Collection<String> names) {
        if (!names.contains(name.value())) {
            problems.add(
                    name.at(),
                    "there is no %s '%s'".formatted(what, name.value()),
                    Suggestion.hint(name.value(), names));
        }
    }

    private static Set<String> orEmpty(@Nullable Set<String> set) {
        return set == null ? Set.of() : set;
    }
}
