package io.spillway.policy;

import io.spillway.api.environment.Environment;
import io.spillway.api.environment.Names;
import io.spillway.api.environment.Zone;
import io.spillway.api.request.DataClass;
import io.spillway.policy.condition.Mentions;
import io.spillway.policy.document.Expression;
import io.spillway.policy.document.PolicyReader;
import io.spillway.policy.document.PolicySet;
import io.spillway.policy.document.PolicySet.Limit;
import io.spillway.policy.document.PolicySet.PlacementRule;
import io.spillway.policy.document.PolicySet.Priority;
import io.spillway.policy.document.PolicySet.Residency;
import io.spillway.policy.document.PolicySet.Use;
import io.spillway.policy.document.PolicyTest;
import io.spillway.policy.document.Problems;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Objects;
import java.util.Set;
import java.util.stream.Stream;

/// Known names for a file that is checked where no registry can be asked: whatever it mentions is
/// taken to exist, so a misspelled environment or model goes unnoticed.
final class MentionedNames {
    private static final Set<String> NOWHERE = Set.of("ZZ");

    private MentionedNames() {}

    /// The given names and those that the file mentions. An environment that is only mentioned is
    /// taken to be public and to be cleared for everything, the hardest case for a policy's tests.
    static KnownNames of(PolicySource source, KnownNames known) {
        var set = PolicyReader.read(source, known, new Problems());
        if (set.isEmpty()) {
            return known;
        }
        var conditions = conditions(set.get());
        var environments = new HashMap<>(known.environments());
        Stream.concat(environments(set.get()), Mentions.of("environment.name", conditions).stream())
                .filter(MentionedNames::isName)
                .forEach(name -> environments.putIfAbsent(name, mentioned(name)));
        var models = new HashSet<>(known.models());
        models.addAll(Mentions.of("model", conditions));
        for (var rule : set.get().placement()) {
            models.addAll(rule.degradeTo());
        }
        set.get().tests().stream()
                .map(PolicyTest::request)
                .map(PolicyTest.Request::model)
                .forEach(models::add);
        return new KnownNames(environments, models);
    }

    private static Stream<String> environments(PolicySet set) {
        var used =
                set.placement().stream()
                        .map(PlacementRule::use)
                        .flatMap(List::stream)
                        .map(Use::environment)
                        .filter(Objects::nonNull);
        var tested =
                set.tests().stream()
                        .flatMap(test -> {
                            var expected = test.expect().environments();
                            return Stream.concat(
                                    test.request().down().stream(),
                                    expected == null ? Stream.<String>empty() : expected.stream());
                        });
        return Stream.concat(used, tested);
    }

    private static List<String> conditions(PolicySet set) {
        var all = new ArrayList<Expression>();
        set.raises().forEach(it -> all.add(it.when()));
        for (var rule : set.placement()) {
            if (rule.when() != null) {
                all.add(rule.when());
            }
            rule.use().stream().map(Use::when).filter(Objects::nonNull).forEach(all::add);
        }
        set.invariants().forEach(it -> all.add(it.never()));
        var governance = set.governance();
        Stream.of(
                        governance.residency().stream().map(Residency::when),
                        governance.priorities().stream().map(Priority::when),
                        governance.limits().stream().map(Limit::when))
                .flatMap(it -> it)
                .filter(Objects::nonNull)
                .forEach(all::add);
        return all.stream().map(Expression::text).toList();
    }

    private static boolean isName(String text) {
        try {
            Names.check("environment", text);
            return true;
        } catch (IllegalArgumentException _) {
            return false; // compiling the file reports it as unknown
        }
    }

    private static Environment mentioned(String name) {
        return new Environment(
                name,
                Zone.PUBLIC,
                "hosted",
                "unknown",
                NOWHERE,
                NOWHERE,
                DataClass.HIGHEST,
                List.of(),
                null);
    }
}
