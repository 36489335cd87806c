package io.spillway.policy.document;

import io.spillway.api.environment.Zone;
import io.spillway.api.request.DataClass;
import io.spillway.api.request.Operation;
import io.spillway.policy.KnownNames;
import io.spillway.policy.document.PolicySet.AttributeDeclaration;
import io.spillway.policy.document.PolicySet.Governance;
import io.spillway.policy.document.PolicySet.Limit;
import io.spillway.policy.document.PolicySet.PlacementRule;
import io.spillway.policy.document.PolicyTest.Expectation;
import io.spillway.policy.document.PolicyTest.Outcome;
import io.spillway.policy.document.PolicyTest.Request;
import io.spillway.policy.document.PolicyTest.Size;
import java.time.DateTimeException;
import java.time.Duration;
import java.time.Instant;
import java.time.OffsetDateTime;
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
    private final Reading reading;
    private final Problems problems;
    private final KnownNames known;

    PolicyTestReader(Reading reading) {
        this.reading = reading;
        this.problems = reading.problems();
        this.known = reading.known();
    }

    /// Reads a request that stands alone, in YAML or JSON. Any attribute may be given.
    static @Nullable Request request(String text, KnownNames known, Problems problems) {
        var root = Yaml.parse("", text, problems);
        return root == null
                ? null
                : new PolicyTestReader(new Reading(new SourceText("", text), problems, known))
                        .request(root, null);
    }

    List<PolicyTest> tests(
            Fields top,
            Map<String, AttributeDeclaration> attributes,
            List<PlacementRule> placement,
            Governance governance) {
        var tests = new ArrayList<PolicyTest>();
        var names = new HashSet<String>();
        for (var node : top.list("tests")) {
            var fields = reading.fields(PolicyTestShapes.TEST, node);
            var name = fields.text("name");
            if (name != null && !names.add(name)) {
                problems.add(
                        fields.at("name"),
                        "there is already a test named '%s'".formatted(name),
                        "give this one another name");
            }
            var request = fields.optional("request");
            var expect = fields.optional("expect");
            if (name != null && request != null && expect != null) {
                tests.add(
                        new PolicyTest(
                                new Located(name, fields.at("name")),
                                request(request, attributes),
                                expectation(expect, placement, governance)));
            }
        }
        return tests;
    }

    private Request request(Node node, @Nullable Map<String, AttributeDeclaration> declared) {
        var fields = reading.fields(PolicyTestShapes.TEST_REQUEST, node);
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
                orEmpty(names(fields, "down", environments)),
                size(fields),
                at(fields));
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

    private Map<String, String> attributes(
            Fields top, @Nullable Map<String, AttributeDeclaration> declared) {
        var node = top.optional("attributes");
        if (node == null) {
            return Map.of();
        }
        var values = new LinkedHashMap<String, String>();
        var fields = Fields.open("'attributes'", node, reading.source(), problems);
        for (var name : fields.keys()) {
            if (declared != null) {
                known(
                        new Located(name, fields.keyAt(name)),
                        "declared attribute",
                        declared.keySet());
            }
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

    private Size size(Fields fields) {
        var stream = fields.flag("stream");
        return new Size(
                stream != null && stream,
                fields.wholeNumber("bodyBytes", Integer.MAX_VALUE),
                fields.wholeNumber("expectedPromptTokens", Integer.MAX_VALUE),
                fields.wholeNumber("maxTokens", Integer.MAX_VALUE));
    }

    private @Nullable Instant at(Fields fields) {
        var text = fields.text("at");
        if (text == null) {
            return null;
        }
        try {
            return OffsetDateTime.parse(text).toInstant();
        } catch (DateTimeException _) {
            problems.add(
                    fields.at("at"),
                    "'%s' is no time".formatted(text),
                    "write date, time and offset, such as \"2026-03-28T23:30:00+01:00\"");
            return null;
        }
    }

    private Expectation expectation(
            Node node, List<PlacementRule> placement, Governance governance) {
        var fields = reading.fields(PolicyTestShapes.TEST_EXPECT, node);
        if (fields.isMapping() && fields.keys().isEmpty()) {
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
        var limits = fields.texts("limits");
        if (limits != null) {
            var names = governance.limits().stream().map(Limit::name).toList();
            limits.forEach(it -> known(it, "limit", names));
        }
        var degradeTo = fields.text("degradeTo");
        if (degradeTo != null) {
            known(new Located(degradeTo, fields.at("degradeTo")), "model", known.models());
        }
        return new Expectation(
                fields.constant("zone", Zone.class),
                environments == null ? null : environments.stream().map(Located::value).toList(),
                fields.constant("class", DataClass.class),
                fields.constant("outcome", Outcome.class),
                rule,
                degradeTo,
                fields.wholeNumber("priority", 9),
                limits == null ? null : limits.stream().map(Located::value).toList());
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
        reading.known(name.at(), what, name.value(), names);
    }

    private static Set<String> orEmpty(@Nullable Set<String> set) {
        return set == null ? Set.of() : set;
    }
}
