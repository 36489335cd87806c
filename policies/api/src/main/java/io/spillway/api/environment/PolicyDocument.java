package io.spillway.api.environment;

/// A published policy as its author wrote it.
///
/// @param name the policy set's `metadata.name`
/// @param yaml the whole file
/// @param digest SHA-256 of the file's UTF-8 bytes, 64 lower-case hex digits
public record PolicyDocument(String name, String yaml, String digest) implements RegistryObject {

    public PolicyDocument {
        Names.check("policy", name);
    }

    @Override
    public String key() {
        return name;
    }
}
