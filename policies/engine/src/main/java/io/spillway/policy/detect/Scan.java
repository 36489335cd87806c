package io.spillway.policy.detect;

import io.spillway.api.request.Finding;
import java.util.List;

/// What a scan of one request's strings gave.
///
/// @param findings everything that was seen, also what is too uncertain to raise a class
/// @param exhausted whether the scan ran out of steps, so that more may be there than was found:
///   whoever decides by the findings must then assume the worst
public record Scan(List<Finding> findings, boolean exhausted) {

    public Scan {
        findings = List.copyOf(findings);
    }
}
