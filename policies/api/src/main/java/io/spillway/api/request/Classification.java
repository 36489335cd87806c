package io.spillway.api.request;

import java.util.List;
import java.util.Set;

/// The data class of a request and everything that raised it.
///
/// @param dataClass the strictest class that any source asked for
/// @param unscanned kinds of content that no detector could read, such as `image` or `token-ids`
/// @param findings all findings, including those whose confidence was too low to raise the class
/// @param sources what set or raised the class, in the order it was applied
public record Classification(
        DataClass dataClass, Set<String> unscanned, List<Finding> findings, List<Source> sources) {

    public Classification {
        unscanned = Set.copyOf(unscanned);
        findings = List.copyOf(findings);
        sources = List.copyOf(sources);
    }

    /// One reason for a class.
    ///
    /// @param name `default`, `tenant`, `key`, `model`, `header`, `session`, `earlier` (what an
    ///   earlier policy said while it waited), `error` or `rule:NAME`
    /// @param dataClass the class it asks for
    public record Source(String name, DataClass dataClass) {}
}
