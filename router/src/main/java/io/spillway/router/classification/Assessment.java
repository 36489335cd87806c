package io.spillway.router.classification;

import io.spillway.api.request.Classification;
import io.spillway.api.request.Classification.Source;
import io.spillway.api.request.DataClass;
import io.spillway.policy.detect.Scan;
import io.spillway.router.masking.MaskedRequest;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Collectors;

/// What is known of a request's class under one policy.
///
/// @param grounds what it rests on besides the request
/// @param detectors names the detectors that scanned it
/// @param scan what they found
/// @param given floors that came with the request: header and session
/// @param classification its class
/// @param masked its masked forms by the types that entries of the policy mask
public record Assessment(
        Grounds grounds,
        String detectors,
        Scan scan,
        List<Source> given,
        Classification classification,
        Map<Set<String>, MaskedRequest> masked) {

    public Assessment {
        given = List.copyOf(given);
        masked = Map.copyOf(masked);
    }

    /// The classes of the masked forms.
    public Map<Set<String>, Classification> maskedClassifications() {
        return masked.entrySet().stream()
                .collect(
                        Collectors.toUnmodifiableMap(
                                Map.Entry::getKey, it -> it.getValue().classification()));
    }

    /// The lowest class under which any of it may be sent.
    public DataClass lowest() {
        var lowest = classification.dataClass();
        for (var form : masked.values()) {
            var other = form.classification().dataClass();
            lowest = lowest.covers(other) ? other : lowest;
        }
        return lowest;
    }

    /// Bytes of its largest form.
    public int largestBytes() {
        return masked.values().stream().mapToInt(it -> it.body().bytes().length).max().orElse(0);
    }

    /// This, never lower than an earlier one: what was confidential once stays so. A masked form
    /// that the earlier policy did not know may be no lower than the whole request was.
    Assessment notBelow(Assessment earlier) {
        var forms = new LinkedHashMap<Set<String>, MaskedRequest>();
        masked.forEach((types, form) -> {
            var before = earlier.masked.get(types);
            var least = before == null ? earlier.classification : before.classification();
            forms.put(types, form.with(atLeast(form.classification(), least.dataClass())));
        });
        return new Assessment(
                grounds,
                detectors,
                scan,
                given,
                atLeast(classification, earlier.classification.dataClass()),
                forms);
    }

    private static Classification atLeast(Classification found, DataClass least) {
        if (found.dataClass().covers(least)) {
            return found;
        }
        var sources = new ArrayList<>(found.sources());
        sources.add(new Source("earlier", least));
        return new Classification(least, found.unscanned(), found.findings(), sources);
    }

    /// Without the bodies.
    @Override
    public String toString() {
        return "Assessment[class=%s, masked=%s]"
                .formatted(classification.dataClass().wire(), masked.keySet());
    }
}
