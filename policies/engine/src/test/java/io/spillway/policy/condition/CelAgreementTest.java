package io.spillway.policy.condition;

import static org.assertj.core.api.Assertions.assertThat;

import dev.cel.runtime.CelEvaluationException;
import dev.cel.runtime.CelFunctionBinding;
import dev.cel.runtime.CelRuntime;
import dev.cel.runtime.CelRuntimeFactory;
import io.spillway.api.environment.Environment;
import io.spillway.api.environment.Zone;
import io.spillway.api.request.DataClass;
import io.spillway.api.request.Finding;
import io.spillway.api.request.RequestFacts;
import io.spillway.policy.KnownNames;
import io.spillway.policy.Policies;
import io.spillway.policy.document.Expression;
import io.spillway.policy.document.PolicySet.AttributeDeclaration;
import io.spillway.policy.document.PolicySet.AttributeType;
import io.spillway.policy.document.Position;
import io.spillway.policy.document.Problems;
import io.spillway.policy.random.RandomConditions;
import io.spillway.policy.random.RandomRequests;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneId;
import java.time.ZonedDateTime;
import java.time.format.TextStyle;
import java.time.temporal.ChronoField;
import java.util.Collections;
import java.util.EnumMap;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Random;
import java.util.Set;
import java.util.concurrent.atomic.AtomicReference;
import org.junit.jupiter.api.Test;

/// Our closures against CEL's own interpreter, on the same text and the same facts.
class CelAgreementTest {
    private static final AtomicReference<Instant> CLOCK = new AtomicReference<>(Instant.EPOCH);
    private static final Map<String, AttributeDeclaration> ATTRIBUTES =
            Map.of(
                    "department", new AttributeDeclaration(AttributeType.STRING, false),
                    "level", new AttributeDeclaration(AttributeType.INT, true),
                    "vip", new AttributeDeclaration(AttributeType.BOOL, false));
    private static final KnownNames KNOWN =
            new KnownNames(
                    Map.of(
                            "onprem",
                                    Policies.environment(
                                            "onprem", Zone.PRIVATE, DataClass.RESTRICTED),
                            "edge",
                                    Policies.environment(
                                            "edge", Zone.PRIVATE, DataClass.RESTRICTED),
                            "aws-burst",
                                    Policies.environment(
                                            "aws-burst", Zone.PUBLIC, DataClass.INTERNAL),
                            "azure-eu",
                                    new Environment(
                                            "azure-eu",
                                            Zone.PUBLIC,
                                            "azure",
                                            "eu",
                                            Set.of("FR", "US"),
                                            Set.of(),
                                            DataClass.INTERNAL,
                                            List.of(),
                                            null)),
                    Set.of("chat", "small-chat"));

    /// The codes of an environment as CEL's interpreter gets them.
    private record Codes(Set<String> codes) {
        boolean in(List<?> listed) {
            var inside = new HashSet<>(codes);
            inside.retainAll(Set.copyOf(listed));
            if (codes.isEmpty() || (!inside.isEmpty() && inside.size() < codes.size())) {
                throw new IllegalArgumentException("undecided");
            }
            return !inside.isEmpty();
        }
    }

    @Test
    void ourClosuresAndCelsInterpreterAgreeOnEveryConditionAndRequest() throws Exception {
        var runtime = runtime();
        var types = new CelTypes(ATTRIBUTES);
        var conditions = new CelConditions(ATTRIBUTES, KNOWN);
        var random = new Random(42);
        var requests = new RandomRequests(random);
        var places = List.of(Place.values());
        var classes = List.of(DataClass.values());
        var names = List.of("onprem", "edge", "aws-burst", "azure-eu");
        var seen = new EnumMap<Truth, Integer>(Truth.class);
        for (int i = 0; i < 600; i++) {
            var place = places.get(i % places.size());
            var text = new RandomConditions(random).any(place, 3).cel();
            var check = ConditionCompiler.compile(translate(conditions, text, place));
            var program = runtime.createProgram(types.compiler(place).compile(text).getAst());
            for (int k = 0; k < 40; k++) {
                var request = requests.next();
                var environment = requests.environment(names.get(random.nextInt(names.size())));
                var dataClass = classes.get(random.nextInt(classes.size()));
                long ttft = List.of(50L, 500L, 1501L, -1L).get(random.nextInt(4));
                var findings = requests.findings();
                var ours =
                        check.test(
                                new Scope(request.facts(), findings)
                                        .now(request.world().now())
                                        .dataClass(dataClass)
                                        .environment(environment)
                                        .predictedTtftNanos(
                                                ttft < 0 ? Scope.UNKNOWN_TTFT : ttft * 1_000_000));
                var facts = facts(request.facts(), findings, dataClass, environment, ttft);
                CLOCK.set(request.world().now());
                var theirs = evaluate(program, facts);

                assertThat(ours).as(() -> text + " on " + facts).isEqualTo(theirs);
                seen.merge(ours, 1, Integer::sum);
            }
        }
        System.out.println("CEL agreement: " + seen);

        assertThat(seen).containsOnlyKeys(Truth.values());
    }

