package io.spillway.connector.cloud.control.terraform;

import static io.spillway.connector.cloud.control.fleet.Fixtures.fleet;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.spillway.api.connector.FleetDriver;
import io.spillway.api.connector.FleetDriver.FleetSite;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.List;
import java.util.Map;
import java.util.ServiceLoader;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class TerraformAvailabilityTest {
    @TempDir Path dir;

    @Test
    void itIsFoundByItsName() {
        assertThat(ServiceLoader.load(FleetDriver.class))
                .filteredOn(found -> found.name().equals("terraform"))
                .hasSize(1);
    }

    @Test
    void withoutTheProgramItSaysWhatToInstall() {
        var driver = new TerraformFleetDriver(Map.of("PATH", dir.toString()));
        var site = new FleetSite(dir, List.of("server"), 20_000);

        assertThat(driver.availability().usable()).isFalse();
        assertThat(driver.availability().hint()).contains("install Terraform");
        assertThatThrownBy(() -> driver.apply(fleet("terraform", 1, Map.of()), site, 1))
                .isInstanceOf(IOException.class)
                .hasMessageContaining("install Terraform");
    }

    @Test
    void theProgramOnThePathIsUsedWithTheOperatorsConfiguration() throws Exception {
        var program = Files.createDirectory(dir.resolve("bin")).resolve("terraform");
        Files.writeString(
                program,
                "#!/bin/sh\necho \"Error: $1 with $TF_CLI_CONFIG_FILE in $PWD\"\nexit 1\n");
        Files.setPosixFilePermissions(program, PosixFilePermissions.fromString("rwxr-xr-x"));
        var path = program.getParent() + ":" + System.getenv("PATH");
        var driver =
                new TerraformFleetDriver(
                        Map.of("PATH", path, "SPILLWAY_TF_CLI_CONFIG", "/etc/mirror.tfrc"));
        var site = new FleetSite(dir, List.of("server"), 20_000);

        assertThat(driver.availability().usable()).isTrue();
        assertThatThrownBy(() -> driver.plan(fleet("terraform", 1, Map.of()), site, 1))
                .isInstanceOf(IOException.class)
                .hasMessageContaining(
                        "terraform init failed: init with /etc/mirror.tfrc in " + dir);
    }

    @Test
    void theShippedModuleIsWholeInTheJar() throws IOException {
        var module = Path.of("..", "..", "terraform", "modules", "local-fleet");
        try (var files = Files.walk(module)) {
            assertThat(
                            files.filter(Files::isRegularFile)
                                    .map(file -> module.relativize(file).toString())
                                    .filter(name ->
                                            (name.endsWith(".tf") || name.startsWith("scripts/"))
                                                    && !name.startsWith(".terraform")))
                    .containsExactlyInAnyOrderElementsOf(Workspace.SHIPPED);
        }
        for (var name : Workspace.SHIPPED) {
            assertThat(Workspace.class.getResource("/terraform/local-fleet/" + name))
                    .as(name)
                    .isNotNull();
        }
    }
}
