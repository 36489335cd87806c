package io.spillway.api.connector;

import java.net.URI;
import java.time.Duration;
import java.util.List;
import org.jspecify.annotations.Nullable;

/// Asks a model server what it is, before it is registered. Blocking; safe for use by many threads.
/// Runs in the control plane only. Found with `ServiceLoader`.
public interface EndpointProber {

    /// Looks at a server. What the server does wrong is part of the report, never an exception.
    Report probe(Target target) throws InterruptedException;

    /// What to look at.
    ///
    /// @param url base URL without `/v1`
    /// @param token bearer token, null for none
    /// @param caPem certificate authorities to trust instead of the JDK's, PEM, null for the JDK's
    /// @param timeout most time for all questions together
    record Target(URI url, @Nullable String token, @Nullable String caPem, Duration timeout) {

        /// Without the token.
        @Override
        public String toString() {
            return "Target[url=%s, token=%s]".formatted(url, token == null ? "none" : "hidden");
        }
    }

    /// What was found.
    ///
    /// @param reachable whether it answers as a model server
    /// @param version its own version, null when it does not say
    /// @param instance identity of its process, to be held against an endpoint's nonce; null when
    ///   it does not say
    /// @param models what it serves, in its order
    /// @param metrics its load, null when unknown
    /// @param problem what is wrong and how to mend it, null when nothing is; a reachable server
    ///   can have one, such as an unreadable metrics page
    record Report(
            boolean reachable,
            @Nullable String version,
            @Nullable String instance,
            List<ServedModel> models,
            @Nullable Metrics metrics,
            @Nullable String problem) {
        public Report {
            models = List.copyOf(models);
        }

        /// A report on a server that does not say which process it is.
        public Report(
                boolean reachable,
                @Nullable String version,
                List<ServedModel> models,
                @Nullable Metrics metrics,
                @Nullable String problem) {
            this(reachable, version, null, models, metrics, problem);
        }
    }

    /// A model that a server serves.
    ///
    /// @param id the name it knows it by
    /// @param maxModelLen context length in tokens, null when it does not say
    record ServedModel(String id, @Nullable Integer maxModelLen) {}

    /// Load at the moment of the probe.
    ///
    /// @param running requests it works on
    /// @param waiting requests that wait for capacity
    /// @param cacheUsed share of the KV cache in use, null when unknown
    record Metrics(int running, int waiting, @Nullable Double cacheUsed) {}
}
