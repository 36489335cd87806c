package io.spillway.policy.diff;

import io.spillway.api.decision.PoolFacts;
import io.spillway.api.environment.Environment;
import io.spillway.api.environment.Money;
import io.spillway.api.environment.Pool;
import io.spillway.api.environment.PoolKey;
import io.spillway.api.environment.Zone;
import io.spillway.api.request.Caller;
import io.spillway.api.request.DataClass;
import io.spillway.api.request.Finding;
import io.spillway.api.request.Operation;
import io.spillway.api.request.RequestFacts;
import io.spillway.policy.KnownNames;
import io.spillway.policy.condition.Fact;
import io.spillway.policy.detect.FindingType;
import io.spillway.policy.features.Features;
import io.spillway.policy.features.Features.ModelFacts;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collections;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.OptionalLong;
import java.util.Random;
import java.util.Set;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/// Requests made of the constants of conditions: every value that a condition speaks of, one that
/// it does not, and both sides of each number. The caller holds every grant, so that only policies
/// make a difference.
final class RequestGrid {
    private static final Instant NOON = Instant.parse("2026-03-25T11:00:00Z");
    private static final int HALF_HOURS_OF_A_WEEK = 336;
    private static final String VERSION = "any-version";
    private static final long SEED = 20_260_325;

    private final KnownNames known;
    private final List<List<Choice>> dimensions = new ArrayList<>();

    /// One value of one dimension.
    ///
    /// @param label what to say of it, empty for the usual value
    private record Choice(String label, Consumer<Draft> set) {}

    /// A request with what is unusual about it.
    record Sample(String label, Features features) {}

    private static final class Draft {
        Operation operation = Operation.CHAT;
        String model = "";
        String tenant = "any-tenant";
        @Nullable String team;
        @Nullable DataClass header;
        boolean stream;
        int bytes = 400;
        int tokens = 100;
        OptionalLong ttft = OptionalLong.of(100);
        long price;
        Instant now = NOON;
        final Set<String> roles = new HashSet<>();
        final Set<String> unscanned = new HashSet<>();
        final Map<String, String> attributes = new HashMap<>();
        List<Finding> findings = List.of();
    }

    RequestGrid(Constants constants, KnownNames known) {
        this.known = known;
        dimension("", draft -> {});
        texts("tenant ", constants.texts(Fact.TENANT), (draft, it) -> draft.tenant = it);
        texts("team ", constants.texts(Fact.TEAM), (draft, it) -> draft.team = it);
        texts("model ", constants.texts(Fact.MODEL), (draft, it) -> draft.model = it);
        texts(
                "operation ",
                constants.texts(Fact.OPERATION),
                (draft, it) -> draft.operation = Operation.valueOf(it.toUpperCase(Locale.ROOT)));
        texts("role ", constants.roles, (draft, it) -> draft.roles.add(it));
        texts("unscanned ", constants.unscanned, (draft, it) -> draft.unscanned.add(it));
        constants.attributes.forEach((name, values) ->
                texts(
                        name + " ",
                        values.isEmpty() ? Set.of("any") : values,
                        (draft, it) -> draft.attributes.put(name, it)));
        findings(constants);
        headers();
        numbers(constants);
        clock(constants);
    }

    private interface Setter {
        void set(Draft draft, String value);
    }

    private void dimension(String label, Consumer<Draft> usual) {
        dimensions.add(new ArrayList<>(List.of(new Choice(label, usual))));
    }

    private void texts(String label, Set<String> values, Setter setter) {
        if (values.isEmpty()) {
            return;
        }
        dimension("", draft -> {});
        values.forEach(it -> add(label + it, draft -> setter.set(draft, it)));
    }

    private void add(String label, Consumer<Draft> set) {
        dimensions.getLast().add(new Choice(label, set));
    }

    private void findings(Constants constants) {
        dimension("", draft -> {});
        var types = new HashSet<>(constants.texts(Fact.FINDING_TYPE));
        for (var category : constants.texts(Fact.FINDING_CATEGORY)) {
            for (var type : FindingType.values()) {
                if (type.category().equals(category)) {
                    types.add(type.wire());
                    break;
                }
            }
        }
        for (var type : types.stream().sorted().toList()) {
            add("finding " + type, draft -> draft.findings = List.of(finding(type)));
            for (long count : constants.counts) {
                int more = Math.clamp(count + 1, 0, 500);
                add(
                        more + " findings " + type,
                        draft -> draft.findings = Collections.nCopies(more, finding(type)));
            }
        }
    }

    private static Finding finding(String type) {
        var category = "custom";
        for (var known : FindingType.values()) {
            category = known.wire().equals(type) ? known.category() : category;
        }
        return new Finding(type, category, 0.95, 0, 1, "/text");
    }

    private void headers() {
        dimension("", draft -> {});
        for (var dataClass : DataClass.values()) {
            add("class header " + dataClass.wire(), draft -> draft.header = dataClass);
        }
    }

