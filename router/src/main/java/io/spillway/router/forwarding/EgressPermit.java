package io.spillway.router.forwarding;

import io.spillway.api.environment.Endpoint;
import io.spillway.api.request.DataClass;
import io.spillway.api.state.Watermark;
import java.net.InetAddress;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.time.Duration;
import java.util.concurrent.atomic.AtomicBoolean;
import org.jspecify.annotations.Nullable;

/// The right to send one body to one address, once, within a few seconds.
///
/// Only [EgressGuard] makes permits and the only outbound inference call demands one, so code that
/// forgets to ask the guard does not compile.
public final class EgressPermit {
    /// How long a permit is good for.
    public static final Duration LIFETIME = Duration.ofSeconds(5);

    /// The state changed between the permit and the connection: another decision may be due.
    static final String STATE_CHANGED = "state-changed";

    private final Egress egress;
    private final String grant;
    private final @Nullable String trustAnchorPem;
    private final Watermark state;
    private final byte[] digest;
    private final long expiresNanos;
    private final AtomicBoolean used = new AtomicBoolean();

    EgressPermit(
            Egress egress,
            String grant,
            @Nullable String trustAnchorPem,
            Watermark state,
            long nowNanos) {
        this.egress = egress;
        this.grant = grant;
        this.trustAnchorPem = trustAnchorPem;
        this.state = state;
        this.digest = sha256(egress.body());
        this.expiresNanos = nowNanos + LIFETIME.toNanos();
    }

    /// Spends the permit on a body.
    ///
    /// @param inForce the state that is in force as the body is about to be written
    /// @return why it is not good for this, null when it is
    @Nullable String spend(byte[] sending, Watermark inForce, long nowNanos) {
        if (!used.compareAndSet(false, true)) {
            return "permit-used";
        }
        if (!state.equals(inForce)) {
            return STATE_CHANGED;
        }
        if (nowNanos - expiresNanos >= 0) {
            return "permit-expired";
        }
        if (!MessageDigest.isEqual(digest, sha256(sending))) {
            return "body-changed";
        }
        return null;
    }

    /// The decision it was issued for.
    public String decisionId() {
        return egress.decisionId();
    }

    /// The attempt it was issued for.
    public int attempt() {
        return egress.attempt();
    }

    /// What allows the request to go there, in words.
    public String grant() {
        return grant;
    }

    /// Class of the request.
    public DataClass dataClass() {
        return egress.dataClass();
    }

    /// Name of the environment it may go to.
    public String environment() {
        return egress.endpoint().environment();
    }

    /// The endpoint it may go to.
    public Endpoint endpoint() {
        return egress.endpoint();
    }

    /// The address it may go to.
    public InetAddress address() {
        return egress.address();
    }

    /// The state that the guard decided by.
    public Watermark state() {
        return state;
    }

    @Nullable String trustAnchorPem() {
        return trustAnchorPem;
    }

    byte[] body() {
        return egress.body();
    }

    @Override
    public String toString() {
        return "EgressPermit[decision=%s, attempt=%d, grant=%s, class=%s, endpoint=%s, address=%s, seq=%d]"
                .formatted(
                        decisionId(),
                        attempt(),
                        grant,
                        dataClass().wire(),
                        endpoint().id(),
                        address().getHostAddress(),
                        state.seq());
    }

    private static byte[] sha256(byte[] bytes) {
        try {
            return MessageDigest.getInstance("SHA-256").digest(bytes);
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException("this JDK has no SHA-256", e);
        }
    }
}
