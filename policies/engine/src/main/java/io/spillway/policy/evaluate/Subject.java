package io.spillway.policy.evaluate;

import io.spillway.api.request.Caller;
import io.spillway.api.request.Finding;
import io.spillway.api.request.Operation;
import io.spillway.api.request.RequestFacts;
import io.spillway.policy.CompiledPolicy;
import io.spillway.policy.detect.Detectors;
import io.spillway.policy.detect.OwnDetector;
import io.spillway.policy.detect.TextLeaf;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/// What is measured: detectors alone, or a policy with them.
public final class Subject {
    private final Detectors detectors;
    private final @Nullable CompiledPolicy policy;

    private Subject(Detectors detectors, @Nullable CompiledPolicy policy) {
        this.detectors = detectors;
        this.policy = policy;
    }

    /// Detectors alone: a text is raised when a finding counts.
    public static Subject of(Detectors detectors) {
        return new Subject(detectors, null);
    }

    /// A policy: a text is raised when it gets a higher class than a text without findings.
    public static Subject of(Detectors detectors, CompiledPolicy policy) {
        return new Subject(detectors, policy);
    }

    /// The labels that name something it can find.
    public Labels labels() {
        return Labels.with(detectors.own().stream().map(OwnDetector::name).toList());
    }

    /// What became of one text.
    ///
    /// @param findings everything found
    /// @param raised whether the policy raised it, null without a policy
    public record Examined(List<Finding> findings, @Nullable Boolean raised) {}

    /// Examines one text.
    public Examined examine(String text) {
        var utf8 = text.getBytes(StandardCharsets.UTF_8);
        var scan = detectors.scan(List.of(new TextLeaf("/text", utf8, 0, utf8.length)));
        var rules = policy;
        if (rules == null) {
            // An unfinished scan stands for the worst, so it raises like a finding.
            return new Examined(scan.findings(), scan.exhausted() ? true : null);
        }
        var facts = facts(utf8.length);
        var plain = rules.classify(facts, List.of(), List.of()).dataClass();
        var with = rules.classify(facts, scan, List.of()).dataClass();
        return new Examined(scan.findings(), with.compareTo(plain) > 0);
    }

    private static RequestFacts facts(int bytes) {
        return new RequestFacts(
                Operation.CHAT,
                "any",
                new Caller("test", null, "evaluation", Set.of(), Map.of(), Set.of(), false),
                false,
                null,
                Set.of(),
                bytes,
                bytes / 4,
                null);
    }
}
