package io.spillway.sync.log.journal;

import java.util.concurrent.CompletableFuture;

/// What the journal answers to a record.
public sealed interface Receipt {

    /// It will be written.
    ///
    /// @param durable completes with the record's number once it is on the disk, exceptionally when
    ///   it could not be written. Completed by the journal's only writer: hand over at once, never
    ///   block in a dependent action
    record Accepted(CompletableFuture<Long> durable) implements Receipt {}

    /// It was not taken and is counted as unrecorded. Nothing may be spent on it.
    record Full(String reason) implements Receipt {}
}
