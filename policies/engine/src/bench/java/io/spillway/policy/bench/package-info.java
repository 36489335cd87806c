/// What the policy engine costs, measured with JMH. `mvn -Pbench` compiles and runs it, no other
/// build does. Start with [io.spillway.policy.bench.DetectionBenchmark].
package io.spillway.policy.bench;
