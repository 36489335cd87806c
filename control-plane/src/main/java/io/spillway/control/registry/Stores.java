package io.spillway.control.registry;

import io.spillway.control.ControlConfig;
import io.spillway.sync.capture.RegistryStore;
import jakarta.enterprise.inject.Produces;
import jakarta.inject.Singleton;
import javax.sql.DataSource;

/// Makes the store of the registry known to CDI.
class Stores {

    @Produces
    @Singleton
    RegistryStore registryStore(DataSource source, ControlConfig config) {
        return new RegistryStore(source, config.origin());
    }
}
