package io.spillway.policy.condition;

import dev.cel.common.CelValidationException;
import dev.cel.runtime.CelEvaluationException;
import dev.cel.runtime.CelFunctionBinding;
import dev.cel.runtime.CelRuntime;
import dev.cel.runtime.CelRuntimeFactory;
import io.spillway.api.environment.Environment;
import io.spillway.api.request.DataClass;
import io.spillway.api.request.Finding;
import io.spillway.api.request.RequestFacts;
import io.spillway.policy.document.PolicySet.AttributeDeclaration;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneId;
import java.time.ZonedDateTime;
import java.time.format.TextStyle;
import java.time.temporal.ChronoField;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.atomic.AtomicReference;

/// CEL's own interpreter, which says what a condition means without a line of ours.
final class CelInterpreter {
    private static final AtomicReference<Instant> CLOCK = new AtomicReference<>(Instant.EPOCH);

    private final CelTypes types;
    private final CelRuntime runtime = runtime();

    CelInterpreter(Map<String, AttributeDeclaration> attributes) {
        this.types = new CelTypes(attributes);
    }

    /// What one evaluation reads.
    ///
    /// @param ttftMillis the prediction, below zero for unknown
    record Facts(
            RequestFacts request,
            List<Finding> findings,
            DataClass dataClass,
            Environment environment,
            long ttftMillis,
            Instant now) {

        /// The same for our closures.
        Scope scope() {
            return new Scope(request, findings)
                    .now(now)
                    .dataClass(dataClass)
                    .environment(environment)
                    .predictedTtftNanos(
                            ttftMillis < 0 ? Scope.UNKNOWN_TTFT : ttftMillis * 1_000_000);
        }
    }

    CelRuntime.Program program(String text, Place place)
            throws CelValidationException, CelEvaluationException {
        return runtime.createProgram(types.compiler(place).compile(text).getAst());
    }

    Truth evaluate(CelRuntime.Program program, Facts facts) {
        CLOCK.set(facts.now());
        try {
            return Truth.of((Boolean) program.eval(values(facts)));
        } catch (CelEvaluationException _) {
            return Truth.ERROR;
        }
    }

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

    private static Map<String, Object> values(Facts of) {
        var request = of.request();
        var environment = of.environment();
        long ttft = of.ttftMillis();
        var facts = new HashMap<String, Object>();
        for (var one : DataClass.values()) {
            facts.put(one.wire(), one);
        }
        var codes = new HashSet<>(environment.dataLocations());
        codes.addAll(environment.operatorJurisdictions());
        facts.put("dataClass", of.dataClass());
        facts.put("model", request.model());
        facts.put("operation", Readers.name(request.operation()));
        facts.put("findings", of.findings().stream().map(CelInterpreter::finding).toList());
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
