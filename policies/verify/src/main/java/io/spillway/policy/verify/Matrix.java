package io.spillway.policy.verify;

import com.microsoft.z3.BoolExpr;
import com.microsoft.z3.Model;
import io.spillway.api.environment.Zone;
import io.spillway.api.request.DataClass;
import io.spillway.policy.condition.Fact;
import io.spillway.policy.features.Features;
import io.spillway.policy.verify.PolicyTerms.Way;
import io.spillway.policy.verify.Proof.Cell;
import io.spillway.policy.verify.Questions.Reply;
import java.util.ArrayList;
import java.util.EnumMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeSet;
import org.jspecify.annotations.Nullable;

/// Which class of which tenant can reach which zone, past rules and guard.
final class Matrix {
    /// The row for every tenant that is not named elsewhere.
    static final String OTHERS = "*";

    private final Logic logic;
    private final PolicyTerms policy;
    private final Examples examples;
    private final Replay replay;
    private final Map<String, BoolExpr> tenants = new LinkedHashMap<>();
    private final Map<Zone, BoolExpr> zones = new EnumMap<>(Zone.class);

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
            var is = new ArrayList<BoolExpr>();
            is.add(policy.classes.dataClass().atLeast(logic, dataClass));
            if (dataClass != DataClass.HIGHEST) {
                var above = DataClass.values()[dataClass.ordinal() + 1];
                is.add(logic.not(policy.classes.dataClass().atLeast(logic, above)));
            }
            tenants.forEach((tenant, isTenant) ->
                    zones.forEach((zone, reached) -> {
                        var all = new ArrayList<>(is);
                        all.add(isTenant);
                        all.add(reached);
                        cells.add(cell(dataClass, tenant, zone, questions.ask(all)));
                    }));
        }
        return cells;
    }

    private Cell cell(DataClass dataClass, String tenant, Zone zone, Reply reply) {
        return switch (reply) {
            case Reply.None _ -> new Cell(dataClass, tenant, zone, false, null);
            case Reply.Unknown _ -> new Cell(dataClass, tenant, zone, null, null);
            case Reply.Some(var model) ->
                    new Cell(dataClass, tenant, zone, true, example(model, zone));
        };
    }

    /// Null when the engine does not confirm it; the cell then counts as reachable all the same.
    private @Nullable Features example(Model model, Zone zone) {
        for (var way : policy.taken(model)) {
            if (way.place().zone() == zone) {
                var found = example(model, way);
                if (found != null) {
                    return found;
                }
            }
        }
        return null;
    }

    private @Nullable Features example(Model model, Way way) {
        var models = new ArrayList<@Nullable String>();
        models.add(null);
        models.addAll(policy.degraded.keySet());
        for (var servedAs : models) {
            if (model.eval(policy.guarded(way, servedAs), true).isTrue()) {
                var features = examples.of(model, way, servedAs);
                if (replay.guarded(features).contains(examples.name(model, way.place()))) {
                    return features;
                }
            }
        }
        return null;
    }
}
