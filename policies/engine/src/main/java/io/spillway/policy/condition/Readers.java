package io.spillway.policy.condition;

import io.spillway.api.environment.Environment;
import io.spillway.api.environment.Zone;
import io.spillway.api.request.DataClass;
import io.spillway.api.request.Finding;
import io.spillway.api.request.Operation;
import java.time.Instant;
import java.time.LocalDateTime;
import java.time.ZoneId;
import java.time.zone.ZoneRules;
import org.jspecify.annotations.Nullable;

/// Closures that read terms. Each kind has one value that stands for "unknown".
final class Readers {
    /// Stands for an unknown whole number; no literal of a policy can be it.
    static final long NO_WHOLE = Long.MIN_VALUE;

    private Readers() {}

    interface TextReader {
        @Nullable String read(Scope scope);
    }

    interface WholeReader {
        long read(Scope scope);
    }

    interface RealReader {
        /// NaN when unknown.
        double read(Scope scope);
    }

    interface ClassReader {
        @Nullable DataClass read(Scope scope);
    }

    interface FlagReader {
        Truth read(Scope scope);
    }

    private interface EnvironmentText {
        String read(Environment environment);
    }

    private interface FindingText {
        String read(Finding finding);
    }

    static TextReader text(Term term) {
        return switch (term) {
            case Term.Text(var value) -> _ -> value;
            case Term.Attribute(var name, _) -> scope -> attribute(scope, name);
            case Term.Read(var fact) -> textFact(fact);
            case Term.Clock(var part, var zone) when part == ClockPart.WEEKDAY -> weekday(zone);
            case Term.Whole _,
                    Term.Real _,
                    Term.Span _,
                    Term.ClassName _,
                    Term.Flag _,
                    Term.Clock _,
                    Term.Count _ ->
                    throw notA("text", term);
        };
    }

    private static TextReader textFact(Fact fact) {
        return switch (fact) {
            case TENANT -> scope -> scope.request.caller().tenant();
            case TEAM -> scope -> scope.request.caller().team();
            case MODEL -> scope -> scope.request.model();
            case OPERATION -> scope -> name(scope.request.operation());
            case ENVIRONMENT_NAME -> environment(Environment::name);
            case ENVIRONMENT_ZONE ->
                    environment(it -> it.zone() == Zone.PRIVATE ? "private" : "public");
            case ENVIRONMENT_PROVIDER -> environment(Environment::provider);
            case ENVIRONMENT_REGION -> environment(Environment::region);
            case FINDING_TYPE -> finding(Finding::type);
            case FINDING_CATEGORY -> finding(Finding::category);
            case DATA_CLASS,
                    STREAM,
                    BODY_BYTES,
                    EXPECTED_PROMPT_TOKENS,
                    PREDICTED_TTFT,
                    ENVIRONMENT_CLEARANCE,
                    FINDING_CONFIDENCE ->
                    throw notA("text", new Term.Read(fact));
        };
    }

    /// The name of a call in conditions.
    static String name(Operation operation) {
        return switch (operation) {
            case CHAT -> "chat";
            case COMPLETIONS -> "completions";
            case EMBEDDINGS -> "embeddings";
        };
    }

    private static TextReader environment(EnvironmentText text) {
        return scope -> {
            var environment = scope.environment;
            return environment == null ? null : text.read(environment);
        };
    }

    private static TextReader finding(FindingText text) {
        return scope -> {
            var finding = scope.finding;
            return finding == null ? null : text.read(finding);
        };
    }

    static WholeReader whole(Term term) {
        return switch (term) {
            case Term.Whole(var value) -> _ -> value;
            case Term.Span(var nanos) -> _ -> nanos;
            case Term.Attribute(var name, _) -> scope -> wholeAttribute(scope, name);
            case Term.Read(var fact) -> wholeFact(fact);
            case Term.Clock(var part, var zone) when part != ClockPart.WEEKDAY -> clock(part, zone);
            case Term.Count(var where) ->
                    where == null
                            ? scope -> scope.tooManyFindings ? NO_WHOLE : scope.findings.size()
                            : count(ConditionCompiler.compile(where));
            case Term.Clock _, Term.Text _, Term.Real _, Term.ClassName _, Term.Flag _ ->
                    throw notA("whole number", term);
        };
    }

