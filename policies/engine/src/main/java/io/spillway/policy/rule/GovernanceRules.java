package io.spillway.policy.rule;

import io.spillway.api.environment.Money;
import io.spillway.policy.document.PolicySet.Per;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import org.jspecify.annotations.Nullable;

/// The rules about amounts and jurisdictions, compiled.
///
/// @param residency where data may go
/// @param priorities places in the queue
/// @param limits what callers may ask
/// @param budgets what a tenant may spend in a month, by tenant
public record GovernanceRules(
        List<ResidencyRule> residency,
        List<PriorityRule> priorities,
        List<LimitRule> limits,
        Map<String, Money> budgets) {

    /// No such rules.
    public static final GovernanceRules NONE =
            new GovernanceRules(List.of(), List.of(), List.of(), Map.of());

    public GovernanceRules {
        residency = List.copyOf(residency);
        priorities = List.copyOf(priorities);
        limits = List.copyOf(limits);
        budgets = Collections.unmodifiableMap(new TreeMap<>(budgets));
    }

    /// Narrows the jurisdictions that a caller's data may enter.
    ///
    /// @param when when it applies, null for always
    /// @param allow what stays allowed
    public record ResidencyRule(String name, @Nullable CompiledCondition when, Set<String> allow) {
        public ResidencyRule {
            allow = Collections.unmodifiableSet(new TreeSet<>(allow));
        }
    }

    /// A place in the queue.
    ///
    /// @param when when it matches, null for always
    /// @param band 0 (last) to 9 (first)
    public record PriorityRule(String name, @Nullable CompiledCondition when, int band) {}

    /// What callers may ask of one router. What is null has no limit.
    ///
    /// @param when when it applies, null for always
    /// @param per who shares the requests of a minute
    public record LimitRule(
            String name,
            @Nullable CompiledCondition when,
            Per per,
            @Nullable Integer requestsPerMinute,
            @Nullable Integer maxPromptTokens,
            @Nullable Integer maxOutputTokens) {}
}
