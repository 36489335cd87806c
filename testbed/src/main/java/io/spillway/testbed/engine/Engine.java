package io.spillway.testbed.engine;

import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.List;
import java.util.OptionalLong;
import org.jspecify.annotations.Nullable;

/// One inference engine: continuous batching as vLLM's V1 scheduler does it.
///
/// Every step gives each running sequence either one decoded token or a chunk of its prefill,
/// within a token budget; what is left of the budget admits waiting sequences. When the KV cache is
/// full the youngest running sequence is preempted: it loses its blocks, goes to the head of the
/// queue and computes them again. Unlike vLLM the blocks of generated tokens are not cached for
/// reuse.
///
/// Not thread-safe. The owner calls [#advance] at or after [#nextStepAt] and before every other
/// call; a late call catches up without drift.
public final class Engine {
    private final Settings settings;
    private final KvBlocks kv;
    private final Deque<Sequence> waiting = new ArrayDeque<>();
    private final List<Sequence> running = new ArrayList<>();
    private final Counters counters = new Counters();
    private @Nullable Step step;

    public Engine(Settings settings) {
        this.settings = settings;
        this.kv = new KvBlocks(settings.kvBlocks());
    }

    /// Accepts work.
    ///
    /// @throws IllegalArgumentException when it could never fit the KV cache
    public void submit(Work work, long now) {
        long most = (long) work.promptTokens() + work.outputTokens();
        if (most > (long) kv.total() * KvBlocks.TOKENS) {
            throw new IllegalArgumentException(
                    "work of %d tokens cannot fit a KV cache of %d tokens"
                            .formatted(most, (long) kv.total() * KvBlocks.TOKENS));
        }
        waiting.add(new Sequence(work, now));
        if (step == null) {
            begin(now);
        }
    }

    /// Drops work, wherever it is. Nothing more is emitted for it.
    ///
    /// @return false when the engine no longer holds it
    public boolean cancel(long id, long now) {
        if (waiting.removeIf(it -> it.work.id() == id)) {
            return true;
        }
        for (var sequence : running) {
            if (sequence.work.id() == id) {
                running.remove(sequence);
                release(sequence);
                if (running.isEmpty()) {
                    step = null; // nobody waits for the rest of this step
                    begin(now);
                }
                return true;
            }
        }
        return false;
    }

    /// When [#advance] will next have something to do; empty while idle.
    public OptionalLong nextStepAt() {
        return step == null ? OptionalLong.empty() : OptionalLong.of(step.endsAt);
    }

    /// Completes all steps that end by `now`, in order.
    public List<Emission> advance(long now) {
        var emissions = new ArrayList<Emission>();
        while (step != null && step.endsAt <= now) {
            var done = step;
            step = null;
            complete(done, emissions);
            begin(done.endsAt);
        }
        return emissions;
    }

    /// Sequences in the batch.
    public int running() {
        return running.size();
    }

    /// Sequences that wait for room.
    public int waiting() {
        return waiting.size();
    }

    /// Share of the KV cache that sequences hold, 0.0 to 1.0.
    public double cacheUsed() {
        return (double) kv.used() / kv.total();
    }

    /// What it was made with.
    public Settings settings() {
        return settings;
    }

    /// Totals since it was made.
    public Counters counters() {
        return counters;
    }

    private void begin(long now) {
        var slices = new ArrayList<Slice>();
        int budget = settings.tokensPerStep();
        long preemptedBefore = counters.preemptions;
        for (int i = 0; i < running.size() && budget > 0; i++) {
            var sequence = running.get(i);
            int chunk = Math.min(sequence.remaining(), budget);
            if (!growOrPreempt(sequence, sequence.computed + chunk)) {
                break; // it was the youngest itself and had to go
            }
            slices.add(new Slice(sequence, chunk));
            budget -= chunk;
        }
        if (counters.preemptions == preemptedBefore) {
            admit(slices, budget, now);
        }
        if (!slices.isEmpty()) {
            step = new Step(slices, now + duration(slices));
            counters.stepTokens.add(slices.stream().mapToInt(Slice::tokens).sum());
        }
    }

