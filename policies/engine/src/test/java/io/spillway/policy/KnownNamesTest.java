package io.spillway.policy;

import static org.assertj.core.api.Assertions.assertThat;

import io.spillway.api.environment.Zone;
import java.util.Map;
import java.util.Set;
import org.junit.jupiter.api.Test;

class KnownNamesTest {
    private static final String FILE =
            """
            apiVersion: spillway/v1
            kind: PolicySet
            metadata: { name: far }
            classification:
              default: internal
              rules: [ { name: a, when: "model in ['big', 'bigger'] || model != 'tiny'", raise: internal } ]
            placement:
              - { name: p, use: [ { zone: private }, { environment: berlin, when: "environment.name == 'paris'" } ], degradeTo: small }
            tests:
              - { name: t, request: { text: hi, model: other, down: [rome] }, expect: { environments: [oslo] } }
            """;

    @Test
    void aFileCanBeCheckedWhereNoRegistryIsKnown() {
        var known = new KnownNames(Map.of(), Set.of()).withMentionsIn(FILE);

        assertThat(known.models())
                .containsExactlyInAnyOrder("big", "bigger", "tiny", "small", "other");
        assertThat(known.environments()).containsOnlyKeys("berlin", "paris", "rome", "oslo");
        assertThat(PolicyCompiler.compile(FILE, known)).isInstanceOf(CompileResult.Compiled.class);
    }

    @Test
    void whatIsKnownStaysAsItIs() {
        var known = Policies.KNOWN.withMentionsIn(FILE);

        assertThat(known.environments()).containsAllEntriesOf(Policies.KNOWN.environments());
        assertThat(known.environments().get("berlin").zone()).isEqualTo(Zone.PUBLIC);
    }

    @Test
    void aFileThatIsNoYamlMentionsNothing() {
        assertThat(Policies.KNOWN.withMentionsIn("a: [")).isEqualTo(Policies.KNOWN);
    }
}
