/// What a caller sends, in the words that policies use.
///
/// Values only: no text of a prompt is ever held here. Start at [RequestFacts].
@NullMarked
package io.spillway.api.request;

import org.jspecify.annotations.NullMarked;
