package io.spillway.policy.document;

import io.spillway.api.decision.WhenFull;
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
/// @param defaultClass class of a request that no rule raises
/// @param raises classification rules: all that match apply
/// @param placement placement rules: the first that matches applies
/// @param invariants what must never happen
/// @param tests the author's own expectations
/// @param detectors the author's own words and patterns
public record PolicySet(
        String name,
        Map<String, AttributeDeclaration> attributes,
        DataClass defaultClass,
        List<Raise> raises,
        List<PlacementRule> placement,
        List<Invariant> invariants,
        List<PolicyTest> tests,
        List<OwnDetector> detectors) {

    public PolicySet {
        attributes = Map.copyOf(attributes);
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
    /// @param use where a request may run, in order of preference
    /// @param whenFull what to do when there is no room
    /// @param degradeTo model to decide for instead, null unless `whenFull` is degrade
    public record PlacementRule(
            Located name,
            @Nullable Expression when,
            List<Use> use,
            WhenFull whenFull,
            @Nullable String degradeTo) {
        public PlacementRule {
            use = List.copyOf(use);
        }
    }

    /// Pools that a placement rule selects: those of one zone or of one environment.
    ///
    /// @param zone all environments of this zone; null when `environment` is set
    /// @param environment one environment; null when `zone` is set
    /// @param when when the entry applies; null means always
    /// @param maxMicrosPer1kTokens dearest price allowed, null for any
    /// @param mask types of findings that are replaced before a request leaves for a public place
    public record Use(
            @Nullable Zone zone,
            @Nullable String environment,
            @Nullable Expression when,
            @Nullable Long maxMicrosPer1kTokens,
            Set<String> mask) {

        public Use {
            mask = Set.copyOf(mask);
        }

        /// An entry that masks nothing.
        public Use(
                @Nullable Zone zone,
                @Nullable String environment,
                @Nullable Expression when,
                @Nullable Long maxMicrosPer1kTokens) {
            this(zone, environment, when, maxMicrosPer1kTokens, Set.of());
        }

        /// `zone private` or `environment aws-burst`.
        public String target() {
            return zone != null ? "zone " + zone.wire() : "environment " + environment;
        }
    }

    /// Something that must never happen, whatever the rules say.
    public record Invariant(Expression never) {}
}
