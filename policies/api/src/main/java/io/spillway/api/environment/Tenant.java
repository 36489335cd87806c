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
/// @param maskable types of findings, such as `email`, that count as gone from its requests once a
///   placeholder stands in their place; empty means that masking changes no class. May be absent
///   from JSON
public record Tenant(
        String name,
        DataClass floor,
        Set<String> maySpill,
        Set<String> allowedJurisdictions,
        @Nullable Money monthlyBudget,
        @Nullable Set<String> maskable)
        implements RegistryObject {

    public Tenant {
        Names.check("tenant", name);
        maySpill = Set.copyOf(maySpill);
        allowedJurisdictions = Set.copyOf(allowedJurisdictions);
        maskable = maskable == null ? Set.of() : Set.copyOf(maskable);
    }

    /// A tenant for whose requests masking changes nothing.
    public Tenant(
            String name,
            DataClass floor,
            Set<String> maySpill,
            Set<String> allowedJurisdictions,
            @Nullable Money monthlyBudget) {
        this(name, floor, maySpill, allowedJurisdictions, monthlyBudget, null);
    }

    @Override
    public Set<String> maskable() {
        return maskable == null ? Set.of() : maskable;
    }

    @Override
    public String key() {
        return name;
    }
}
