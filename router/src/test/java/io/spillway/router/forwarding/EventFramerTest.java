package io.spillway.router.forwarding;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.spillway.api.request.Operation;
import io.spillway.router.DataPlane;
import io.spillway.router.SseText;
import io.vertx.core.buffer.Buffer;
import java.util.Random;
import org.junit.jupiter.api.Test;

class EventFramerTest {

    @Test
    void passesEveryByteHoweverTheStreamIsCut() {
        var random = new Random(7);
        var stream =
                ": comment\r\n\r\n"
                        + "data: {\"choices\":[{\"delta\":{\"content\":\"\u4e2d\"}}]}\r\n\r\n"
                        + "event: x\n"
                        + "data: a\n"
                        + "data: b\n\n\n\n"
                        + "data: c\r\r"
                        + "id: 1\n\n"
                        + SseText.content("x")
                        + SseText.done();
        for (int round = 0; round < 500; round++) {
            var framer = framer(false);
            assertThat(feed(framer, stream, random)).isEqualTo(stream);
            assertThat(framer.done()).isTrue();
        }
    }

    @Test
    void leavesOutTheUsageEventAndNothingElse() {
        var random = new Random(8);
        var before = SseText.content("a") + SseText.content("b");
        for (int round = 0; round < 200; round++) {
            var framer = framer(true);

            assertThat(feed(framer, before + SseText.usage(3, 4) + SseText.done(), random))
                    .isEqualTo(before + SseText.done());
        }
    }

    @Test
    void keepsTheUsageEventThatTheCallerAskedFor() {
        var stream = SseText.content("a") + SseText.usage(3, 4) + SseText.done();

        assertThat(feed(framer(false), stream, new Random(9))).isEqualTo(stream);
    }

    @Test
    void holdsBackAnUnfinishedEvent() {
        var framer = framer(false);

        assertThat(framer.feed(Buffer.buffer("data: {\"choi")).length()).isZero();
        assertThat(framer.feed(Buffer.buffer("ces\":[]}\n")).length()).isZero();
        assertThat(framer.feed(Buffer.buffer("\n")).toString())
                .isEqualTo("data: {\"choices\":[]}\n\n");
    }

    @Test
    void refusesAnEventWithoutEnd() {
        var framer = framer(false);
        var much = Buffer.buffer("x".repeat(1024 * 1024));

        assertThatThrownBy(
                        () -> {
                            for (int i = 0; i < 10; i++) {
                                framer.feed(much);
                            }
                        })
                .isInstanceOf(IllegalStateException.class);
    }

    private static EventFramer framer(boolean dropUsage) {
        var vllm =
                DataPlane.installedDialects().stream()
                        .filter(it -> it.name().equals("vllm"))
                        .findFirst()
                        .orElseThrow();
        return new EventFramer(vllm.observe(Operation.CHAT, true), dropUsage, null);
    }

    private static String feed(EventFramer framer, String stream, Random random) {
        var bytes = Buffer.buffer(stream);
        var out = Buffer.buffer();
        for (int at = 0; at < bytes.length(); ) {
            int to = Math.min(bytes.length(), at + 1 + random.nextInt(60));
            out.appendBuffer(framer.feed(bytes.slice(at, to)));
            at = to;
        }
        return out.toString();
    }
}
