package io.spillway.router.accounting;

import io.spillway.api.environment.Money;
import io.spillway.api.environment.Tenant;
import java.util.Collection;
import java.util.List;
import java.util.Map;

/// The budgets of the registry as far as the policy leaves them.
public final class NarrowedBudgets {
    private NarrowedBudgets() {}

    /// The tenants with the smaller of two budgets. Amounts in two currencies cannot be compared,
    /// so they leave nothing to spend.
    ///
    /// @param budgets what the policy lets a tenant spend in a month, by tenant
    public static List<Tenant> of(Collection<Tenant> tenants, Map<String, Money> budgets) {
        return tenants.stream().map(it -> narrowed(it, budgets)).toList();
    }

    private static Tenant narrowed(Tenant tenant, Map<String, Money> budgets) {
        var most = budgets.get(tenant.name());
        if (most == null) {
            return tenant;
        }
        var own = tenant.monthlyBudget();
        var less = own == null ? most : less(own, most);
        return new Tenant(
                tenant.name(),
                tenant.floor(),
                tenant.maySpill(),
                tenant.allowedJurisdictions(),
                less,
                tenant.maskable());
    }

    private static Money less(Money one, Money other) {
        if (!one.currency().equals(other.currency())) {
            return Money.zero(one.currency());
        }
        return one.nanos() < other.nanos() ? one : other;
    }
}
