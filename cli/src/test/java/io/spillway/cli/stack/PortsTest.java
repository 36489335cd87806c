package io.spillway.cli.stack;

import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.spillway.cli.CommandFailure;
import java.io.IOException;
import java.net.BindException;
import java.net.InetAddress;
import java.net.ServerSocket;
import org.junit.jupiter.api.Test;

class PortsTest {

    @Test
    void aPortInUseIsNamedTogetherWithTheWayOut() throws Exception {
        try (var taken = new ServerSocket(freeBase() + 10, 1, InetAddress.getLoopbackAddress())) {
            var ports = new Ports(taken.getLocalPort() - 10);

            assertThatThrownBy(() -> ports.requireFree(0))
                    .isInstanceOf(CommandFailure.class)
                    .hasMessageContaining(taken.getLocalPort() + " (console)")
                    .hasMessageContaining("--port-base");
        }
    }

    /// An ephemeral port could lie too high to be derived from any base.
    private static int freeBase() throws IOException {
        for (var base = 17_000; base < 20_000; base += 37) {
            try (var _ = new ServerSocket(base + 10, 1, InetAddress.getLoopbackAddress())) {
                return base;
            } catch (BindException e) {
                continue;
            }
        }
        throw new IOException("no free port");
    }

    @Test
    void aBaseThatLeavesNoRoomIsRefused() {
        assertThatThrownBy(() -> new Ports(60_000)).hasMessageContaining("use 1024 to");
    }
}
