package io.spillway.policy.rule;

import io.spillway.api.decision.Explanation.Step;
import io.spillway.api.decision.WhenFull;
import io.spillway.api.environment.Zone;
import io.spillway.api.request.Classification.Source;
import io.spillway.api.request.DataClass;
import java.util.Collections;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/// The rules of a policy, compiled.
///
/// @param defaultClass class of a request that nothing raises
/// @param raises classification rules
/// @param placement placement rules in order
/// @param invariants what must never happen
/// @param governance rules about amounts and jurisdictions
public record RuleSet(
        DataClass defaultClass,
        List<RaiseRule> raises,
        List<PlaceRule> placement,
        List<NeverRule> invariants,
        GovernanceRules governance) {

    public RuleSet {
        raises = List.copyOf(raises);
        placement = List.copyOf(placement);
        invariants = List.copyOf(invariants);
    }

    /// The sets of types that entries of placement rules mask.
    public Set<Set<String>> masks() {
        return placement.stream()
                .flatMap(it -> it.use().stream())
                .map(UseRule::mask)
                .filter(it -> !it.isEmpty())
                .collect(Collectors.toUnmodifiableSet());
    }

    /// A classification rule.
    ///
    /// @param when when it applies
    /// @param source what it adds to a classification
    public record RaiseRule(CompiledCondition when, Source source) {}

    /// A placement rule, with the steps of an explanation that are the same for every request.
    ///
    /// @param name its name
    /// @param when when it applies, null for always
    /// @param use what it selects
    /// @param whenFull what to do without room
    /// @param degradeTo models to decide for instead, in order; empty unless `whenFull` is degrade
    public record PlaceRule(
            String name,
            @Nullable CompiledCondition when,
            List<UseRule> use,
            WhenFull whenFull,
            List<String> degradeTo,
            Step matched,
            Step passedOver) {

        public PlaceRule {
            use = List.copyOf(use);
            degradeTo = List.copyOf(degradeTo);
        }

        /// A rule with its steps.
        public static PlaceRule of(
                String name,
                @Nullable CompiledCondition when,
                List<UseRule> use,
                WhenFull whenFull,
                List<String> degradeTo) {
            var subject = "rule " + name;
            return new PlaceRule(
                    name,
                    when,
                    use,
                    whenFull,
                    degradeTo,
                    new Step(
                            subject,
                            when == null ? "matches every request" : "matches: " + when.text()),
                    new Step(subject, when == null ? "" : "does not match: " + when.text()));
        }
    }

    /// One entry of `use`.
    ///
    /// @param label how explanations call it, such as `use 2`
    /// @param target what it selects, in words
    /// @param zone all environments of this zone, null when `environment` is set
    /// @param environment one environment, null when `zone` is set
    /// @param when when it applies, null for always
    /// @param maxMicrosPer1kTokens dearest price allowed, null for any
    /// @param mask types of findings that are masked before a request leaves: its public pools are
    ///   judged by the class of what is then left
    /// @param changesWithTime whether it can come to apply while a request waits
    public record UseRule(
            String label,
            String target,
            @Nullable Zone zone,
            @Nullable String environment,
            @Nullable CompiledCondition when,
            @Nullable Long maxMicrosPer1kTokens,
            Set<String> mask,
            boolean changesWithTime) {

        public UseRule {
            mask = Collections.unmodifiableSet(new TreeSet<>(mask)); // printed alike everywhere
        }

        /// An entry, which knows from its condition whether it changes with time.
        public UseRule(
                String label,
                String target,
                @Nullable Zone zone,
                @Nullable String environment,
                @Nullable CompiledCondition when,
                @Nullable Long maxMicrosPer1kTokens,
                Set<String> mask) {
            this(
                    label,
                    target,
                    zone,
                    environment,
                    when,
                    maxMicrosPer1kTokens,
                    mask,
                    when != null && when.changesWithTime());
        }
    }

    /// An invariant.
    ///
    /// @param never what must not be true
    public record NeverRule(CompiledCondition never) {}
}
