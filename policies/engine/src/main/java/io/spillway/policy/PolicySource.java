package io.spillway.policy;

import java.util.Map;

/// A policy file with the files that it imports.
///
/// @param yaml the policy file
/// @param imports texts of imported files by the name under which they are imported
public record PolicySource(String yaml, Map<String, String> imports) {

    public PolicySource {
        imports = Map.copyOf(imports);
    }

    /// A file that stands alone.
    public PolicySource(String yaml) {
        this(yaml, Map.of());
    }
}
