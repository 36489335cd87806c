package io.spillway.policy;

import io.spillway.api.decision.Decision;
import io.spillway.api.environment.Money;
import io.spillway.api.request.Classification;
import io.spillway.api.request.Finding;
import io.spillway.api.request.RequestFacts;
import io.spillway.policy.condition.Scope;
import io.spillway.policy.detect.Detectors;
import io.spillway.policy.detect.Scan;
import io.spillway.policy.document.PolicyTest;
import io.spillway.policy.rule.Classifier;
import io.spillway.policy.rule.GovernanceRules.LimitRule;
import io.spillway.policy.rule.GovernanceRules.PriorityRule;
import io.spillway.policy.rule.Governor;
import io.spillway.policy.rule.Placer;
import io.spillway.policy.rule.RuleSet;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/// A policy that was checked and is ready to decide. Immutable and safe for use by many threads.
public final class CompiledPolicy {
    private final String name;
    private final String digest;
    private final RuleSet rules;
    private final List<PolicyProblem> warnings;
    private final List<PolicyTest> tests;
    private final Detectors detectors;
    private final Classifier classifier;
    private final Placer placer;
    private final Governor governor;
    private final Set<Set<String>> masks;

    CompiledPolicy(
            String name,
            String digest,
            RuleSet rules,
            List<PolicyTest> tests,
            Detectors detectors,
            List<PolicyProblem> warnings) {
        this.name = name;
        this.warnings = List.copyOf(warnings);
        this.digest = digest;
        this.rules = rules;
        this.tests = List.copyOf(tests);
        this.detectors = detectors;
        this.classifier = new Classifier(rules);
        this.placer = new Placer(rules);
        this.governor = new Governor(rules.governance());
        this.masks = rules.masks();
    }

    /// The set's `metadata.name`.
    public String name() {
        return name;
    }

    /// SHA-256 of the file's UTF-8 bytes, 64 lower-case hex digits.
    public String digest() {
        return digest;
    }

    /// The compiled rules.
    public RuleSet rules() {
        return rules;
    }

    /// The built-in detectors and those that the policy declares: what its rules speak of.
    public Detectors detectors() {
        return detectors;
    }

    /// What is allowed in the file and yet cannot be meant, such as a rule that is never asked.
    public List<PolicyProblem> warnings() {
        return warnings;
    }

    /// The sets of types that entries of placement rules mask. What the request is without them has
    /// to be given to [#place].
    public Set<Set<String>> masks() {
        return masks;
    }

    List<PolicyTest> tests() {
        return tests;
    }

    /// Gives a request its class: the strictest of the policy's default, the floors, every rule
    /// that matches and the class that the request declares. When anything fails it is the highest,
    /// with source `error`. Never throws.
    ///
    /// @param findings what the detectors found; those below [io.spillway.policy.rule.Confidence]
    ///   are recorded and raise nothing
    /// @param floors what the key, the tenant, the model or the session ask for
    public Classification classify(
            RequestFacts facts, List<Finding> findings, List<Classification.Source> floors) {
        return classifier.classify(facts, findings, floors);
    }

    /// As [#classify(RequestFacts, List, List)], for what a scan gave. When the scan ran out of
    /// steps the class is the highest, with source `error`.
    public Classification classify(
            RequestFacts facts, Scan scan, List<Classification.Source> floors) {
        return classifier.classify(facts, scan, floors);
    }

    /// Decides where a request may run. When anything fails the answer is no. Never throws.
    public Decision decide(
            RequestFacts facts, Classification classification, PlacementFacts placement) {
        return place(facts, classification, placement).decision();
    }

    /// As [#decide], with the pools that would have been allowed but have no ready endpoint, and
    /// the model to degrade to.
    public Placed place(
            RequestFacts facts, Classification classification, PlacementFacts placement) {
        return placer.place(facts, classification, placement);
    }

    /// The rule that says which place in the queue a request has, empty when none does.
    public Optional<PriorityRule> priority(
            RequestFacts facts, Classification classification, Instant now) {
        return governor.priority(scope(facts, classification, now));
    }

    /// The limits that apply to a request.
    public List<LimitRule> limits(RequestFacts facts, Classification classification, Instant now) {
        return governor.limits(scope(facts, classification, now));
    }

    /// What tenants may spend in a calendar month, by tenant; never more than the registry allows.
    public Map<String, Money> budgets() {
        return rules.governance().budgets();
    }

    private static Scope scope(RequestFacts facts, Classification classification, Instant now) {
        return Placer.scope(facts, classification, now);
    }
}
