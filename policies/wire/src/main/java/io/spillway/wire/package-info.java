/// What the dialects of OpenAI-type servers have in common: server-sent events, usage, error
/// objects and the request for usage in streams.
///
/// Sans-I/O, and it reads only what accounting and failure handling need: nothing here builds a
/// tree of a response or keeps text of it. What one server family does differently stands in its
/// dialect. Start at [OpenAiObserver].
@NullMarked
package io.spillway.wire;

import org.jspecify.annotations.NullMarked;
