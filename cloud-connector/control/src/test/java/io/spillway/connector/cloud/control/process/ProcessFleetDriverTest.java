package io.spillway.connector.cloud.control.process;

import static io.spillway.connector.cloud.control.fleet.Fixtures.ask;
import static io.spillway.connector.cloud.control.fleet.Fixtures.await;
import static io.spillway.connector.cloud.control.fleet.Fixtures.fleet;
import static io.spillway.connector.cloud.control.fleet.Fixtures.freePorts;
import static io.spillway.connector.cloud.control.fleet.Fixtures.tinyServer;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.spillway.api.connector.FleetDriver;
import io.spillway.api.connector.FleetDriver.FleetSite;
import io.spillway.api.connector.FleetDriver.Machine;
import io.spillway.api.environment.Fleet;
import io.spillway.connector.cloud.control.fleet.ProcessIdentity;
import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.ServiceLoader;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class ProcessFleetDriverTest {
    private static final int MAXIMUM = 3;

    @TempDir Path dir;

    private final ProcessFleetDriver driver = new ProcessFleetDriver();
    private final Fleet fleet = fleet("process", MAXIMUM, Map.of());
    private final int firstPort = freePorts(MAXIMUM);

    @AfterEach
    void leaveNoProcessBehind() throws Exception {
        driver.destroy(fleet, site());
    }

    @Test
    void itIsFoundByItsName() {
        assertThat(ServiceLoader.load(FleetDriver.class))
                .filteredOn(found -> found.name().equals("process"))
                .hasSize(1)
                .allMatch(found -> found.availability().usable());
    }

    @Test
    void itGrowsAndShrinksTheNewestFirst() throws Exception {
        var three = driver.apply(fleet, site(), 3);
        assertThat(three).extracting(Machine::id).containsExactly("burst-1", "burst-2", "burst-3");
        for (var machine : three) {
            assertThat(ask(machine.url(), "/version")).contains(machine.nonce());
        }

        var one = driver.apply(fleet, site(), 1);

        assertThat(one).containsExactly(three.getFirst());
        assertThat(ProcessIdentity.of(three.getLast().pid())).isEmpty();
        assertThat(driver.apply(fleet, site(), 2))
                .extracting(Machine::id)
                .containsExactly("burst-1", "burst-4");
    }

    @Test
    void destroyEndsAll() throws Exception {
        var machines = driver.apply(fleet, site(), 2);

        driver.destroy(fleet, site());

        assertThat(driver.machines(fleet, site())).isEmpty();
        assertThat(machines).allMatch(it -> ProcessIdentity.of(it.pid()).isEmpty());
    }

    @Test
    void aServerIsToldWhatItIs() throws Exception {
        var settings = Map.of("bootSeconds", "0", "engines", "4", "module", "local-fleet");
        var canaries = dir.resolve("can aries");
        var site = new FleetSite(dir, tinyServer(), firstPort, "llama", canaries, null);

        var machine = driver.apply(fleet("process", 1, settings), site, 1).getFirst();

        assertThat(ask(machine.url(), "/arguments").lines())
                .containsSubsequence("--model", "llama")
                .containsSubsequence("--environment", "aws-burst")
                .containsSubsequence("--boot-seconds", "0", "--engines", "4")
                .containsSubsequence("--canary-dir", canaries.toString())
                .containsSubsequence("--nonce", machine.nonce())
                .doesNotContain("--process-file");
    }

    @Test
    void aMachineThatDiedIsNotListedAndIsReplaced() throws Exception {
        var machine = driver.apply(fleet, site(), 1).getFirst();
        kill(machine.pid());

        assertThat(driver.machines(fleet, site())).isEmpty();
        assertThat(driver.apply(fleet, site(), 1))
                .extracting(Machine::id)
                .containsExactly("burst-2");
    }

    @Test
    void aPortThatSomebodyElseHoldsIsPassedOver() throws Exception {
        try (var _ = new ServerSocket(firstPort, 1, InetAddress.getLoopbackAddress())) {
            assertThat(driver.apply(fleet, site(), 1).getFirst().url().getPort())
                    .isGreaterThan(firstPort);
        }
    }

    @Test
    void aRangeThatIsFullIsNamed() throws Exception {
        var small = fleet("process", 1, Map.of());
        try (var _ = new ServerSocket(firstPort, 1, InetAddress.getLoopbackAddress())) {
            assertThatThrownBy(() -> driver.apply(small, site(), 1))
                    .isInstanceOf(IOException.class)
                    .hasMessageContaining("no free port in " + firstPort);
        }
    }

    @Test
    void machinesOutliveTheProcessThatStartedThemAndAreAdopted() throws Exception {
        var java = Path.of(System.getProperty("java.home"), "bin", "java").toString();
        var starter =
                new ProcessBuilder(
                                java,
                                "-cp",
                                System.getProperty("java.class.path"),
                                Starter.class.getName(),
                                dir.toString(),
                                Integer.toString(firstPort))
                        .inheritIO()
                        .start();
        assertThat(starter.waitFor(60, TimeUnit.SECONDS)).isTrue();

        var machines = driver.machines(fleet, site());

        assertThat(machines).hasSize(2);
        assertThat(ask(machines.getFirst().url(), "/version"))
                .contains(machines.getFirst().nonce());
        assertThat(driver.apply(fleet, site(), 2)).isEqualTo(machines);
    }

    @Test
    void aMachineIsFoundAgainWhenWeDiedBeforeNotingItsProcess() throws Exception {
        var machine = driver.apply(fleet, site(), 1).getFirst();
        ask(machine.url(), "/version");
        edit("\"pid\":" + machine.pid(), "\"pid\":0");

        assertThat(driver.machines(fleet, site())).containsExactly(machine);
    }

    @Test
    void aLaterProcessWithTheSameIdIsNotOurs() throws Exception {
        var machine = driver.apply(fleet, site(), 1).getFirst();
        var startTime = ProcessIdentity.of(machine.pid()).orElseThrow().startTime();
        edit("\"startTime\":\"" + startTime, "\"startTime\":\"1" + startTime);

        assertThat(driver.machines(fleet, site())).isEmpty();
        driver.destroy(fleet, site());
        assertThat(ProcessIdentity.of(machine.pid())).isPresent();

        kill(machine.pid());
    }

    @Test
    void aServerGetsASessionOfItsOwn() throws Exception {
        var pid = driver.apply(fleet, site(), 1).getFirst().pid();

        var stat = Files.readString(Path.of("/proc/" + pid + "/stat"));
        assertThat(stat.substring(stat.lastIndexOf(')') + 2).split(" ")[3])
                .isEqualTo(Long.toString(pid));
    }

    @Test
    void everyProcessIsNotedForTheLauncher() throws Exception {
        var file = dir.resolve("processes");
        var site = new FleetSite(dir, tinyServer(), firstPort, null, null, file);

        var machines = driver.apply(fleet, site, 2);

        assertThat(Files.readAllLines(file))
                .containsExactlyElementsOf(
                        machines.stream()
                                .map(it -> ProcessIdentity.of(it.pid()).orElseThrow())
                                .map(it -> "server " + it.pid() + " " + it.startTime())
                                .toList());
    }

    @Test
    void aServerThatEndsAtOnceIsExplainedByItsLog() {
        var command = List.of("sh", "-c", "echo starting; echo no GPU here >&2; exit 3");
        var site = new FleetSite(dir, command, firstPort);

        assertThatThrownBy(() -> driver.apply(fleet, site, 1))
                .isInstanceOf(IOException.class)
                .hasMessageContaining("status 3: no GPU here");
    }

    @Test
    void aPlanSaysWhatWouldHappenAndDoesNothing() throws Exception {
        assertThat(driver.plan(fleet, site(), 2)).contains("0 running, 2 wanted", "+ start");
        assertThat(driver.machines(fleet, site())).isEmpty();

        var machine = driver.apply(fleet, site(), 1).getFirst();
        assertThat(driver.plan(fleet, site(), 0)).contains("- end " + machine.id());
        assertThat(driver.machines(fleet, site())).containsExactly(machine);
    }

    @Test
    void moreThanTheMaximumIsRefused() {
        assertThatThrownBy(() -> driver.apply(fleet, site(), MAXIMUM + 1))
                .isInstanceOf(IOException.class)
                .hasMessageContaining("expected 0 to 3");
    }

    @Test
    void anUnknownSettingIsRefused() {
        var misspelt = fleet("process", 1, Map.of("bootSecond", "1"));

        assertThatThrownBy(() -> driver.apply(misspelt, site(), 1))
                .isInstanceOf(IOException.class)
                .hasMessageContaining("unknown setting 'bootSecond'")
                .hasMessageContaining("bootSeconds");
    }

    @Test
    void machinesAreReachedByTheLoopbackAddressOnly() throws Exception {
        assertThat(driver.apply(fleet, site(), 1).getFirst().url())
                .isEqualTo(URI.create("http://127.0.0.1:" + firstPort));
    }

    /// Starts two machines and dies without any farewell.
    static final class Starter {
        public static void main(String[] args) throws Exception {
            new ProcessFleetDriver()
                    .apply(
                            fleet("process", MAXIMUM, Map.of()),
                            new FleetSite(
                                    Path.of(args[0]), tinyServer(), Integer.parseInt(args[1])),
                            2);
            Runtime.getRuntime().halt(1);
        }
    }

    private FleetSite site() {
        return new FleetSite(dir, tinyServer(), firstPort);
    }

    private void edit(String from, String to) throws IOException {
        var file = dir.resolve("machines.json");
        var text = Files.readString(file);
        assertThat(text).contains(from);
        Files.writeString(file, text.replace(from, to));
    }

    private static void kill(long pid) throws InterruptedException {
        ProcessHandle.of(pid).orElseThrow().destroyForcibly();
        await(() -> ProcessIdentity.of(pid).isEmpty());
    }
}
