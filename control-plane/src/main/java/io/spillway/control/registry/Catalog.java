package io.spillway.control.registry;

import io.spillway.api.environment.RegistryObject;
import io.spillway.api.environment.RegistryObject.Kind;
import io.spillway.api.state.ChangeSet.Change;
import io.spillway.control.problem.Refusal;
import jakarta.ws.rs.core.SecurityContext;
import java.util.Arrays;
import java.util.List;
import org.jboss.resteasy.reactive.RestResponse;
import org.jboss.resteasy.reactive.RestResponse.ResponseBuilder;
import org.jboss.resteasy.reactive.RestResponse.Status;
import org.jspecify.annotations.Nullable;

/// The objects of one kind as a REST resource offers them. Answers to changes carry
/// `x-spillway-seq`, the change set that holds them, so that a caller can wait until a replica has
/// it.
public final class Catalog<T extends RegistryObject> {
    /// Response header with the number of the change set.
    public static final String SEQ_HEADER = "x-spillway-seq";

    private final Registry registry;
    private final Class<T> type;
    private final Kind kind;

    public Catalog(Registry registry, Class<T> type) {
        this.registry = registry;
        this.type = type;
        this.kind =
                Arrays.stream(Kind.values())
                        .filter(it -> it.type() == type)
                        .findFirst()
                        .orElseThrow();
    }

    /// All objects, ordered by key.
    public List<T> all() {
        return registry.state().all(type);
    }

    /// One object.
    ///
    /// @throws Refusal when there is none
    public T get(String key) {
        return registry.state().find(type, key).orElseThrow(() -> Refusal.notFound(kind, key));
    }

    /// Creates or replaces an object under the key of its path.
    public RestResponse<T> put(String key, T object, SecurityContext caller) {
        if (!object.key().equals(key)) {
            throw Refusal.invalid(
                    "body",
                    "the path names '%s', the body '%s'".formatted(key, object.key()),
                    "Use the same name in both.");
        }
        var written = registry.change(by(caller, "put"), _ -> List.of(Change.put(object)));
        return answer(written.created() ? Status.CREATED : Status.OK, object, written);
    }

    /// Deletes an object.
    public RestResponse<Void> delete(String key, SecurityContext caller) {
        var written =
                registry.change(
                        by(caller, "delete"),
                        state -> {
                            if (state.find(type, key).isEmpty()) {
                                throw Refusal.notFound(kind, key);
                            }
                            return List.of(Change.delete(kind, key));
                        });
        return ResponseBuilder.<Void>create(Status.NO_CONTENT)
                .header(SEQ_HEADER, written.seq())
                .build();
    }

    /// An answer with an object and the change set that it is in.
    public static <T> RestResponse<T> answer(Status status, T body, Registry.Written written) {
        return ResponseBuilder.create(status, body).header(SEQ_HEADER, written.seq()).build();
    }

    /// What a caller does.
    public static Intent by(
            SecurityContext caller, String action, @Nullable String acknowledgedWidening) {
        return new Intent(caller.getUserPrincipal().getName(), action, acknowledgedWidening);
    }

    /// Who calls, and what for.
    public static Intent by(SecurityContext caller, String action) {
        return new Intent(caller.getUserPrincipal().getName(), action);
    }
}
