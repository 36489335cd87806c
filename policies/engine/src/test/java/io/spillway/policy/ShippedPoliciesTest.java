package io.spillway.policy;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.spillway.api.environment.Environment;
import io.spillway.api.environment.Zone;
import io.spillway.api.request.DataClass;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.stream.Stream;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

class ShippedPoliciesTest {
    private static final Path EXAMPLES = Path.of("../examples");

    static Stream<Path> shipped() throws IOException {
        try (var files = Files.list(EXAMPLES)) {
            return files.filter(it -> it.toString().endsWith(".yaml")).sorted().toList().stream();
        }
    }

    @ParameterizedTest
    @MethodSource("shipped")
    void everyShippedPolicyCompilesAndPassesItsOwnTests(Path file) throws IOException {
        var world = world(file);
        var yaml = Files.readString(file);
        var result = PolicyCompiler.compile(yaml, world.withMentionsIn(yaml));
        assertThat(result).isInstanceOf(CompileResult.Compiled.class);
        var policy = ((CompileResult.Compiled) result).policy();

        var results = PolicyTests.run(policy, world.withMentionsIn(yaml));

        assertThat(results)
                .isNotEmpty()
                .allSatisfy(it -> assertThat(it.failures()).as(it.name()).isEmpty());
        assertThat(policy.warnings()).isEmpty();
        assertThat(TestCoverage.of(policy, world.withMentionsIn(yaml)).percent())
                .isGreaterThanOrEqualTo(90);
    }

    /// The environments that a policy is tested in: those of the demo, or of a file beside it.
    private static KnownNames world(Path file) throws IOException {
        var owner = file.getFileName().toString().split("[-.]", 2)[0];
        var beside = file.resolveSibling(owner + "-environments.json");
        if (!Files.exists(beside)) {
            return new KnownNames(Policies.KNOWN.environments(), Set.of());
        }
        Map<String, Environment> environments = new HashMap<>();
        for (var it : new ObjectMapper().readTree(beside.toFile()).path("environments")) {
            var environment =
                    new Environment(
                            it.path("name").asText(),
                            Zone.valueOf(it.path("zone").asText().toUpperCase(Locale.ROOT)),
                            it.path("provider").asText(),
                            it.path("region").asText(),
                            texts(it.path("dataLocations")),
                            texts(it.path("operatorJurisdictions")),
                            DataClass.parse(it.path("clearance").asText()).orElseThrow(),
                            List.of(),
                            null);
            environments.put(environment.name(), environment);
        }
        return new KnownNames(environments, Set.of());
    }

    private static Set<String> texts(JsonNode list) {
        var texts = new HashSet<String>();
        list.forEach(it -> texts.add(it.asText()));
        return texts;
    }
}
