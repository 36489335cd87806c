package io.spillway.policy.verify;

import com.microsoft.z3.BitVecExpr;
import com.microsoft.z3.BoolExpr;
import io.spillway.api.request.Finding;
import io.spillway.policy.condition.ClockPart;
import io.spillway.policy.condition.Fact;
import io.spillway.policy.condition.Scope;
import io.spillway.policy.condition.Term;
import java.util.ArrayList;
import java.util.EnumMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Function;

/// The request that the solver looks for: who asks what, what detectors found, and what the load
/// is. Each distinct thing a condition can read is one variable.
final class RequestTerms {
    static final List<String> OPERATIONS = List.of("chat", "completions", "embeddings");
    private static final long MINUTES_AN_HOUR = 60;
    private static final long NANOS_PER_MILLI = 1_000_000;

    /// One more than the engine takes for a prediction.
    private static final long UNKNOWN_MILLIS = Scope.UNKNOWN_TTFT / NANOS_PER_MILLI + 1;

    /// More than all together can be, so that every count of too many has an example.
    private static final long MOST_OF_A_KIND = 2 * Scope.MOST_FINDINGS;

    private final Logic logic;
    private final Words words;
    private final boolean countsFindings;
    private final List<Finding> kinds;
    final TextVariable tenant;
    final TextVariable team;
    final TextVariable model;
    final TextVariable operation;
    final Level floor;
    final BoolExpr tooMany;
    final BoolExpr stream;
    final Map<Fact, BitVecExpr> sizes = new EnumMap<>(Fact.class);
    final Map<Term.Clock, BitVecExpr> clocks = new LinkedHashMap<>();
    final List<BoolExpr> present = new ArrayList<>();
    final List<BitVecExpr> counts = new ArrayList<>();
    final Map<String, BoolExpr> roles = new LinkedHashMap<>();
    final Map<String, BoolExpr> unscanned = new LinkedHashMap<>();
    final Map<String, Attribute> attributes = new LinkedHashMap<>();
    final List<Prediction> predictions = new ArrayList<>();
    private final Map<Object, Answer> untranslated = new LinkedHashMap<>();

    /// A caller attribute.
    ///
    /// @param has whether the caller has it
    /// @param malformed whether its value is of another kind than declared
    record Attribute(
            Term.Kind kind,
            BoolExpr has,
            BoolExpr malformed,
            TextVariable text,
            BitVecExpr whole,
            BoolExpr flag) {}

    /// The best prediction over the entries before one.
    ///
    /// @param unknown whether nothing is known, which counts as infinite
    /// @param millis the prediction when it is known
    record Prediction(BoolExpr unknown, BitVecExpr millis, Number nanos) {}

    RequestTerms(Logic logic, Words words, List<Finding> kinds, boolean countsFindings) {
        this.logic = logic;
        this.words = words;
        this.kinds = kinds;
        this.countsFindings = countsFindings;
        this.tenant = new TextVariable(logic, words, "tenant", logic.no());
        this.team = new TextVariable(logic, words, "team", logic.free("no team"));
        this.model = new TextVariable(logic, words, "model", logic.no());
        this.operation = new TextVariable(logic, words, "operation", logic.no());
        this.floor = Level.free(logic, "floor");
        this.tooMany = logic.free("too many findings");
        this.stream = logic.free("stream");
        operation.oneOf(logic, OPERATIONS);
        var all = new ArrayList<BitVecExpr>();
        for (var kind : kinds) {
            var there = logic.free("finding " + kind.type());
            present.add(there);
            if (countsFindings) {
                var count = logic.freeWhole("findings " + kind.type(), 0, MOST_OF_A_KIND);
                var none = logic.z3().mkEq(count, logic.whole(0));
                logic.axiom(logic.iff(there, logic.not(none)));
                counts.add(count);
                all.add(count);
            }
        }
        if (countsFindings) {
            var most = logic.whole(Scope.MOST_FINDINGS);
            logic.axiom(logic.or(tooMany, logic.z3().mkBVSLE(logic.sum(all), most)));
        }
    }

    BoolExpr role(String name) {
        return roles.computeIfAbsent(name, it -> logic.free("role " + it));
    }

    BoolExpr unscanned(String kind) {
        return unscanned.computeIfAbsent(kind, it -> logic.free("unscanned " + it));
    }

