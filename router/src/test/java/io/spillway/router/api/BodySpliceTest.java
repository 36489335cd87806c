package io.spillway.router.api;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.spillway.api.connector.Dialect.BodyEdits;
import io.spillway.api.request.Operation;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.Test;

class BodySpliceTest {
    private static final ObjectMapper JSON = new ObjectMapper();

    @Test
    void changesOneValueAndLeavesEveryOtherByte() throws Exception {
        var text = "{ \"model\" : \"chat\" , \"messages\":[ ],  \"odd\" :1.50E+1 }";

        assertThat(edit(text, List.of(set("model", "\"up\"")), List.of()))
                .isEqualTo("{ \"model\" : \"up\" , \"messages\":[ ],  \"odd\" :1.50E+1 }");
    }

    @Test
    void putsNewMembersFirst() throws Exception {
        assertThat(
                        edit(
                                "{\"model\":\"m\",\"messages\":[]}",
                                List.of(set("a", "1"), set("b", "{}")),
                                List.of()))
                .isEqualTo("{\"a\":1,\"b\":{},\"model\":\"m\",\"messages\":[]}");
    }

    @Test
    void removesMembersWithTheirCommas() throws Exception {
        var text = "{\"x\":1,\"model\":\"m\",\"y\":2,\"messages\":[],\"z\":3}";

        assertThat(edit(text, List.of(), List.of("x")))
                .isEqualTo("{\"model\":\"m\",\"y\":2,\"messages\":[],\"z\":3}");
        assertThat(edit(text, List.of(), List.of("y", "z")))
                .isEqualTo("{\"x\":1,\"model\":\"m\",\"messages\":[]}");
        assertThat(edit(text, List.of(set("x", "9")), List.of("model", "y", "messages", "z")))
                .isEqualTo("{\"x\":9}");
    }

    @Test
    void withoutEditsTheBytesAreTheSameArray() throws Exception {
        var body = parse("{\"model\":\"m\",\"messages\":[]}");

        assertThat(BodySplice.apply(body, new BodyEdits(List.of(), List.of())))
                .isSameAs(body.bytes());
    }

    @Test
    void anyEditsGiveWhatEditingATreeGives() throws Exception {
        var random = new Random(20261122);
        for (int round = 0; round < 2000; round++) {
            var text = randomBody(random);
            var set = new ArrayList<BodyEdits.Member>();
            var remove = new ArrayList<String>();
            var expected = (ObjectNode) JSON.readTree(text);
            for (var name : List.of("model", "messages", "a", "b", "c", "d")) {
                switch (random.nextInt(4)) {
                    case 0 -> {
                        set.add(set(name, "[" + round + "]"));
                        expected.set(name, JSON.readTree("[" + round + "]"));
                    }
                    case 1 -> {
                        remove.add(name);
                        expected.remove(name);
                    }
                    default -> {}
                }
            }

            JsonNode actual = JSON.readTree(edit(text, set, remove));

            assertThat(actual).as("%s set %s remove %s", text, set, remove).isEqualTo(expected);
        }
    }

    private static String randomBody(Random random) {
        var members =
                new ArrayList<>(List.of("\"model\":\"m\"", "\"messages\" : [ {\"a\":\"}\"} ]"));
        for (var name : List.of("a", "b", "c")) {
            if (random.nextBoolean()) {
                members.add(
                        "\"%s\" :%s".formatted(name, random.nextBoolean() ? "\"\\\",\"" : "{}"));
            }
        }
        java.util.Collections.shuffle(members, random);
        return " {" + String.join(random.nextBoolean() ? "," : " ,\n", members) + "} ";
    }

    private static BodyEdits.Member set(String name, String value) {
        return new BodyEdits.Member(name, value);
    }

    private static String edit(String text, List<BodyEdits.Member> set, List<String> remove)
            throws Exception {
        return new String(
                BodySplice.apply(parse(text), new BodyEdits(set, remove)), StandardCharsets.UTF_8);
    }

    private static ParsedBody parse(String text) throws Exception {
        return BodyParser.parse(Operation.CHAT, text.getBytes(StandardCharsets.UTF_8));
    }
}
