package io.spillway.policy.detect;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

class JoinsLimitTest {

    @Test
    void whatIsNotJoinedAnyMoreCountsAsTheWorst() {
        var few = Detectors.builtIn().scan(splitAddresses(20));
        var many = Detectors.builtIn().scan(splitAddresses(600));

        assertThat(few.exhausted()).isFalse();
        assertThat(few.findings()).isNotEmpty();
        assertThat(many.exhausted()).isTrue();
    }

    private static List<TextLeaf> splitAddresses(int count) {
        var leaves = new ArrayList<TextLeaf>();
        for (int i = 0; i < count; i++) {
            leaves.add(leaf(leaves.size(), "write to ann" + i + "@"));
            leaves.add(leaf(leaves.size(), "works" + i + "-corp.com now"));
        }
        return leaves;
    }

    private static TextLeaf leaf(int number, String text) {
        var utf8 = text.getBytes(StandardCharsets.UTF_8);
        return new TextLeaf("/messages/0/content/" + number + "/text", utf8, 0, utf8.length);
    }
}
