package io.spillway.policy.verify;

import com.microsoft.z3.BitVecExpr;
import com.microsoft.z3.BitVecNum;
import com.microsoft.z3.Model;
import io.spillway.policy.condition.ClockPart;
import io.spillway.policy.condition.Term;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneId;
import java.time.ZonedDateTime;
import java.util.HashMap;
import java.util.Map;

/// Finds a moment at which clocks show what the solver chose.
final class Moments {
    private static final Instant MONDAY = Instant.parse("2026-06-01T00:00:00Z");
    private static final int MINUTES_A_WEEK = 7 * 24 * 60;

    private Moments() {}

    /// A minute of one week at which all clocks show what they should; the week's first where there
    /// is none, which the replay then finds out.
    static Instant of(Model model, Map<Term.Clock, BitVecExpr> clocks) {
        if (clocks.isEmpty()) {
            return MONDAY;
        }
        var wanted = new HashMap<Term.Clock, Long>();
        clocks.forEach((clock, shown) ->
                wanted.put(
                        clock, ((BitVecNum) model.eval(shown, true)).getBigInteger().longValue()));
        for (int minute = 0; minute < MINUTES_A_WEEK; minute++) {
            var moment = MONDAY.plus(Duration.ofMinutes(minute));
            if (wanted.entrySet().stream()
                    .allMatch(it -> shows(it.getKey(), moment) == it.getValue())) {
                return moment;
            }
        }
        return MONDAY;
    }

    private static long shows(Term.Clock clock, Instant moment) {
        ZonedDateTime wall = moment.atZone(ZoneId.of(clock.zone()));
        return switch (clock.part()) {
            case ClockPart.HOUR -> wall.getHour();
            case ClockPart.MINUTE_OF_DAY -> wall.getHour() * 60L + wall.getMinute();
            case ClockPart.WEEKDAY -> wall.getDayOfWeek().getValue() - 1;
        };
    }
}
