package io.spillway.control.registry;

import io.spillway.api.environment.ApiKey;
import io.spillway.api.environment.Endpoint;
import io.spillway.api.environment.Environment;
import io.spillway.api.environment.Fleet;
import io.spillway.api.environment.Model;
import io.spillway.api.environment.PolicyDocument;
import io.spillway.api.environment.Pool;
import io.spillway.api.environment.RegistryObject;
import io.spillway.api.environment.RegistryObject.Kind;
import io.spillway.api.environment.Tenant;
import java.util.Collection;
import java.util.List;
import java.util.stream.Stream;

/// One object naming another.
///
/// @param at the field that names it
/// @param kind kind of what is named
/// @param key key of what is named
record Reference(String at, Kind kind, String key) {

    /// Everything that an object names. A policy's names are checked by its compiler.
    static List<Reference> of(RegistryObject object) {
        return switch (object) {
            case Environment _, PolicyDocument _ -> List.of();
            case Model it -> grants(it.maySpill()).toList();
            case Tenant it -> grants(it.maySpill()).toList();
            case ApiKey it ->
                    Stream.concat(
                                    Stream.of(new Reference("tenant", Kind.TENANT, it.tenant())),
                                    grants(it.maySpill()))
                            .toList();
            case Pool it -> List.of(environment(it.environment()));
            case Fleet it ->
                    List.of(
                            environment(it.environment()),
                            new Reference("modelVersion", Kind.POOL, it.pool().toString()));
            case Endpoint it ->
                    Stream.concat(
                                    Stream.of(
                                            environment(it.environment()),
                                            new Reference(
                                                    "modelVersion",
                                                    Kind.POOL,
                                                    it.pool().toString())),
                                    FleetMachine.fleetOf(it.id()).stream()
                                            .map(fleet -> new Reference("id", Kind.FLEET, fleet)))
                            .toList();
        };
    }

    private static Reference environment(String name) {
        return new Reference("environment", Kind.ENVIRONMENT, name);
    }

    private static Stream<Reference> grants(Collection<String> maySpill) {
        return maySpill.stream()
                .sorted()
                .map(name -> new Reference("maySpill", Kind.ENVIRONMENT, name));
    }
}
