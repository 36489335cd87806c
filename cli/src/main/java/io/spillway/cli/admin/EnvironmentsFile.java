package io.spillway.cli.admin;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import io.spillway.api.environment.Environment;
import io.spillway.api.environment.Model;
import io.spillway.api.environment.Tenant;
import io.spillway.cli.CommandFailure;
import io.spillway.cli.ExitCode;
import io.spillway.policy.KnownNames;
import io.spillway.policy.PolicySource;
import io.spillway.policy.verify.Inventory;
import io.spillway.policy.verify.Inventory.KeyGrant;
import io.spillway.sync.log.Json;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.stream.Collectors;
import java.util.stream.StreamSupport;

/// The world a policy is checked against where no installation can be asked: JSON with
/// `environments`, `tenants`, `models` and `keys`, in the admin REST's form.
final class EnvironmentsFile {
    private EnvironmentsFile() {}

    static Inventory read(Path file) throws IOException {
        if (!Files.isReadable(file)) {
            throw new CommandFailure(ExitCode.USAGE, "cannot read %s".formatted(file));
        }
        try {
            return inventory(Json.mapper().readTree(Files.readString(file)));
        } catch (JsonProcessingException e) {
            throw new CommandFailure(
                    ExitCode.USAGE,
                    "%s is not JSON with environments, tenants, models and keys: %s"
                            .formatted(file, e.getOriginalMessage()));
        }
    }

    static Inventory inventory(JsonNode all) throws JsonProcessingException {
        var keys = new ArrayList<KeyGrant>();
        for (var key : all.path("keys")) {
            keys.add(
                    new KeyGrant(
                            key.path("id").asText(),
                            key.path("tenant").asText(),
                            StreamSupport.stream(key.path("maySpill").spliterator(), false)
                                    .map(JsonNode::asText)
                                    .collect(Collectors.toSet())));
        }
        return new Inventory(
                list(all.path("environments"), Environment.class),
                list(all.path("tenants"), Tenant.class),
                list(all.path("models"), Model.class),
                keys);
    }

    private static <T> List<T> list(JsonNode items, Class<T> type) throws JsonProcessingException {
        var all = new ArrayList<T>();
        for (var item : items) {
            all.add(Json.mapper().treeToValue(item, type));
        }
        return all;
    }

    /// The names that a policy may refer to; without models, also those that it mentions.
    static KnownNames names(Inventory inventory, PolicySource source) {
        var places = new HashMap<String, Environment>();
        inventory.environments().forEach(it -> places.put(it.name(), it));
        var models = inventory.models().stream().map(Model::name).collect(Collectors.toSet());
        var known = new KnownNames(places, models);
        return models.isEmpty() ? known.withMentionsIn(source) : known;
    }
}