    /// A size of the request.
    BitVecExpr size(Fact fact) {
        return sizes.computeIfAbsent(
                fact,
                it -> {
                    return logic.freeWhole(it.cel(), 0, Integer.MAX_VALUE);
                });
    }

    /// What a clock shows: a number, or the day counted from Monday, 0.
    BitVecExpr clock(Term.Clock clock) {
        var known = clocks.get(clock);
        if (known != null) {
            return known;
        }
        var part = clock.part();
        var most = part == ClockPart.WEEKDAY ? ClockPart.DAYS.size() - 1 : part.largest();
        var shown = logic.freeWhole(part.cel(), 0, most);
        clocks.put(clock, shown);
        if (part == ClockPart.HOUR) {
            // The hour is that of the minute.
            var minute = clock(new Term.Clock(ClockPart.MINUTE_OF_DAY, clock.zone()));
            var begin = logic.z3().mkBVMul(shown, logic.whole(MINUTES_AN_HOUR));
            var end = logic.z3().mkBVAdd(begin, logic.whole(MINUTES_AN_HOUR));
            logic.axiom(logic.z3().mkBVSLE(begin, minute));
            logic.axiom(logic.z3().mkBVSLT(minute, end));
        }
        return shown;
    }

    Attribute attribute(String name, Term.Kind kind) {
        return attributes.computeIfAbsent(
                name,
                it -> {
                    var has = logic.free("has " + it);
                    return new Attribute(
                            kind,
                            has,
                            kind == Term.Kind.TEXT ? logic.no() : logic.free("malformed " + it),
                            new TextVariable(logic, words, it, logic.not(has)),
                            logic.freeBits(it, Number.WIDTH),
                            logic.free(it));
                });
    }

    /// What no translation covers: free, but the same wherever it is asked again.
    Answer untranslated(Object key) {
        return untranslated.computeIfAbsent(
                key, _ -> Answer.free(logic, "untranslated " + untranslated.size()));
    }

    /// Whether some finding answers so.
    ///
    /// @param each what is asked of a finding
    Answer anyFinding(Function<Finding, Answer> each) {
        var all = new ArrayList<Answer>();
        for (int i = 0; i < kinds.size(); i++) {
            var there = Answer.known(logic, present.get(i));
            all.add(Answer.both(logic, List.of(there, each.apply(kinds.get(i)))));
        }
        var answer = Answer.either(logic, all);
        var few = logic.not(tooMany);
        return new Answer(logic.and(few, answer.isTrue()), logic.and(few, answer.isFalse()));
    }

    /// How many findings answer so.
    Number count(Function<Finding, Answer> each) {
        if (!countsFindings) {
            throw new IllegalStateException("the policy was said to count no findings");
        }
        var parts = new ArrayList<BitVecExpr>();
        var errors = new ArrayList<BoolExpr>();
        for (int i = 0; i < kinds.size(); i++) {
            var answer = each.apply(kinds.get(i));
            var counted = answer.isTrue();
            errors.add(logic.and(present.get(i), answer.isError(logic)));
            if (counted == logic.yes()) {
                parts.add(counts.get(i));
            } else if (counted != logic.no()) {
                parts.add((BitVecExpr) logic.z3().mkITE(counted, counts.get(i), logic.whole(0)));
            }
        }
        errors.add(tooMany);
        return new Number.Variable(logic.sum(parts), 1, logic.or(errors));
    }

    /// The best prediction over the first `entry` entries. Nothing comes before the first, and each
    /// entry can only better it.
    Prediction prediction(int entry) {
        while (predictions.size() <= entry) {
            predictions.add(nextPrediction());
        }
        return predictions.get(entry);
    }

    private Prediction nextPrediction() {
        var z3 = logic.z3();
        var first = predictions.isEmpty();
        var unknown = first ? logic.yes() : logic.free("ttft unknown");
        var millis = logic.freeWhole("ttft millis", 0, UNKNOWN_MILLIS);
        var infinite = z3.mkEq(millis, logic.whole(UNKNOWN_MILLIS));
        logic.axiom(logic.iff(unknown, infinite));
        if (!first) {
            logic.axiom(z3.mkBVSLE(millis, predictions.getLast().millis()));
        }
        return new Prediction(
                unknown, millis, new Number.Variable(millis, NANOS_PER_MILLI, logic.no()));
    }
}
