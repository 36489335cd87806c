package io.spillway.policy.detect;

import io.spillway.api.request.Finding;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.ArrayList;
import java.util.HexFormat;
import java.util.List;

/// Finds personal data and secrets. Immutable and safe for use by many threads.
public final class Detectors {
    /// Raised with every change in what is found, since proofs and recorded decisions name it.
    private static final int VERSION = 7;

    private static final Detectors BUILT_IN = new Detectors(List.of(new SourceCode()));

    private final List<Detector> extras;
    private final String digest;

    private Detectors(List<Detector> extras) {
        this.extras = List.copyOf(extras);
        this.digest = digest(extras);
    }

    /// All built-in detectors.
    public static Detectors builtIn() {
        return BUILT_IN;
    }

    /// These and what a policy declares.
    public Detectors withOwn(List<OwnDetector> own) {
        return own.isEmpty() ? this : with(List.of(new OwnDetectors(own)));
    }

    /// These and more.
    Detectors with(List<? extends Detector> more) {
        var all = new ArrayList<>(extras);
        all.addAll(more);
        return new Detectors(all);
    }

    /// What a policy declares, beside what finds the types of [FindingType].
    public List<OwnDetector> own() {
        var own = new ArrayList<OwnDetector>();
        for (var extra : extras) {
            if (extra instanceof OwnDetectors it) {
                own.addAll(it.all());
            }
        }
        return own;
    }

    /// Names this set of detectors with all their settings: equal digests find the same. 64
    /// lower-case hex digits.
    public String digest() {
        return digest;
    }

    /// Scans the strings of one request. Findings come in the order of the leaves and, within one,
    /// of their first code point; spans count code points from the beginning of the leaf. What was
    /// split over several leaves comes last, each at the leaf where it begins.
    ///
    /// @param leaves in the order of the request
    public Scan scan(List<TextLeaf> leaves) {
        long bytes = 0;
        for (var leaf : leaves) {
            bytes += leaf.to() - leaf.from();
        }
        var steps = new Steps(bytes);
        var readings = new Readings(extras, steps, bytes);
        var findings = new ArrayList<Finding>();
        for (var leaf : leaves) {
            var hits = new Hits(leaf.utf8(), leaf.from(), leaf.to(), steps);
            readings.find(leaf.utf8(), leaf.from(), leaf.to(), hits);
            hits.addTo(findings, leaf.path());
        }
        new Joins(readings, steps, findings).find(leaves);
        return new Scan(findings, steps.exhausted());
    }

    private static String digest(List<Detector> extras) {
        try {
            var sha = MessageDigest.getInstance("SHA-256");
            sha.update(("spillway detectors " + VERSION).getBytes(StandardCharsets.UTF_8));
            for (var type : FindingType.values()) {
                sha.update(("\n" + type.wire()).getBytes(StandardCharsets.UTF_8));
            }
            for (var extra : extras) {
                sha.update(("\n" + extra.identity()).getBytes(StandardCharsets.UTF_8));
            }
            return HexFormat.of().formatHex(sha.digest());
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException("every JDK has SHA-256", e);
        }
    }
}
