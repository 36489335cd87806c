package io.spillway.router.forwarding;

import static org.assertj.core.api.Assertions.assertThat;

import io.spillway.api.environment.Endpoint;
import io.spillway.api.environment.EndpointState;
import io.spillway.api.environment.Environment;
import io.spillway.api.environment.Zone;
import io.spillway.api.request.DataClass;
import java.net.InetAddress;
import java.net.URI;
import java.net.UnknownHostException;
import java.util.List;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class PlaceCheckTest {

    @ParameterizedTest
    @CsvSource(
            nullValues = "-",
            value = {
                // zone, ranges, trust anchor, scheme, address, reason
                "PUBLIC, -, -, https, 203.0.113.7, -",
                "PUBLIC, -, PEM, https, 203.0.113.7, -",
                "PUBLIC, -, -, http, 203.0.113.7, transport",
                "PUBLIC, -, -, http, 127.0.0.1, -",
                "PUBLIC, -, PEM, http, 127.0.0.1, transport",
                "PUBLIC, -, -, https, 0.0.0.0, address",
                "PUBLIC, -, -, https, 169.254.169.254, address",
                "PUBLIC, -, -, https, 224.0.0.1, address",
                "PUBLIC, -, -, https, fe80::1, address",
                "PUBLIC, 203.0.113.0/24, -, https, 203.0.113.7, -",
                "PUBLIC, 203.0.113.0/24, -, https, 198.51.100.1, address",
                "PRIVATE, 10.0.0.0/8, -, http, 10.1.1.1, -",
                "PRIVATE, 10.0.0.0/8, PEM, https, 10.1.1.1, -",
                "PRIVATE, 10.0.0.0/8, -, https, 10.1.1.1, transport",
                "PRIVATE, 10.0.0.0/8, PEM, http, 10.1.1.1, transport",
                "PRIVATE, 10.0.0.0/8, -, http, 11.1.1.1, address",
                "PRIVATE, -, -, http, 10.1.1.1, address",
                "PRIVATE, no-range, -, http, 10.1.1.1, address",
                "PRIVATE, 0.0.0.0/0, -, http, 0.0.0.0, address",
                "PRIVATE, 0.0.0.0/0, -, http, 169.254.1.1, address",
                "PRIVATE, 0.0.0.0/0, -, http, 224.0.0.1, address",
            })
    void anEndpointHasTheAddressAndTheTransportThatItsEnvironmentDeclares(
            Zone zone,
            @Nullable String range,
            @Nullable String anchor,
            String scheme,
            String address,
            @Nullable String reason)
            throws UnknownHostException {
        var environment =
                new Environment(
                        "place",
                        zone,
                        "onprem",
                        "r",
                        Set.of("DE"),
                        Set.of("DE"),
                        DataClass.INTERNAL,
                        range == null ? List.of() : List.of(range),
                        anchor);
        var endpoint =
                new Endpoint(
                        "e",
                        "place",
                        "v1",
                        URI.create(scheme + "://model.example:8000"),
                        "vllm",
                        EndpointState.READY,
                        null,
                        null);

        var refused = PlaceCheck.check(endpoint, InetAddress.getByName(address), environment);

        assertThat(refused == null ? null : refused.reason()).isEqualTo(reason);
    }
}