    private static WholeReader wholeFact(Fact fact) {
        return switch (fact) {
            case PREDICTED_TTFT -> scope -> scope.predictedTtftNanos;
            case BODY_BYTES -> scope -> scope.request.bodyBytes();
            case EXPECTED_PROMPT_TOKENS -> scope -> scope.request.expectedPromptTokens();
            default -> throw notA("whole number", new Term.Read(fact));
        };
    }

    private static WholeReader clock(ClockPart part, String zone) {
        var rules = ZoneId.of(zone).getRules();
        return scope -> {
            var now = scope.now;
            return now == null ? NO_WHOLE : part.number(wall(now, rules));
        };
    }

    private static TextReader weekday(String zone) {
        var rules = ZoneId.of(zone).getRules();
        return scope -> {
            var now = scope.now;
            return now == null ? null : ClockPart.day(wall(now, rules).getDayOfWeek());
        };
    }

    private static LocalDateTime wall(Instant now, ZoneRules rules) {
        return LocalDateTime.ofEpochSecond(now.getEpochSecond(), 0, rules.getOffset(now));
    }

    private static WholeReader count(Check where) {
        return scope -> {
            if (scope.tooManyFindings) {
                return NO_WHOLE;
            }
            long count = 0;
            var findings = scope.findings;
            for (int i = 0; i < findings.size(); i++) {
                scope.finding = findings.get(i);
                var one = where.test(scope);
                if (one == Truth.ERROR) {
                    return NO_WHOLE;
                }
                count += one == Truth.TRUE ? 1 : 0;
            }
            return count;
        };
    }

    static RealReader real(Term term) {
        if (term instanceof Term.Real(var value)) {
            return _ -> value;
        }
        if (term instanceof Term.Read(var fact) && fact == Fact.FINDING_CONFIDENCE) {
            return scope -> scope.finding == null ? Double.NaN : scope.finding.confidence();
        }
        var whole = whole(term);
        return scope -> {
            long value = whole.read(scope);
            return value == NO_WHOLE ? Double.NaN : value;
        };
    }

    static ClassReader dataClass(Term term) {
        return switch (term) {
            case Term.ClassName(var value) -> _ -> value;
            case Term.Read(var fact) when fact == Fact.DATA_CLASS -> scope -> scope.dataClass;
            case Term.Read(var fact) when fact == Fact.ENVIRONMENT_CLEARANCE ->
                    scope -> {
                        var environment = scope.environment;
                        return environment == null ? null : environment.clearance();
                    };
            default -> throw notA("data class", term);
        };
    }

    static FlagReader flag(Term term) {
        return switch (term) {
            case Term.Flag(var value) -> {
                var truth = Truth.of(value);
                yield _ -> truth;
            }
            case Term.Attribute(var name, _) -> scope -> flagAttribute(scope, name);
            case Term.Read(var fact) when fact == Fact.STREAM ->
                    scope -> Truth.of(scope.request.stream());
            default -> throw notA("true or false", term);
        };
    }

    private static @Nullable String attribute(Scope scope, String name) {
        return scope.request.caller().attributes().get(name);
    }

    private static long wholeAttribute(Scope scope, String name) {
        var text = attribute(scope, name);
        if (text == null) {
            return NO_WHOLE;
        }
        try {
            return Long.parseLong(text);
        } catch (NumberFormatException _) {
            return NO_WHOLE; // a value of another kind than declared is unknown
        }
    }

    private static Truth flagAttribute(Scope scope, String name) {
        var text = attribute(scope, name);
        if ("true".equals(text)) {
            return Truth.TRUE;
        }
        return "false".equals(text) ? Truth.FALSE : Truth.ERROR;
    }

    private static IllegalStateException notA(String kind, Term term) {
        return new IllegalStateException("the type check let %s pass as %s".formatted(term, kind));
    }
}
