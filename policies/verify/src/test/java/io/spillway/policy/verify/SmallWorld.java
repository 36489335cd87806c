package io.spillway.policy.verify;

import io.spillway.api.decision.PoolFacts;
import io.spillway.api.environment.Environment;
import io.spillway.api.environment.Model;
import io.spillway.api.environment.Money;
import io.spillway.api.environment.Pool;
import io.spillway.api.environment.PoolKey;
import io.spillway.api.environment.Tenant;
import io.spillway.api.environment.Zone;
import io.spillway.api.request.Caller;
import io.spillway.api.request.Classification.Source;
import io.spillway.api.request.DataClass;
import io.spillway.api.request.Finding;
import io.spillway.api.request.Operation;
import io.spillway.api.request.RequestFacts;
import io.spillway.policy.PlacementFacts;
import io.spillway.policy.condition.Scope;
import io.spillway.policy.verify.Inventory.KeyGrant;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collections;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.OptionalLong;
import java.util.Random;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/// Everything that can happen where a [SmallPolicy] is in force: all requests, all places that are
/// or may still appear, all predictions and prices that make a difference to it.
///
/// Two requests, places or loads that answer every question of such a policy alike are one here.
final class SmallWorld {
    static final Environment ONPREM =
            Cases.environment("onprem", Zone.PRIVATE, DataClass.CONFIDENTIAL, Set.of("DE"));
    static final Environment BURST =
            Cases.environment("aws-burst", Zone.PUBLIC, DataClass.INTERNAL, Set.of("DE", "US"));
    private static final Environment HELPER =
            Cases.environment("helper", Zone.PRIVATE, DataClass.RESTRICTED, Set.of("DE"));
    private static final Set<String> EVERY_CODE = Set.of("DE", "US", "AD");
    private static final List<Set<String>> UNIONS =
            List.of(Set.of("DE"), Set.of("US"), Set.of("DE", "US"), Set.of());
    private static final Finding FINDING = new Finding("email", "pii", 0.9, 0, 1, "/text");

    /// With the last of these, whatever is asked of findings is an error.
    private static final List<List<Finding>> FOUND =
            List.of(
                    List.of(),
                    List.of(FINDING),
                    List.of(new Finding("jwt", "secret", 0.9, 0, 1, "/text")),
                    Collections.nCopies(Scope.MOST_FINDINGS + 1, FINDING));

    private static final Instant NOW = Instant.parse("2026-06-01T12:00:00Z");
    private static final long CHEAP = 1_000;

    final Inventory inventory;
    private final Map<String, Tenant> tenants = new HashMap<>();
    private final Map<String, Model> models = new HashMap<>();

    /// @param random chooses what tenants and models grant
    SmallWorld(Random random) {
        var burst = Set.of("aws-burst");
        add(new Tenant("acme", DataClass.PUBLIC, burst, Set.of("DE", "US"), null));
        add(
                new Tenant(
                        "bank",
                        DataClass.INTERNAL,
                        random.nextBoolean() ? burst : Set.of(),
                        Set.of("DE"),
                        null));
        add(
                new Model(
                        "chat",
                        List.of("chat-v1"),
                        random.nextInt(4) > 0 ? burst : Set.of(),
                        random.nextBoolean() ? Set.of("image") : Set.of(),
                        8000));
        add(
                new Model(
                        "small-chat",
                        List.of("small-v1"),
                        random.nextBoolean() ? burst : Set.of(),
                        random.nextBoolean() ? Set.of("image") : Set.of(),
                        8000));
        this.inventory =
                new Inventory(
                        List.of(ONPREM, BURST),
                        List.copyOf(tenants.values()),
                        List.copyOf(models.values()),
                        List.of(
                                new KeyGrant(
                                        "k1", "acme", random.nextInt(3) > 0 ? burst : Set.of()),
                                new KeyGrant("k2", "bank", burst)));
    }

    private void add(Tenant tenant) {
        tenants.put(tenant.name(), tenant);
    }

    private void add(Model model) {
        models.put(model.name(), model);
    }

    /// One request with what its tenant and key ask for.
    record Request(RequestFacts facts, List<Finding> findings, List<Source> floors) {
        Request declared(DataClass dataClass) {
            return new Request(facts.declaring(dataClass), findings, floors);
        }
    }

    List<Request> requests() {
        var all = new ArrayList<Request>();
        for (var tenant : List.of("acme", "bank", "another")) {
            for (var vip : List.of("true", "false", "neither")) {
                for (var model : List.of("chat", "another-model")) {
                    for (var unscanned : List.of(Set.<String>of(), Set.of("image"))) {
                        for (var found : FOUND) {
                            for (var declared : DataClass.values()) {
                                all.add(request(tenant, vip, model, unscanned, found, declared));
                            }
                        }
                    }
                }
            }
        }
        return all;
    }

