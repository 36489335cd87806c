package io.spillway.testbed.replay;

import org.jspecify.annotations.Nullable;

/// What a caller saw of one request.
///
/// @param request what was sent
/// @param end how it ended
/// @param detail what failed, in few words and without any text of the request; empty when nothing
/// @param zone header `x-spillway-zone`, null when absent
/// @param decision header `x-spillway-decision`, null when absent
/// @param queueMillis header `x-spillway-queue-ms`, null when absent
/// @param ttftMillis from sending to the first event with content, null when none came
record Outcome(
        Plan.Request request,
        End end,
        String detail,
        @Nullable String zone,
        @Nullable String decision,
        @Nullable Long queueMillis,
        @Nullable Long ttftMillis) {

    /// How a request can end.
    enum End {
        /// All of its tokens came and the stream ended as it should.
        OK,
        /// Refused for now, honestly: 503 with `Retry-After`, or an error event that says so.
        SHED,
        /// Anything else.
        FAILED
    }
}
