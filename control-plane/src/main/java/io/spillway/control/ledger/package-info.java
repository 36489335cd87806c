/// The admin REST of the ledger: one entry per attempt, as routers' journals told it. Read only.
/// Start at [LedgerResource].
@NullMarked
package io.spillway.control.ledger;

import org.jspecify.annotations.NullMarked;
