package io.spillway.control.policy;

import io.spillway.api.environment.PolicyDocument;
import io.spillway.control.problem.Refusal;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.HexFormat;

/// The text of a policy as it came.
final class PolicyText {
    private static final int MOST_BYTES = 512 * 1024;

    private PolicyText() {}

    static PolicyDocument document(String name, String yaml) {
        var bytes = yaml.getBytes(StandardCharsets.UTF_8);
        if (bytes.length > MOST_BYTES) {
            throw Refusal.invalid(
                    "body",
                    "the policy has %d bytes".formatted(bytes.length),
                    "Use at most %d bytes.".formatted(MOST_BYTES));
        }
        try {
            return new PolicyDocument(
                    name,
                    yaml,
                    HexFormat.of().formatHex(MessageDigest.getInstance("SHA-256").digest(bytes)));
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException("every JDK has SHA-256", e);
        } catch (IllegalArgumentException e) {
            throw Refusal.invalid("name", String.valueOf(e.getMessage()), "Use another name.");
        }
    }
}
