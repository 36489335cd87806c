package io.spillway.policy.features;

import io.spillway.api.environment.Environment;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.Collection;
import java.util.Comparator;
import java.util.HexFormat;
import java.util.Set;
import java.util.TreeSet;

/// Names a set of environments by what a decision can read of them.
public final class EnvironmentTable {
    private EnvironmentTable() {}

    /// SHA-256 over everything that conditions and the egress rules can read, 64 lower-case hex
    /// digits. Addresses and certificates are left out: no policy sees them.
    public static String digest(Collection<Environment> environments) {
        var sha = sha256();
        environments.stream()
                .sorted(Comparator.comparing(Environment::name))
                .forEach(it -> {
                    add(sha, it.name());
                    add(sha, it.zone().wire());
                    add(sha, it.provider());
                    add(sha, it.region());
                    add(sha, it.dataLocations());
                    add(sha, it.operatorJurisdictions());
                    add(sha, it.clearance().wire());
                });
        return HexFormat.of().formatHex(sha.digest());
    }

    private static void add(MessageDigest sha, Set<String> texts) {
        add(sha, Integer.toString(texts.size()));
        new TreeSet<>(texts).forEach(it -> add(sha, it));
    }

    /// With its length, so that no two sequences of texts give the same bytes.
    private static void add(MessageDigest sha, String text) {
        var utf8 = text.getBytes(StandardCharsets.UTF_8);
        sha.update((utf8.length + ":").getBytes(StandardCharsets.UTF_8));
        sha.update(utf8);
    }

    private static MessageDigest sha256() {
        try {
            return MessageDigest.getInstance("SHA-256");
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException("every JDK has SHA-256", e);
        }
    }
}
