package io.spillway.policy.condition;

/// The outcome of a condition. `ERROR` means that something it needed is not known; each place that
/// uses a condition says which way that falls, and it never falls towards leaving.
public enum Truth {
    FALSE,
    TRUE,
    ERROR;

    /// The truth of a known answer.
    public static Truth of(boolean value) {
        return value ? TRUE : FALSE;
    }

    /// Both; a false side absorbs an error on the other, as in CEL.
    public Truth and(Truth other) {
        if (this == FALSE || other == FALSE) {
            return FALSE;
        }
        return this == ERROR || other == ERROR ? ERROR : TRUE;
    }

    /// Either; a true side absorbs an error on the other, as in CEL.
    public Truth or(Truth other) {
        if (this == TRUE || other == TRUE) {
            return TRUE;
        }
        return this == ERROR || other == ERROR ? ERROR : FALSE;
    }

    /// The opposite; an error stays one.
    public Truth not() {
        return switch (this) {
            case FALSE -> TRUE;
            case TRUE -> FALSE;
            case ERROR -> ERROR;
        };
    }
}
