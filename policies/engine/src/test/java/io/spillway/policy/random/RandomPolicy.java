package io.spillway.policy.random;

import io.spillway.api.decision.WhenFull;
import io.spillway.api.request.DataClass;
import io.spillway.policy.PolicySource;
import io.spillway.policy.condition.Place;
import java.time.Instant;
import java.time.ZoneId;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Random;
import java.util.Set;
import java.util.regex.Pattern;

/// A policy as the tests know it, and the file that says the same.
public record RandomPolicy(
        DataClass fallback,
        List<Raise> raises,
        List<Rule> rules,
        List<Residency> residency,
        List<Cond> never) {

    private static final List<List<String>> CHAINS =
            List.of(
                    List.of("small-chat"),
                    List.of("small-chat", "chat"),
                    List.of("chat", "small-chat"));

    record Raise(Cond when, DataClass to) {}

    /// @param whenFull null when the file leaves it out
    record Rule(
            Cond when, Window window, List<Use> use, WhenFull whenFull, List<String> degradeTo) {}

    /// @param mask types that are masked for public places
    record Use(
            String zone,
            String environment,
            Cond when,
            Window window,
            Long maxPrice,
            Set<String> mask) {
        /// Whether it can come to apply while a request waits.
        boolean changesWithTime() {
            return window != null
                    || (when != null
                            && Pattern.compile("predictedTtft|hour|minuteOfDay|weekday")
                                    .matcher(when.cel())
                                    .find());
        }
    }

    record Residency(Cond when, Set<String> allow) {}

    /// @param from minute of the day; the window ends on the next day when `to` is not later
    record Window(String zone, List<String> days, int from, int to) {
        static Window maybe(Random random, RandomConditions conditions) {
            if (random.nextInt(5) > 0) {
                return null;
            }
            int from = random.nextInt(1440);
            int to = 1 + random.nextInt(1440);
            return new Window(
                    conditions.pick(List.of("Europe/Berlin", "Asia/Shanghai", "UTC")),
                    random.nextBoolean() ? RandomConditions.DAYS : List.of("fri", "sun"),
                    from,
                    from == to ? to % 1440 + 1 : to);
        }

        /// Every window that could be open, one by one.
        boolean open(Instant now) {
            var wall = now.atZone(ZoneId.of(zone)).toLocalDateTime();
            for (var begins : List.of(wall.toLocalDate(), wall.toLocalDate().minusDays(1))) {
                var start = begins.atStartOfDay().plusMinutes(from);
                var end = begins.atStartOfDay().plusMinutes(to).plusDays(to > from ? 0 : 1);
                if (days.contains(RandomConditions.DAYS.get(begins.getDayOfWeek().getValue() - 1))
                        && !wall.isBefore(start)
                        && wall.isBefore(end)) {
                    return true;
                }
            }
            return false;
        }

        String yaml() {
            return "{ zone: %s, days: [%s], from: \"%02d:%02d\", to: \"%02d:%02d\" }"
                    .formatted(
                            zone, String.join(", ", days), from / 60, from % 60, to / 60, to % 60);
        }
    }

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
                            Window.maybe(random, conditions),
                            use,
                            random.nextInt(3) == 0 && whenFull != WhenFull.SHED ? null : whenFull,
                            whenFull == WhenFull.DEGRADE ? conditions.pick(CHAINS) : List.of()));
        }
        var never = new ArrayList<Cond>();
        for (int i = random.nextInt(3); i > 0; i--) {
            never.add(
                    Cond.and(
                            conditions.any(Place.INVARIANT, 1),
                            conditions.any(Place.INVARIANT, 1)));
        }
        var residency = new ArrayList<Residency>();
        for (int i = random.nextInt(3); i > 0; i--) {
            residency.add(
                    new Residency(
                            random.nextInt(4) == 0 ? null : conditions.any(Place.PLACEMENT, 1),
                            conditions.pick(
                                    List.of(Set.of("DE", "FR", "US"), Set.of("DE"), Set.of()))));
        }
        return new RandomPolicy(
                random.nextInt(3) == 0 ? DataClass.INTERNAL : DataClass.PUBLIC,
                raises,
                rules,
                residency,
                never);
    }

    /// This policy with all that can be shared in a file of its own.
    public PolicySource inTwoFiles() {
        var own = new RandomPolicy(fallback, List.of(), rules, List.of(), List.of()).yaml();
        var shared = new RandomPolicy(fallback, raises, List.of(), residency, never).yaml();
        return new PolicySource(
                own.replaceFirst("attributes:\n(  .*\n)+", "") + "imports: [ lib/shared.yaml ]\n",
                Map.of(
                        "lib/shared.yaml",
                        shared.replace("PolicySet", "PolicyFragment")
                                .replaceFirst("  default: .*\n", "")
                                .replace("placement:\n", "")));
    }

    /// This policy with one more thing that must not happen.
    public RandomPolicy andNever(Random random) {
        var more = new ArrayList<>(never);
        more.add(new RandomConditions(random).any(Place.INVARIANT, 1));
        return new RandomPolicy(fallback, raises, rules, residency, more);
    }

    /// This policy with other things that must not happen, each so narrow that many never do.
    public RandomPolicy withNarrowNevers(Random random) {
        var conditions = new RandomConditions(random);
        var narrow = new ArrayList<Cond>();
        for (int i = 0; i < 3; i++) {
            var all = conditions.any(Place.INVARIANT, 0);
            for (int k = 0; k < 2 + i; k++) {
                all = Cond.and(all, conditions.any(Place.INVARIANT, 0));
            }
            narrow.add(all);
        }
        return new RandomPolicy(fallback, raises, rules, residency, narrow);
    }

    private static Use use(Random random, RandomConditions conditions) {
        var zone = conditions.pick(List.of("private", "public", ""));
        return new Use(
                zone.isEmpty() ? null : zone,
                zone.isEmpty()
                        ? conditions.pick(List.of("onprem", "edge", "aws-burst", "azure-eu"))
                        : null,
                random.nextInt(2) == 0 ? null : conditions.any(Place.USE, 1),
                Window.maybe(random, conditions),
                random.nextInt(3) == 0 ? conditions.pick(List.of(0L, 900L, 4000L)) : null,
                zone.equals("private") || random.nextInt(2) > 0
                        ? Set.of()
                        : conditions.pick(RandomRequests.MASKS));
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
        for (int i = 0; i < residency.size(); i++) {
            var rule = residency.get(i);
            yaml.append(i == 0 ? "residency:\n" : "")
                    .append("  - { name: j%d, ".formatted(i))
                    .append(rule.when() == null ? "" : "when: \"" + rule.when().cel() + "\", ")
                    .append("allow: [" + String.join(", ", rule.allow()) + "] }\n");
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
        if (!rule.degradeTo().isEmpty()) {
            yaml.append("    degradeTo: ").append(rule.degradeTo()).append('\n');
        }
        if (rule.window() != null) {
            yaml.append("    window: ").append(rule.window().yaml()).append('\n');
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
            if (use.window() != null) {
                yaml.append(", window: ").append(use.window().yaml());
            }
            if (use.maxPrice() != null) {
                yaml.append(", maxMicrosPer1kTokens: ").append(use.maxPrice());
            }
            if (!use.mask().isEmpty()) {
                yaml.append(", mask: ").append(use.mask());
            }
            yaml.append(" }\n");
        }
    }
}
