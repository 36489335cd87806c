package io.spillway.policy.diff;

import io.spillway.policy.condition.Condition;
import io.spillway.policy.condition.Fact;
import io.spillway.policy.condition.Parts;
import io.spillway.policy.condition.Term;
import io.spillway.policy.rule.CompiledCondition;
import io.spillway.policy.rule.RuleSet;
import java.util.ArrayList;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.stream.Stream;

/// What the conditions of policies compare facts with.
final class Constants {
    final Map<Fact, Set<String>> texts = new EnumMap<>(Fact.class);
    final Map<Fact, Set<Long>> numbers = new EnumMap<>(Fact.class);
    final Map<String, Set<String>> attributes = new TreeMap<>();
    final Set<String> roles = new TreeSet<>();
    final Set<String> unscanned = new TreeSet<>();
    final Set<Term.Clock> clocks = new java.util.LinkedHashSet<>();
    final Set<Long> counts = new TreeSet<>();
    final Set<Long> prices = new TreeSet<>();
    boolean stream;

    Constants(List<RuleSet> policies) {
        for (var rules : policies) {
            conditions(rules)
                    .filter(Objects::nonNull)
                    .map(CompiledCondition::condition)
                    .forEach(it -> Parts.visit(it, this::read));
            rules.placement().stream()
                    .flatMap(it -> it.use().stream())
                    .map(RuleSet.UseRule::maxMicrosPer1kTokens)
                    .filter(Objects::nonNull)
                    .forEach(prices::add);
        }
    }

    private static Stream<CompiledCondition> conditions(RuleSet rules) {
        var governance = rules.governance();
        return Stream.of(
                        rules.raises().stream().map(RuleSet.RaiseRule::when),
                        rules.placement().stream().map(RuleSet.PlaceRule::when),
                        rules.placement().stream()
                                .flatMap(it -> it.use().stream())
                                .map(RuleSet.UseRule::when),
                        rules.invariants().stream().map(RuleSet.NeverRule::never),
                        governance.residency().stream().map(it -> it.when()))
                .flatMap(it -> it);
    }

    /// The texts that a fact is compared with.
    Set<String> texts(Fact fact) {
        return texts.getOrDefault(fact, Set.of());
    }

    /// The numbers that a fact is compared with.
    Set<Long> numbers(Fact fact) {
        return numbers.getOrDefault(fact, Set.of());
    }

    private void read(Condition condition) {
        var terms = new ArrayList<>(Parts.terms(condition));
        switch (condition) {
            case Condition.HasRole(Term.Text(var role)) -> roles.add(role);
            case Condition.Unscanned(Term.Text(var kind)) -> unscanned.add(kind);
            default -> {
                for (var fact : terms) {
                    terms.forEach(value -> compared(fact, value));
                }
            }
        }
    }

    private void compared(Term fact, Term value) {
        switch (fact) {
            case Term.Read(var read) when read == Fact.STREAM -> stream = true;
            case Term.Read(var read) -> {
                if (value instanceof Term.Text(var text)) {
                    texts.computeIfAbsent(read, _ -> new TreeSet<>()).add(text);
                } else if (value instanceof Term.Whole(var number)) {
                    numbers.computeIfAbsent(read, _ -> new TreeSet<>()).add(number);
                } else if (value instanceof Term.Span(var nanos)) {
                    numbers.computeIfAbsent(read, _ -> new TreeSet<>()).add(nanos);
                }
            }
            case Term.Attribute(var name, _) -> {
                var known = attributes.computeIfAbsent(name, _ -> new TreeSet<>());
                if (value instanceof Term.Text(var text)) {
                    known.add(text);
                } else if (value instanceof Term.Whole(var number)) {
                    known.addAll(List.of(number - 1 + "", number + "", number + 1 + ""));
                } else {
                    known.addAll(
                            fact.kind() == Term.Kind.FLAG ? Set.of("true", "false") : Set.of());
                }
            }
            case Term.Clock clock -> clocks.add(clock);
            case Term.Count _ -> {
                if (value instanceof Term.Whole(var number)) {
                    counts.add(number);
                }
            }
            default -> {} // a constant
        }
    }
}
