package io.spillway.policy.verify;

import com.microsoft.z3.BoolExpr;
import com.microsoft.z3.Model;
import io.spillway.api.environment.Environment;
import io.spillway.api.environment.Zone;
import io.spillway.api.request.DataClass;
import io.spillway.policy.condition.Fact;
import io.spillway.policy.features.Features;
import io.spillway.policy.verify.PolicyTerms.Way;
import io.spillway.policy.verify.Proof.Cell;
import io.spillway.policy.verify.Questions.Reply;
import java.util.ArrayList;
import java.util.EnumMap;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.TreeSet;
import org.jspecify.annotations.Nullable;

/// Which class of which tenant can reach which zone, past rules and guard.
///
/// The solver is asked for a request of any tenant that is still open. What it finds is tried on
/// the engine for the other tenants too, most of which have rules and grants like it; when it finds
/// nothing more, all that are open are closed at once. So a hundred tenants take little more than
/// one.
final class Matrix {
    /// The row for every tenant that is not named elsewhere.
    static final String OTHERS = "*";

    private final Logic logic;
    private final PolicyTerms policy;
    private final Examples examples;
    private final Replay replay;
    private final Map<String, BoolExpr> tenants = new LinkedHashMap<>();
    private final Map<Zone, BoolExpr> zones = new EnumMap<>(Zone.class);
    private final Map<At, Cell> found = new HashMap<>();
    private final Witnesses witnesses = new Witnesses();

    private record At(DataClass dataClass, String tenant, Zone zone) {}

    Matrix(Logic logic, PolicyTerms policy, Inventory inventory, Examples examples, Replay replay) {
        this.logic = logic;
        this.policy = policy;
        this.examples = examples;
        this.replay = replay;
        var names = new TreeSet<String>();
        inventory.tenants().forEach(it -> names.add(it.name()));
        names.addAll(policy.asked.texts(Fact.TENANT));
        var others = new ArrayList<BoolExpr>();
        for (var name : names) {
            var is = policy.request.tenant.is(logic, name);
            tenants.put(name, logic.define("tenant " + name, is));
            others.add(logic.not(is));
        }
        tenants.put(OTHERS, logic.define("any other tenant", logic.and(others)));
        for (var zone : Zone.values()) {
            zones.put(
                    zone,
                    logic.define(
                            zone.wire() + " is reached",
                            logic.or(
                                    policy.ways().stream()
                                            .filter(it -> it.place().zone() == zone)
                                            .map(policy::guarded)
                                            .toList())));
        }
    }

    List<Cell> cells(Questions questions) {
        var cells = new ArrayList<Cell>();
        for (var dataClass : DataClass.values()) {
            for (var zone : Zone.values()) {
                find(dataClass, zone, questions);
            }
            for (var tenant : tenants.keySet()) {
                for (var zone : Zone.values()) {
                    cells.add(Objects.requireNonNull(found.get(new At(dataClass, tenant, zone))));
                }
            }
        }
        return cells;
    }

    /// The requests by which cells are known to be reached.
    Witnesses witnesses() {
        return witnesses;
    }

    /// Asks for a request of this class that reaches the zone and comes from one of these tenants.
    Reply ask(DataClass dataClass, Zone zone, Set<String> among, Questions questions) {
        var all = new ArrayList<BoolExpr>();
        all.add(policy.classes.dataClass().is(logic, dataClass));
        all.add(Objects.requireNonNull(zones.get(zone)));
        tenants.forEach((name, is) -> {
            if (!among.contains(name)) {
                all.add(logic.not(is));
            }
        });
        return questions.ask(all);
    }

    private void find(DataClass dataClass, Zone zone, Questions questions) {
        boolean alike = true;
        for (var open = open(dataClass, zone); !open.isEmpty(); open = open(dataClass, zone)) {
            switch (ask(dataClass, zone, open, questions)) {
                case Reply.None _ -> open.forEach(it -> put(dataClass, it, zone, false, null));
                case Reply.Unknown _ -> open.forEach(it -> put(dataClass, it, zone, null, null));
                case Reply.Some(var model) -> {
                    var name = Objects.requireNonNull(policy.request.tenant.in(model));
                    var tenant = tenants.containsKey(name) ? name : OTHERS;
                    var example = confirmed(model, zone);
                    put(dataClass, tenant, zone, true, example == null ? null : example.features());
                    // Rules that tell all tenants apart are not worth trying again and again.
                    alike = alike && example != null && spread(example, open(dataClass, zone));
                }
            }
        }
    }

    /// The tenants for which it is not known yet.
    private Set<String> open(DataClass dataClass, Zone zone) {
        var open = new LinkedHashSet<>(tenants.keySet());
        open.removeIf(it -> found.containsKey(new At(dataClass, it, zone)));
        return open;
    }

    private void put(
            DataClass dataClass,
            String tenant,
            Zone zone,
            @Nullable Boolean reachable,
            @Nullable Features example) {
        found.putIfAbsent(
                new At(dataClass, tenant, zone),
                new Cell(dataClass, tenant, zone, reachable, example));
    }

    /// A request that the engine lets into an environment.
    private record Confirmed(Features features, String environment) {}

    /// Null when the engine does not confirm it; the cell then counts as reachable all the same.
    private @Nullable Confirmed confirmed(Model model, Zone zone) {
        for (var way : policy.taken(model)) {
            if (way.place().zone() == zone) {
                var found = confirmed(model, way);
                if (found != null) {
                    return found;
                }
            }
        }
        return null;
    }

    private @Nullable Confirmed confirmed(Model model, Way way) {
        var models = new ArrayList<@Nullable String>();
        models.add(null);
        models.addAll(policy.degraded.keySet());
        for (var servedAs : models) {
            if (model.eval(policy.guarded(way, servedAs), true).isTrue()) {
                var features = examples.of(model, way, servedAs);
                var name = examples.name(model, way.place());
                if (replay.guarded(features).contains(name)) {
                    witnesses.add(replay.selection(features));
                    return new Confirmed(features, name);
                }
            }
        }
        return null;
    }

    /// Tries a request for other tenants.
    ///
    /// @return whether some of them could send it, too
    private boolean spread(Confirmed known, Set<String> open) {
        int before = found.size();
        open.remove(OTHERS);
        for (var tenant : open) {
            var features = examples.from(tenant, known.environment(), known.features());
            var reached = replay.guarded(features);
            var dataClass = replay.classify(features).dataClass();
            for (var place : features.environments()) {
                // The key is known to grant that one environment.
                if (reached.contains(place.name()) && isOrStays(place, known.environment())) {
                    put(dataClass, tenant, place.zone(), true, features);
                    witnesses.add(replay.selection(features));
                }
            }
        }
        return found.size() > before;
    }

    private static boolean isOrStays(Environment place, String environment) {
        return place.zone() == Zone.PRIVATE || place.name().equals(environment);
    }
}
