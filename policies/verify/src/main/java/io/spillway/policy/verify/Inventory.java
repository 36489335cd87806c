package io.spillway.policy.verify;

import io.spillway.api.environment.ApiKey;
import io.spillway.api.environment.Environment;
import io.spillway.api.environment.Model;
import io.spillway.api.environment.Tenant;
import io.spillway.policy.KnownNames;
import java.util.Collection;
import java.util.Comparator;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Collectors;

/// What the registry says that a proof rests on: places and grants. Whatever else may still appear
/// (an environment, tenant or model of any kind) is part of every proof.
///
/// @param environments the places there are
/// @param tenants with their floors, grants and jurisdictions
/// @param models with their grants
/// @param keys what the keys of each tenant grant
public record Inventory(
        List<Environment> environments,
        List<Tenant> tenants,
        List<Model> models,
        List<KeyGrant> keys) {

    public Inventory {
        environments =
                environments.stream().sorted(Comparator.comparing(Environment::name)).toList();
        tenants = tenants.stream().sorted(Comparator.comparing(Tenant::name)).toList();
        models = models.stream().sorted(Comparator.comparing(Model::name)).toList();
        keys =
                keys.stream()
                        .sorted(Comparator.comparing(KeyGrant::tenant).thenComparing(KeyGrant::id))
                        .toList();
    }

    /// What one key grants.
    public record KeyGrant(String id, String tenant, Set<String> maySpill) {
        public KeyGrant {
            maySpill = Set.copyOf(maySpill);
        }
    }

    /// Of a registry's objects.
    public static Inventory of(
            Collection<Environment> environments,
            Collection<Tenant> tenants,
            Collection<Model> models,
            Collection<ApiKey> keys) {
        return new Inventory(
                List.copyOf(environments),
                List.copyOf(tenants),
                List.copyOf(models),
                keys.stream()
                        .filter(it -> !it.maySpill().isEmpty())
                        .map(it -> new KeyGrant(it.id(), it.tenant(), it.maySpill()))
                        .toList());
    }

    /// Where there is no registry: the environments that are known, every tenant and model free.
    public static Inventory of(KnownNames known) {
        return new Inventory(
                List.copyOf(known.environments().values()), List.of(), List.of(), List.of());
    }

    /// One line per environment with all that a proof reads of it.
    String environmentText() {
        return environments.stream()
                .map(it ->
                        String.join(
                                " ",
                                it.name(),
                                it.zone().wire(),
                                it.provider(),
                                it.region(),
                                new TreeSet<>(it.dataLocations()).toString(),
                                new TreeSet<>(it.operatorJurisdictions()).toString(),
                                it.clearance().wire()))
                .collect(Collectors.joining("\n"));
    }

    /// One line per tenant, tenant with keys, and model.
    String grantText() {
        var text = new StringBuilder();
        for (var it : tenants) {
            text.append(
                    "tenant %s %s %s %s %s%n"
                            .formatted(
                                    it.name(),
                                    it.floor().wire(),
                                    new TreeSet<>(it.maySpill()),
                                    new TreeSet<>(it.allowedJurisdictions()),
                                    new TreeSet<>(it.maskable())));
            text.append("keys %s%n".formatted(keyGrants(it.name())));
        }
        for (var it : models) {
            text.append(
                    "model %s %s %s%n"
                            .formatted(
                                    it.name(),
                                    new TreeSet<>(it.maySpill()),
                                    new TreeSet<>(it.spillableUnscanned())));
        }
        return text.toString();
    }

    /// Environments that some key of the tenant grants.
    TreeSet<String> keyGrants(String tenant) {
        return keys.stream()
                .filter(it -> it.tenant().equals(tenant))
                .flatMap(it -> it.maySpill().stream())
                .collect(Collectors.toCollection(TreeSet::new));
    }
}
