package io.spillway.router;

import static org.assertj.core.api.Assertions.assertThat;

import io.spillway.api.state.JournalRecord.Decided;
import io.spillway.api.state.JournalRecord.Reserved;
import io.spillway.api.state.JournalRecord.Settled;
import org.junit.jupiter.api.AutoClose;
import org.junit.jupiter.api.Test;

class DataPlaneTest {

    @AutoClose private final TestSite site = TestSite.start();
    private final StubServer home = site.server("onprem", "h1");

    @Test
    void servesAChatCompletionAndSaysWhere() throws Exception {
        var answer = Caller.chat(site, "hi");

        assertThat(answer.statusCode()).isEqualTo(200);
        assertThat(answer.body()).isEqualTo(SseText.ANSWER);
        assertThat(answer.headers().firstValue("x-spillway-environment")).contains("onprem");
        assertThat(answer.headers().firstValue("x-spillway-zone")).contains("private");
        assertThat(answer.headers().firstValue("x-spillway-model")).contains("chat-v1");
        assertThat(answer.headers().firstValue("x-spillway-data-class")).contains("internal");
        assertThat(answer.headers().firstValue("x-spillway-endpoint")).contains("h1");
        assertThat(home.received().getFirst().body()).contains("\"model\":\"upstream-model\"");
    }

    @Test
    void streamsEventsByteForByteAndLeavesOutOnlyTheUsageItAskedFor() throws Exception {
        var answer = Caller.stream(site, "hi");

        assertThat(answer.body())
                .isEqualTo(SseText.content("Hel") + SseText.content("lo") + SseText.done());
        assertThat(home.received().getFirst().body()).contains("include_usage");
        assertThat(site.journal().of(Reserved.class)).hasSize(1);
        assertThat(site.journal().of(Settled.class))
                .singleElement()
                .satisfies(it -> assertThat(it.completionTokens()).isEqualTo(2));
        assertThat(site.journal().first(Decided.class).outcome()).isEqualTo("served");
    }

    @Test
    void listsModels() throws Exception {
        assertThat(Caller.get(site, "/v1/models").body()).contains("\"id\":\"chat\"");
        assertThat(Caller.get(site, "/v1/models/chat").statusCode()).isEqualTo(200);
        assertThat(Caller.get(site, "/v1/models/none").statusCode()).isEqualTo(404);
    }
}
