/// What vLLM expects and tells: body edits, errors and the metrics page.
///
/// Sans-I/O. What it shares with other OpenAI-type servers is in `io.spillway.wire`. Start at
/// [VllmDialect]; names of metrics stand in [MetricNames] and nowhere else.
@NullMarked
package io.spillway.connector.onprem.dialect.vllm;

import org.jspecify.annotations.NullMarked;
