package io.spillway.control.status;

import io.smallrye.common.annotation.RunOnVirtualThread;
import io.spillway.api.environment.RegistryObject.Kind;
import io.spillway.control.database.Database;
import io.spillway.control.registry.Registry;
import io.spillway.control.registry.RegistryState;
import io.spillway.control.sync.Origin;
import io.spillway.control.sync.Replicas;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.Path;
import java.util.Locale;
import java.util.Map;
import java.util.TreeMap;
import org.eclipse.microprofile.openapi.annotations.Operation;
import org.eclipse.microprofile.openapi.annotations.media.Schema;
import org.eclipse.microprofile.openapi.annotations.tags.Tag;

/// Status.
@Path("status")
@RunOnVirtualThread
@Tag(name = "status", description = "What there is, and whether it works.")
public class StatusResource {
    private final Registry registry;
    private final Database database;
    private final Origin origin;
    private final Replicas replicas;

    StatusResource(Registry registry, Database database, Origin origin, Replicas replicas) {
        this.registry = registry;
        this.database = database;
        this.origin = origin;
        this.replicas = replicas;
    }

    @GET
    @Operation(operationId = "getStatus", summary = "Tells what there is and whether it works")
    public Status get() {
        return new Status(counts(registry.state()), postgres(), capture(), followers());
    }

    private static Map<String, Long> counts(RegistryState state) {
        var counts = new TreeMap<String, Long>();
        for (var kind : Kind.values()) {
            counts.put(plural(kind), state.objects().filter(it -> it.kind() == kind).count());
        }
        return counts;
    }

    private ComponentHealth postgres() {
        return database.first("SELECT current_setting('server_version')", row -> row.getString(1))
                .map(it -> new ComponentHealth(true, "version " + it))
                .orElse(new ComponentHealth(false, "no answer"));
    }

    private ComponentHealth capture() {
        return origin.capture()
                .map(it -> {
                    var problem = it.problem();
                    if (problem != null) {
                        return new ComponentHealth(false, problem);
                    }
                    return new ComponentHealth(
                            it.reading(),
                            (it.reading() ? "reads slot " : "starts to read slot ") + it.slot());
                })
                .orElse(new ComponentHealth(false, "off: spillway.sync.key-store is not set"));
    }

    private ComponentHealth followers() {
        var all = replicas.all(registry.newest());
        var connected = all.stream().filter(Replicas.Replica::connected).count();
        var behind = all.stream().mapToLong(Replicas.Replica::lag).max().orElse(0);
        return new ComponentHealth(
                !all.isEmpty() && connected == all.size(),
                all.isEmpty()
                        ? "no router has connected yet"
                        : "%d of %d connected, the last one %d change sets behind"
                                .formatted(connected, all.size(), behind));
    }

    private static String plural(Kind kind) {
        var name = kind.name().toLowerCase(Locale.ROOT);
        return kind == Kind.POLICY ? "policies" : name + "s";
    }

    /// Status of an installation.
    @Schema(description = "What there is, and whether it works.")
    public record Status(
            @Schema(description = "Objects of the registry by plural name of their kind.")
                    Map<String, Long> counts,
            @Schema(description = "The database.") ComponentHealth postgres,
            @Schema(description = "The way of changes from the database to the replicas.")
                    ComponentHealth capture,
            @Schema(description = "The routers that follow.") ComponentHealth replicas) {}

    /// Health of a part.
    @Schema(description = "Whether a part works.")
    public record ComponentHealth(
            @Schema(description = "Whether it works.") boolean up,
            @Schema(description = "What there is to know about it.") String detail) {}
}
