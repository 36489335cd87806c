/// Errors of the admin REST as problem details (RFC 9457): what is wrong, where, and how to mend
/// it.
///
/// Throw a [Refusal] for what a caller can mend; [ProblemMapper] turns it and everything else that
/// can go wrong into a [Problem]. What a caller sent is never quoted beyond names it chose itself.
@NullMarked
package io.spillway.control.problem;

import org.jspecify.annotations.NullMarked;
