package io.spillway.cli.rehearse;

import com.fasterxml.jackson.databind.node.ObjectNode;
import io.spillway.policy.simulate.Rehearsed;
import io.spillway.sync.log.Json;
import java.util.Locale;

/// What a rehearsal found, as JSON.
final class RehearsalJson {
    private RehearsalJson() {}

    static ObjectNode of(Rehearsed result) {
        ObjectNode root = Json.mapper().valueToTree(result);
        var reasons = root.putObject("undecidable");
        result.undecidable()
                .forEach((why, count) -> reasons.put(why.name().toLowerCase(Locale.ROOT), count));
        return root;
    }
}
