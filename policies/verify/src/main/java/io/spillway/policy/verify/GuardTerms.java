package io.spillway.policy.verify;

import com.microsoft.z3.BoolExpr;
import io.spillway.api.environment.Environment;
import io.spillway.api.environment.Model;
import io.spillway.api.environment.Tenant;
import io.spillway.api.environment.Zone;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import java.util.function.Predicate;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/// What no rule can allow, as the solver sees it: clearance, grants, jurisdictions and content that
/// was not scanned.
///
/// Tenants, keys and models of the registry grant what they grant there. One that is not in the
/// registry, and anything about an environment that may still appear, can grant everything.
final class GuardTerms {
    /// The four checks, so that a test can leave one out and see a proof fall.
    enum Part {
        CLEARANCE,
        GRANTS,
        JURISDICTIONS,
        UNSCANNED
    }

    private record Key(PlaceTerms place, Level dataClass, Optional<String> servedAs) {}

    private final Logic logic;
    private final RequestTerms request;
    private final Inventory inventory;
    private final Set<Part> parts;
    private final Map<String, BoolExpr> allowedCodes = new LinkedHashMap<>();
    private final Map<Key, BoolExpr> guards = new LinkedHashMap<>();
    private final BoolExpr unknownTenant;
    private final BoolExpr unknownModel;

    GuardTerms(Logic logic, RequestTerms request, Inventory inventory, Set<Part> parts) {
        this.logic = logic;
        this.request = request;
        this.inventory = inventory;
        this.parts = parts;
        this.unknownTenant =
                logic.define(
                        "tenant not in the registry",
                        logic.not(
                                logic.or(
                                        inventory.tenants().stream()
                                                .map(it -> request.tenant.is(logic, it.name()))
                                                .toList())));
        this.unknownModel =
                logic.define(
                        "model not in the registry",
                        logic.not(
                                logic.or(
                                        inventory.models().stream()
                                                .map(it -> request.model.is(logic, it.name()))
                                                .toList())));
        for (var tenant : inventory.tenants()) {
            logic.axiom(
                    logic.implies(
                            request.tenant.is(logic, tenant.name()),
                            request.floor.atLeast(logic, tenant.floor())));
        }
    }

    /// Nothing speaks against the environment for a request of this class.
    ///
    /// @param servedAs the smaller model it was degraded to, null for the requested one
    BoolExpr permits(PlaceTerms place, Level dataClass, @Nullable String servedAs) {
        return guards.computeIfAbsent(
                new Key(place, dataClass, Optional.ofNullable(servedAs)),
                _ ->
                        logic.define(
                                "guard " + place.label(),
                                logic.and(
                                        parts.stream()
                                                .map(it -> check(it, place, dataClass, servedAs))
                                                .toList())));
    }

    /// One of the four checks.
    BoolExpr check(Part part, PlaceTerms place, Level dataClass, @Nullable String servedAs) {
        var home = logic.constant(place.zone() == Zone.PRIVATE);
        return switch (part) {
            case CLEARANCE -> place.clearance().covers(logic, dataClass);
            case GRANTS -> logic.or(home, granted(place, servedAs));
            case JURISDICTIONS -> logic.or(home, jurisdictions(place));
            case UNSCANNED -> logic.or(home, scannedOrGranted(servedAs));
        };
    }

    private BoolExpr granted(PlaceTerms place, @Nullable String servedAs) {
        var environment = place.known();
        if (environment == null) {
            return logic.yes();
        }
        var name = environment.name();
        var byTenant = new ArrayList<BoolExpr>();
        for (var tenant : inventory.tenants()) {
            if (tenant.maySpill().contains(name)
                    && inventory.keyGrants(tenant.name()).contains(name)) {
                byTenant.add(request.tenant.is(logic, tenant.name()));
            }
        }
        byTenant.add(unknownTenant);
        return logic.and(
                logic.or(byTenant), ofModels(servedAs, it -> it.maySpill().contains(name)));
    }

    /// The model that serves has this property, which one that is not in the registry can have.
    private BoolExpr ofModels(@Nullable String servedAs, Predicate<Model> property) {
        var able = inventory.models().stream().filter(property).map(Model::name).toList();
        if (servedAs != null) {
            boolean known = inventory.models().stream().anyMatch(it -> it.name().equals(servedAs));
            return logic.constant(!known || able.contains(servedAs));
        }
        var any = new ArrayList<BoolExpr>();
        able.forEach(it -> any.add(request.model.is(logic, it)));
        any.add(unknownModel);
        return logic.or(any);
    }

    /// The tenant lets some of these types count as gone once they are masked.
    BoolExpr mayMask(Set<String> types) {
        var any = new ArrayList<BoolExpr>();
        for (var tenant : inventory.tenants()) {
            if (tenant.maskable().stream().anyMatch(types::contains)) {
                any.add(request.tenant.is(logic, tenant.name()));
            }
        }
        any.add(unknownTenant);
        return logic.or(any);
    }

    /// The caller's data may enter this jurisdiction.
    BoolExpr allowed(String code) {
        return allowedCodes.computeIfAbsent(
                code,
                it -> {
                    var any =
                            new ArrayList<BoolExpr>(
                                    inventory.tenants().stream()
                                            .filter(tenant ->
                                                    tenant.allowedJurisdictions().contains(it))
                                            .map(Tenant::name)
                                            .map(name -> request.tenant.is(logic, name))
                                            .toList());
                    any.add(logic.and(unknownTenant, logic.free("allowed in " + it)));
                    return logic.define("may enter " + it, logic.or(any));
                });
    }

    /// The jurisdictions that the caller's data may enter in a model of the solver.
    Set<String> allowedIn(Predicate<BoolExpr> holds) {
        return allowedCodes.entrySet().stream()
                .filter(it -> holds.test(it.getValue()))
                .map(Map.Entry::getKey)
                .collect(Collectors.toSet());
    }

    private BoolExpr jurisdictions(PlaceTerms place) {
        var all = new ArrayList<BoolExpr>();
        all.add(logic.or(place.dataIn().values()));
        all.add(logic.or(place.operatorIn().values()));
        for (var code : place.dataIn().keySet()) {
            var here = place.touches(logic, code);
            if (here != logic.no()) {
                all.add(logic.implies(here, allowed(code)));
            }
        }
        return logic.and(all);
    }

    private BoolExpr scannedOrGranted(@Nullable String servedAs) {
        var all = new ArrayList<BoolExpr>();
        for (var kind : request.unscanned.entrySet()) {
            all.add(
                    logic.implies(
                            kind.getValue(),
                            ofModels(
                                    servedAs,
                                    it -> it.spillableUnscanned().contains(kind.getKey()))));
        }
        return logic.and(all);
    }

    /// Every jurisdiction code that is spoken of, and one that is not.
    static List<String> codes(Inventory inventory, Set<String> mentioned) {
        var all = new TreeSet<>(mentioned);
        inventory.tenants().forEach(it -> all.addAll(it.allowedJurisdictions()));
        for (Environment it : inventory.environments()) {
            all.addAll(it.dataLocations());
            all.addAll(it.operatorJurisdictions());
        }
        all.add(
                List.of(Locale.getISOCountries()).stream()
                        .filter(it -> !all.contains(it))
                        .findFirst()
                        .orElse("ZZ"));
        return all.stream().collect(Collectors.toList());
    }
}
