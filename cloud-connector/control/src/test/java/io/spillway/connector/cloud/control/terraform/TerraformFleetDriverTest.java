package io.spillway.connector.cloud.control.terraform;

import static io.spillway.connector.cloud.control.fleet.Fixtures.ask;
import static io.spillway.connector.cloud.control.fleet.Fixtures.await;
import static io.spillway.connector.cloud.control.fleet.Fixtures.fleet;
import static io.spillway.connector.cloud.control.fleet.Fixtures.freePorts;
import static io.spillway.connector.cloud.control.fleet.Fixtures.tinyServer;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.spillway.api.connector.FleetDriver.FleetSite;
import io.spillway.api.connector.FleetDriver.Machine;
import io.spillway.api.environment.Fleet;
import io.spillway.connector.cloud.control.fleet.ProcessIdentity;
import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/// Runs the real Terraform. Paths have blanks, since users' paths have.
class TerraformFleetDriverTest {
    private static final int MAXIMUM = 3;

    @TempDir Path temp;

    private final TerraformFleetDriver driver = new TerraformFleetDriver();
    private final Fleet fleet = fleet("terraform", MAXIMUM, Map.of());
    private final int firstPort = freePorts(MAXIMUM);
    private Path dir;

    @BeforeAll
    static void terraformIsThere() {
        TerraformProgram.required(TerraformFleetDriverTest.class);
    }

    @BeforeEach
    void aDirectoryWithABlank() throws IOException {
        dir = Files.createDirectory(temp.resolve("my fleets"));
    }

    @AfterEach
    void leaveNoProcessBehind() throws Exception {
        driver.destroy(fleet, site());
    }

    @Test
    void itGrowsShrinksAndDestroys() throws Exception {
        var processes = dir.resolve("processes");
        var site = new FleetSite(dir, tinyServer(), firstPort, "ll'ama ${x}", null, processes);

        var two = driver.apply(fleet, site, 2);

        assertThat(two).extracting(Machine::id).containsExactly("burst-1", "burst-2");
        for (var machine : two) {
            assertThat(ask(machine.url(), "/version")).contains(machine.nonce());
            assertThat(ask(machine.url(), "/arguments").lines())
                    .containsSubsequence("--model", "ll'ama ${x}")
                    .containsSubsequence("--environment", "aws-burst")
                    .containsSubsequence("--process-file", processes.toString());
        }
        assertThat(Files.readAllLines(processes))
                .containsExactlyInAnyOrderElementsOf(
                        two.stream()
                                .map(it -> ProcessIdentity.of(it.pid()).orElseThrow())
                                .map(it -> "server " + it.pid() + " " + it.startTime())
                                .toList());

        assertThat(driver.apply(fleet, site, 1)).containsExactly(two.getFirst());
        assertThat(ProcessIdentity.of(two.getLast().pid())).isEmpty();
        assertThat(new TerraformFleetDriver().machines(fleet, site))
                .containsExactly(two.getFirst());

        driver.destroy(fleet, site);
        assertThat(driver.machines(fleet, site)).isEmpty();
        assertThat(ProcessIdentity.of(two.getFirst().pid())).isEmpty();
    }

    @Test
    void aMachineThatDiedIsReplaced() throws Exception {
        var machine = driver.apply(fleet, site(), 1).getFirst();
        ProcessHandle.of(machine.pid()).orElseThrow().destroyForcibly();
        await(() -> ProcessIdentity.of(machine.pid()).isEmpty());
        assertThat(driver.machines(fleet, site())).isEmpty();

        var again = driver.apply(fleet, site(), 1);

        assertThat(again).extracting(Machine::id).containsExactly("burst-1");
        assertThat(again.getFirst().pid()).isNotEqualTo(machine.pid());
        assertThat(ask(again.getFirst().url(), "/version")).contains(again.getFirst().nonce());
    }

    @Test
    void aPortThatIsTakenFailsTheRunAndLeavesNothingBehind() throws Exception {
        try (var _ = new ServerSocket(firstPort, 1, InetAddress.getLoopbackAddress())) {
            assertThatThrownBy(() -> driver.apply(fleet, site(), 1))
                    .isInstanceOf(IOException.class)
                    .hasMessageContaining("port " + firstPort + " is taken by something else")
                    .hasMessageContaining("log: ");
        }

        assertThat(driver.machines(fleet, site())).isEmpty();
        assertThat(driver.apply(fleet, site(), 1)).hasSize(1);
    }

