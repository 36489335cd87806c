/// What the planes exchange: change sets and beacons one way, journal records the other.
///
/// Start at [ChangeSet] and [JournalRecord].
@NullMarked
package io.spillway.api.state;

import org.jspecify.annotations.NullMarked;
