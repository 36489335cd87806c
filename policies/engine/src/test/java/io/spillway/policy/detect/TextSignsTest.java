package io.spillway.policy.detect;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.charset.StandardCharsets;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class TextSignsTest {

    private static TextKind kind(String text) {
        var utf8 = text.getBytes(StandardCharsets.UTF_8);
        return new TextSigns(utf8, 0, utf8.length).kind();
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "MESSAGE|The plumber left the keys under the mat.",
                "MESSAGE|Answer: on Friday",
                "REVIEW|The band played an hour longer than last year.",
                "TASK|Write two lines about the sea.",
                "TASK|The sea is blue. Please rewrite it in French.",
                "TASK|写一首关于春天的歌",
                "OTHER|Write to my sister about the sea.",
                "OTHER|请在周五之前把文件寄出",
                "INQUIRY|Why was the parcel sent back?",
                "INQUIRY|Did you see the parcel?",
                "QUESTION|The parcel was sent back. Which day was it, and by which of the"
                        + " carriers?",
                "TOLD|The sea in this story is blue.",
                "TOLD|From the point of view of a gull the sea is flat.",
                "TOLD|You are given the depth of the sea at noon.",
                "TOLD|Two trains leave at noon. How many wagons are there?",
                "TOLD|List what each actor of the sea trilogy earned.",
            })
    void wordsAtBeginningAndEndTellWhatATextIsFor(TextKind kind, String text) {
        assertThat(kind(text)).isEqualTo(kind);
    }

    @Test
    void aLongTextIsAPassageUnlessItsWriterSpeaks() {
        var passage = "The river runs past the mill to the sea. ".repeat(30);

        assertThat(kind(passage)).isEqualTo(TextKind.PASSAGE);
        assertThat(kind("We live there. " + passage)).isEqualTo(TextKind.OTHER);
    }
}
