package io.spillway.connector.cloud.control.terraform;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.spillway.api.connector.FleetDriver.FleetSite;
import io.spillway.api.environment.Fleet;
import io.spillway.connector.cloud.control.fleet.SafeFiles;
import io.spillway.connector.cloud.control.fleet.ServerOptions;
import java.io.FileNotFoundException;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/// The files of one fleet.
///
/// - `terraform/main.tf.json`: the root module, written anew before each run, that calls
/// - `terraform/module/`: a copy of the shipped module, or the module that the fleet names
/// - `terraform/terraform.tfstate`: what Terraform knows
/// - `machines.json`: the outputs after the last run
/// - `runs/`: a log for each run
///
/// @param root the fleet's directory
record Workspace(Path root) {
    private static final ObjectMapper JSON = new ObjectMapper();

    /// The files of `terraform/modules/local-fleet` that its users need, as they lie in the jar.
    static final List<String> SHIPPED =
            List.of("main.tf", "outputs.tf", "scripts/start.sh", "variables.tf", "versions.tf");

    Path directory() {
        return root.resolve("terraform");
    }

    Path logs() {
        return root.resolve("runs");
    }

    Path machines() {
        return root.resolve("machines.json");
    }

    Path state() {
        return directory().resolve("terraform.tfstate");
    }

    /// Writes the root module for a size.
    void prepare(Fleet fleet, FleetSite site, int desired) throws IOException {
        Files.createDirectories(directory());
        var configuration = JSON.createObjectNode();
        var module = configuration.putObject("module").putObject("fleet");
        var named = fleet.settings().get("module");
        module.put("source", named == null ? copyShipped() : reference(fleet, Path.of(named)));
        module.put("name", literal(fleet.name()));
        module.put("environment", literal(fleet.environment()));
        module.put("model", literal(ServerOptions.model(fleet, site)));
        module.put("desired", desired);
        module.put("maximum", fleet.maximum());
        if (named == null) {
            localVariables(module, fleet, site);
        }
        variables(module, fleet);
        configuration
                .putObject("output")
                .putObject("machines")
                .put("value", "${try(module.fleet.machines, [])}");
        SafeFiles.replace(
                directory().resolve("main.tf.json"),
                JSON.writerWithDefaultPrettyPrinter().writeValueAsBytes(configuration));
    }

    private void localVariables(ObjectNode module, Fleet fleet, FleetSite site) throws IOException {
        module.put("first_port", site.firstPort());
        module.set("server_command", strings(site.serverCommand()));
        module.put("run_dir", literal(root.resolve("run").toString()));
        module.put("wait_for_boot", false);
        put(module, "engines", fleet.settings().get("engines"));
        put(module, "boot_seconds", fleet.settings().get("bootSeconds"));
        module.set(
                "extra_options",
                strings(ServerOptions.ofSettings(fleet, Set.of("engines", "bootSeconds"))));
        if (site.canaryDirectory() != null) {
            module.put("canary_dir", literal(site.canaryDirectory().toString()));
        }
        if (site.processFile() != null) {
            module.put("process_file", literal(site.processFile().toString()));
        }
    }

    /// Settings `var.NAME` become the module's variables; JSON where they are JSON.
    private static void variables(ObjectNode module, Fleet fleet) {
        fleet.settings()
                .forEach((setting, value) -> {
                    if (setting.startsWith("var.")) {
                        module.set(setting.substring("var.".length()), value(value));
                    }
                });
    }

    private static JsonNode value(String text) {
        try {
            var json = JSON.readTree(text);
            if (!json.isTextual() && !json.isMissingNode()) {
                return escaped(json);
            }
        } catch (JsonProcessingException plainText) {
            // A word without quotes is a string, as on Terraform's command line.
        }
        return JSON.getNodeFactory().textNode(literal(text));
    }

    private static JsonNode escaped(JsonNode json) {
        if (json.isTextual()) {
            return JSON.getNodeFactory().textNode(literal(json.asText()));
        }
        if (json.isArray()) {
            var array = JSON.createArrayNode();
            json.forEach(item -> array.add(escaped(item)));
            return array;
        }
        if (json.isObject()) {
            var object = JSON.createObjectNode();
            json.properties().forEach(it -> object.set(it.getKey(), escaped(it.getValue())));
            return object;
        }
        return json;
    }

    private static JsonNode strings(List<String> texts) {
        var array = JSON.createArrayNode();
        texts.forEach(text -> array.add(literal(text)));
        return array;
    }

    private static void put(ObjectNode module, String variable, @Nullable String value) {
        if (value != null) {
            module.put(variable, literal(value));
        }
    }

    /// Text that Terraform's JSON syntax reads as itself, not as a template.
    private static String literal(String text) {
        return text.replace("${", "$${").replace("%{", "%%{");
    }

    private String copyShipped() throws IOException {
        for (var name : SHIPPED) {
            var target = directory().resolve("module").resolve(name);
            Files.createDirectories(target.getParent());
            try (var in = Workspace.class.getResourceAsStream("/terraform/local-fleet/" + name)) {
                if (in == null) {
                    throw new FileNotFoundException(
                            "the jar lacks terraform/local-fleet/%s; build it again"
                                    .formatted(name));
                }
                SafeFiles.replace(target, in.readAllBytes());
            }
        }
        return "./module";
    }

    /// A relative path, because Terraform copies a module named by an absolute one and then finds
    /// none of its neighbours.
    private String reference(Fleet fleet, Path module) throws IOException {
        if (!module.isAbsolute() || !Files.isDirectory(module)) {
            throw new IOException(
                    "fleet '%s' has module '%s'; expected the absolute path of a directory with Terraform files"
                            .formatted(fleet.name(), module));
        }
        var relative = directory().toRealPath().relativize(module.toRealPath()).toString();
        return relative.startsWith("..") ? relative : "./" + relative;
    }
}
