package io.spillway.policy.verify;

import com.microsoft.z3.BitVecExpr;
import com.microsoft.z3.BoolExpr;
import com.microsoft.z3.Context;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collection;
import java.util.List;

/// Boolean expressions of the solver, with constants folded, and the axioms that bind them.
///
/// Large formulas get a name of their own ([#define]): the solver then decides each once, which was
/// ten times as fast as one formula with everything inlined.
final class Logic {
    private final Context z3;
    private final BoolExpr yes;
    private final BoolExpr no;
    private final List<BoolExpr> axioms = new ArrayList<>();
    private int names;

    Logic(Context z3) {
        this.z3 = z3;
        this.yes = z3.mkTrue();
        this.no = z3.mkFalse();
    }

    Context z3() {
        return z3;
    }

    BoolExpr yes() {
        return yes;
    }

    BoolExpr no() {
        return no;
    }

    BoolExpr constant(boolean value) {
        return value ? yes : no;
    }

    boolean isConstant(BoolExpr expr) {
        return expr == yes || expr == no;
    }

    BoolExpr not(BoolExpr expr) {
        return expr == yes ? no : expr == no ? yes : z3.mkNot(expr);
    }

    BoolExpr and(BoolExpr... all) {
        return and(Arrays.asList(all));
    }

    BoolExpr and(Collection<BoolExpr> all) {
        var rest = new ArrayList<BoolExpr>(all.size());
        for (var one : all) {
            if (one == no) {
                return no;
            }
            if (one != yes) {
                rest.add(one);
            }
        }
        return switch (rest.size()) {
            case 0 -> yes;
            case 1 -> rest.getFirst();
            default -> z3.mkAnd(rest.toArray(BoolExpr[]::new));
        };
    }

    BoolExpr or(BoolExpr... any) {
        return or(Arrays.asList(any));
    }

    BoolExpr or(Collection<BoolExpr> any) {
        var rest = new ArrayList<BoolExpr>(any.size());
        for (var one : any) {
            if (one == yes) {
                return yes;
            }
            if (one != no) {
                rest.add(one);
            }
        }
        return switch (rest.size()) {
            case 0 -> no;
            case 1 -> rest.getFirst();
            default -> z3.mkOr(rest.toArray(BoolExpr[]::new));
        };
    }

    BoolExpr implies(BoolExpr condition, BoolExpr consequence) {
        return or(not(condition), consequence);
    }

    BoolExpr iff(BoolExpr left, BoolExpr right) {
        if (isConstant(left)) {
            return left == yes ? right : not(right);
        }
        if (isConstant(right)) {
            return right == yes ? left : not(left);
        }
        return z3.mkEq(left, right);
    }

    /// A boolean that nothing binds.
    BoolExpr free(String name) {
        return z3.mkBoolConst(name + "#" + names++);
    }

    /// A whole number in a range.
    BitVecExpr freeWhole(String name, long least, long most) {
        var free = freeBits(name, Number.WIDTH);
        axiom(z3.mkBVSGE(free, whole(least)));
        axiom(z3.mkBVSLE(free, whole(most)));
        return free;
    }

    /// Bits that nothing binds.
    BitVecExpr freeBits(String name, int width) {
        return z3.mkBVConst(name + "#" + names++, width);
    }

    BitVecExpr whole(long value) {
        return z3.mkBV(value, Number.WIDTH);
    }

    BitVecExpr sum(List<BitVecExpr> parts) {
        var sum = whole(0);
        for (var part : parts) {
            sum = z3.mkBVAdd(sum, part);
        }
        return sum;
    }

    /// Gives a formula a name.
    BoolExpr define(String name, BoolExpr meaning) {
        if (isConstant(meaning) || meaning.isConst()) {
            return meaning;
        }
        var named = free(name);
        axioms.add(z3.mkEq(named, meaning));
        return named;
    }

    /// States what always holds.
    void axiom(BoolExpr holds) {
        if (holds != yes) {
            axioms.add(holds);
        }
    }

    List<BoolExpr> axioms() {
        return axioms;
    }
}
