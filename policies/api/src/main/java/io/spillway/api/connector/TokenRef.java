package io.spillway.api.connector;

import java.io.IOException;
import java.nio.file.Path;
import java.util.function.Function;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/// Where a secret is kept: `env:NAME`, `file:PATH` or `vault:PATH#FIELD`. Never the secret itself,
/// so it may stand in the registry, in change sets and in logs.
public sealed interface TokenRef {

    /// An environment variable of the process that resolves it.
    record Env(String name) implements TokenRef {
        @Override
        public String toString() {
            return "env:" + name;
        }
    }

    /// A file that holds the secret and nothing else.
    record File(Path path) implements TokenRef {
        @Override
        public String toString() {
            return "file:" + path;
        }
    }

    /// A field of a secret in HashiCorp Vault's key-value store, version 2.
    ///
    /// @param path mount and path, such as `secret/spillway/openai`
    /// @param field name of the field
    record Vault(String path, String field) implements TokenRef {
        private static final Pattern SYNTAX =
                Pattern.compile("vault:(\\w[\\w.-]*(?:/\\w[\\w.-]*)+)#([\\w.-]+)");

        @Override
        public String toString() {
            return "vault:" + path + "#" + field;
        }
    }

    /// Reads a reference.
    ///
    /// @throws IllegalArgumentException saying what a reference looks like; it does not quote the
    ///   text, which may be a secret that somebody put there by mistake
    static TokenRef parse(String text) {
        if (text.matches("env:[A-Za-z_]\\w*")) {
            return new Env(text.substring("env:".length()));
        }
        if (text.startsWith("file:/") && text.indexOf('\0') < 0) {
            return new File(Path.of(text.substring("file:".length())));
        }
        var vault = Vault.SYNTAX.matcher(text);
        if (vault.matches()) {
            return new Vault(vault.group(1), vault.group(2));
        }
        throw new IllegalArgumentException(
                "not a token reference; expected env:NAME, file:/ABSOLUTE/PATH or"
                        + " vault:MOUNT/PATH#FIELD, never the token itself");
    }

    /// The secret, from this process' environment or from a file.
    ///
    /// @throws IOException when there is none, or when others may read the file; the message says
    ///   how to mend it and never holds the secret
    default String resolve() throws IOException {
        return resolve(System::getenv);
    }

    /// As [#resolve()], with the environment's variables given.
    default String resolve(Function<String, @Nullable String> environment) throws IOException {
        return switch (this) {
            case Env(var name) -> TokenText.check(this, environment.apply(name));
            case File(var path) -> TokenText.check(this, TokenText.read(path));
            case Vault _ ->
                    throw new IOException(
                            "%s can be read by the control plane only; give routers env:NAME or file:PATH"
                                    .formatted(this));
        };
    }
}
