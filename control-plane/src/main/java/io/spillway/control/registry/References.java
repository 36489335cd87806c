package io.spillway.control.registry;

import io.spillway.api.environment.Environment;
import io.spillway.api.environment.RegistryObject.Kind;
import io.spillway.api.environment.Zone;
import io.spillway.api.state.ChangeSet;
import io.spillway.control.problem.Problem;
import io.spillway.control.problem.Refusal;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;

/// What is named must exist, and what is named cannot go.
final class References {

    private References() {}

    /// Checks changes against the state that they lead to.
    static void check(RegistryState after, List<ChangeSet.Change> changes) {
        for (var change : changes) {
            var object = change.object();
            if (object == null) {
                refuseWhileUsed(after, change);
            } else {
                var missing = new ArrayList<Problem.Item>();
                for (var reference : Reference.of(object)) {
                    fault(after, reference, missing);
                }
                if (!missing.isEmpty()) {
                    throw Refusal.invalid(missing);
                }
            }
        }
    }

    private static void fault(RegistryState after, Reference reference, List<Problem.Item> faults) {
        var found = after.find(reference.kind(), reference.key());
        if (found.isEmpty()) {
            faults.add(
                    Problem.Item.at(
                            reference.at(),
                            "there is no %s '%s'"
                                    .formatted(name(reference.kind()), reference.key()),
                            mend(reference)));
        } else if ("maySpill".equals(reference.at())
                && found.get() instanceof Environment it
                && it.zone() == Zone.PRIVATE) {
            faults.add(
                    Problem.Item.at(
                            "maySpill",
                            "environment '%s' is private".formatted(it.name()),
                            "Leave it out: a private environment needs no grant."));
        }
    }

    private static void refuseWhileUsed(RegistryState after, ChangeSet.Change deletion) {
        var users = new ArrayList<Problem.Item>();
        after.objects()
                .forEach(object -> {
                    for (var reference : Reference.of(object)) {
                        if (reference.kind() == deletion.kind()
                                && reference.key().equals(deletion.key())) {
                            users.add(use(name(object.kind()), object.key(), reference));
                        }
                    }
                });
        if (!users.isEmpty()) {
            throw Refusal.conflict(
                    "in_use",
                    "%s '%s' is still in use by %d object(s); nothing was changed"
                            .formatted(name(deletion.kind()), deletion.key(), users.size()),
                    users);
        }
    }

    private static Problem.Item use(String kind, String key, Reference reference) {
        var hint =
                switch (reference.at()) {
                    case "maySpill" -> "Take it out of maySpill first.";
                    case "id" -> "POST /fleets/%s/destroy first.".formatted(reference.key());
                    default -> "Delete or move it first.";
                };
        return Problem.Item.at(
                kind + "/" + key, "names it in '%s'".formatted(reference.at()), hint);
    }

    private static String mend(Reference reference) {
        return switch (reference.at()) {
            case "id" ->
                    "The colon is reserved for machines of fleets; use another character, such as"
                            + " '-'.";
            case "modelVersion" ->
                    "PUT /pools/%s first, or name a version that has a pool there."
                            .formatted(reference.key());
            default ->
                    "PUT /%ss/%s first, or correct the name."
                            .formatted(name(reference.kind()), reference.key());
        };
    }

    private static String name(Kind kind) {
        return kind.name().toLowerCase(Locale.ROOT);
    }
}
