package io.spillway.policy.condition;

import io.spillway.api.request.DataClass;
import org.jspecify.annotations.Nullable;

/// A value that a condition compares.
public sealed interface Term {

    /// What kind of value it is; only values of one kind are ever compared.
    Kind kind();

    /// The kinds of values.
    enum Kind {
        TEXT,
        WHOLE,
        REAL,
        DURATION,
        CLASS,
        FLAG
    }

    record Text(String value) implements Term {
        @Override
        public Kind kind() {
            return Kind.TEXT;
        }
    }

    record Whole(long value) implements Term {
        @Override
        public Kind kind() {
            return Kind.WHOLE;
        }
    }

    record Real(double value) implements Term {
        @Override
        public Kind kind() {
            return Kind.REAL;
        }
    }

    /// A duration in nanoseconds.
    record Span(long nanos) implements Term {
        @Override
        public Kind kind() {
            return Kind.DURATION;
        }
    }

    record ClassName(DataClass value) implements Term {
        @Override
        public Kind kind() {
            return Kind.CLASS;
        }
    }

    record Flag(boolean value) implements Term {
        @Override
        public Kind kind() {
            return Kind.FLAG;
        }
    }

    /// A fact of the request, the environment or the finding at hand.
    record Read(Fact fact) implements Term {
        @Override
        public Kind kind() {
            return fact.kind();
        }
    }

    /// A declared caller attribute; unknown when the caller has none or it is not of that kind.
    record Attribute(String name, Kind kind) implements Term {}

    /// What the clock on the wall of a zone shows at the time of the decision; unknown when that
    /// time is not known.
    ///
    /// @param zone name of the zone in the IANA database
    record Clock(ClockPart part, String zone) implements Term {
        @Override
        public Kind kind() {
            return part.kind();
        }
    }

    /// How many findings there are.
    ///
    /// @param where counts only findings for which this holds; null counts all
    record Count(@Nullable Condition where) implements Term {
        @Override
        public Kind kind() {
            return Kind.WHOLE;
        }
    }
}