    private void numbers(Constants constants) {
        dimension("", draft -> {});
        add("prediction unknown", draft -> draft.ttft = OptionalLong.empty());
        for (long nanos : constants.numbers(Fact.PREDICTED_TTFT)) {
            long millis = nanos / 1_000_000 + 1;
            add("prediction " + millis + " ms", draft -> draft.ttft = OptionalLong.of(millis));
        }
        if (constants.stream) {
            dimension("", draft -> {});
            add("stream", draft -> draft.stream = true);
        }
        around("bodyBytes ", constants.numbers(Fact.BODY_BYTES), (d, it) -> d.bytes = it);
        around(
                "prompt tokens ",
                constants.numbers(Fact.EXPECTED_PROMPT_TOKENS),
                (d, it) -> d.tokens = it);
        around("price ", constants.prices, (d, it) -> d.price = it);
    }

    private interface NumberSetter {
        void set(Draft draft, int value);
    }

    private void around(String label, Set<Long> numbers, NumberSetter setter) {
        if (numbers.isEmpty()) {
            return;
        }
        dimension("", draft -> {});
        for (long number : numbers) {
            for (long one : List.of(number - 1, number, number + 1)) {
                int value = Math.clamp(one, 0, Integer.MAX_VALUE);
                add(label + value, draft -> setter.set(draft, value));
            }
        }
    }

    private void clock(Constants constants) {
        if (constants.clocks.isEmpty()) {
            return;
        }
        dimension("", draft -> {});
        for (int i = 0; i < HALF_HOURS_OF_A_WEEK; i++) {
            var at = NOON.plus(Duration.ofMinutes(30L * i));
            add("at " + at, draft -> draft.now = at);
        }
    }

    /// The requests: all there are, or as many as wanted, those with one and two unusual values
    /// first and the rest by chance, always the same.
    List<Sample> samples(int most) {
        long all = 1;
        for (var dimension : dimensions) {
            all = Math.min(Long.MAX_VALUE / 1000, all) * Math.min(1000, dimension.size());
        }
        var picks = new ArrayList<int[]>();
        if (all <= most) {
            every(0, new int[dimensions.size()], picks);
        } else {
            few(picks, most);
            var random = new Random(SEED);
            while (picks.size() < most) {
                picks.add(dimensions.stream().mapToInt(it -> random.nextInt(it.size())).toArray());
            }
        }
        return picks.stream().map(this::sample).toList();
    }

    private void every(int at, int[] pick, List<int[]> into) {
        if (at == dimensions.size()) {
            into.add(pick.clone());
            return;
        }
        for (int i = 0; i < dimensions.get(at).size(); i++) {
            pick[at] = i;
            every(at + 1, pick, into);
        }
        pick[at] = 0;
    }

    private void few(List<int[]> into, int most) {
        int size = dimensions.size();
        into.add(new int[size]);
        for (int a = 0; a < size; a++) {
            for (int i = 1; i < dimensions.get(a).size(); i++) {
                into.add(with(new int[size], a, i));
                for (int b = 0; b < a; b++) {
                    for (int k = 1; k < dimensions.get(b).size() && into.size() < most / 2; k++) {
                        into.add(with(with(new int[size], a, i), b, k));
                    }
                }
            }
        }
    }

    private static int[] with(int[] pick, int at, int value) {
        pick[at] = value;
        return pick;
    }

    private Sample sample(int[] pick) {
        var draft = new Draft();
        draft.model = known.models().stream().sorted().findFirst().orElse("any-model");
        var labels = new ArrayList<String>();
        for (int i = 0; i < pick.length; i++) {
            var choice = dimensions.get(i).get(pick[i]);
            choice.set().accept(draft);
            if (!choice.label().isEmpty()) {
                labels.add(choice.label());
            }
        }
        return new Sample(
                labels.isEmpty() ? "an ordinary request" : String.join(", ", labels),
                features(draft));
    }

    private Features features(Draft draft) {
        var everywhere = new HashSet<String>();
        var publicNames = new HashSet<String>();
        var pools = new ArrayList<PoolFacts>();
        var prices = new ArrayList<Pool>();
        for (var environment : known.environments().values()) {
            everywhere.addAll(environment.dataLocations());
            everywhere.addAll(environment.operatorJurisdictions());
            boolean isPublic = environment.zone() == Zone.PUBLIC;
            if (isPublic) {
                publicNames.add(environment.name());
            }
            var key = new PoolKey(environment.name(), VERSION);
            pools.add(new PoolFacts(key, 1, 1, isPublic ? OptionalLong.of(100) : draft.ttft));
            prices.add(pool(environment, isPublic ? draft.price : 0));
        }
        var caller =
                new Caller(
                        draft.tenant,
                        draft.team,
                        "policy-diff",
                        draft.roles,
                        draft.attributes,
                        everywhere,
                        false);
        var model = new ModelFacts(List.of(VERSION), publicNames, draft.unscanned);
        var models = new HashMap<String, ModelFacts>();
        known.models().forEach(it -> models.put(it, model));
        models.put(draft.model, model);
        return new Features(
                new RequestFacts(
                        draft.operation,
                        draft.model,
                        caller,
                        draft.stream,
                        draft.header,
                        draft.unscanned,
                        draft.bytes,
                        draft.tokens,
                        null),
                draft.findings,
                List.of(),
                List.copyOf(known.environments().values()),
                models,
                null,
                pools,
                prices,
                draft.now);
    }

    private static Pool pool(Environment environment, long nanos) {
        var price = new Money(nanos, "USD");
        return new Pool(environment.name(), VERSION, VERSION, price, price);
    }
}
