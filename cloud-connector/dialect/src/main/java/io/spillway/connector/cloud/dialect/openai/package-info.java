/// What OpenAI and providers with the same API expect and tell.
///
/// Sans-I/O. What it shares with other OpenAI-type servers is in `io.spillway.wire`. Start at
/// [OpenAiDialect].
@NullMarked
package io.spillway.connector.cloud.dialect.openai;

import org.jspecify.annotations.NullMarked;
