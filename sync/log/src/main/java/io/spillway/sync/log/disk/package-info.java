/// Files that survive a crash whole and cannot be read or changed without the router's own key.
///
/// Start at [SealedFile].
@NullMarked
package io.spillway.sync.log.disk;

import org.jspecify.annotations.NullMarked;
