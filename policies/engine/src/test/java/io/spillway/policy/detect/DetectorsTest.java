package io.spillway.policy.detect;

import static org.assertj.core.api.Assertions.assertThat;

import io.spillway.api.request.Finding;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/// Square brackets mark what must be found; a text without them holds nothing.
class DetectorsTest {

    private static List<Finding> confident(String text) {
        return DetectorSamplesTest.scan(text).stream()
                .filter(it -> it.confidence() >= 0.5)
                .toList();
    }

    private static void assertFound(String type, String marked) {
        int start = marked.codePointCount(0, marked.indexOf('⟦'));
        int end = marked.codePointCount(0, marked.indexOf('⟧')) - 1;
        var text = marked.replace("⟦", "").replace("⟧", "");

        assertThat(confident(text))
                .as(text)
                .anySatisfy(it -> {
                    assertThat(it.type()).isEqualTo(type);
                    assertThat(List.of(it.start(), it.end())).isEqualTo(List.of(start, end));
                });
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "Write to ⟦ann.lee+test@corp.co.uk⟧.",
                "<⟦a@b.io⟧>",
                "邮箱是⟦zhang_wei@163.com⟧，谢谢",
                "mailto:⟦x@y.example⟧?subject=hi",
                "(⟦first.last@sub.domain.travel⟧)",
                "a@b and ⟦c@d.org⟧",
                "⟦user@xn--80ak6aa92e.com⟧",
            })
    void emailAddressesAreFound(String text) {
        assertFound("email", text);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "⟦+49 30 1234567⟧",
                "Tel. ⟦+44 (0)20 7946 0958⟧",
                "⟦+1 (415) 555-0132⟧",
                "⟦+1-415-555-0132⟧",
                "⟦+33 1 42 68 53 00⟧, Paris",
                "⟦+81-90-1234-5678⟧",
                "⟦+8522345 6789⟧",
                "⟦+91 98765 43210⟧",
                "⟦(415) 555-0132⟧",
                "⟦415-555-0132⟧",
                "⟦415.555.0132⟧",
                "⟦1-800-555-0199⟧",
                "⟦020 7946 0958⟧",
                "⟦0171/5556677⟧",
                "⟦030-12345678⟧",
                "⟦010-65529988⟧",
                "call me at ⟦4155550132⟧",
                "⟦+49-(0)30-1234567⟧",
                "phone: ⟦069 987 88 37⟧",
                "my mobile is ⟦07911 123456⟧",
                "⟦0049 30 1234567⟧",
                "⟦01.23.45.67.89⟧",
                "Desk: ⟦28-61-17-95⟧",
                "Can someone call me on ⟦456 78 901⟧?",
                "My number is ⟦2 345 6789⟧",
                "Fax ⟦(11) 3456-7890⟧",
                "⟦0651-5938834⟧",
                "⟦06-12345678⟧",
                "⟦415-555-0132x77⟧",
            })
    void phoneNumbersAreFound(String text) {
        assertFound("phone", text);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "private @org.example.annotations.Nullable String name;",
                "if (at > text.length) { return; }",
            })
    void annotationsAndComparisonsAreNoEmailAddresses(String text) {
        assertThat(confident(text)).isEmpty();
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "手机⟦13812345678⟧。",
                "⟦138 1234 5678⟧",
                "⟦138-1234-5678⟧",
                "⟦+8613812345678⟧",
                "⟦+86 138 1234 5678⟧",
                "⟦86-138-1234-5678⟧",
                "⟦008613812345678⟧",
            })
    void chineseMobilesAreFound(String text) {
        assertFound("cn-mobile", text);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "⟦4111111111111111⟧",
                "⟦4111 1111 1111 1111⟧",
                "⟦4111-1111-1111-1111⟧",
                "⟦3782 822463 10005⟧",
                "⟦378282246310005⟧",
                "⟦5555555555554444⟧ expires 12/27",
                "⟦6222021234567890128⟧",
                "⟦3056 930902 5904⟧",
                "卡号⟦6225 8801 1234 5674⟧",
            })
    void paymentCardsAreFound(String text) {
        assertFound("payment-card", text);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "⟦DE89370400440532013000⟧",
                "IBAN: ⟦DE89 3704 0044 0532 0130 00⟧.",
                "⟦GB29 NWBK 6016 1331 9268 19⟧",
                "⟦FR1420041010050500013M02606⟧",
                "⟦NO93 8601 1117 947⟧",
                "⟦MT84MALT011000012345MTLCAST001S⟧",
                "⟦nl91abna0417164300⟧",
            })
    void ibansAreFound(String text) {
        assertFound("iban", text);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "ping ⟦192.168.0.1⟧ now",
                "⟦10.0.0.5⟧:8080",
                "http://⟦172.16.3.9⟧/x",
                "⟦2001:db8::8a2e:370:7334⟧",
                "[⟦fe80::1⟧]:80",
                "⟦::ffff:192.0.2.1⟧",
                "⟦2001:db8:0:0:0:0:0:1⟧",
            })
    void ipAddressesAreFound(String text) {
        assertFound("ip-address", text);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "身份证⟦11010519491231002X⟧",
                "⟦11010519491231002x⟧",
                "⟦110105 19491231 002X⟧",
                "⟦440308199901101512⟧",
                "⟦4403 0819 9901 1015 12⟧",
            })
    void chineseIdCardsAreFound(String text) {
        assertFound("cn-id-card", text);
    }

    @ParameterizedTest
    @ValueSource(strings = {"⟦531-21-7351⟧", "SSN ⟦531217351⟧", "⟦531 21 7351⟧"})
    void socialSecurityNumbersAreFound(String text) {
        assertFound("us-ssn", text);
    }

    @ParameterizedTest
    @CsvSource(
            delimiterString = " <- ",
            value = {
                "access-token <- ⟦AKIA2E0A8F3B244C9986⟧",
                "access-token <- key=⟦ghp_16C7e42F292c6912E7710c838347Ae178B4a⟧",
                "access-token <- ⟦glpat-9fK2mZ7qL1xV4bN8cD3s⟧.",
                "access-token <- ⟦AIzaSyD4f9K2mZ7qL1xV4bN8cD3sW6eR5tY0uI2⟧",
                "access-token <- ⟦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⟧",
                "access-token <- ⟦LTAI5tQnKxV4bN8cD3sW6eR5⟧",
                "access-token <- ⟦npm_9fK2mZ7qL1xV4bN8cD3sW6eR5tY0uI2oP4aS⟧",
                "credential <- Authorization: Bearer ⟦9fK2mZ7qL1xV4bN8cD3sW6eR5tY0⟧",
                "access-token <- send ⟦Bearer 9fK2mZ7qL1xV4bN8cD3sW6eR5tY0⟧ along",
                "jwt <-"
                    + " ⟦eyJhbGciOiJIUzI1NiJ9.eyJzdWIiOiJ1c2VyIn0.HcfCW67Uda-0gz54ZWTqmtgJnZeNem0Q757eTa9EZuw⟧",
                "private-key <- ⟦-----BEGIN RSA PRIVATE"
                        + " KEY-----\\nMIIEpAIBAAKCAQEA04up8hoqzS1aaaaaaa⟧",
                "connection-string <- ⟦postgresql://app:kX93mQz7⟧@db.internal:5432/orders",
                "connection-string <- ⟦amqp://svc:p4ss%21x9⟧@10.0.0.1/",
                "credential <- password=⟦Tr0ub4dor&3⟧",
                "credential <- `api_key`: `⟦9fK2mZ7qL1xV4bN8cD3sW6eR⟧`",
                "credential <- DB_PASSWORD=⟦kX93!mQz7⟧",
                "credential <- AccountKey=⟦9fK2mZ7qL1xV4bN8cD3sW6eR5tY0uI2oP4aS==⟧;",
                "credential <- 密码：⟦kX93mQz7⟧",
                "credential <- client_secret => ~⟦a8b7c6d5e4f3a2b1c0d9⟧~",
            })
    void secretsAreFound(String type, String text) {
        assertFound(type, text.replace("\\n", "\n").replace('`', '"').replace("~", "'"));
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "Version 1.2.3.4 of 2024-11-22 09:30:15.123",
                "pi is 3.14159265358979 and e is 2.718281828459045",
                "order ORDER12345678901234, part A4111111111111111",
                "at 1700000000 or 1700000000123",
                "on 08-12-2023 14:30 and 08.12.2023 and 2023-12-08",
                "call the function with 1234567890",
                "hotel 12 345 678",
                "1,234,567.89 EUR and 12 345 678 units",
                "uuid 5eb4223e-5008-46e5-be67-c7b8f2732305",
                "sha 9a038989604e8da62ecddbe2094b16ce1b778be1",
                "std::cout << a::b << x[::2];",
                "ratio 1:2:3:4 at 12:34:56",
                "max_tokens: 100, token_count = 12345678901",
                "password: required, password = getPassword()",
                "api_key = os.environ['API_KEY']",
                "AKIAIOSFODNN7EXAMPLE",
                "ghp_xxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxx",
                "postgres://user:password@localhost/db",
                "@mention and foo@bar and @ alone @",
                "git clone git@forge.ferry.test/mill.git",
                "to = 'your_name@example.com'",
                "what is 821091117+4908374100427",
                "her medical record begins in the late 1970s",
                "https://example.com/a/b?c=d&e=f",
                "GET /v1/items?page=2&size=50 HTTP/1.1",
                "DE89370400440532013001",
                "4111111111111112",
                "110105194912310021",
                "000-12-3456 and 666-12-3456 and 078-05-1120",
                "isbn 978-3-16-148410-0",
                "the years 1998 1999 2000 2001 2002 2003",
                "-----BEGIN CERTIFICATE-----\nMIIEpAIBAAKCAQEA04up8hoqzS1\n",
            })
    void whatOnlyLooksLikeItIsNotFound(String text) {
        assertThat(confident(text)).as(text).isEmpty();
    }

    @ParameterizedTest
    @CsvSource({
        "4111111111111112, payment-card",
        "DE89370400440532013001, iban",
        "110105194912310021, cn-id-card"
    })
    void aWrongCheckDigitLowersTheConfidence(String text, String type) {
        assertThat(DetectorSamplesTest.scan(text))
                .anySatisfy(it -> {
                    assertThat(it.type()).isEqualTo(type);
                    assertThat(it.confidence()).isLessThan(0.5);
                });
    }

    @Test
    void spansCountCodePointsAndPathsNameTheLeaf() {
        var utf8 = "😀é你: a@b.org".getBytes(StandardCharsets.UTF_8);

        var findings =
                Detectors.builtIn()
                        .scan(List.of(new TextLeaf("/messages/3/content", utf8, 0, utf8.length)))
                        .findings();

        assertThat(findings)
                .containsExactly(new Finding("email", "pii", 0.95, 5, 12, "/messages/3/content"));
    }

    @Test
    void nothingOutsideTheLeafIsRead() {
        var utf8 = "x4111111111111111y a@b.org".getBytes(StandardCharsets.UTF_8);

        assertThat(Detectors.builtIn().scan(List.of(new TextLeaf("/a", utf8, 1, 17))).findings())
                .extracting(Finding::type, Finding::start, Finding::end)
                .containsExactly(org.assertj.core.groups.Tuple.tuple("payment-card", 0, 16));
        assertThat(Detectors.builtIn().scan(List.of(new TextLeaf("/a", utf8, 19, 22))).findings())
                .isEmpty();
    }

    @Test
    void anythingCanBeScannedAndSpansStayInside() {
        var random = new Random(7);
        var pieces =
                new String[] {
                    "@",
                    ":",
                    "::",
                    "=",
                    "-----BEGIN ",
                    "PRIVATE KEY",
                    "+",
                    "(",
                    ")",
                    ".",
                    "-",
                    "eyJ",
                    "ghp_",
                    "Bearer ",
                    "password",
                    "4111",
                    "1111",
                    "13812345678",
                    "://",
                    "DE89",
                    "x",
                    "X",
                    " ",
                    "é",
                    "你",
                    "a.b",
                    "\"",
                    "\n",
                    "sk-",
                    "0",
                    "00",
                    "\u00a0",
                    "‑"
                };
        for (int round = 0; round < 20_000; round++) {
            var text = new StringBuilder();
            for (int i = random.nextInt(14); i >= 0; i--) {
                text.append(pieces[random.nextInt(pieces.length)]);
            }
            int codePoints = text.codePointCount(0, text.length());

            assertThat(DetectorSamplesTest.scan(text.toString()))
                    .as(text.toString())
                    .allSatisfy(it -> assertThat(it.end()).isBetween(it.start() + 1, codePoints));
        }
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "token: s.ZC9Ecf4M5g9o34Q6RkzGsj",
                "api_key = 23ea9b92d0933888d03c9a38c82600cc",
                "login --token hf0YYrZBDPvUeZAwNArY",
                "my password is Trf7!kLw29",
                "4111 1111 1111 1111",
                "123-45-6789 is my ssn",
                "6.12.1985 is my dob",
                "ann.lee@corp-mail.com",
                "My name is Ann Lee"
            })
    void whatStandsAroundAStringOfARequestChangesNothing(String text) {
        var alone = DetectorSamplesTest.scan(text);
        var utf8 = text.getBytes(StandardCharsets.UTF_8);
        assertThat(alone).isNotEmpty();

        for (var around : new String[] {"..", "(", "[", "a", "7", "'", "=", "_", "@", "é", "卡"}) {
            var all = (around + text + around).getBytes(StandardCharsets.UTF_8);
            int from = around.getBytes(StandardCharsets.UTF_8).length;
            var leaf = new TextLeaf("/text", all, from, from + utf8.length);

            assertThat(Detectors.builtIn().scan(List.of(leaf)).findings())
                    .as("between '%s'", around)
                    .usingRecursiveFieldByFieldElementComparatorIgnoringFields("path")
                    .isEqualTo(alone);
        }
    }

    @ParameterizedTest
    @ValueSource(strings = {"token: Bearer ", "api_key=Bearer ", "Authorization: Basic "})
    void aTextMayEndWhereAValueShouldBegin(String text) {
        assertThat(DetectorSamplesTest.scan(text)).isEmpty();
    }

    @Test
    void bytesThatAreNoTextCanBeScannedToo() {
        var random = new Random(8);
        for (int round = 0; round < 2_000; round++) {
            var bytes = new byte[random.nextInt(200)];
            random.nextBytes(bytes);

            assertThat(
                            Detectors.builtIn()
                                    .scan(List.of(new TextLeaf("/a", bytes, 0, bytes.length)))
                                    .findings())
                    .isNotNull();
        }
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "1",
                "1 ",
                "12-",
                "a@",
                "@",
                "a.",
                "::",
                "a:",
                "password=",
                "eyJ",
                "sk-",
                "+1",
                "-----BEGIN ",
                "http://a:",
                "DE89",
                "x=",
                "1.1.1.",
                "4111 ",
                "0 ",
                "Bearer ",
                "eyJa.eyJ"
            })
    void aMegabyteOfAnythingTakesLinearTime(String piece) {
        var bytes = piece.repeat(1_000_000 / piece.length()).getBytes(StandardCharsets.UTF_8);
        long start = System.nanoTime();

        Detectors.builtIn().scan(List.of(new TextLeaf("/a", bytes, 0, bytes.length)));

        // A quadratic pass would take minutes.
        assertThat(Duration.ofNanos(System.nanoTime() - start)).isLessThan(Duration.ofSeconds(10));
    }
}