    private void admit(List<Slice> slices, int tokens, long now) {
        int budget = tokens;
        while (budget > 0
                && running.size() < settings.maxSequences()
                && waiting.peek() instanceof Sequence next) {
            // The last token is always computed: its logits give the next one.
            int hits = kv.match(next.work.promptBlocks(), (next.tokens() - 1) / KvBlocks.TOKENS);
            int cached = hits * KvBlocks.TOKENS;
            int chunk = Math.min(next.tokens() - cached, budget);
            var holding = kv.admit(next.work.promptBlocks(), hits, cached + chunk);
            if (holding == null) {
                return;
            }
            waiting.remove();
            running.add(next);
            next.enter(holding, cached, now);
            counters.prefixQueries += next.tokens();
            counters.prefixHits += cached;
            slices.add(new Slice(next, chunk));
            budget -= chunk;
        }
    }

    private boolean growOrPreempt(Sequence sequence, int tokens) {
        while (!kv.grow(sequence.holding(), tokens)) {
            var youngest = running.removeLast();
            release(youngest);
            youngest.computed = 0;
            waiting.addFirst(youngest);
            counters.preemptions++;
            if (youngest == sequence) {
                return false;
            }
        }
        return true;
    }

    private long duration(List<Slice> slices) {
        double prefill = 0;
        for (var slice : slices) {
            if (slice.tokens > 1) {
                int from = slice.sequence.computed;
                prefill += settings.times().prefillMillis(from, from + slice.tokens);
            }
        }
        return settings.times().stepNanos(prefill, slices.size());
    }

    private void complete(Step done, List<Emission> emissions) {
        for (var slice : done.slices) {
            var sequence = slice.sequence;
            if (sequence.holding == null) {
                continue; // cancelled meanwhile
            }
            sequence.computed += slice.tokens;
            kv.share(sequence.holding(), sequence.computed);
            int fresh = Math.min(sequence.computed, sequence.work.promptTokens());
            counters.promptTokens += Math.max(0, fresh - sequence.promptCounted);
            sequence.promptCounted = Math.max(fresh, sequence.promptCounted);
            if (sequence.remaining() == 0) {
                produce(sequence, done.endsAt, emissions);
            }
        }
    }

    private void produce(Sequence sequence, long at, List<Emission> emissions) {
        if (sequence.firstTokenAt < 0) {
            sequence.firstTokenAt = at;
        }
        if (sequence.work.outputTokens() > 0) {
            sequence.generated++;
            counters.generationTokens++;
        }
        boolean ended = sequence.generated >= sequence.work.outputTokens();
        emissions.add(
                new Emission(
                        sequence.work.id(),
                        sequence.generated,
                        at,
                        ended ? sequence.lifetime(at) : null));
        if (ended) {
            running.remove(sequence);
            release(sequence);
        }
    }

    private void release(Sequence sequence) {
        kv.release(sequence.holding());
        sequence.holding = null;
    }

    /// What an engine is made of.
    ///
    /// @param kvBlocks blocks of 16 tokens in its KV cache
    /// @param maxSequences most sequences in one batch
    /// @param tokensPerStep most tokens computed in one step
    /// @param times how long steps take
    public record Settings(int kvBlocks, int maxSequences, int tokensPerStep, StepTimes times) {
        public Settings {
            if (kvBlocks < 1 || maxSequences < 1 || tokensPerStep < 1) {
                throw new IllegalArgumentException(
                        "engine has kvBlocks=%d, maxSequences=%d, tokensPerStep=%d; expected all >= 1"
                                .formatted(kvBlocks, maxSequences, tokensPerStep));
            }
        }
    }

    private record Slice(Sequence sequence, int tokens) {}

    private record Step(List<Slice> slices, long endsAt) {}
}
