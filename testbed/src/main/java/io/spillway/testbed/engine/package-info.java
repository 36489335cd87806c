/// How an inference engine spends time and memory: continuous batching over a paged KV cache with
/// prefix reuse, paced by measured step times.
///
/// Sans-I/O: time is a parameter, nothing here waits, sleeps or opens a socket. Start at [Engine].
@NullMarked
package io.spillway.testbed.engine;

import org.jspecify.annotations.NullMarked;
