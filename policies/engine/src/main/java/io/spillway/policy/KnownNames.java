package io.spillway.policy;

import io.spillway.api.environment.Environment;
import io.spillway.api.state.RoutingState;
import java.util.Map;
import java.util.Set;

/// The names that a policy may mention because the registry knows them.
///
/// @param environments environments by name
/// @param models model names that callers can send
public record KnownNames(Map<String, Environment> environments, Set<String> models) {

    public KnownNames {
        environments = Map.copyOf(environments);
        models = Set.copyOf(models);
    }

    /// The names in a routing state.
    public static KnownNames of(RoutingState state) {
        return new KnownNames(state.environments(), state.models().keySet());
    }

    /// These names and all that a file mentions, for checking it where no registry can be asked. It
    /// is lenient: a misspelled environment or model goes unnoticed. An environment that is only
    /// mentioned is taken to be public and cleared for everything.
    public KnownNames withMentionsIn(String yaml) {
        return withMentionsIn(new PolicySource(yaml));
    }

    /// As [#withMentionsIn(String)], for a file with those it imports.
    public KnownNames withMentionsIn(PolicySource source) {
        return MentionedNames.of(source, this);
    }
}
