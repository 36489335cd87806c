package io.spillway.policy.verify;

import com.microsoft.z3.BoolExpr;
import io.spillway.api.environment.Environment;
import io.spillway.api.environment.Zone;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/// An environment in a proof: one of the registry, or any that may still appear.
///
/// @param known the registry's environment, null for one that may still appear
/// @param zone its zone; of those that may still appear there is one for each zone
/// @param dataIn by jurisdiction code, whether data is kept there
/// @param operatorIn by jurisdiction code, whether its operator answers there
record PlaceTerms(
        @Nullable Environment known,
        Zone zone,
        TextValue name,
        TextValue provider,
        TextValue region,
        Level clearance,
        Map<String, BoolExpr> dataIn,
        Map<String, BoolExpr> operatorIn) {

    static PlaceTerms known(Logic logic, Environment environment, List<String> codes) {
        var data = new LinkedHashMap<String, BoolExpr>();
        var operator = new LinkedHashMap<String, BoolExpr>();
        for (var code : codes) {
            data.put(code, logic.constant(environment.dataLocations().contains(code)));
            operator.put(code, logic.constant(environment.operatorJurisdictions().contains(code)));
        }
        return new PlaceTerms(
                environment,
                environment.zone(),
                new TextValue.Literal(environment.name()),
                new TextValue.Literal(environment.provider()),
                new TextValue.Literal(environment.region()),
                Level.of(logic, environment.clearance()),
                data,
                operator);
    }

    /// Any environment of a zone that has none of the names that are taken.
    static PlaceTerms future(
            Logic logic, Words words, Zone zone, List<String> taken, List<String> codes) {
        var prefix = "new " + zone.wire() + " ";
        var name = new TextVariable(logic, words, prefix + "name", logic.no());
        name.noneOf(logic, taken);
        var data = new LinkedHashMap<String, BoolExpr>();
        var operator = new LinkedHashMap<String, BoolExpr>();
        for (var code : codes) {
            data.put(code, logic.free(prefix + "data in " + code));
            operator.put(code, logic.free(prefix + "operator in " + code));
        }
        return new PlaceTerms(
                null,
                zone,
                name,
                new TextVariable(logic, words, prefix + "provider", logic.no()),
                new TextVariable(logic, words, prefix + "region", logic.no()),
                Level.free(logic, prefix + "clearance"),
                data,
                operator);
    }

    /// How definitions and results call it.
    String label() {
        return known == null ? "a new %s environment".formatted(zone.wire()) : known.name();
    }

    /// Data is kept there or its operator answers there.
    BoolExpr touches(Logic logic, String code) {
        return logic.or(
                dataIn.getOrDefault(code, logic.no()), operatorIn.getOrDefault(code, logic.no()));
    }

    /// It says where it is, and all of that is among these.
    BoolExpr liesIn(Logic logic, Set<String> codes) {
        var touched = new ArrayList<BoolExpr>();
        var inside = new ArrayList<BoolExpr>();
        for (var code : dataIn.keySet()) {
            var here = touches(logic, code);
            touched.add(here);
            inside.add(logic.implies(here, logic.constant(codes.contains(code))));
        }
        return logic.and(logic.or(touched), logic.and(inside));
    }
}
