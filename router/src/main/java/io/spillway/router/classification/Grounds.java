package io.spillway.router.classification;

import io.spillway.api.environment.ApiKey;
import io.spillway.api.environment.Tenant;
import io.spillway.api.request.DataClass;
import io.spillway.router.decision.Policy;
import java.util.Set;

/// What may change under a request that waits, and would give it another class.
///
/// @param policy digest of the policy
/// @param tenantFloor floor of its tenant
/// @param keyFloor floor of its key
/// @param keyMost highest class that its key may send
/// @param maskable types that its tenant lists as maskable
public record Grounds(
        String policy,
        DataClass tenantFloor,
        DataClass keyFloor,
        DataClass keyMost,
        Set<String> maskable) {

    public Grounds {
        maskable = Set.copyOf(maskable);
    }

    /// The grounds at this moment.
    public static Grounds of(Policy policy, Tenant tenant, ApiKey key) {
        return new Grounds(
                policy.digest(), tenant.floor(), key.floor(), key.maxClass(), tenant.maskable());
    }
}
