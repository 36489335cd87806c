package io.spillway.testbed.server;

import io.spillway.testbed.engine.Engine;
import io.spillway.testbed.engine.StepTimes;
import java.nio.file.Path;
import java.util.UUID;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Option;

/// What a simulated server stands for. Set up before [SimulatedServer#start] and left alone after.
public final class ServerOptions {
    @Option(names = "--host", description = "address to listen on (default: ${DEFAULT-VALUE})")
    String host = "127.0.0.1";

    @Option(names = "--port", description = "port to listen on, 0 for any free one")
    int port;

    @Option(names = "--model", description = "name it serves its model by")
    String model = "llama2-70b";

    @Option(names = "--environment", description = "environment it stands in")
    String environment = "onprem";

    @Option(names = "--nonce", description = "identity it reports at /version as 'instance'")
    String nonce = UUID.randomUUID().toString();

    @Option(names = "--engines", description = "engines behind this port (default: 1)")
    int engines = 1;

    @Option(
            names = "--hardware",
            description = "a100-80gb, h100-80gb or h100-80gb-pcap (default: ${DEFAULT-VALUE})")
    String hardware = "h100-80gb";

    @Option(
            names = "--performance-of",
            description = "measured model: llama2-70b or bloom-176b (default: ${DEFAULT-VALUE})")
    String performanceOf = "llama2-70b";

    @Option(names = "--tensor-parallel", description = "GPUs an engine spans: 2, 4 or 8")
    int tensorParallel = 8;

    @Option(names = "--time-scale", description = "factor on all step times (default: 1)")
    double timeScale = 1.0;

    @Option(names = "--max-model-len", description = "longest prompt plus answer in tokens")
    int maxModelLen = 16_384;

    @Option(names = "--kv-blocks", description = "KV-cache blocks of 16 tokens in each engine")
    int kvBlocks = 8192;

    @Option(names = "--max-num-seqs", description = "most sequences in one batch")
    int maxSequences = 256;

    @Option(names = "--max-num-batched-tokens", description = "most tokens computed in one step")
    int tokensPerStep = 2048;

    @Option(names = "--boot-seconds", description = "answer 503 for so long after the start")
    double bootSeconds;

    @Option(names = "--api-key", description = "bearer token that paths below /v1 ask for")
    @Nullable String apiKey;

    @Option(
            names = "--canary-dir",
            description = "directory for ENVIRONMENT--NONCE.log, the canaries received")
    @Nullable Path canaryDir;

    @Option(names = "--process-file", description = "file to append 'server PID START-TIME' to")
    @Nullable Path processFile;

    /// Port to listen on; 0, the default, takes any free one.
    public ServerOptions port(int value) {
        port = value;
        return this;
    }

    /// Name it serves its model by.
    public ServerOptions model(String value) {
        model = value;
        return this;
    }

    /// Environment it stands in.
    public ServerOptions environment(String value) {
        environment = value;
        return this;
    }

    /// Identity it reports at `/version`.
    public ServerOptions nonce(String value) {
        nonce = value;
        return this;
    }

    /// Engines behind its port.
    public ServerOptions engines(int value) {
        engines = value;
        return this;
    }

    /// Factor on all step times: 0.1 makes it ten times as fast.
    public ServerOptions timeScale(double value) {
        timeScale = value;
        return this;
    }

    /// Longest prompt plus answer in tokens.
    public ServerOptions maxModelLen(int value) {
        maxModelLen = value;
        return this;
    }

    /// KV-cache blocks of 16 tokens in each engine.
    public ServerOptions kvBlocks(int value) {
        kvBlocks = value;
        return this;
    }

    /// Most sequences in one batch of an engine.
    public ServerOptions maxSequences(int value) {
        maxSequences = value;
        return this;
    }

    /// How long it answers 503 after its start.
    public ServerOptions bootSeconds(double value) {
        bootSeconds = value;
        return this;
    }

    /// Bearer token that paths below `/v1` ask for.
    public ServerOptions apiKey(String value) {
        apiKey = value;
        return this;
    }

    /// Directory for the log of canaries received.
    public ServerOptions canaryDir(Path value) {
        canaryDir = value;
        return this;
    }

    Engine.Settings engineSettings() {
        if (engines < 1) {
            throw new IllegalArgumentException("--engines is %d; expected >= 1".formatted(engines));
        }
        if ((long) kvBlocks * 16 < maxModelLen) {
            throw new IllegalArgumentException(
                    "a KV cache of %d blocks holds %d tokens, less than --max-model-len %d; raise --kv-blocks or lower --max-model-len"
                            .formatted(kvBlocks, (long) kvBlocks * 16, maxModelLen));
        }
        var times = StepTimes.of(performanceOf, hardware, tensorParallel).scaled(timeScale);
        return new Engine.Settings(kvBlocks, maxSequences, tokensPerStep, times);
    }
}
