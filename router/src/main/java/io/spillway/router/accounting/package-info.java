/// What requests cost: expected and most possible tokens, exact money, budgets.
///
/// Nothing here does I/O; writing the journal is the caller's part. Start at [BudgetBook] and
/// [TokenEstimator].
@NullMarked
package io.spillway.router.accounting;

import org.jspecify.annotations.NullMarked;