    private static Condition translate(CelConditions conditions, String text, Place place) {
        var problems = new Problems();
        var places = Collections.nCopies(text.length() + 1, new Position(1, 1));
        var condition = conditions.translate(new Expression(text, places), place, problems);
        assertThat(condition).as(() -> text + problems.inOrder()).isPresent();
        return condition.orElseThrow();
    }

    private static Truth evaluate(CelRuntime.Program program, Map<String, Object> facts) {
        try {
            return Truth.of((Boolean) program.eval(facts));
        } catch (CelEvaluationException _) {
            return Truth.ERROR;
        }
    }

    private static Map<String, Object> facts(
            RequestFacts request,
            List<Finding> findings,
            DataClass dataClass,
            Environment environment,
            long ttft) {
        var facts = new HashMap<String, Object>();
        for (var one : DataClass.values()) {
            facts.put(one.wire(), one);
        }
        var codes = new HashSet<>(environment.dataLocations());
        codes.addAll(environment.operatorJurisdictions());
        facts.put("dataClass", dataClass);
        facts.put("model", request.model());
        facts.put("operation", Readers.name(request.operation()));
        facts.put("findings", findings.stream().map(CelAgreementTest::finding).toList());
        facts.put("caller", caller(request));
        facts.put(
                "environment",
                Map.of(
                        "name", environment.name(),
                        "zone", environment.zone().wire(),
                        "provider", environment.provider(),
                        "region", environment.region(),
                        "clearance", environment.clearance(),
                        "jurisdiction", new Codes(codes)));
        facts.put("stream", request.stream());
        facts.put("bodyBytes", (long) request.bodyBytes());
        facts.put("expectedPromptTokens", (long) request.expectedPromptTokens());
        facts.put("unscanned", List.copyOf(request.unscanned()));
        facts.put("predictedTtft", ttft < 0 ? Duration.ofDays(100_000) : Duration.ofMillis(ttft));
        return facts;
    }

    private static Map<String, Object> finding(Finding finding) {
        return Map.of(
                "type", finding.type(),
                "category", finding.category(),
                "confidence", finding.confidence());
    }

    /// Attributes of their declared types. A value of another type fails in our closures; CEL fails
    /// when it compares it, or does not find it where nothing would be compared.
    private static Map<String, Object> caller(RequestFacts request) {
        var attributes = new HashMap<String, Object>();
        request.caller()
                .attributes()
                .forEach((name, text) -> {
                    if (name.equals("vip") && !text.equals("maybe")) {
                        attributes.put(name, Boolean.valueOf(text));
                    } else if (name.equals("level") && !text.equals("high")) {
                        attributes.put(name, Long.valueOf(text));
                    } else if (!name.equals("vip")) {
                        attributes.put(name, text);
                    }
                });
        var caller = new HashMap<String, Object>();
        caller.put("tenant", request.caller().tenant());
        caller.put("roles", List.copyOf(request.caller().roles()));
        caller.put("attributes", attributes);
        if (request.caller().team() != null) {
            caller.put("team", request.caller().team());
        }
        return caller;
    }

    private static ZonedDateTime in(String zone) {
        return CLOCK.get().atZone(ZoneId.of(zone));
    }

    private static CelRuntime runtime() {
        return CelRuntimeFactory.plannerRuntimeBuilder()
                .setOptions(CelTypes.options())
                .addFunctionBindings(
                        CelFunctionBinding.from(
                                "less_class",
                                DataClass.class,
                                DataClass.class,
                                (a, b) -> a.compareTo(b) < 0),
                        CelFunctionBinding.from(
                                "at_most_class",
                                DataClass.class,
                                DataClass.class,
                                (a, b) -> a.compareTo(b) <= 0),
                        CelFunctionBinding.from(
                                "greater_class",
                                DataClass.class,
                                DataClass.class,
                                (a, b) -> a.compareTo(b) > 0),
                        CelFunctionBinding.from(
                                "at_least_class",
                                DataClass.class,
                                DataClass.class,
                                (a, b) -> a.compareTo(b) >= 0),
                        CelFunctionBinding.from(
                                "hour_in_zone", String.class, zone -> (long) in(zone).getHour()),
                        CelFunctionBinding.from(
                                "minuteOfDay_in_zone",
                                String.class,
                                zone -> (long) in(zone).get(ChronoField.MINUTE_OF_DAY)),
                        CelFunctionBinding.from(
                                "weekday_in_zone",
                                String.class,
                                zone ->
                                        in(zone).getDayOfWeek()
                                                .getDisplayName(TextStyle.SHORT, Locale.ENGLISH)
                                                .toLowerCase(Locale.ROOT)),
                        CelFunctionBinding.from(
                                "jurisdiction_in", Codes.class, List.class, Codes::in))
                .build();
    }
}