    @Test
    void aRunDoesNotWaitUntilServersHaveBooted() throws Exception {
        var slow = fleet("terraform", 1, Map.of("bootSeconds", "600"));

        var machine = driver.apply(slow, site(), 1).getFirst();

        assertThat(ProcessIdentity.of(machine.pid())).isPresent();
        assertThat(ask(machine.url(), "/arguments").lines())
                .containsSubsequence("--boot-seconds", "600");
    }

    @Test
    void aServerThatEndsIsExplainedByItsLog() {
        var failing = new FleetSite(dir, tinyServer("--fail"), firstPort);

        assertThatThrownBy(() -> driver.apply(fleet, failing, 1))
                .isInstanceOf(IOException.class)
                .hasMessageContaining("cannot start: no GPU");
    }

    @Test
    void aPlanSaysWhatWouldHappenAndDoesNothing() throws Exception {
        assertThat(driver.plan(fleet, site(), 2))
                .contains("module.fleet.terraform_data.server[\"2\"] will be created")
                .contains("4 to add");
        assertThat(driver.machines(fleet, site())).isEmpty();
    }

    @Test
    void theLogOfEachRunIsKept() throws Exception {
        driver.plan(fleet, site(), 1);
        driver.apply(fleet, site(), 0);

        try (var logs = Files.list(dir.resolve("runs"))) {
            assertThat(logs.map(it -> it.getFileName().toString()).sorted())
                    .satisfiesExactly(
                            it -> assertThat(it).endsWith("Z-plan.log"),
                            it -> assertThat(it).endsWith("Z-apply.log"));
        }
    }

    @Test
    void aFleetMayNameAModuleOfItsOwn() throws Exception {
        var module = Files.createDirectories(temp.resolve("modules/my cloud"));
        Files.writeString(
                module.resolve("main.tf"),
                """
                variable "name" { type = string }
                variable "environment" { type = string }
                variable "model" { type = string }
                variable "desired" { type = number }
                variable "maximum" { type = number }
                variable "zones" { type = list(string) }
                variable "label" { type = string }
                resource "terraform_data" "machine" {
                  count = var.desired
                }
                output "machines" {
                  value = [for i, m in terraform_data.machine : {
                    id = "${var.label}-${i}", url = "https://${var.zones[i]}.example:8000", nonce = m.id
                  }]
                }
                """);
        var settings =
                Map.of(
                        "module",
                        module.toString(),
                        "var.zones",
                        "[\"a\",\"b\"]",
                        "var.label",
                        "x y");
        var named = fleet("terraform", 2, settings);

        var machines = driver.apply(named, site(), 2);

        assertThat(machines).extracting(Machine::id).containsExactly("x y-0", "x y-1");
        assertThat(machines.getFirst().url()).hasHost("a.example");
        assertThat(machines).allMatch(it -> it.pid() == 0 && !it.nonce().isEmpty());
        driver.destroy(named, site());
    }

    @Test
    void aModuleWithoutTheOutputHasNoMachinesToShow() throws Exception {
        var module = Files.createDirectories(temp.resolve("silent"));
        Files.writeString(
                module.resolve("main.tf"),
                """
                variable "name" {}
                variable "environment" {}
                variable "model" {}
                variable "desired" {}
                variable "maximum" {}
                """);
        var named = fleet("terraform", 2, Map.of("module", module.toString()));

        assertThat(driver.apply(named, site(), 1)).isEmpty();
    }

    @Test
    void aModuleThatIsNotThereIsNamed() {
        var named = fleet("terraform", 2, Map.of("module", "/no/such/module"));

        assertThatThrownBy(() -> driver.apply(named, site(), 1))
                .isInstanceOf(IOException.class)
                .hasMessageContaining("/no/such/module");
    }

    @Test
    void moreThanTheMaximumIsRefusedByTheModule() {
        assertThatThrownBy(() -> driver.apply(fleet, site(), MAXIMUM + 1))
                .isInstanceOf(IOException.class)
                .hasMessageContaining("desired must be a whole number from 0 to maximum");
    }

    private FleetSite site() {
        return new FleetSite(dir, tinyServer(), firstPort);
    }
}
