package io.spillway.testbed.engine;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

class PromptTokensTest {

    @Test
    void fourLatinCharactersMakeATokenAndOneChineseCharacterDoes() {
        assertThat(new PromptTokens("").text("abcdefgh").count()).isEqualTo(2);
        assertThat(new PromptTokens("").text("abcdefghi").count()).isEqualTo(3);
        assertThat(new PromptTokens("").text("水到渠成").count()).isEqualTo(4);
    }

    @Test
    void howTextIsCutIntoPiecesDoesNotMatter() {
        var text = "The quick brown fox 跳过 the lazy dog. ".repeat(20);
        var pieces = new PromptTokens("s");
        text.chars().forEach(c -> pieces.text(String.valueOf((char) c)));
        assertThat(pieces.blocks()).isEqualTo(new PromptTokens("s").text(text).blocks());
    }

    @Test
    void equalPrefixesHaveEqualBlocksUpToTheFirstDifference() {
        var a = new PromptTokens("").text("x".repeat(640) + "one end" + "y".repeat(640)).blocks();
        var b = new PromptTokens("").text("x".repeat(640) + "another" + "y".repeat(640)).blocks();
        assertThat(a[9]).isEqualTo(b[9]);
        assertThat(a[10]).isNotEqualTo(b[10]);
        assertThat(a[15]).as("hashed with all that precedes it").isNotEqualTo(b[15]);
    }
}
