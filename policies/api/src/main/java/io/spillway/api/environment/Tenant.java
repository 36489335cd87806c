package io.spillway.api.environment;

import io.spillway.api.request.DataClass;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/// A tenant: the owner of keys, grants, floors and a budget.
///
/// @param name unique name
/// @param floor lowest class any of its requests can have
/// @param maySpill public environments its requests may leave for; empty means none
/// @param allowedJurisdictions jurisdiction codes its data may enter; empty means private only
/// @param monthlyBudget most it may spend on paid pools in a calendar month (UTC), null for no
///   limit
public record Tenant(
        String name,
        DataClass floor,
        Set<String> maySpill,
        Set<String> allowedJurisdictions,
        @Nullable Money monthlyBudget)
        implements RegistryObject {

    public Tenant {
        Names.check("tenant", name);
        maySpill = Set.copyOf(maySpill);
        allowedJurisdictions = Set.copyOf(allowedJurisdictions);
    }

    @Override
    public String key() {
        return name;
    }
}
