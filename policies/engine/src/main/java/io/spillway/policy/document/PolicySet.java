package io.spillway.policy.document;

import io.spillway.api.decision.WhenFull;
import io.spillway.api.environment.Money;
import io.spillway.api.environment.Zone;
import io.spillway.api.request.DataClass;
import io.spillway.policy.detect.OwnDetector;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/// A policy file as its author wrote it, every name and type checked but those inside conditions.
///
/// @param name the set's name
/// @param attributes declared caller attributes by name
/// @param attributePositions where they are declared
/// @param defaultClass class of a request that no rule raises
/// @param raises classification rules: all that match apply
/// @param placement placement rules: the first that matches applies
/// @param invariants what must never happen
/// @param governance who may use how much, and where data may go
/// @param tests the author's own expectations
/// @param detectors the author's own words and patterns
public record PolicySet(
        String name,
        Map<String, AttributeDeclaration> attributes,
        Map<String, Position> attributePositions,
        DataClass defaultClass,
        List<Raise> raises,
        List<PlacementRule> placement,
        List<Invariant> invariants,
        Governance governance,
        List<PolicyTest> tests,
        List<OwnDetector> detectors) {

    public PolicySet {
        attributes = Map.copyOf(attributes);
        attributePositions = Map.copyOf(attributePositions);
        raises = List.copyOf(raises);
        placement = List.copyOf(placement);
        invariants = List.copyOf(invariants);
        tests = List.copyOf(tests);
        detectors = List.copyOf(detectors);
    }

    /// A caller attribute that conditions may read.
    ///
    /// @param type what its value must be
    /// @param optional whether callers may lack it; conditions must then ask `has()` first
    public record AttributeDeclaration(AttributeType type, boolean optional) {}

    /// What an attribute's value must be. Attributes travel as text.
    public enum AttributeType {
        STRING,
        INT,
        BOOL
    }

    /// A classification rule.
    ///
    /// @param name its name
    /// @param when when it applies
    /// @param to the class it asks for
    public record Raise(String name, Expression when, DataClass to) {}

    /// A placement rule.
    ///
    /// @param name its name
    /// @param when when it applies; null means always
    /// @param window when it applies by the clock; null means always
    /// @param use where a request may run, in order of preference
    /// @param whenFull what to do when there is no room
    /// @param degradeTo models to decide for instead, one after the other; empty unless `whenFull`
    ///   is degrade
    public record PlacementRule(
            Located name,
            @Nullable Expression when,
            @Nullable Window window,
            List<Use> use,
            WhenFull whenFull,
            List<String> degradeTo) {
        public PlacementRule {
            use = List.copyOf(use);
            degradeTo = List.copyOf(degradeTo);
        }
    }

    /// A time of the week by the clock on the wall.
    ///
    /// @param zone name in the IANA database
    /// @param days days on which it begins, such as `mon`
    /// @param from minute of the day on which it begins
    /// @param to minute of the day before which it ends, 1 to 1440; not after `from` means on the
    ///   next day
    public record Window(String zone, Set<String> days, int from, int to) {
        /// Minutes of a day, summer time aside.
        public static final int DAY = 24 * 60;

        public Window {
            days = Set.copyOf(days);
        }
    }

    /// Pools that a placement rule selects: those of one zone or of one environment.
    ///
    /// @param zone all environments of this zone; null when `environment` is set
    /// @param environment one environment; null when `zone` is set
    /// @param when when the entry applies; null means always
    /// @param window when it applies by the clock; null means always
    /// @param maxMicrosPer1kTokens dearest price allowed, null for any
    /// @param mask types of findings that are replaced before a request leaves for a public place
    public record Use(
            @Nullable Zone zone,
            @Nullable String environment,
            @Nullable Expression when,
            @Nullable Window window,
            @Nullable Long maxMicrosPer1kTokens,
            Set<String> mask) {

        public Use {
            mask = Set.copyOf(mask);
        }

        /// `zone private` or `environment aws-burst`.
        public String target() {
            return zone != null ? "zone " + zone.wire() : "environment " + environment;
        }
    }

    /// Something that must never happen, whatever the rules say.
    public record Invariant(Expression never) {}

    /// Rules about amounts and jurisdictions.
    ///
    /// @param residency where data may go: all that match apply
    /// @param priorities places in the queue: the first that matches decides
    /// @param limits what callers may ask: all that match apply
    /// @param budgets what tenants may spend
    public record Governance(
            List<Residency> residency,
            List<Priority> priorities,
            List<Limit> limits,
            List<Budget> budgets) {

        /// No such rules.
        public static final Governance NONE =
                new Governance(List.of(), List.of(), List.of(), List.of());

        public Governance {
            residency = List.copyOf(residency);
            priorities = List.copyOf(priorities);
            limits = List.copyOf(limits);
            budgets = List.copyOf(budgets);
        }
    }

    /// Narrows the jurisdictions that a caller's data may enter.
    ///
    /// @param when when it applies; null means always
    /// @param allow what stays allowed; empty means private environments only
    public record Residency(String name, @Nullable Expression when, Set<String> allow) {
        public Residency {
            allow = Set.copyOf(allow);
        }
    }

    /// A place in the queue.
    ///
    /// @param when when it matches; null means always
    /// @param band 0 (last) to 9 (first)
    public record Priority(String name, @Nullable Expression when, int band) {}

    /// What callers may ask of one router. What is null has no limit.
    ///
    /// @param when when it applies; null means always
    /// @param per who shares the requests of a minute
    public record Limit(
            String name,
            @Nullable Expression when,
            Per per,
            @Nullable Integer requestsPerMinute,
            @Nullable Integer maxPromptTokens,
            @Nullable Integer maxOutputTokens) {}

    /// Who shares a limit.
    public enum Per {
        TENANT,
        TEAM,
        KEY
    }

    /// Most that a tenant may spend in a calendar month.
    public record Budget(String tenant, Money monthly) {}
}
