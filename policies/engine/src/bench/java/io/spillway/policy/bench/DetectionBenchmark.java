package io.spillway.policy.bench;

import io.spillway.policy.detect.Detectors;
import io.spillway.policy.detect.TextLeaf;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;
import org.openjdk.jmh.annotations.Benchmark;
import org.openjdk.jmh.annotations.BenchmarkMode;
import org.openjdk.jmh.annotations.Fork;
import org.openjdk.jmh.annotations.Measurement;
import org.openjdk.jmh.annotations.Mode;
import org.openjdk.jmh.annotations.OperationsPerInvocation;
import org.openjdk.jmh.annotations.OutputTimeUnit;
import org.openjdk.jmh.annotations.Param;
import org.openjdk.jmh.annotations.Scope;
import org.openjdk.jmh.annotations.Setup;
import org.openjdk.jmh.annotations.State;
import org.openjdk.jmh.annotations.Warmup;
import org.openjdk.jmh.infra.Blackhole;

/// The full built-in set of detectors over one string, by kind and length of text.
///
/// An operation is a KB scanned, whatever the length of the string: the score is us per KB, and
/// `gc.alloc.rate.norm` is bytes allocated per KB. Every invocation scans a whole MB, cut into
/// strings of [#size], so that short strings differ from each other.
@State(Scope.Benchmark)
@BenchmarkMode(Mode.AverageTime)
@OutputTimeUnit(TimeUnit.MICROSECONDS)
@Warmup(iterations = 10, time = 1)
@Measurement(iterations = 5, time = 1)
@Fork(value = 1, jvmArgsAppend = "-XX:+UseSerialGC")
public class DetectionBenchmark {
    private static final int KB_EACH_TIME = 1024;
    private static final int KB = 1024;

    @Param public TextKind kind;

    /// Bytes of a string.
    @Param({"1024", "65536", "1048576"})
    public int size;

    private final Detectors detectors = Detectors.builtIn();
    private List<List<TextLeaf>> requests = List.of();

    /// Cuts the text.
    @Setup
    public void makeRequests() {
        int count = KB_EACH_TIME * KB / size;
        var text = kind.pieces(count, size);
        var made = new ArrayList<List<TextLeaf>>(count);
        for (int from = 0; from < text.length; from += size) {
            made.add(List.of(new TextLeaf("/messages/0/content", text, from, from + size)));
        }
        requests = made;
    }

    @Benchmark
    @OperationsPerInvocation(KB_EACH_TIME)
    public void scan(Blackhole results) {
        for (var leaves : requests) {
            results.consume(detectors.scan(leaves));
        }
    }
}
