package io.spillway.api.connector;

import io.spillway.api.request.Operation;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/// The wire format of one family of model servers. Sans-I/O: bytes in, values out.
///
/// Found with `ServiceLoader`. One instance serves all threads; it holds no state. The objects it
/// makes are confined to one request.
public interface Dialect {

    /// The name that endpoints are registered with, such as `vllm`.
    String name();

    /// Path and query of an operation, appended to the endpoint's base URL.
    String path(Operation operation);

    /// Top-level body fields that must change before the body goes upstream, besides `model`. The
    /// rest of the body passes byte for byte.
    BodyEdits edits(Operation operation, BodyHints hints);

    /// A fresh observer for one response. Never null; never shared.
    ResponseObserver observe(Operation operation, boolean stream);

    /// Path of the metrics page, empty when the server has none.
    Optional<String> metricsPath();

    /// Reads a metrics page.
    ///
    /// @param page the whole page
    /// @param upstreamModel the model to read the figures of
    /// @param readAt when the server answered
    /// @return empty when the page lacks the figures that a load report needs: unknown is never
    ///   zero
    Optional<LoadReport> load(String page, String upstreamModel, Instant readAt);

    /// Turns an error response of the server into one of our failures.
    UpstreamFailure failure(int status, byte[] body);

    /// What the caller's body says that matters for the edits.
    ///
    /// @param stream whether the answer is streamed
    /// @param includeUsage whether the caller asked for usage in the stream itself
    /// @param tenantSalt value that isolates prefix caches of tenants, the same for all of a
    ///   tenant's requests; never derivable to the tenant's name
    /// @param fields names of the body's top-level fields
    /// @param streamOptions the caller's `stream_options` as JSON text, so that its other members
    ///   survive our asking for usage; null when there is none
    record BodyHints(
            boolean stream,
            boolean includeUsage,
            String tenantSalt,
            List<String> fields,
            @Nullable String streamOptions) {
        public BodyHints {
            fields = List.copyOf(fields);
        }

        /// Hints about a body without stream options worth keeping.
        public BodyHints(
                boolean stream, boolean includeUsage, String tenantSalt, List<String> fields) {
            this(stream, includeUsage, tenantSalt, fields, null);
        }
    }

    /// Changes to the top level of a JSON object body.
    ///
    /// @param set members to set, in order, in place of any member of that name; values are raw
    ///   JSON
    /// @param remove names of members to take out
    record BodyEdits(List<Member> set, List<String> remove) {
        public BodyEdits {
            set = List.copyOf(set);
            remove = List.copyOf(remove);
        }

        /// A member of a JSON object.
        ///
        /// @param name its name
        /// @param rawValue its value as JSON text
        public record Member(String name, String rawValue) {}
    }
}
