package io.spillway.control.problem;

import com.fasterxml.jackson.annotation.JsonInclude;
import java.util.List;
import org.eclipse.microprofile.openapi.annotations.media.Schema;
import org.jspecify.annotations.Nullable;

/// The body of every error.
///
/// @param code stable name of the error, for programs
@Schema(name = "Problem", description = "What went wrong (RFC 9457).")
@JsonInclude(JsonInclude.Include.NON_EMPTY)
public record Problem(
        @Schema(description = "The kind of error in a few words.", required = true) String title,
        @Schema(description = "The HTTP status.", required = true) int status,
        @Schema(description = "What went wrong and how to mend it.") String detail,
        @Schema(description = "Stable name of the error, for programs.") String code,
        @Schema(description = "One item per fault found in the input.") List<Item> errors) {

    /// The media type of problem details.
    public static final String MEDIA_TYPE = "application/problem+json";

    public Problem {
        errors = List.copyOf(errors);
    }

    /// One fault.
    ///
    /// @param at what is wrong, such as `url` or `endpoint/e1`
    /// @param line line of a policy file, 1 is the first
    /// @param column column of a policy file, 1 is the first
    @Schema(name = "ProblemItem", description = "One fault of the input.")
    @JsonInclude(JsonInclude.Include.NON_EMPTY)
    public record Item(
            @Schema(description = "The field or object at fault.") @Nullable String at,
            @Schema(description = "Line of the policy file, from 1.") @Nullable Integer line,
            @Schema(description = "Column of the policy file, from 1.") @Nullable Integer column,
            @Schema(description = "What is wrong.") String message,
            @Schema(description = "How to mend it.") @Nullable String hint) {

        /// A fault of a field or object.
        public static Item at(String at, String message, String hint) {
            return new Item(at, null, null, message, hint);
        }
    }
}
