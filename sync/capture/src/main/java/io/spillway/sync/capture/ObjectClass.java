package io.spillway.sync.capture;

import io.spillway.api.environment.ApiKey;
import io.spillway.api.environment.RegistryObject;
import io.spillway.api.environment.Tenant;
import io.spillway.api.request.DataClass;

/// How sensitive a registry object itself is: who a tenant is and which keys it has is as sensitive
/// as its least sensitive request; everything else in the registry is internal.
final class ObjectClass {
    static final DataClass BASE = DataClass.INTERNAL;

    private ObjectClass() {}

    static DataClass of(RegistryObject object) {
        return switch (object) {
            case Tenant tenant -> BASE.max(tenant.floor());
            case ApiKey key -> BASE.max(key.floor());
            default -> BASE;
        };
    }
}
