package io.spillway.policy.diff;

import io.spillway.api.decision.Candidate;
import io.spillway.api.decision.Decision;
import io.spillway.api.environment.PoolKey;
import io.spillway.api.environment.Zone;
import io.spillway.policy.CompiledPolicy;
import io.spillway.policy.KnownNames;
import io.spillway.policy.features.Features;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Stream;

/// How two policies differ.
///
/// @param rules what was added, removed and changed, rule by rule
/// @param newlyLeaving who may leave for a public place and could not before
/// @param noLongerLeaving who could and may not any more
/// @param classes whose class changes
/// @param tried how many requests were decided under both
public record PolicyDiff(
        List<String> rules,
        List<Group> newlyLeaving,
        List<Group> noLongerLeaving,
        List<Group> classes,
        int tried) {
    private static final int MOST_REQUESTS = 20_000;
    private static final int MOST_DEGRADES = 4;

    public PolicyDiff {
        rules = List.copyOf(rules);
        newlyLeaving = List.copyOf(newlyLeaving);
        noLongerLeaving = List.copyOf(noLongerLeaving);
        classes = List.copyOf(classes);
    }

    /// Requests for which the same thing changes.
    ///
    /// @param what what changes, in words
    /// @param example one of them
    /// @param count how many of those tried
    public record Group(String what, String example, int count) {}

    /// Compares two policies.
    ///
    /// @param known the places and models there are
    public static PolicyDiff between(
            CompiledPolicy before, CompiledPolicy after, KnownNames known) {
        var grid = new RequestGrid(new Constants(List.of(before.rules(), after.rules())), known);
        var leaving = new Groups();
        var staying = new Groups();
        var classes = new Groups();
        var samples = grid.samples(MOST_REQUESTS);
        for (var sample : samples) {
            var was = Outcome.of(before, sample.features(), known);
            var now = Outcome.of(after, sample.features(), known);
            if (!was.dataClass().equals(now.dataClass())) {
                classes.add(
                        "class is %s, was %s".formatted(now.dataClass(), was.dataClass()),
                        sample.label());
            }
            leaving.add(who(sample) + " may reach", now, was, sample.label());
            staying.add(who(sample) + " no longer reaches", was, now, sample.label());
        }
        return new PolicyDiff(
                RuleChanges.between(before, after),
                leaving.largestFirst(),
                staying.largestFirst(),
                classes.largestFirst(),
                samples.size());
    }

    private static String who(RequestGrid.Sample sample) {
        return "tenant " + sample.features().caller().tenant();
    }

    /// What one policy makes of one request.
    ///
    /// @param places public places that it can reach, as the requested or a smaller model
    private record Outcome(String dataClass, String rule, Set<String> places) {

        static Outcome of(CompiledPolicy policy, Features features, KnownNames known) {
            var dataClass = features.classify(policy).dataClass().wire();
            var places = new TreeSet<String>();
            var at = features;
            var rule = "";
            for (int i = 0; i <= MOST_DEGRADES; i++) {
                var placed = at.place(policy);
                rule = i == 0 ? placed.decision().explanation().rule() : rule;
                Stream.concat(pools(placed.decision()), placed.allowedWithoutEndpoint().stream())
                        .map(PoolKey::environment)
                        .filter(name -> isPublic(name, known))
                        .forEach(places::add);
                if (placed.degradeTo().isEmpty()) {
                    break;
                }
                at = at.degradedTo(placed.degradeTo().get());
            }
            return new Outcome(dataClass, rule, places);
        }

        private static boolean isPublic(String name, KnownNames known) {
            var environment = known.environments().get(name);
            return environment == null || environment.zone() == Zone.PUBLIC;
        }

        private static Stream<PoolKey> pools(Decision decision) {
            return switch (decision) {
                case Decision.Serve serve -> serve.candidates().stream().map(Candidate::pool);
                case Decision.Queue queue -> queue.pools().stream();
                case Decision.Degrade _, Decision.Shed _, Decision.Deny _ -> Stream.of();
            };
        }
    }

    private static final class Groups {
        private final Map<String, Group> groups = new LinkedHashMap<>();

        void add(String what, String example) {
            groups.merge(
                    what,
                    new Group(what, example, 1),
                    (group, _) -> new Group(what, group.example(), group.count() + 1));
        }

        /// Adds what the first reaches and the second does not.
        void add(String who, Outcome reaches, Outcome not, String example) {
            for (var place : reaches.places()) {
                if (!not.places().contains(place)) {
                    add(
                            "%s %s, class %s, by rule '%s'"
                                    .formatted(who, place, reaches.dataClass(), reaches.rule()),
                            example);
                }
            }
        }

        List<Group> largestFirst() {
            return groups.values().stream()
                    .sorted(Comparator.comparingInt(Group::count).reversed())
                    .toList();
        }
    }
}
