package io.spillway.sync.capture;

import io.spillway.api.environment.Environment;
import io.spillway.api.environment.Tenant;
import io.spillway.api.environment.Zone;
import io.spillway.api.request.DataClass;
import io.spillway.api.state.ChangeSet;
import java.util.Arrays;
import java.util.List;
import java.util.Set;

/// Registry objects for tests.
final class Objects {
    private Objects() {}

    static Environment environment(String name, DataClass clearance) {
        return new Environment(
                name,
                Zone.PRIVATE,
                "onprem",
                "here",
                Set.of("DE"),
                Set.of("DE"),
                clearance,
                List.of("127.0.0.0/8"),
                null);
    }

    static Tenant tenant(String name, DataClass floor) {
        return new Tenant(name, floor, Set.of(), Set.of(), null);
    }

    static Tenant tenant(String name) {
        return tenant(name, DataClass.PUBLIC);
    }

    static List<ChangeSet.Change> put(io.spillway.api.environment.RegistryObject... objects) {
        return Arrays.stream(objects).map(ChangeSet.Change::put).toList();
    }
}
