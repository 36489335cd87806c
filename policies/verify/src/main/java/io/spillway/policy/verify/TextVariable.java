package io.spillway.policy.verify;

import com.microsoft.z3.BitVecExpr;
import com.microsoft.z3.BitVecNum;
import com.microsoft.z3.BoolExpr;
import com.microsoft.z3.Model;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/// A text that the solver chooses: one of the words that are spoken of, or any other text.
///
/// An other text is known only by its number (equal numbers are equal texts) and by which of the
/// asked-for prefixes, suffixes and parts it has. The axioms rule out what no text can have, so
/// each choice of the solver can be spelled out.
final class TextVariable implements TextValue {
    static final int WIDTH = 16;
    private static final List<String> FILLERS = List.of("x", "-x-", "zq.", "0_", "q:");

    private final Words words;
    private final BitVecExpr value;
    private final BoolExpr missing;
    private final Map<Asked, BoolExpr> asked = new LinkedHashMap<>();

    private record Asked(Part kind, String part) {}

    TextVariable(Logic logic, Words words, String name, BoolExpr missing) {
        this.words = words;
        this.value = logic.freeBits(name, WIDTH);
        this.missing = missing;
        words.add(this);
    }

    @Override
    public BoolExpr missing(Logic logic) {
        return missing;
    }

    @Override
    public BoolExpr is(Logic logic, String word) {
        return logic.z3().mkEq(value, logic.z3().mkBV(words.number(word), WIDTH));
    }

    BoolExpr same(Logic logic, TextVariable other) {
        return logic.z3().mkEq(value, other.value);
    }

    @Override
    public BoolExpr has(Logic logic, Part kind, String part) {
        return part.isEmpty()
                ? logic.yes()
                : asked.computeIfAbsent(
                        new Asked(kind, part), it -> logic.free(it.kind() + " " + it.part()));
    }

    /// One of these and nothing else.
    void oneOf(Logic logic, List<String> all) {
        logic.axiom(logic.or(all.stream().map(it -> is(logic, it)).toList()));
    }

    /// None of these.
    void noneOf(Logic logic, List<String> all) {
        all.forEach(it -> logic.axiom(logic.not(is(logic, it))));
    }

    /// States what the parts of a text have to do with one another, once all were asked for.
    void close(Logic logic) {
        for (var one : asked.entrySet()) {
            for (var word : words.all()) {
                boolean has = one.getKey().kind().test(word, one.getKey().part());
                logic.axiom(
                        logic.implies(
                                is(logic, word), has ? one.getValue() : logic.not(one.getValue())));
            }
            for (var other : asked.entrySet()) {
                if (one != other) {
                    relate(logic, one, other);
                }
            }
        }
    }

    private static void relate(
            Logic logic, Map.Entry<Asked, BoolExpr> one, Map.Entry<Asked, BoolExpr> other) {
        var a = one.getKey();
        var b = other.getKey();
        if (b.kind() == Part.INSIDE || a.kind() == b.kind()) {
            if (b.kind().test(a.part(), b.part())) {
                logic.axiom(logic.implies(one.getValue(), other.getValue()));
            }
        }
        if (a.kind() == b.kind()
                && a.kind() != Part.INSIDE
                && !a.kind().test(a.part(), b.part())
                && !a.kind().test(b.part(), a.part())) {
            logic.axiom(logic.not(logic.and(one.getValue(), other.getValue())));
        }
    }

    /// The text that a model of the solver chose, null when it is missing there.
    @Nullable String in(Model model) {
        if (model.eval(missing, true).isTrue()) {
            return null;
        }
        int number = ((BitVecNum) model.eval(value, true)).getInt();
        return number < words.all().size() ? words.all().get(number) : spell(number, model);
    }

    /// Spells out a text that has exactly the parts the model says, where that can be done.
    private String spell(int number, Model model) {
        var prefix = longest(Part.PREFIX, model);
        var suffix = longest(Part.SUFFIX, model);
        var inside = new ArrayList<String>();
        asked.forEach((it, has) -> {
            if (it.kind() == Part.INSIDE && model.eval(has, true).isTrue()) {
                inside.add(it.part());
            }
        });
        var text = "";
        for (var filler : FILLERS) {
            var middle = new StringBuilder();
            inside.forEach(it -> middle.append(filler).append(it));
            text = prefix + number + middle + filler + suffix;
            if (fits(text, model)) {
                return text;
            }
        }
        return text; // the replay finds out that it does not fit
    }

    private String longest(Part kind, Model model) {
        return asked.entrySet().stream()
                .filter(it -> it.getKey().kind() == kind)
                .filter(it -> model.eval(it.getValue(), true).isTrue())
                .map(it -> it.getKey().part())
                .max(Comparator.comparingInt(String::length))
                .orElse("");
    }

    private boolean fits(String text, Model model) {
        return !words.all().contains(text)
                && asked.entrySet().stream()
                        .allMatch(it ->
                                it.getKey().kind().test(text, it.getKey().part())
                                        == model.eval(it.getValue(), true).isTrue());
    }
}
