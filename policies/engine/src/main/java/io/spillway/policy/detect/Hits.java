package io.spillway.policy.detect;

import io.spillway.api.request.Finding;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;

/// What a scan of one leaf found, in bytes, until it is handed on in code points.
final class Hits {
    private final byte[] bytes;
    private final int from;
    private final int to;
    private final Steps steps;
    private List<Hit> hits = List.of();

    /// @param start in bytes, like `end`
    record Hit(String type, String category, double confidence, int start, int end) {}

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
        if (hits.isEmpty()) {
            hits = new ArrayList<>();
        }
        hits.add(new Hit(type, category, confidence, start, end));
    }

    /// Takes steps of the scan's allowance.
    ///
    /// @return false when there are none left; the caller stops
    boolean spend(int amount) {
        return steps.spend(amount);
    }

    int size() {
        return hits.size();
    }

    void addTo(List<Finding> findings, String path) {
        if (hits.isEmpty()) {
            return;
        }
        hits.sort(Comparator.comparingInt(Hit::start));
        int at = from;
        int codePoint = 0;
        for (var hit : hits) {
            codePoint += codePoints(at, hit.start());
            at = hit.start();
            findings.add(
                    new Finding(
                            hit.type(),
                            hit.category(),
                            hit.confidence(),
                            codePoint,
                            codePoint + codePoints(hit.start(), Math.min(hit.end(), to)),
                            path));
        }
    }

    private int codePoints(int start, int end) {
        int count = 0;
        for (int i = start; i < end; i++) {
            count += (bytes[i] & 0xC0) == 0x80 ? 0 : 1;
        }
        return count;
    }
}
