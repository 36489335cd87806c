package io.spillway.policy.detect;

import io.spillway.api.request.Finding;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Comparator;
import java.util.List;
import org.jspecify.annotations.Nullable;

/// What a scan of one leaf found, in bytes, until it is handed on in code points.
final class Hits {
    /// A less certain finding does not stand in the way of another.
    private static final double RAISES = 0.5;

    /// How many findings before one are looked at for the same one.
    private static final int NEIGHBOURS = 32;

    private final byte[] bytes;
    private final int from;
    private final int to;
    private final Steps steps;
    private List<Hit> hits = List.of();

    /// @param start in bytes, like `end`
    /// @param literal whether its characters stand in the text, one for one
    /// @param derived whether it was found in another reading of the text
    /// @param vendor whose token it is, null when that is not known
    record Hit(
            String type,
            String category,
            double confidence,
            int start,
            int end,
            boolean literal,
            boolean derived,
            @Nullable String vendor) {

        private boolean overlaps(Hit other) {
            return start < other.end && other.start < end;
        }

        /// Whether this one makes the other needless.
        private boolean covers(Hit other) {
            boolean certain = confidence >= RAISES || confidence >= other.confidence;
            return certain && type.equals(other.type) && overlaps(other);
        }
    }

    Hits(byte[] bytes, int from, int to, Steps steps) {
        this.bytes = bytes;
        this.from = from;
        this.to = to;
        this.steps = steps;
    }

    void add(FindingType type, double confidence, int start, int end) {
        add(type.wire(), type.category(), confidence, start, end);
    }

    /// For types that are not built in.
    void add(String type, String category, double confidence, int start, int end) {
        add(new Hit(type, category, confidence, start, end, true, false, null));
    }

    /// For what a vendor issued.
    void addToken(double confidence, int start, int end, String vendor) {
        var type = FindingType.ACCESS_TOKEN;
        add(new Hit(type.wire(), type.category(), confidence, start, end, true, false, vendor));
    }

    private void add(Hit hit) {
        if (hits.isEmpty()) {
            hits = new ArrayList<>();
        }
        hits.add(hit);
    }

    /// Takes steps of the scan's allowance.
    ///
    /// @return false when there are none left; the caller stops
    boolean spend(long amount) {
        return steps.spend(amount);
    }

    /// What was found so far, in bytes.
    List<Hit> all() {
        return hits;
    }

    int size() {
        return hits.size();
    }

    /// Where personal data begins that counts, in the order of the text.
    int[] personal() {
        var starts = new int[hits.size()];
        int count = 0;
        for (var hit : hits) {
            if (hit.category().equals(FindingType.EMAIL.category())
                    && hit.confidence() >= RAISES
                    && !hit.type().equals(FindingType.IP_ADDRESS.wire())) {
                starts[count++] = hit.start();
            }
        }
        starts = Arrays.copyOf(starts, count);
        Arrays.sort(starts);
        return starts;
    }

    /// Takes over what was found in a reading of this text.
    void take(Hits found, View view) {
        for (var hit : found.hits) {
            if (!view.counts(hit)) {
                continue;
            }
            boolean whole = view.kind() == View.Kind.ENCODED;
            int start = view.origin(whole ? 0 : hit.start());
            int end = Math.max(start, view.origin(whole ? view.size() : hit.end()));
            boolean literal =
                    hit.literal()
                            && view.kind() == View.Kind.FOLDED
                            && codePoints(start, end) == found.codePoints(hit.start(), hit.end());
            add(
                    new Hit(
                            hit.type(),
                            hit.category(),
                            hit.confidence(),
                            start,
                            end,
                            literal,
                            true,
                            hit.vendor()));
        }
    }

    void addTo(List<Finding> findings, String path) {
        if (hits.isEmpty()) {
            return;
        }
        hits.sort(Comparator.comparingInt(Hit::start));
        int at = from;
        int codePoint = 0;
        for (var hit : withoutDoubles()) {
            codePoint += codePoints(at, hit.start());
            at = hit.start();
            findings.add(
                    new Finding(
                            hit.type(),
                            hit.category(),
                            hit.confidence(),
                            codePoint,
                            codePoint + codePoints(hit.start(), Math.min(hit.end(), to)),
                            path,
                            hit.literal(),
                            hit.vendor()));
        }
    }

    /// Leaves out what several readings found in the same place, but for the plainest.
    private List<Hit> withoutDoubles() {
        var kept = new ArrayList<Hit>(hits.size());
        for (var hit : hits) {
            boolean needless = false;
            for (int k = kept.size() - 1; k >= Math.max(0, kept.size() - NEIGHBOURS); k--) {
                var other = kept.get(k);
                if (hit.derived() && other.covers(hit)) {
                    needless = true;
                    break;
                }
                if (other.derived() && !hit.derived() && hit.covers(other)) {
                    kept.remove(k);
                }
            }
            if (!needless) {
                kept.add(hit);
            }
        }
        return kept;
    }

    private int codePoints(int start, int end) {
        int count = 0;
        for (int i = start; i < end; i++) {
            count += (bytes[i] & 0xC0) == 0x80 ? 0 : 1;
        }
        return count;
    }
}
