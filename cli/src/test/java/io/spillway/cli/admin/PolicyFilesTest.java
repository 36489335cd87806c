package io.spillway.cli.admin;

import static org.assertj.core.api.Assertions.assertThat;

import io.spillway.cli.CommandRuns;
import io.spillway.cli.ExitCode;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/// What people hand to `spillway policy`, and what they are told when it is not what it should be.
class PolicyFilesTest {
    private static final String POLICY =
            """
            apiVersion: spillway/v1
            kind: PolicySet
            metadata: { name: ward }
            classification: { default: confidential }
            placement:
              - { name: all, use: [ { zone: private }, { environment: cloud } ] }
            invariants:
              - never: "dataClass >= confidential && environment.zone == 'public'"
            """;
    private static final String CLOUD =
            """
            {"environments": [{"name": "cloud", "zone": "public", "provider": "hosted", "region": "north",
              "dataLocations": ["DE"], "operatorJurisdictions": ["DE"], "clearance": "restricted",
              "addressRanges": []}]}
            """;

    @TempDir private Path directory;
    private final CommandRuns commands = new CommandRuns();

    private String file(String name, String content) throws IOException {
        return Files.writeString(directory.resolve(name), content).toString();
    }

    @Test
    void aFileInAnotherEncodingIsNamedAndNotRead() throws IOException {
        var file = directory.resolve("latin.yaml");
        Files.write(file, POLICY.replace("ward", "wörd").getBytes(StandardCharsets.ISO_8859_1));

        for (var verb : new String[] {"lint", "test", "verify", "publish"}) {
            assertThat(commands.run("policy", verb, file.toString())).isEqualTo(ExitCode.USAGE);
        }
        assertThat(commands.err().lines())
                .hasSize(4)
                .allMatch(it -> it.startsWith("spillway: " + file + " is not UTF-8 text; save"));
    }

    @Test
    void whereNoInstallationAnswersTheEnvironmentsAreThoseOfAFreshOne() throws IOException {
        var policy =
                file(
                        "fresh.yaml",
                        POLICY.replace(
                                "environment: cloud",
                                "environment: aws-burst, when: \"environment.provider == 'aws' &&"
                                        + " environment.region == 'local'\""));

        assertThat(commands.run("policy", "lint", policy, "--state-dir", directory.toString()))
                .isEqualTo(ExitCode.OK);
        assertThat(commands.err()).contains("no installation answers at " + directory);
    }

    @Test
    void theCounterexampleOfAProofCanBeReplayed() throws IOException {
        var policy = file("ward.yaml", POLICY);
        var cloud = file("cloud.json", CLOUD);
        var request = directory.resolve("request.json").toString();

        assertThat(
                        commands.run(
                                "policy",
                                "verify",
                                policy,
                                "--environments",
                                cloud,
                                "--counterexample",
                                request))
                .isEqualTo(ExitCode.NEGATIVE);
        assertThat(
                        commands.run(
                                "policy",
                                "explain",
                                policy,
                                "--environments",
                                cloud,
                                "--features",
                                request))
                .isEqualTo(ExitCode.OK);

        assertThat(commands.out())
                .contains("rule all, use 2 lets a request of class", "by rule 'all'")
                .contains("removed by invariant");
    }

    @Test
    void environmentsWithAMistakeAreRefused() throws IOException {
        var policy = file("ward.yaml", POLICY);
        var misspelled = file("a.json", CLOUD.replace("\"DE\"", "\"Germany\""));
        var without = file("b.json", "{\"tenants\": []}");
        var other = file("c.json", CLOUD.replace("\"cloud\"", "\"clowd\""));

        assertThat(commands.run("policy", "verify", policy, "--environments", misspelled))
                .isEqualTo(ExitCode.USAGE);
        assertThat(commands.run("policy", "lint", policy, "--environments", without))
                .isEqualTo(ExitCode.USAGE);
        assertThat(commands.run("policy", "lint", policy, "--environments", other))
                .isEqualTo(ExitCode.NEGATIVE);

        assertThat(commands.err())
                .contains("environment cloud: there is no jurisdiction 'Germany', use ISO 3166")
                .contains("the list 'environments' is missing");
        assertThat(commands.out()).contains("there is no environment 'cloud'");
    }
}
