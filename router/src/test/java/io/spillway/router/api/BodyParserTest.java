package io.spillway.router.api;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.spillway.api.request.Operation;
import io.spillway.policy.detect.TextLeaf;
import java.nio.charset.StandardCharsets;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class BodyParserTest {
    private static final String MESSAGES = "\"messages\":[{\"role\":\"user\",\"content\":\"hi\"}]";

    @ParameterizedTest
    @ValueSource(
            strings = {
                "",
                " ",
                "[]",
                "null",
                "\"text\"",
                "{",
                "{}",
                "{\"model\":\"m\",\"messages\":[]} {}",
                "{\"model\":\"m\",\"messages\":[]}x",
                "{\"model\":\"m\",\"model\":\"n\",\"messages\":[]}",
                "{\"model\":\"m\",\"mod\\u0065l\":\"n\",\"messages\":[]}",
                "{\"model\":\"m\",\"messages\":[{\"role\":\"user\",\"role\":\"system\"}]}",
                "{\"model\":\"m\",\"messages\":[],}",
                "{\"model\":\"m\",\"messages\":[1,]}",
                "{\"model\":\"m\",\"messages\":[{\"content\":'x'}]}",
                "{model:\"m\",\"messages\":[]}",
                "{\"model\":\"m\",\"messages\":[],\"x\":NaN}",
                "{\"model\":\"m\",\"messages\":[],\"x\":Infinity}",
                "{\"model\":\"m\",\"messages\":[],\"x\":01}",
                "{\"model\":\"m\",\"messages\":[],\"x\":+1}",
                "{\"model\":\"m\",\"messages\":[],\"x\":.5}",
                "{\"model\":\"m\",\"messages\":[],\"x\":1.}",
                "{\"model\":\"m\",\"messages\":[],\"x\":0x10}",
                "{\"model\":\"m\",\"messages\":[],\"x\":1e999999999}",
                "{\"model\":\"m\",\"messages\":[],\"x\":[1,2,1E-9999]}",
                "{\"model\":\"m\",\"messages\":[],\"x\":\"\\ud800\"}",
                "{\"model\":\"m\",\"messages\":[],\"x\":\"\\udc00\\ud800\"}",
                "{\"model\":\"m\",\"messages\":[],\"\\ud800\":1}",
                "{\"model\":\"m\",\"messages\":[{\"\\ud800\":1}]}",
                "{\"model\":\"m\",\"messages\":[],\"x\":\"a\nb\"}",
                "{\"model\":\"m\",\"messages\":[],\"x\":\"\\x41\"}",
                "{\"model\":\"m\",\"messages\":[] /* c */}",
                "{\"model\":\"m\",\"messages\":[]} // c",
                "{\"model\":7,\"messages\":[]}",
                "{\"model\":\"\",\"messages\":[]}",
                "{\"model\":\"m\"}",
                "{\"model\":\"m\",\"messages\":{}}",
                "{\"model\":\"m\",\"messages\":[\"text\"]}",
                "{\"model\":\"m\",\"messages\":[],\"stream\":\"true\"}",
                "{\"model\":\"m\",\"messages\":[],\"n\":0}",
                "{\"model\":\"m\",\"messages\":[],\"n\":129}",
                "{\"model\":\"m\",\"messages\":[],\"max_tokens\":-1}",
                "{\"model\":\"m\",\"messages\":[],\"max_tokens\":1.5}",
                "{\"model\":\"m\",\"messages\":[],\"max_tokens\":99999999999}"
            })
    void refusesWhatAnotherReaderCouldTakeDifferently(String body) {
        assertRefused(body.getBytes(StandardCharsets.UTF_8));
    }

    @Test
    void refusesOtherEncodingsAndMalformedUtf8() {
        var good = "{\"model\":\"m\"," + MESSAGES + "}";

        assertRefused(good.getBytes(StandardCharsets.UTF_16));
        assertRefused(good.getBytes(StandardCharsets.UTF_16LE));
        assertRefused(good.getBytes(StandardCharsets.UTF_16BE));
        assertRefused(("\ufeff" + good).getBytes(StandardCharsets.UTF_8));
        for (var bad :
                List.of(
                        new byte[] {(byte) 0xff},
                        new byte[] {(byte) 0xc0, (byte) 0x80},
                        new byte[] {(byte) 0xc1, (byte) 0xbf},
                        new byte[] {(byte) 0xe0, (byte) 0x80, (byte) 0xaf},
                        new byte[] {(byte) 0xed, (byte) 0xa0, (byte) 0x80},
                        new byte[] {(byte) 0xf4, (byte) 0x90, (byte) 0x80, (byte) 0x80},
                        new byte[] {(byte) 0xf0, (byte) 0x8f, (byte) 0xbf, (byte) 0xbf},
                        new byte[] {(byte) 0x80},
                        new byte[] {(byte) 0xe4, (byte) 0xb8})) {
            assertRefused(insert(good, "hi", bad));
        }
    }

    @Test
    void refusesDepthNumbersAndTokensOverTheLimits() {
        assertRefused(
                bytes(
                        "{\"model\":\"m\",\"messages\":[],\"x\":"
                                + "[".repeat(64)
                                + "]".repeat(64)
                                + "}"));
        assertRefused(bytes("{\"model\":\"m\",\"messages\":[],\"x\":" + "1".repeat(101) + "}"));
        assertRefused(
                bytes("{\"model\":\"m\",\"messages\":[],\"x\":[" + "1,".repeat(600_000) + "1]}"));
    }

    @Test
    void acceptsWhatIsUnusualButUnambiguous() throws Exception {
        var body =
                parse(
                        " \r\n"
                                + "{ \"unknown\" : {\"deep\":[[[[null,true,1e3,-0.5e-300]]]]} ,"
                                + " \"model\" : \"m\" , "
                                + MESSAGES
                                + " , \"emoji\":\"\\ud83d\\ude00 \u4e2d \ud83d\ude00\"}\n ");

        assertThat(body.model()).isEqualTo("m");
        assertThat(texts(body)).contains("hi", "\ud83d\ude00 \u4e2d \ud83d\ude00");
    }

    @Test
    void readsTheFieldsThatDecisionsNeed() throws Exception {
        var body =
                parse(
                        "{\"model\":\"m\",\"stream\":true,\"stream_options\":{\"include_usage\":true},"
                            + "\"max_tokens\":7,\"max_completion_tokens\":9,\"n\":3,\"user\":\"u\","
                                + MESSAGES
                                + "}");

        assertThat(body.stream()).isTrue();
        assertThat(body.includeUsage()).isTrue();
        assertThat(body.maxTokens()).isEqualTo(9);
        assertThat(body.choices()).isEqualTo(3);
        assertThat(body.user()).isEqualTo("u");
    }

    @Test
    void tellsWhereEachTopLevelValueStands() throws Exception {
        var text = "{ \"model\" : \"m\\u0021\" ,\"messages\":[ ] , \"n\":2, \"x\":{\"a\":[1,2]}}";
        var body = parse(text);

        assertThat(body.members().stream().map(body::text))
                .containsExactly("\"m\\u0021\"", "[ ]", "2", "{\"a\":[1,2]}");
        assertThat(body.model()).isEqualTo("m!");
    }

    @Test
    void findsTextWhereverAServerCouldTakeItFrom() throws Exception {
        var body =
                parse(
                        """
                        {"model":"m","messages":[
                          {"role":"system","content":"A"},
                          {"role":"user","name":"B","content":[{"type":"text","text":"C"}]},
                          {"role":"assistant","tool_calls":[{"id":"x","type":"function","function":{"name":"f","arguments":"{\\"D\\":1}"}}]},
                          {"role":"tool","tool_call_id":"x","content":"E"}],
                         "tools":[{"type":"function","function":{"name":"f","description":"F","parameters":{"properties":{"G odd":{"enum":["H"]}}}}}],
                         "stop":["I"],"metadata":{"k J":"L"},"user":"M","vllm_xargs":{"card":4111111111111111}}
                        """);

        assertThat(texts(body))
                .contains(
                        "A",
                        "B",
                        "C",
                        "{\"D\":1}",
                        "E",
                        "F",
                        "G odd",
                        "H",
                        "I",
                        "k J",
                        "L",
                        "M",
                        "4111111111111111");
        assertThat(body.leaves().stream().map(TextLeaf::path))
                .contains("/messages/1/content/0/text", "/tools/0/function/description");
        assertThat(body.unscanned()).isEmpty();
        assertThat(body.prompts()).isEqualTo(4);
    }

    @Test
    void textWithoutEscapesIsNotCopied() throws Exception {
        var body = parse("{\"model\":\"m\"," + MESSAGES + ",\"x\":\"a\\nb\"}");

        assertThat(body.leaves())
                .anySatisfy(leaf -> {
                    assertThat(leaf.path()).isEqualTo("/messages/0/content");
                    assertThat(leaf.utf8()).isSameAs(body.bytes());
                });
        assertThat(texts(body)).contains("a\nb");
    }

    @Test
    void namesContentThatCannotBeScanned() throws Exception {
        assertThat(part("{\"type\":\"image_url\",\"image_url\":{\"url\":\"https://x\"}}"))
                .containsExactly("image");
        assertThat(part("{\"image_url\":{\"url\":\"x\"},\"type\":\"text\"}"))
                .containsExactly("image");
        assertThat(part("{\"type\":\"input_audio\",\"input_audio\":{\"data\":\"AA==\"}}"))
                .containsExactly("audio");
        assertThat(part("{\"type\":\"file\",\"file\":{\"file_id\":\"f\"}}"))
                .containsExactly("file");
        assertThat(part("{\"type\":\"hologram\",\"x\":1}")).containsExactly("unknown");
        assertThat(part("{\"text\":\"no type\"}")).containsExactly("unknown");
        assertThat(part("7")).containsExactly("unknown");
        assertThat(part("{\"type\":\"text\",\"text\":\"t\"}")).isEmpty();
        assertThat(
                        parse("{\"model\":\"m\",\"prompt_embeds\":\"AAAA\"," + MESSAGES + "}")
                                .unscanned())
                .containsExactly("embeds");
    }

    @Test
    void contentOutsideOfPartsCannotBeScannedEither() throws Exception {
        assertThat(beside("\"input_ids\":[1,2]")).containsExactly("token-ids");
        assertThat(beside("\"prompt_token_ids\":[1,2]")).containsExactly("token-ids");
        assertThat(beside("\"input_embeds\":[[0.5]]")).containsExactly("embeds");
        assertThat(beside("\"image_data\":\"AAAA\"")).containsExactly("image");
        assertThat(beside("\"multi_modal_data\":{\"image\":\"AAAA\"}")).contains("unknown");
        assertThat(beside("\"documents\":[{\"image\":\"AAAA\"}]")).containsExactly("image");
        assertThat(beside("\"documents\":[{\"text\":\"t\"}]")).isEmpty();
        assertThat(beside("\"audio\":{\"voice\":\"v\",\"format\":\"wav\"}")).isEmpty();
        assertThat(
                        parse(
                                        "{\"model\":\"m\",\"messages\":[{\"role\":\"user\",\"content\":\"c\",\"images\":[\"AAAA\"]}]}")
                                .unscanned())
                .containsExactly("image");
        assertThat(
                        beside(
                                "\"tools\":[{\"function\":{\"parameters\":{\"properties\":{\"file\":{}}}}}]"))
                .isEmpty();
    }

    /// Servers read the arguments of a tool call as JSON before they render them.
    @Test
    void escapesInsideAStringOfJsonAreReadToo() throws Exception {
        var body =
                parse(
                        "{\"model\":\"m\",\"messages\":[{\"role\":\"assistant\",\"tool_calls\":[{\"function\":{\"arguments\":\"{\\\"c\\\":\\\"\\\\u0034\\\\u0031x\\\"}\"}}]}]}");

        assertThat(texts(body)).anyMatch(text -> text.contains("41x"));
    }

    @Test
    void tokenIdsCannotBeScanned() throws Exception {
        assertThat(prompt("[1,2,3]")).containsExactly("token-ids");
        assertThat(prompt("[[1,2],[3]]")).containsExactly("token-ids");
        assertThat(prompt("[\"a\",\"b\"]")).isEmpty();
        assertThat(prompt("\"a\"")).isEmpty();
        assertThat(prompt("{\"a\":1}")).containsExactly("token-ids");
    }

    @Test
    void errorsDoNotQuoteTheBody() {
        assertThatThrownBy(() -> parse("{\"model\":\"m\",\"secret-word\" \"x\"}"))
                .isInstanceOf(InvalidBodyException.class)
                .hasMessageNotContaining("secret");
    }

    private static java.util.Set<String> part(String part) throws Exception {
        return parse(
                        "{\"model\":\"m\",\"messages\":[{\"role\":\"user\",\"content\":["
                                + part
                                + "]}]}")
                .unscanned();
    }

    private static java.util.Set<String> beside(String member) throws Exception {
        return parse("{\"model\":\"m\"," + member + "," + MESSAGES + "}").unscanned();
    }

    private static java.util.Set<String> prompt(String prompt) throws Exception {
        return BodyParser.parse(
                        Operation.COMPLETIONS, bytes("{\"model\":\"m\",\"prompt\":" + prompt + "}"))
                .unscanned();
    }

    private static List<String> texts(ParsedBody body) {
        return body.leaves().stream()
                .map(leaf ->
                        new String(
                                leaf.utf8(),
                                leaf.from(),
                                leaf.to() - leaf.from(),
                                StandardCharsets.UTF_8))
                .toList();
    }

    private static ParsedBody parse(String body) throws InvalidBodyException {
        return BodyParser.parse(Operation.CHAT, bytes(body));
    }

    private static byte[] bytes(String text) {
        return text.getBytes(StandardCharsets.UTF_8);
    }

    private static byte[] insert(String text, String at, byte[] bad) {
        int index = text.indexOf(at);
        var out = new java.io.ByteArrayOutputStream();
        out.writeBytes(bytes(text.substring(0, index)));
        out.writeBytes(bad);
        out.writeBytes(bytes(text.substring(index)));
        return out.toByteArray();
    }

    private static void assertRefused(byte[] body) {
        assertThatThrownBy(() -> BodyParser.parse(Operation.CHAT, body))
                .isInstanceOf(InvalidBodyException.class);
    }
}
