package io.spillway.policy.rule;

import io.spillway.policy.condition.ClockPart;
import io.spillway.policy.condition.Condition;
import io.spillway.policy.condition.Condition.Comparison;
import io.spillway.policy.condition.Term;
import io.spillway.policy.document.PolicySet.Window;
import java.util.ArrayList;
import java.util.List;

/// Writes a time window as the condition it is short for.
final class Windows {
    private Windows() {}

    /// A window that ends on the next day is that evening, or the morning after.
    static Condition condition(Window window) {
        var minute = new Term.Clock(ClockPart.MINUTE_OF_DAY, window.zone());
        boolean overnight = window.to() <= window.from();
        var begun = limit(minute, Comparison.AT_LEAST, window.from(), 0);
        var notOver = limit(minute, Comparison.LESS, window.to(), Window.DAY);
        if (!overnight) {
            return both(both(begun, notOver), days(window, 0));
        }
        return new Condition.Either(both(begun, days(window, 0)), both(notOver, days(window, 1)));
    }

    /// A limit that always holds is left out.
    private static Condition limit(Term minute, Comparison comparison, int at, int always) {
        return at == always
                ? new Condition.Always(true)
                : new Condition.Compare(comparison, minute, new Term.Whole(at));
    }

    private static Condition days(Window window, int later) {
        var days = new ArrayList<Term>();
        for (int i = 0; i < ClockPart.DAYS.size(); i++) {
            if (window.days().contains(ClockPart.DAYS.get(i))) {
                days.add(new Term.Text(ClockPart.DAYS.get((i + later) % ClockPart.DAYS.size())));
            }
        }
        return days.size() == ClockPart.DAYS.size()
                ? new Condition.Always(true)
                : new Condition.OneOf(
                        new Term.Clock(ClockPart.WEEKDAY, window.zone()), List.copyOf(days));
    }

    private static Condition both(Condition left, Condition right) {
        if (left instanceof Condition.Always(var value) && value) {
            return right;
        }
        return right instanceof Condition.Always(var value) && value
                ? left
                : new Condition.Both(left, right);
    }
}
