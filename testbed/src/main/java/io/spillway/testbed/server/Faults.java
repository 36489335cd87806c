package io.spillway.testbed.server;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.util.random.RandomGenerator;
import org.jspecify.annotations.Nullable;

/// The fault that is switched on. May be switched from any thread.
final class Faults {
    private static final ObjectMapper JSON = new ObjectMapper();

    private final RandomGenerator random;
    private Fault current = Fault.NONE;
    private int left;

    Faults(RandomGenerator random) {
        this.random = random;
    }

    synchronized void set(Fault fault) {
        current = fault;
        left = fault.count();
    }

    /// The fault for the next request.
    ///
    /// @param header value of the request's `x-testbed-fault`, which goes first; null when absent
    synchronized Fault draw(@Nullable String header) {
        if (header != null) {
            try {
                return Fault.read(JSON.readTree(header));
            } catch (JsonProcessingException e) {
                throw new IllegalArgumentException("header x-testbed-fault is not JSON", e);
            }
        }
        if (current.kind() == Fault.Kind.NONE
                || left == 0
                || random.nextDouble() >= current.probability()) {
            return Fault.NONE;
        }
        left--;
        return current;
    }
}
