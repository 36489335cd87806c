/// Masks requests for public places, and restores what they answer.
///
/// [RequestMasker] makes the masked body and its class; [AnswerRestorer] puts the values back into
/// answers on their way to the caller. Values live in memory for the request alone. What masking
/// means stands in [io.spillway.policy.mask].
@NullMarked
package io.spillway.router.masking;

import org.jspecify.annotations.NullMarked;
