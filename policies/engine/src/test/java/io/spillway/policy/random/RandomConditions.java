package io.spillway.policy.random;

import io.spillway.api.request.DataClass;
import io.spillway.policy.condition.Place;
import java.time.ZoneId;
import java.time.temporal.ChronoField;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Random;
import java.util.function.Function;

/// Makes conditions that are valid in a given place.
public final class RandomConditions {
    static final List<String> DAYS = List.of("mon", "tue", "wed", "thu", "fri", "sat", "sun");

    private final Random random;

    public RandomConditions(Random random) {
        this.random = random;
    }

    /// Any condition of the language that may stand there.
    public Cond any(Place place, int depth) {
        if (depth > 0 && random.nextInt(3) > 0) {
            return switch (random.nextInt(5)) {
                case 0, 1 -> Cond.and(any(place, depth - 1), any(place, depth - 1));
                case 2, 3 -> Cond.or(any(place, depth - 1), any(place, depth - 1));
                default -> Cond.not(any(place, depth - 1));
            };
        }
        var kinds = new ArrayList<Integer>(List.of(0, 0, 1, 2, 3));
        if (place.variables().contains("dataClass")) {
            kinds.addAll(List.of(4, 4, 4));
        }
        if (place.variables().contains("findings")) {
            kinds.addAll(List.of(5, 5, 5));
        }
        if (place.variables().contains("environment")) {
            kinds.addAll(List.of(6, 6, 7));
        }
        if (place.variables().contains("predictedTtft")) {
            kinds.addAll(List.of(8, 8, 8));
        }
        if (place.clock()) {
            kinds.addAll(List.of(9, 9));
        }
        if (place.variables().contains("bodyBytes")) {
            kinds.add(10);
        }
        kinds.add(11);
        return switch (pick(kinds)) {
            case 0 -> request();
            case 1 -> attribute();
            case 2 -> role();
            case 3 -> team();
            case 4 -> dataClass();
            case 5 -> findings();
            case 6 -> environment();
            case 7 -> jurisdiction();
            case 8 -> ttft();
            case 9 -> clock();
            case 10 -> size();
            default -> unscanned();
        };
    }

    private Cond clock() {
        var zone = pick(List.of("Europe/Berlin", "Asia/Shanghai", "America/New_York", "UTC"));
        int bound = random.nextInt(24);
        return switch (random.nextInt(3)) {
            case 0 ->
                    Cond.of(
                            "hour('%s') >= %d".formatted(zone, bound),
                            it -> it.now().atZone(ZoneId.of(zone)).getHour() >= bound);
            case 1 ->
                    Cond.of(
                            "minuteOfDay('%s') < %d".formatted(zone, bound * 60),
                            it ->
                                    it.now().atZone(ZoneId.of(zone)).get(ChronoField.MINUTE_OF_DAY)
                                            < bound * 60);
            default -> {
                var days = List.of(pick(DAYS), pick(DAYS), pick(DAYS));
                yield Cond.of(
                        "weekday('%s') in ['%s']".formatted(zone, String.join("', '", days)),
                        it ->
                                days.contains(
                                        DAYS.get(
                                                it.now()
                                                                .atZone(ZoneId.of(zone))
                                                                .getDayOfWeek()
                                                                .getValue()
                                                        - 1)));
            }
        };
    }

    private Cond size() {
        return switch (random.nextInt(3)) {
            case 0 -> Cond.of("stream", it -> it.request().stream());
            case 1 -> Cond.of("bodyBytes > 4096", it -> it.request().bodyBytes() > 4096);
            default ->
                    Cond.of(
                            "expectedPromptTokens <= 1000",
                            it -> it.request().expectedPromptTokens() <= 1000);
        };
    }

    private Cond unscanned() {
        var kind = pick(List.of("image", "audio", "token-ids"));
        return Cond.of(
                "'" + kind + "' in unscanned", it -> it.request().unscanned().contains(kind));
    }

    private Cond request() {
        return switch (random.nextInt(3)) {
            case 0 -> text("model", it -> it.request().model(), List.of("chat", "small-chat"));
            case 1 ->
                    text(
                            "operation",
                            it ->
                                    switch (it.request().operation()) {
                                        case CHAT -> "chat";
                                        case COMPLETIONS -> "completions";
                                        case EMBEDDINGS -> "embeddings";
                                    },
                            List.of("chat", "embeddings", "completions"));
            default ->
                    text(
                            "caller.tenant",
                            it -> it.request().caller().tenant(),
                            List.of("acme", "acme-lab", "trust-bank"));
        };
    }

    private Cond text(String cel, Function<Facts, String> fact, List<String> values) {
        var value = pick(values);
        return switch (random.nextInt(cel.equals("caller.tenant") ? 6 : 3)) {
            case 0 -> compared(cel + " == '" + value + "'", fact, value::equals);
            case 1 -> compared(cel + " != '" + value + "'", fact, it -> !value.equals(it));
            case 2 -> {
                var other = pick(values);
                yield compared(
                        "%s in ['%s', '%s']".formatted(cel, value, other),
                        fact,
                        it -> it.equals(value) || it.equals(other));
            }
            case 3 -> compared(cel + ".startsWith('acme')", fact, it -> it.startsWith("acme"));
            case 4 -> compared(cel + ".endsWith('-bank')", fact, it -> it.endsWith("-bank"));
            default -> compared(cel + ".contains('-')", fact, it -> it.contains("-"));
        };
    }

    private static Cond compared(
            String cel, Function<Facts, String> fact, Function<String, Boolean> test) {
        return new Cond(
                cel,
                facts -> {
                    var value = fact.apply(facts);
                    return value == null ? null : test.apply(value);
                });
    }

