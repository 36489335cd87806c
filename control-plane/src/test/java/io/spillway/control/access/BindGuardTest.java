package io.spillway.control.access;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class BindGuardTest {

    @ParameterizedTest
    @ValueSource(strings = {"127.0.0.1", "localhost", "::1", "127.8.9.1"})
    void clearTextStaysOnLoopback(String host) {
        assertThat(BindGuard.problem(host, "enabled", false)).isEmpty();
    }

    @ParameterizedTest
    @ValueSource(strings = {"0.0.0.0", "::", "192.0.2.1", "no-such-host.invalid"})
    void clearTextBeyondLoopbackIsRefused(String host) {
        assertThat(BindGuard.problem(host, "enabled", false)).isPresent();
        assertThat(BindGuard.problem(host, "enabled", true)).isPresent();
        assertThat(BindGuard.problem(host, "disabled", false)).isPresent();
    }

    @Test
    void withTlsAloneAnyHostWillDo() {
        assertThat(BindGuard.problem("0.0.0.0", "disabled", true)).isEmpty();
        assertThat(BindGuard.problem("0.0.0.0", "redirect", true)).isEmpty();
    }
}
