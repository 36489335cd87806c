package io.spillway.policy.verify;

import io.spillway.api.request.Caller;
import io.spillway.api.request.Finding;
import io.spillway.api.request.Operation;
import io.spillway.api.request.RequestFacts;
import io.spillway.policy.condition.Check;
import io.spillway.policy.condition.Condition;
import io.spillway.policy.condition.ConditionCompiler;
import io.spillway.policy.condition.Fact;
import io.spillway.policy.condition.Parts;
import io.spillway.policy.condition.Scope;
import io.spillway.policy.condition.Term;
import io.spillway.policy.detect.FindingType;
import io.spillway.policy.detect.OwnDetector;
import io.spillway.policy.mask.Maskable;
import io.spillway.policy.rule.Confidence;
import java.util.ArrayList;
import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;

/// The findings that a policy can tell apart, one example of each kind.
///
/// Whatever detectors report, two findings that answer every question of the policy alike are the
/// same to it. So a request is known, as far as findings go, by how many it has of each kind, which
/// is exact and has few variables.
final class FindingKinds {
    private static final String OTHER = "other";
    private static final RequestFacts NOBODY =
            new RequestFacts(
                    Operation.CHAT,
                    "",
                    new Caller("", null, "", Set.of(), Map.of(), Set.of(), false),
                    false,
                    null,
                    Set.of(),
                    0,
                    0,
                    null);

    private FindingKinds() {}

    /// One finding of each kind.
    ///
    /// @param own detectors that the policy declares
    static List<Finding> of(Asked asked, List<OwnDetector> own) {
        var questions = new LinkedHashSet<Condition>();
        boolean compared = false;
        for (var condition : asked.conditions()) {
            var terms = Parts.terms(condition);
            if (terms.stream().anyMatch(FindingKinds::ofFinding)) {
                questions.add(condition);
                compared |= !terms.stream().allMatch(it -> ofFinding(it) || isLiteral(it));
            }
        }
        var checks =
                questions.stream()
                        .map(it -> ConditionCompiler.compile(new Condition.AnyFinding(it)))
                        .toList();
        var kinds = new LinkedHashMap<List<Object>, Finding>();
        for (var finding : all(asked, own)) {
            var answers = answers(finding, checks);
            asked.masks().forEach(it -> answers.add(Maskable.is(finding, it)));
            // A fact of a finding that is compared with another fact tells every value apart.
            kinds.putIfAbsent(compared ? List.of(finding) : answers, finding);
        }
        return List.copyOf(kinds.values());
    }

    private static boolean ofFinding(Term term) {
        return term instanceof Term.Read(var fact)
                && (fact == Fact.FINDING_TYPE
                        || fact == Fact.FINDING_CATEGORY
                        || fact == Fact.FINDING_CONFIDENCE);
    }

    private static boolean isLiteral(Term term) {
        return switch (term) {
            case Term.Text _,
                    Term.Whole _,
                    Term.Real _,
                    Term.Span _,
                    Term.ClassName _,
                    Term.Flag _ ->
                    true;
            case Term.Read _, Term.Attribute _, Term.Clock _, Term.Count _ -> false;
        };
    }

    private static ArrayList<Object> answers(Finding finding, Collection<Check> checks) {
        var scope = new Scope(NOBODY, List.of(finding));
        var answers = new ArrayList<Object>(checks.size());
        checks.forEach(it -> answers.add(it.test(scope)));
        return answers;
    }

    private static List<Finding> all(Asked asked, List<OwnDetector> own) {
        var categories = new LinkedHashSet<String>(asked.texts(Fact.FINDING_CATEGORY));
        var kinds = new LinkedHashSet<List<String>>();
        for (var type : FindingType.values()) {
            categories.add(type.category());
            kinds.add(List.of(type.wire(), type.category()));
        }
        for (var it : own) {
            categories.add(it.category());
            kinds.add(List.of(it.name(), it.category()));
        }
        categories.add(OTHER);
        // Whatever else a policy names might be found some day.
        var types = new LinkedHashSet<String>(asked.texts(Fact.FINDING_TYPE));
        asked.masks().forEach(types::addAll);
        for (var type : FindingType.values()) {
            types.remove(type.wire());
        }
        types.add(OTHER);
        for (var type : types) {
            categories.forEach(it -> kinds.add(List.of(type, it)));
        }
        var all = new ArrayList<Finding>();
        for (var kind : kinds) {
            for (var confidence : confidences(asked)) {
                all.add(new Finding(kind.getFirst(), kind.getLast(), confidence, 0, 1, "/text"));
            }
        }
        return all;
    }

    /// Each bound that the policy names, and one confidence between each two.
    private static Set<Double> confidences(Asked asked) {
        var bounds = new TreeSet<Double>();
        bounds.add(Confidence.RAISES);
        bounds.add(1.0);
        for (var condition : asked.conditions()) {
            var terms = Parts.terms(condition);
            if (terms.contains(new Term.Read(Fact.FINDING_CONFIDENCE))) {
                for (var term : terms) {
                    switch (term) {
                        case Term.Real(var value) -> bounds.add(value);
                        case Term.Whole(var value) -> bounds.add((double) value);
                        default -> {}
                    }
                }
            }
        }
        bounds.removeIf(it -> it < Confidence.RAISES || it > 1.0);
        var all = new TreeSet<Double>(bounds);
        var before = bounds.first();
        for (var bound : bounds) {
            all.add((before + bound) / 2);
            before = bound;
        }
        return all.descendingSet();
    }
}
