package io.spillway.cli.admin;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import io.spillway.api.environment.Environment;
import io.spillway.api.environment.Model;
import io.spillway.api.environment.Tenant;
import io.spillway.cli.CommandFailure;
import io.spillway.cli.ExitCode;
import io.spillway.cli.TextFile;
import io.spillway.policy.KnownNames;
import io.spillway.policy.PolicySource;
import io.spillway.policy.condition.Jurisdictions;
import io.spillway.policy.verify.Inventory;
import io.spillway.policy.verify.Inventory.KeyGrant;
import io.spillway.sync.log.Json;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import java.util.stream.StreamSupport;

/// The world a policy is checked against where no installation can be asked: JSON with
/// `environments`, `tenants`, `models` and `keys`, in the admin REST's form.
final class EnvironmentsFile {
    /// The option that names such a file.
    static final String OPTION =
            "JSON with environments, tenants, models and keys in place of the running"
                    + " installation's";

    private EnvironmentsFile() {}

    static Inventory read(Path file) throws IOException {
        try {
            var all = Json.mapper().readTree(TextFile.read(file));
            if (!all.path("environments").isArray()) {
                throw wrong(file, "the list 'environments' is missing");
            }
            var inventory = inventory(all);
            inventory.environments().forEach(it -> requireJurisdictions(file, it));
            return inventory;
        } catch (JsonProcessingException e) {
            throw wrong(file, e.getOriginalMessage());
        }
    }

    private static void requireJurisdictions(Path file, Environment environment) {
        var known = Jurisdictions.of(new KnownNames(Map.of(), Set.of()));
        Stream.concat(
                        environment.dataLocations().stream(),
                        environment.operatorJurisdictions().stream())
                .filter(code -> !known.contains(code))
                .findFirst()
                .ifPresent(code -> {
                    throw wrong(
                            file,
                            "environment %s: there is no jurisdiction '%s', %s"
                                    .formatted(environment.name(), code, Jurisdictions.hint(code)));
                });
    }

    private static CommandFailure wrong(Path file, String what) {
        return new CommandFailure(
                ExitCode.USAGE,
                "%s cannot stand for an installation: %s; policies/examples/cn-environments.json shows the form"
                        .formatted(file, what));
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

    /// The names that a policy may refer to. Where no environment or no model is listed, those that
    /// it mentions.
    static KnownNames names(Inventory inventory, PolicySource source) {
        var places = new HashMap<String, Environment>();
        inventory.environments().forEach(it -> places.put(it.name(), it));
        var models = inventory.models().stream().map(Model::name).collect(Collectors.toSet());
        var lenient = new KnownNames(places, models).withMentionsIn(source);
        return new KnownNames(
                places.isEmpty() ? lenient.environments() : places,
                models.isEmpty() ? lenient.models() : models);
    }
}
