/// What both ends of the sync link share: the JSON codec, the frames of the change stream and their
/// signatures.
///
/// Nothing here does I/O. Start at [Frame], then see `replica` (the state a router keeps), `link`
/// (the sockets) and `journal` (what goes home).
@NullMarked
package io.spillway.sync.log;

import org.jspecify.annotations.NullMarked;
