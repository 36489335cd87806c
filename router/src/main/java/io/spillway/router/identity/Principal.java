package io.spillway.router.identity;

import io.spillway.api.environment.ApiKey;
import io.spillway.api.environment.Tenant;
import io.spillway.api.request.Caller;

/// An authenticated caller.
///
/// @param key the key it used
/// @param tenant the key's tenant
/// @param caller the same in the words of policies
public record Principal(ApiKey key, Tenant tenant, Caller caller) {

    static Principal of(ApiKey key, Tenant tenant) {
        return new Principal(
                key,
                tenant,
                new Caller(
                        tenant.name(),
                        key.team(),
                        key.id(),
                        key.roles(),
                        key.attributes(),
                        tenant.allowedJurisdictions(),
                        key.debug()));
    }
}
