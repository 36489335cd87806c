package io.spillway.policy;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.networknt.schema.JsonSchema;
import com.networknt.schema.JsonSchemaFactory;
import com.networknt.schema.SpecVersion;
import com.networknt.schema.ValidationMessage;
import io.spillway.policy.document.PolicySchema;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.snakeyaml.engine.v2.api.Load;
import org.snakeyaml.engine.v2.api.LoadSettings;

class PolicySchemaTest {
    private static final ObjectMapper JSON = new ObjectMapper();
    private static final Path PUBLISHED = Path.of("../../docs/policy.schema.json");
    private static final Path MISTAKES = Path.of("src/test/resources/mistakes");
    private static final JsonSchema SCHEMA =
            JsonSchemaFactory.getInstance(SpecVersion.VersionFlag.V202012)
                    .getSchema(PolicySchema.json());

    /// Mistakes that are about names, conditions or several keys at once, which no schema sees.
    private static final Set<String> BEYOND =
            Set.of(
                    "structure-already",
                    "structure-declared-attribute",
                    "structure-did-you-mean-aws-burst",
                    "structure-did-you-mean-chat",
                    "structure-did-you-mean-home",
                    "structure-did-you-mean-small-chat",
                    "structure-is-empty",
                    "structure-needs-a-model",
                    "structure-needs-zone-or-environment",
                    "structure-never-used",
                    "structure-not-both",
                    "structure-the-test-cannot-fail");

    private static Set<ValidationMessage> complaints(String yaml) {
        var value = new Load(LoadSettings.builder().build()).loadFromString(yaml);
        return SCHEMA.validate(JSON.valueToTree(value));
    }

    /// After a change of the language run this test with `-Dschema.write=true`.
    @Test
    void thePublishedSchemaIsTheOneOfTheCode() throws IOException {
        if (Boolean.getBoolean("schema.write")) {
            Files.writeString(PUBLISHED, PolicySchema.json());
        }

        assertThat(Files.readString(PUBLISHED)).isEqualTo(PolicySchema.json());
    }

    private static List<Path> examples() throws IOException {
        try (Stream<Path> files = Files.list(Path.of("../examples"))) {
            return files.filter(it -> it.toString().endsWith(".yaml")).sorted().toList();
        }
    }

    @ParameterizedTest
    @MethodSource("examples")
    void everyShippedPolicyIsValid(Path file) throws IOException {
        assertThat(complaints(Files.readString(file))).isEmpty();
    }

    private static List<Path> mistakesOfStructure() throws IOException {
        try (Stream<Path> files = Files.list(MISTAKES)) {
            return files.filter(it -> it.getFileName().toString().startsWith("structure-"))
                    .filter(it -> it.toString().endsWith(".yaml"))
                    .filter(it ->
                            !BEYOND.contains(it.getFileName().toString().replace(".yaml", "")))
                    .sorted()
                    .toList();
        }
    }

    @ParameterizedTest
    @MethodSource("mistakesOfStructure")
    void whatASchemaCanSeeItRefuses(Path file) throws IOException {
        assertThat(complaints(Files.readString(file))).isNotEmpty();
    }

    @Test
    void everyKeyHasADescriptionAndAnExampleThatFits() throws IOException {
        var keys = new ArrayList<String>();
        var schema = JSON.readTree(PolicySchema.json());
        for (var section : schema.path("$defs").properties()) {
            for (var key : section.getValue().path("properties").properties()) {
                var name = section.getKey() + "." + key.getKey();
                keys.add(name);
                assertThat(key.getValue().path("description").asText()).as(name).isNotBlank();
                assertExampleFits(name, schema, key.getValue());
            }
        }
        assertThat(keys).hasSizeGreaterThan(60);
    }

    private static void assertExampleFits(String name, JsonNode schema, JsonNode property) {
        var whole = (com.fasterxml.jackson.databind.node.ObjectNode) property.deepCopy();
        whole.set("$defs", schema.path("$defs"));
        var validator =
                JsonSchemaFactory.getInstance(SpecVersion.VersionFlag.V202012).getSchema(whole);
        assertThat(validator.validate(property.path("examples").path(0))).as(name).isEmpty();
    }
}
