package io.spillway.control.problem;

import io.spillway.api.environment.RegistryObject.Kind;
import java.util.List;
import java.util.Locale;

/// An admin call that is refused for a reason its caller can mend.
public final class Refusal extends RuntimeException {
    private static final long serialVersionUID = 1;

    private final transient Problem problem;

    private Refusal(Problem problem) {
        super(problem.detail(), null, false, false);
        this.problem = problem;
    }

    /// The input is not acceptable (422).
    public static Refusal invalid(List<Problem.Item> errors) {
        return of(
                422,
                "invalid",
                "The input is not valid",
                "Nothing was changed. See errors for each fault and how to mend it.",
                errors);
    }

    /// One fault of the input (422).
    public static Refusal invalid(String at, String message, String hint) {
        return invalid(List.of(Problem.Item.at(at, message, hint)));
    }

    /// The caller's token is not enough (403).
    public static Refusal forbidden(String detail) {
        return of(403, "forbidden", "Not allowed with this token", detail, List.of());
    }

    /// There is no such object (404).
    public static Refusal notFound(Kind kind, String key) {
        var what = kind.name().toLowerCase(Locale.ROOT);
        return notFound(what, key, "GET the list to see what exists.");
    }

    /// There is no such thing (404).
    public static Refusal notFound(String what, String key, String hint) {
        return of(
                404,
                "not_found",
                "Not found",
                "There is no %s '%s'. %s".formatted(what, key, hint),
                List.of());
    }

    /// The present state does not allow it (409).
    public static Refusal conflict(String code, String detail, List<Problem.Item> errors) {
        return of(409, code, "The present state does not allow this", detail, errors);
    }

    /// Another version is in force than the caller thinks (412).
    public static Refusal otherVersion(String detail) {
        return of(412, "version_changed", "Another version is in force", detail, List.of());
    }

    /// Something the call needs is not there (503).
    public static Refusal unavailable(String code, String detail) {
        return of(503, code, "Not available now", detail, List.of());
    }

    private static Refusal of(
            int status, String code, String title, String detail, List<Problem.Item> errors) {
        return new Refusal(new Problem(title, status, detail, code, errors));
    }

    /// The body to answer with.
    public Problem problem() {
        return problem;
    }
}
