package io.spillway.policy;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class ShippedPoliciesTest {

    @ParameterizedTest
    @ValueSource(strings = {"demo.yaml", "minimal.yaml"})
    void everyShippedPolicyCompilesAndPassesItsOwnTests(String file) throws IOException {
        var policy = Policies.compiled(Files.readString(Path.of("../examples", file)));

        var results = PolicyTests.run(policy, Policies.KNOWN);

        assertThat(results).isNotEmpty().allSatisfy(it -> assertThat(it.failures()).isEmpty());
    }
}
