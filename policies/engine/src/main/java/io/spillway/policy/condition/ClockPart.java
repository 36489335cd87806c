package io.spillway.policy.condition;

import io.spillway.policy.condition.Term.Kind;
import java.time.DayOfWeek;
import java.time.LocalDateTime;
import java.util.List;

/// What a condition can read from a clock on the wall.
public enum ClockPart {
    /// 0 to 23.
    HOUR("hour", Kind.WHOLE),
    /// Minutes since midnight as the wall clock shows it: 0 to 1439.
    MINUTE_OF_DAY("minuteOfDay", Kind.WHOLE),
    /// `mon` to `sun`.
    WEEKDAY("weekday", Kind.TEXT);

    /// The days as conditions write them, Monday first.
    public static final List<String> DAYS =
            List.of("mon", "tue", "wed", "thu", "fri", "sat", "sun");

    private final String cel;
    private final Kind kind;

    ClockPart(String cel, Kind kind) {
        this.cel = cel;
        this.kind = kind;
    }

    /// How a condition calls it.
    public String cel() {
        return cel;
    }

    /// The kind of its value.
    public Kind kind() {
        return kind;
    }

    /// The largest value of a part that is a number.
    public long largest() {
        return this == HOUR ? 23 : 1439;
    }

    long number(LocalDateTime time) {
        return this == HOUR ? time.getHour() : time.getHour() * 60L + time.getMinute();
    }

    static String day(DayOfWeek day) {
        return DAYS.get(day.getValue() - 1);
    }
}
