package io.spillway.control.capacity;

import com.fasterxml.jackson.core.type.TypeReference;
import io.spillway.api.connector.FleetDriver;
import io.spillway.api.connector.FleetDriver.FleetSite;
import io.spillway.api.environment.Fleet;
import io.spillway.api.environment.Pool;
import io.spillway.control.ControlConfig;
import io.spillway.control.database.Database;
import io.spillway.control.registry.Connectors;
import io.spillway.sync.log.Json;
import jakarta.enterprise.context.ApplicationScoped;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.SQLException;
import java.util.List;
import java.util.Optional;

/// Where fleets keep their files and may listen.
@ApplicationScoped
class FleetSites {
    private static final int BLOCK = 100;

    private final ControlConfig config;
    private final Database database;
    private final Connectors connectors;

    FleetSites(ControlConfig config, Database database, Connectors connectors) {
        this.config = config;
        this.database = database;
        this.connectors = connectors;
    }

    /// The driver of a fleet.
    ///
    /// @throws IOException when this installation has none of that name
    FleetDriver driver(Fleet fleet) throws IOException {
        var driver = connectors.drivers().get(fleet.driver());
        if (driver == null) {
            throw new IOException(hindrance(fleet).orElse("there is no driver " + fleet.driver()));
        }
        return driver;
    }

    /// Why a fleet cannot work here and what to do about it, empty when it can.
    Optional<String> hindrance(Fleet fleet) {
        var driver = connectors.drivers().get(fleet.driver());
        if (driver == null) {
            return Optional.of(
                    "there is no driver '%s' here; use one of %s"
                            .formatted(fleet.driver(), connectors.drivers().keySet()));
        }
        var availability = driver.availability();
        if (!availability.usable()) {
            return Optional.of(availability.hint());
        }
        return config.serverCommand().isEmpty() && "process".equals(fleet.driver())
                ? Optional.of("set spillway.control.server-command to what starts one server")
                : Optional.empty();
    }

    /// The site of a fleet; its directory exists afterwards.
    FleetSite of(Fleet fleet, Optional<Pool> pool) throws IOException {
        var directory = config.dataDir().toAbsolutePath().resolve("fleets").resolve(fleet.name());
        Files.createDirectories(directory);
        return new FleetSite(
                directory,
                serverCommand(),
                config.fleetFirstPort() + offset(fleet),
                pool.map(Pool::upstreamModel).orElse(null),
                config.canaryDir().map(Path::toAbsolutePath).orElse(null),
                config.processFile().map(Path::toAbsolutePath).orElse(null));
    }

    private List<String> serverCommand() throws IOException {
        try {
            return config.serverCommand()
                    .map(it -> Json.read(it, new TypeReference<List<String>>() {}))
                    .orElse(List.of());
        } catch (IllegalArgumentException e) {
            throw new IOException(
                    "spillway.control.server-command is not a JSON array of strings: "
                            + e.getMessage(),
                    e);
        }
    }

    private int offset(Fleet fleet) {
        return database.inTransaction(connection -> {
            var known =
                    Database.query(
                            connection,
                            "SELECT port_offset FROM fleet_site WHERE fleet = ? AND ports >= ?",
                            row -> row.getInt(1),
                            fleet.name(),
                            fleet.maximum());
            return known.isEmpty() ? allot(connection, fleet) : known.getFirst();
        });
    }

    private static int allot(Connection connection, Fleet fleet) throws SQLException {
        Database.execute(connection, "LOCK TABLE fleet_site IN EXCLUSIVE MODE");
        var offset =
                Database.query(
                                connection,
                                "SELECT coalesce(max(port_offset + ports), 0) FROM fleet_site",
                                row -> row.getInt(1))
                        .getFirst();
        var ports = Math.ceilDiv(Math.max(fleet.maximum(), 1), BLOCK) * BLOCK;
        Database.execute(
                connection,
                "INSERT INTO fleet_site (fleet, port_offset, ports) VALUES (?, ?, ?) ON CONFLICT"
                        + " (fleet) DO UPDATE SET port_offset = excluded.port_offset, ports ="
                        + " excluded.ports",
                fleet.name(),
                offset,
                ports);
        return offset;
    }
}
