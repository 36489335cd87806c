package io.spillway.wire;

import static org.assertj.core.api.Assertions.assertThat;

import io.spillway.api.connector.Dialect.BodyEdits.Member;
import io.spillway.api.connector.Dialect.BodyHints;
import io.spillway.api.request.Operation;
import java.util.List;
import org.junit.jupiter.api.Test;

class StreamOptionsTest {

    @Test
    void aStreamIsAskedForUsage() {
        assertThat(StreamOptions.askForUsage(Operation.CHAT, hints(true, false, null)))
                .contains(new Member("stream_options", "{\"include_usage\":true}"));
    }

    @Test
    void nothingChangesWhenTheCallerAskedOrThereIsNoStream() {
        assertThat(StreamOptions.askForUsage(Operation.CHAT, hints(true, true, null))).isEmpty();
        assertThat(StreamOptions.askForUsage(Operation.CHAT, hints(false, false, null))).isEmpty();
        assertThat(StreamOptions.askForUsage(Operation.EMBEDDINGS, hints(true, false, null)))
                .isEmpty();
    }

    @Test
    void otherOptionsOfTheCallerStay() {
        var theirs = "{\"include_obfuscation\":false,\"include_usage\":false,\"x\":{\"y\":[1]}}";

        assertThat(StreamOptions.askForUsage(Operation.COMPLETIONS, hints(true, false, theirs)))
                .map(Member::rawValue)
                .contains(
                        "{\"include_obfuscation\":false,\"x\":{\"y\":[1]},\"include_usage\":true}");
    }

    @Test
    void usageInEveryEventIsNotSwitchedOnForACallerWhoDidNotAsk() {
        var theirs = "{\"continuous_usage_stats\":true}";

        assertThat(StreamOptions.askForUsage(Operation.CHAT, hints(true, false, theirs)))
                .map(Member::rawValue)
                .contains("{\"include_usage\":true}");
    }

    @Test
    void optionsOfAWrongTypeAreLeftForTheServerToRefuse() {
        assertThat(StreamOptions.askForUsage(Operation.CHAT, hints(true, false, "\"yes\"")))
                .isEmpty();
    }

    private static BodyHints hints(boolean stream, boolean includeUsage, String streamOptions) {
        return new BodyHints(stream, includeUsage, "salt", List.of("model"), streamOptions);
    }
}
