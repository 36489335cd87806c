package io.spillway.control.problem;

import org.jspecify.annotations.Nullable;

/// How much of a long list is answered at once.
public final class Page {
    /// What the parameter means, for OpenAPI.
    public static final String LIMIT = "Most items to answer, 1 to 1000; 50 when left out.";

    private static final int DEFAULT = 50;
    private static final int MOST = 1000;

    private Page() {}

    /// Checks a `limit` parameter.
    public static int limit(@Nullable Integer limit) {
        if (limit == null) {
            return DEFAULT;
        }
        if (limit < 1 || limit > MOST) {
            throw Refusal.invalid("limit", "is %d".formatted(limit), "Use 1 to 1000.");
        }
        return limit;
    }
}
