package io.spillway.policy.document;

import io.spillway.policy.KnownNames;
import java.util.Collection;
import java.util.Set;
import org.snakeyaml.engine.v2.nodes.Node;

/// One file that is being read.
///
/// @param source its text
/// @param problems where mistakes go
/// @param known what it may refer to
record Reading(SourceText source, Problems problems, KnownNames known) {

    Fields fields(Shape shape, Node node) {
        return Fields.of(shape, node, source, problems);
    }

    void problem(Position at, String message, String hint) {
        problems.add(at, message, hint);
    }

    /// Reports a name that is none of those known.
    void known(Position at, String what, String name, Collection<String> names) {
        if (!names.contains(name)) {
            problem(at, "there is no %s '%s'".formatted(what, name), Suggestion.hint(name, names));
        }
    }

    /// The name of a rule, which no other may have.
    Located unique(Fields fields, Set<String> names, String what) {
        var name = fields.text("name");
        if (name == null) {
            return new Located("", fields.start());
        }
        var at = fields.at("name");
        if (name.isBlank() || name.length() > 128) {
            problem(at, "the name of a %s has 1 to 128 characters".formatted(what), "");
        } else if (!names.add(name)) {
            problem(
                    at,
                    "there is already a %s named '%s'".formatted(what, name),
                    "explanations speak of rules by name; give this one another");
        }
        return new Located(name, at);
    }
}
