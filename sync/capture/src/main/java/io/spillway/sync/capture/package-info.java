/// From the registry in Postgres to the replicas, and from the routers' journals back into it.
///
/// A change of the registry is one transaction that writes one outbox row ([RegistryStore]).
/// [Capture] reads those rows from the write-ahead log and hands them to the [ChangeFeed], which
/// proves with the outbox itself that none is missing, and fans them out to replicas.
/// [JournalIntake] takes in what routers send home. Start at [RegistryStore].
@NullMarked
package io.spillway.sync.capture;

import org.jspecify.annotations.NullMarked;