    private Cond attribute() {
        return switch (random.nextInt(4)) {
            case 0 ->
                    text(
                            "caller.attributes.department",
                            it -> it.request().caller().attributes().get("department"),
                            List.of("law", "sales"));
            case 1 -> new Cond("caller.attributes.vip", RandomConditions::vip);
            case 2 -> {
                int limit = random.nextInt(5);
                yield new Cond(
                        "has(caller.attributes.level) && caller.attributes.level >= " + limit,
                        facts -> {
                            var text = facts.request().caller().attributes().get("level");
                            if (text == null) {
                                return false;
                            }
                            return text.matches("-?\\d+") ? Integer.parseInt(text) >= limit : null;
                        });
            }
            default ->
                    Cond.of(
                            "!has(caller.attributes.level)",
                            it -> !it.request().caller().attributes().containsKey("level"));
        };
    }

    private static Boolean vip(Facts facts) {
        var text = facts.request().caller().attributes().get("vip");
        if ("true".equals(text)) {
            return true;
        }
        return "false".equals(text) ? false : null;
    }

    private Cond role() {
        var role = pick(List.of("admin", "auditor"));
        return Cond.of(
                "'" + role + "' in caller.roles",
                it -> it.request().caller().roles().contains(role));
    }

    private Cond team() {
        return Cond.of(
                "has(caller.team) && caller.team == 'red'",
                it -> "red".equals(it.request().caller().team()));
    }

    private Cond dataClass() {
        var bound = pick(List.of(DataClass.values()));
        int kind = random.nextInt(7);
        var cel =
                List.of(
                                "dataClass >= %s",
                                "dataClass > %s",
                                "dataClass < %s",
                                "dataClass <= %s",
                                "dataClass == %s",
                                "dataClass != %s",
                                "%s <= dataClass")
                        .get(kind);
        return Cond.of(
                cel.formatted(bound.wire()),
                it -> {
                    int difference = it.dataClass().compareTo(bound);
                    return switch (kind) {
                        case 0, 6 -> difference >= 0;
                        case 1 -> difference > 0;
                        case 2 -> difference < 0;
                        case 3 -> difference <= 0;
                        case 4 -> difference == 0;
                        default -> difference != 0;
                    };
                });
    }

    private Cond findings() {
        return switch (random.nextInt(5)) {
            case 0, 1 -> Cond.exists(finding(2));
            case 2 -> Cond.every(finding(1));
            case 3 -> Cond.countAbove(finding(1), random.nextInt(3));
            default -> {
                int limit = random.nextInt(4);
                yield Cond.of("size(findings) <= " + limit, it -> it.findings().size() <= limit);
            }
        };
    }

    private Cond finding(int depth) {
        if (depth > 0 && random.nextInt(2) == 0) {
            return switch (random.nextInt(3)) {
                case 0 -> Cond.and(finding(depth - 1), finding(depth - 1));
                case 1 -> Cond.or(finding(depth - 1), finding(depth - 1));
                default -> Cond.not(finding(depth - 1));
            };
        }
        return switch (random.nextInt(4)) {
            case 0 -> text("f.type", it -> it.finding().type(), List.of("email", "phone", "jwt"));
            case 1 -> text("f.category", it -> it.finding().category(), List.of("pii", "secret"));
            case 2 -> Cond.of("f.confidence >= 0.75", it -> it.finding().confidence() >= 0.75);
            default -> random.nextBoolean() ? attribute() : request();
        };
    }

    private Cond environment() {
        return switch (random.nextInt(4)) {
            case 3 -> clearance();
            case 0 ->
                    text(
                            "environment.zone",
                            it -> it.environment().zone().wire(),
                            List.of("private", "public"));
            case 1 ->
                    text(
                            "environment.provider",
                            it -> it.environment().provider(),
                            List.of("onprem", "aws", "azure"));
            default ->
                    text(
                            "environment.name",
                            it -> it.environment().name(),
                            List.of("onprem", "edge", "aws-burst", "azure-eu"));
        };
    }

    private Cond clearance() {
        var bound = pick(List.of(DataClass.values()));
        return random.nextBoolean()
                ? Cond.of(
                        "environment.clearance < " + bound.wire(),
                        it -> it.environment().clearance().compareTo(bound) < 0)
                : Cond.of(
                        "environment.clearance >= dataClass",
                        it -> it.environment().clearance().compareTo(it.dataClass()) >= 0);
    }

    private Cond jurisdiction() {
        var listed = new HashSet<String>();
        while (listed.isEmpty() || random.nextBoolean()) {
            listed.add(pick(List.of("DE", "FR", "US")));
        }
        return new Cond(
                "environment.jurisdiction in ['" + String.join("', '", listed) + "']",
                facts -> {
                    var codes = new HashSet<>(facts.environment().dataLocations());
                    codes.addAll(facts.environment().operatorJurisdictions());
                    if (codes.isEmpty()) {
                        return null;
                    }
                    if (listed.containsAll(codes)) {
                        return true;
                    }
                    codes.retainAll(listed);
                    return codes.isEmpty() ? false : null;
                });
    }

    private Cond ttft() {
        long limit = pick(List.of(100L, 500L, 1500L));
        boolean above = random.nextInt(4) > 0;
        return Cond.of(
                "predictedTtft %s duration('%dms')".formatted(above ? ">" : "<=", limit),
                it -> above == (it.ttftMillis() == null || it.ttftMillis() > limit));
    }

    <T> T pick(List<T> from) {
        return from.get(random.nextInt(from.size()));
    }
}
