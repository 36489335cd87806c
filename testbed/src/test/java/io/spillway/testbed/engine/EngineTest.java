package io.spillway.testbed.engine;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class EngineTest {
    private static final StepTimes TIMES = StepTimes.of("llama2-70b", "h100-80gb", 8);
    private static final long MILLIS = 1_000_000;

    @ParameterizedTest
    @ValueSource(longs = {1, 2, 3, 4, 5, 6, 7, 8})
    void everyRequestEndsOnceWithAllItsTokensHoweverTightTheCache(long seed) {
        var random = new Random(seed);
        var engine = new Engine(new Engine.Settings(40, 6, 64, TIMES));
        Map<Long, Work> open = new HashMap<>();
        Map<Long, Integer> tokens = new HashMap<>();
        Set<Long> ended = new HashSet<>();
        Set<Long> cancelled = new HashSet<>();
        long now = 0;
        for (long id = 1; id <= 300 || !open.isEmpty(); id++) {
            now += random.nextLong(40 * MILLIS);
            for (var emission : engine.advance(now)) {
                var work = open.get(emission.id());
                assertThat(cancelled).doesNotContain(emission.id());
                assertThat(emission.tokens())
                        .isEqualTo(tokens.merge(emission.id(), 1, Integer::sum));
                assertThat(emission.ended() != null)
                        .isEqualTo(emission.tokens() == work.outputTokens());
                if (emission.ended() != null) {
                    assertThat(ended.add(emission.id())).isTrue();
                    open.remove(emission.id());
                }
            }
            assertThat(engine.cacheUsed()).isBetween(0.0, 1.0);
            assertThat(engine.running() + engine.waiting()).isEqualTo(open.size());
            if (id <= 300) {
                var prompt = prompt("p" + random.nextInt(5), 1 + random.nextInt(300), "");
                var work = new Work(id, prompt.count(), prompt.blocks(), 1 + random.nextInt(200));
                open.put(id, work);
                engine.submit(work, now);
            }
            if (!open.isEmpty() && random.nextInt(6) == 0) {
                long victim = open.keySet().iterator().next();
                assertThat(engine.cancel(victim, now)).isTrue();
                open.remove(victim);
                cancelled.add(victim);
            }
            if (id > 300) {
                now += 1000 * MILLIS;
            }
        }
        assertThat(ended.size() + cancelled.size()).isEqualTo(300);
        assertThat(engine.counters().preemptions()).as("the cache was too tight").isPositive();
        assertThat(engine.cacheUsed()).isZero();
        assertThat(engine.nextStepAt()).isEmpty();
    }

    @Test
    void anIdleEngineTakesTheMeasuredTimeToTheFirstToken() {
        assertThat(firstToken(prompt("x", 2048 * 4, ""), engine())).isCloseTo(136.8, within(1.0));
        // In two chunks: the measured 390.3 ms and one more reading of the weights.
        assertThat(firstToken(prompt("x", 4096 * 4, ""), engine())).isCloseTo(420.9, within(1.0));
    }

    @Test
    void aPromptSeenBeforeSkipsThePrefillOfItsCachedBlocks() {
        var engine = engine();
        double cold = firstToken(prompt("same", 4096 * 4, ""), engine);
        double warm = firstToken(prompt("same", 4096 * 4, ""), engine);
        assertThat(warm).isLessThan(cold / 5);
        assertThat(engine.counters().prefixHits()).isEqualTo(4096 - 16);
    }

    @Test
    void anotherSaltSharesNothing() {
        var engine = engine();
        firstToken(prompt("same", 4096 * 4, "tenant a"), engine);
        firstToken(prompt("same", 4096 * 4, "tenant b"), engine);
        assertThat(engine.counters().prefixHits()).isZero();
    }

    @Test
    void aLateCallCatchesUpWithoutDrift() {
        var prompt = prompt("x", 400, "");
        var punctual = engine();
        var late = engine();
        punctual.submit(new Work(1, prompt.count(), prompt.blocks(), 50), 0);
        late.submit(new Work(1, prompt.count(), prompt.blocks(), 50), 0);
        List<Emission> expected = new ArrayList<>();
        while (punctual.nextStepAt().isPresent()) {
            expected.addAll(punctual.advance(punctual.nextStepAt().getAsLong()));
        }
        assertThat(late.advance(Long.MAX_VALUE / 2)).isEqualTo(expected);
    }

    @Test
    void moreSequencesThanFitTheBatchWait() {
        var engine = new Engine(new Engine.Settings(1000, 2, 2048, TIMES));
        for (long id = 1; id <= 5; id++) {
            engine.submit(new Work(id, 10, new long[0], 10), 0);
        }
        engine.advance(200 * MILLIS);
        assertThat(engine.running()).isEqualTo(2);
        assertThat(engine.waiting()).isEqualTo(3);
    }

    @Test
    void workThatCanNeverFitIsRefused() {
        var engine = new Engine(new Engine.Settings(10, 2, 2048, TIMES));
        assertThatThrownBy(() -> engine.submit(new Work(1, 150, new long[0], 20), 0))
                .hasMessageContaining("cannot fit a KV cache of 160 tokens");
    }

    @Test
    void unknownHardwareIsRefusedWithWhatThereIs() {
        assertThatThrownBy(() -> StepTimes.of("llama2-70b", "abacus", 8))
                .hasMessageContaining("llama2-70b on h100-80gb x8");
    }

    private static Engine engine() {
        return new Engine(new Engine.Settings(8192, 256, 2048, TIMES));
    }

    private static PromptTokens prompt(String word, int characters, String salt) {
        return new PromptTokens(salt)
                .text(word.repeat(characters / word.length() + 1).substring(0, characters));
    }

    /// Milliseconds from submitting to the first token on an engine that is otherwise idle.
    private static double firstToken(PromptTokens prompt, Engine engine) {
        engine.submit(new Work(1, prompt.count(), prompt.blocks(), 1), 0);
        var emissions = engine.advance(Long.MAX_VALUE / 2);
        assertThat(emissions).hasSize(1);
        return emissions.getFirst().at() / 1e6;
    }
}