    private Request request(
            String name,
            String vip,
            String model,
            Set<String> unscanned,
            List<Finding> found,
            DataClass declared) {
        var tenant = tenants.get(name);
        return new Request(
                new RequestFacts(
                        Operation.CHAT,
                        model,
                        new Caller(
                                name,
                                null,
                                "key",
                                Set.of(),
                                Map.of("vip", vip),
                                tenant == null ? EVERY_CODE : tenant.allowedJurisdictions(),
                                false),
                        false,
                        declared,
                        unscanned,
                        100,
                        25,
                        null),
                found,
                tenant == null ? List.of() : List.of(new Source("tenant", tenant.floor())));
    }

    /// The places of the registry and one of each kind that may still appear.
    List<Environment> places() {
        var all = new ArrayList<>(List.of(ONPREM, BURST));
        for (var clearance : DataClass.values()) {
            for (var union : UNIONS) {
                all.add(place("new-private", Zone.PRIVATE, clearance, union, union));
                all.add(place("new-public", Zone.PUBLIC, clearance, union, union));
            }
            for (var outside : List.of(Set.of("AD"), Set.of("AD", "DE"))) {
                all.add(place("new-public", Zone.PUBLIC, clearance, outside, outside));
            }
            all.add(place("new-public", Zone.PUBLIC, clearance, Set.of("DE"), Set.of()));
        }
        return all;
    }

    private static Environment place(
            String name,
            Zone zone,
            DataClass clearance,
            Set<String> dataLocations,
            Set<String> operators) {
        return new Environment(
                name,
                zone,
                "onprem",
                "local",
                dataLocations,
                operators,
                clearance,
                List.of(),
                null);
    }

    /// The load: what another private place that entries may select predicts, and the price.
    ///
    /// @param ttftMillis null where there is no such place
    /// @param nanos price of the place that is looked at
    record Load(@Nullable Long ttftMillis, long nanos) {}

    static List<Load> loads(SmallPolicy policy) {
        var all = new ArrayList<Load>();
        for (var ttft : new Long[] {null, 500L, 5_000L}) {
            if (ttft == null || policy.rules().contains("predictedTtft")) {
                all.add(new Load(ttft, CHEAP));
                if (policy.rules().contains("maxMicros")) {
                    all.add(new Load(ttft, CHEAP + 1));
                }
            }
        }
        return all;
    }

    /// The facts for the requests of one tenant for one model.
    ///
    /// @param tenant a tenant's name
    /// @param model the model that serves
    /// @param asked the model that was asked for
    PlacementFacts facts(Environment place, Load load, String tenant, String model, String asked) {
        var pools = new HashMap<PoolKey, PoolFacts>();
        var prices = new HashMap<PoolKey, Pool>();
        var environments = new HashMap<String, Environment>();
        var version = versionOf(model);
        environments.put(place.name(), place);
        pool(place.name(), version, OptionalLong.empty(), pools);
        var money = new Money(load.nanos(), "USD");
        prices.put(
                new PoolKey(place.name(), version),
                new Pool(place.name(), version, version, money, money));
        if (load.ttftMillis() != null) {
            environments.put(HELPER.name(), HELPER);
            pool(HELPER.name(), version, OptionalLong.of(load.ttftMillis()), pools);
        }
        var known = models.get(model);
        return new PlacementFacts(
                        pools,
                        prices,
                        environments,
                        List.of(version),
                        maySpill(tenant, model),
                        known == null ? Set.of("image") : known.spillableUnscanned(),
                        NOW)
                .servedAs(model.equals(asked) ? null : model);
    }

    private String versionOf(String model) {
        var known = models.get(model);
        return known == null ? "any-version" : known.versions().getFirst();
    }

    /// Whatever is not in the registry grants everything, and for what is not in it everything is
    /// granted.
    private Set<String> maySpill(String tenant, String model) {
        var granted = new HashSet<>(Set.of("aws-burst"));
        if (tenants.containsKey(tenant)) {
            granted.retainAll(tenants.get(tenant).maySpill());
            granted.retainAll(inventory.keyGrants(tenant));
        }
        if (models.containsKey(model)) {
            granted.retainAll(models.get(model).maySpill());
        }
        granted.add("new-public");
        return granted;
    }

    private static void pool(
            String environment, String version, OptionalLong ttft, Map<PoolKey, PoolFacts> into) {
        var key = new PoolKey(environment, version);
        into.put(key, new PoolFacts(key, 1, 1, ttft));
    }
}
