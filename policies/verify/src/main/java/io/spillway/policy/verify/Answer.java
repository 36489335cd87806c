package io.spillway.policy.verify;

import com.microsoft.z3.BoolExpr;
import java.util.ArrayList;
import java.util.List;

/// The outcome of a condition: true, false, or, when neither, an error. With these two bits CEL's
/// absorption needs no case of its own: a false side makes a conjunction false, whatever the other.
///
/// @param isTrue true
/// @param isFalse false; never together with true
record Answer(BoolExpr isTrue, BoolExpr isFalse) {

    static Answer of(Logic logic, boolean value) {
        return new Answer(logic.constant(value), logic.constant(!value));
    }

    /// Known to be what `isTrue` says.
    static Answer known(Logic logic, BoolExpr isTrue) {
        return new Answer(isTrue, logic.not(isTrue));
    }

    /// What `isTrue` says unless something it needs is missing.
    static Answer unless(Logic logic, BoolExpr missing, BoolExpr isTrue) {
        var there = logic.not(missing);
        return new Answer(logic.and(there, isTrue), logic.and(there, logic.not(isTrue)));
    }

    /// Free to be true, false or an error.
    static Answer free(Logic logic, String name) {
        var isTrue = logic.free(name + " is true");
        var isFalse = logic.free(name + " is false");
        logic.axiom(logic.not(logic.and(isTrue, isFalse)));
        return new Answer(isTrue, isFalse);
    }

    static Answer both(Logic logic, List<Answer> all) {
        var isTrue = new ArrayList<BoolExpr>(all.size());
        var isFalse = new ArrayList<BoolExpr>(all.size());
        for (var one : all) {
            isTrue.add(one.isTrue);
            isFalse.add(one.isFalse);
        }
        return new Answer(logic.and(isTrue), logic.or(isFalse));
    }

    static Answer either(Logic logic, List<Answer> any) {
        var isTrue = new ArrayList<BoolExpr>(any.size());
        var isFalse = new ArrayList<BoolExpr>(any.size());
        for (var one : any) {
            isTrue.add(one.isTrue);
            isFalse.add(one.isFalse);
        }
        return new Answer(logic.or(isTrue), logic.and(isFalse));
    }

    Answer not() {
        return new Answer(isFalse, isTrue);
    }

    BoolExpr isError(Logic logic) {
        return logic.and(logic.not(isTrue), logic.not(isFalse));
    }

    /// The same under two names, so that the solver decides it once.
    Answer named(Logic logic, String name) {
        return new Answer(
                logic.define(name + " is true", isTrue), logic.define(name + " is false", isFalse));
    }
}
