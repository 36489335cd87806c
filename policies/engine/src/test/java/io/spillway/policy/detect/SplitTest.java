package io.spillway.policy.detect;

import static org.assertj.core.api.Assertions.assertThat;

import io.spillway.api.request.Finding;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class SplitTest {
    private static TextLeaf leaf(String path, String text) {
        var utf8 = text.getBytes(StandardCharsets.UTF_8);
        return new TextLeaf(path, utf8, 0, utf8.length);
    }

    /// A conversation as the router hands it over: role and content of each message.
    private static List<TextLeaf> messages(String... contents) {
        var leaves = new ArrayList<TextLeaf>();
        for (int i = 0; i < contents.length; i++) {
            boolean answer = contents[i].startsWith("~");
            leaves.add(leaf("/messages/" + i + "/role", answer ? "assistant" : "user"));
            leaves.add(leaf("/messages/" + i + "/content", contents[i].replace("~", "")));
        }
        return leaves;
    }

    private static List<Finding> scan(List<TextLeaf> leaves) {
        return Detectors.builtIn().scan(leaves).findings().stream()
                .filter(it -> it.confidence() >= 0.5)
                .toList();
    }

    @ParameterizedTest
    @CsvSource(
            delimiterString = " <- ",
            value = {
                "payment-card <- 41111111|11111111",
                "payment-card <- 4111 1111|1111 1111",
                "payment-card <- 4111|1111|1111|1111",
                "payment-card <- my card starts with 4111 1111|and goes on with 1111 1111, thanks",
                "payment-card <- it begins 411111111|then comes 1111111 and that is all",
                "payment-card <- first 4111|~ok|then 1111|~ok|then 1111|~ok|last 1111|~thanks",
                "payment-card <- the number: 4111 1111|~go on|1111 1111",
                "email <- ann.lee@|corp.example.com",
                "email <- ann.lee|@corp.example.com",
                "email <- write to ann.lee@corp|.example.com please",
                "access-token <- ghp_16C7e42F292c6912E771|0c838347Ae178B4a",
                "cn-id-card <- 身份证前半 110105194|后半 91231002X",
                "cn-mobile <- 我的手机 138|00138000 谢谢",
                "iban <- DE89 3704 0044|0532 0130 00",
                "phone <- +49 30|12345678",
                "payment-card <- ４１１１１１１１|１１１１１１１１",
            })
    void aValueSplitOverMessagesIsFound(String type, String contents) {
        var findings = scan(messages(contents.split("\\|")));

        assertThat(findings).extracting(Finding::type).contains(type);
        assertThat(findings)
                .filteredOn(it -> it.type().equals(type))
                .extracting(Finding::literal)
                .containsOnly(false);
    }

    @Test
    void aValueSplitOverTheArgumentsOfAToolIsFound() {
        var leaves =
                List.of(
                        leaf("/tools/0/x/part_one", "part_one"),
                        leaf("/tools/0/x/part_one", "4111 1111"),
                        leaf("/tools/0/x/part_two", "part_two"),
                        leaf("/tools/0/x/part_two", "1111 1111"));

        assertThat(scan(leaves))
                .extracting(Finding::type, Finding::path, Finding::start, Finding::end)
                .containsExactly(
                        org.assertj.core.groups.Tuple.tuple(
                                "payment-card", "/tools/0/x/part_one", 0, 9));
    }

    @ParameterizedTest
    @CsvSource(
            delimiterString = " <- ",
            value = {
                "0 <- What happened in 1998?|~In 1998 the treaty was signed.|And in 2004?",
                "0 <- Add 4512 and 3321|~7833|Now subtract 9987",
                "0 <- see you at 5|30 people came",
                "1 <- mail ann@corp.example.com|me too please",
                "1 <- card 4111 1111 1111 1111|1111 times thanks",
            })
    void whatStandsInOneStringIsNotFoundAgain(int count, String contents) {
        assertThat(scan(messages(contents.split("\\|")))).hasSize(count);
    }
}
