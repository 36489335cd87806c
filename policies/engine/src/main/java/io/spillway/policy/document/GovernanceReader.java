package io.spillway.policy.document;

import io.spillway.api.environment.Money;
import io.spillway.policy.condition.Jurisdictions;
import io.spillway.policy.document.PolicySet.Budget;
import io.spillway.policy.document.PolicySet.Limit;
import io.spillway.policy.document.PolicySet.Per;
import io.spillway.policy.document.PolicySet.Priority;
import io.spillway.policy.document.PolicySet.Residency;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Objects;
import java.util.Set;

/// Reads the sections `residency`, `priorities`, `limits` and `budgets`.
final class GovernanceReader {
    private static final long NANOS_PER_MICRO = 1_000;

    private final Reading reading;

    GovernanceReader(Reading reading) {
        this.reading = reading;
    }

    /// @param names names that are taken already
    List<Residency> residency(Fields top, Set<String> names) {
        var rules = new ArrayList<Residency>();
        for (var node : top.list("residency")) {
            var fields = reading.fields(GovernanceShapes.RESIDENCY, node);
            var name = reading.unique(fields, names, "residency rule");
            var codes = new HashSet<String>();
            for (var code : Objects.requireNonNullElse(fields.texts("allow"), List.<Located>of())) {
                if (!Jurisdictions.of(reading.known()).contains(code.value())) {
                    reading.problem(
                            code.at(),
                            "there is no jurisdiction '%s'".formatted(code.value()),
                            Jurisdictions.hint(code.value()));
                }
                codes.add(code.value());
            }
            rules.add(new Residency(name.value(), fields.expression("when"), codes));
        }
        return rules;
    }

    List<Priority> priorities(Fields top) {
        var rules = new ArrayList<Priority>();
        var names = new HashSet<String>();
        for (var node : top.list("priorities")) {
            var fields = reading.fields(GovernanceShapes.PRIORITY, node);
            var name = reading.unique(fields, names, "priority rule");
            var band = fields.wholeNumber("priority", 9);
            rules.add(
                    new Priority(name.value(), fields.expression("when"), band == null ? 0 : band));
        }
        return rules;
    }

    List<Limit> limits(Fields top) {
        var limits = new ArrayList<Limit>();
        var names = new HashSet<String>();
        for (var node : top.list("limits")) {
            var fields = reading.fields(GovernanceShapes.LIMIT, node);
            var name = reading.unique(fields, names, "limit");
            var rate = fields.wholeNumber("requestsPerMinute", 10_000_000);
            var prompt = fields.wholeNumber("maxPromptTokens", Integer.MAX_VALUE);
            var output = fields.wholeNumber("maxOutputTokens", Integer.MAX_VALUE);
            var per = fields.constant("per", Per.class);
            if (fields.isMapping()
                    && !fields.has("requestsPerMinute")
                    && !fields.has("maxPromptTokens")
                    && !fields.has("maxOutputTokens")) {
                reading.problem(
                        fields.start(),
                        "this limit limits nothing",
                        "add requestsPerMinute, maxPromptTokens or maxOutputTokens");
            } else if (per != null && !fields.has("requestsPerMinute")) {
                reading.problem(
                        fields.keyAt("per"),
                        "'per' says who shares 'requestsPerMinute', which is not there",
                        "add requestsPerMinute or leave 'per' out");
            }
            limits.add(
                    new Limit(
                            name.value(),
                            fields.expression("when"),
                            per == null ? Per.TENANT : per,
                            rate,
                            prompt,
                            output));
        }
        return limits;
    }

    List<Budget> budgets(Fields top) {
        var budgets = new ArrayList<Budget>();
        var tenants = new HashSet<String>();
        for (var node : top.list("budgets")) {
            var fields = reading.fields(GovernanceShapes.BUDGET, node);
            var tenant = fields.text("tenant");
            var micros = fields.wholeNumber("monthlyMicros");
            var currency = fields.text("currency");
            if (tenant != null && !tenants.add(tenant)) {
                reading.problem(
                        fields.at("tenant"),
                        "there is already a budget of tenant '%s'".formatted(tenant),
                        "keep the smaller one");
            }
            if (micros != null && micros > Long.MAX_VALUE / NANOS_PER_MICRO) {
                reading.problem(
                        fields.at("monthlyMicros"),
                        "'monthlyMicros' is too large to be counted exactly",
                        "use at most " + Long.MAX_VALUE / NANOS_PER_MICRO);
                micros = null;
            }
            if (currency != null && !currency.matches("[A-Z]{3}")) {
                reading.problem(
                        fields.at("currency"),
                        "'%s' is no currency".formatted(currency),
                        "use an ISO 4217 code of three letters, such as USD or EUR");
                currency = null;
            }
            if (tenant != null && micros != null && currency != null) {
                budgets.add(new Budget(tenant, new Money(micros * NANOS_PER_MICRO, currency)));
            }
        }
        return budgets;
    }
}
