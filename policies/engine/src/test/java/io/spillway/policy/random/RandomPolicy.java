package io.spillway.policy.random;

import io.spillway.api.decision.WhenFull;
import io.spillway.api.request.DataClass;
import io.spillway.policy.condition.Place;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Random;

/// A policy as the tests know it, and the file that says the same.
public record RandomPolicy(
        DataClass fallback, List<Raise> raises, List<Rule> rules, List<Cond> never) {

    record Raise(Cond when, DataClass to) {}

    /// @param whenFull null when the file leaves it out
    record Rule(Cond when, List<Use> use, WhenFull whenFull, String degradeTo) {}

    record Use(String zone, String environment, Cond when, Long maxPrice) {}

    public static RandomPolicy next(Random random) {
        var conditions = new RandomConditions(random);
        var raises = new ArrayList<Raise>();
        for (int i = random.nextInt(5); i > 0; i--) {
            raises.add(
                    new Raise(
                            conditions.any(Place.CLASSIFICATION, 2),
                            conditions.pick(List.of(DataClass.values()))));
        }
        var rules = new ArrayList<Rule>();
        for (int i = 1 + random.nextInt(5); i > 0; i--) {
            var use = new ArrayList<Use>();
            for (int k = 1 + random.nextInt(3); k > 0; k--) {
                use.add(use(random, conditions));
            }
            var whenFull = conditions.pick(List.of(WhenFull.values()));
            rules.add(
                    new Rule(
                            random.nextInt(3) == 0 ? null : conditions.any(Place.PLACEMENT, 2),
                            use,
                            random.nextInt(3) == 0 && whenFull != WhenFull.SHED ? null : whenFull,
                            whenFull == WhenFull.DEGRADE ? "small-chat" : null));
        }
        var never = new ArrayList<Cond>();
        for (int i = random.nextInt(3); i > 0; i--) {
            never.add(
                    Cond.and(
                            conditions.any(Place.INVARIANT, 1),
                            conditions.any(Place.INVARIANT, 1)));
        }
        return new RandomPolicy(
                random.nextInt(3) == 0 ? DataClass.INTERNAL : DataClass.PUBLIC,
                raises,
                rules,
                never);
    }

    private static Use use(Random random, RandomConditions conditions) {
        var zone = conditions.pick(List.of("private", "public", ""));
        return new Use(
                zone.isEmpty() ? null : zone,
                zone.isEmpty()
                        ? conditions.pick(List.of("onprem", "edge", "aws-burst", "azure-eu"))
                        : null,
                random.nextInt(2) == 0 ? null : conditions.any(Place.USE, 1),
                random.nextInt(3) == 0 ? conditions.pick(List.of(0L, 900L, 4000L)) : null);
    }

    /// The file.
    public String yaml() {
        var yaml = new StringBuilder();
        yaml.append(
                """
                apiVersion: spillway/v1
                kind: PolicySet
                metadata: { name: random }
                attributes:
                  department: { type: string }
                  level: { type: int, optional: true }
                  vip: { type: bool }
                classification:
                """);
        yaml.append("  default: ").append(fallback.wire()).append("\n  rules:");
        yaml.append(raises.isEmpty() ? " []\n" : "\n");
        for (int i = 0; i < raises.size(); i++) {
            yaml.append(
                    "    - { name: r%d, when: \"%s\", raise: %s }\n"
                            .formatted(i, raises.get(i).when().cel(), raises.get(i).to().wire()));
        }
        yaml.append("placement:\n");
        for (int i = 0; i < rules.size(); i++) {
            rule(i, rules.get(i), yaml);
        }
        if (!never.isEmpty()) {
            yaml.append("invariants:\n");
            never.forEach(it -> yaml.append("  - never: \"").append(it.cel()).append("\"\n"));
        }
        return yaml.toString();
    }

    private static void rule(int number, Rule rule, StringBuilder yaml) {
        yaml.append("  - name: p").append(number).append('\n');
        if (rule.when() != null) {
            yaml.append("    when: \"").append(rule.when().cel()).append("\"\n");
        }
        if (rule.whenFull() != null) {
            yaml.append("    whenFull: ")
                    .append(rule.whenFull().name().toLowerCase(Locale.ROOT))
                    .append('\n');
        }
        if (rule.degradeTo() != null) {
            yaml.append("    degradeTo: ").append(rule.degradeTo()).append('\n');
        }
        yaml.append("    use:\n");
        for (var use : rule.use()) {
            yaml.append("      - { ")
                    .append(
                            use.zone() != null
                                    ? "zone: " + use.zone()
                                    : "environment: " + use.environment());
            if (use.when() != null) {
                yaml.append(", when: \"").append(use.when().cel()).append('"');
            }
            if (use.maxPrice() != null) {
                yaml.append(", maxMicrosPer1kTokens: ").append(use.maxPrice());
            }
            yaml.append(" }\n");
        }
    }
}
