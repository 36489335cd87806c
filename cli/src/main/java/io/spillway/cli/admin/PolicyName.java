package io.spillway.cli.admin;

import java.util.Map;
import org.snakeyaml.engine.v2.api.Load;
import org.snakeyaml.engine.v2.api.LoadSettings;
import org.snakeyaml.engine.v2.exceptions.YamlEngineException;

/// Reads the name under which a policy file is published.
public final class PolicyName {
    private PolicyName() {}

    /// The file's `metadata.name`; `policy` when it has none or is not YAML, which the control
    /// plane then reports with line and column.
    public static String of(String yaml) {
        try {
            var document = new Load(LoadSettings.builder().build()).loadFromString(yaml);
            if (document instanceof Map<?, ?> map
                    && map.get("metadata") instanceof Map<?, ?> metadata
                    && metadata.get("name") instanceof String name) {
                return AdminClient.segment(name);
            }
        } catch (YamlEngineException e) {
            return "policy";
        }
        return "policy";
    }
}
