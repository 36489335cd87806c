package io.spillway.router.forwarding;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.charset.StandardCharsets;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class RemovedValuesTest {

    private static boolean areGone(String value, String json) {
        return RemovedValues.areGone(Set.of(value), json.getBytes(StandardCharsets.UTF_8));
    }

    private static String string(String text) {
        return '"' + text.replace("\\", "\\\\").replace("\"", "\\\"").replace("\n", "\\n") + '"';
    }

    @ParameterizedTest
    @CsvSource({
        "ann@example.org, mail ann@example.org now, false",
        "ann@example.org, ann@example.org, false",
        "ann@example.org, joann@example.org, true",
        "ann@example.org, ann@example.orgs, true",
        "12345, id-12345., false",
        "12345, 912345, true",
        "12345, 123456, true",
        "12345, x12345, true",
        "ab12, (ab12), false",
        "12, 12, true",
        "abcd, abcd, true",
        "abcde, abcde, false",
        "张三, 我找张三吧, false",
        "张, 张, true",
        "张三a, 张三a, true",
        "John Smith, dear John Smith, false",
        "John Smith, J, true",
    })
    void aValueIsLookedForAsAWordUnlessItsLettersOccurByChance(
            String value, String text, boolean gone) {
        assertThat(areGone(value, string(text))).isEqualTo(gone);
    }

    @Test
    void aValueIsFoundInNamesAndNumbersAndDeepDown() {
        assertThat(areGone("4111111111111111", "{\"card\":4111111111111111}")).isFalse();
        assertThat(areGone("12345.75", "[[{\"a\":[12345.75]}]]")).isFalse();
        assertThat(areGone("ann@example.org", "{\"ann@example.org\":true}")).isFalse();
        assertThat(areGone("false", "[false,null,true]")).isTrue();
    }

    @Test
    void aValueIsFoundThroughThreeLayersOfEscapes() {
        for (var value : new String[] {"ann@example.org", "a\nb\tc\rd/e", "say \"hello\""}) {
            var text = value.replace("a", "\\u0061").replace("e", "\\u0065");
            text = text.replace("\n", "\\n").replace("\t", "\\t").replace("\r", "\\r");
            text = text.replace("\"", "\\\"");
            for (int layers = 1; layers <= 4; layers++) {
                var escaped = text;
                for (int i = 1; i < layers; i++) {
                    escaped = string(escaped);
                }
                assertThat(areGone(value, '"' + escaped.replaceAll("^\"|\"$", "") + '"'))
                        .as("%d layers of %s", layers, value)
                        .isFalse();
            }
        }
    }

    @ParameterizedTest
    @CsvSource({"\\", "\\u", "\\u00", "\\u00zz", "\\x ann", "12\\"})
    void whatLooksLikeAnEscapeAndIsNoneHidesNothing(String text) {
        assertThat(areGone("ann@example.org", string(text))).isTrue();
        assertThat(areGone("ann@example.org", string("ann@example.org " + text))).isFalse();
        assertThat(areGone("ann@example.org", string(text + " ann@example.org"))).isFalse();
    }

    @Test
    void whatIsNoEscapeDoesNotSwallowWhatFollows() {
        assertThat(areGone("ann@example.org", string("\\u-ann\\u0040example.org"))).isFalse();
        assertThat(areGone("ann@example.org", string("\\u00-ann\\u0040example.org"))).isFalse();
    }

    @Test
    void ofABodyThatCannotBeReadNothingIsKnown() {
        assertThat(areGone("ann@example.org", "{\"a\":")).isFalse();
        assertThat(areGone("ann@example.org", "\"ann")).isFalse();
    }

    @Test
    void whereNothingWasMaskedNothingIsLookedFor() {
        assertThat(RemovedValues.areGone(Set.of(), "{\"a\":1}".getBytes(StandardCharsets.UTF_8)))
                .isTrue();
    }
}
