package io.spillway.policy.detect;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.function.UnaryOperator;
import java.util.stream.Stream;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

class EvasionTest {
    private static final Map<String, List<String>> VALUES =
            Map.of(
                    "payment-card",
                    List.of("4111111111111111", "5500 0055 5555 5559", "6011000990139424"),
                    "cn-id-card",
                    List.of("11010519491231002X", "440308199901101512"),
                    "cn-mobile",
                    List.of("13800138000", "15912345678"),
                    "phone",
                    List.of("+49 30 12345678", "+14155550132"),
                    "email",
                    List.of("ann.lee@corp.example.com", "hans_mueller42@mail.firma.de"),
                    "iban",
                    List.of("DE89370400440532013000", "GB29 NWBK 6016 1331 9268 19"),
                    "access-token",
                    List.of("ghp_16C7e42F292c6912E7710c838347Ae178B4a", "AKIA2E0A8F3B244C9986"));

    private static final List<String> CARRIERS =
            List.of(
                    "%s",
                    "My details: %s, please keep them.",
                    "我的号码是 %s 。",
                    "value=\"%s\"\nThanks",
                    "call 12 or 7, then card %s until 11/27 (3 items)");

    /// Lists of figures need a word that says what they are.
    private static final List<String> TELLING =
            List.of("My phone: %s, thanks", "手机 %s", "credit card %s");

    static Stream<Arguments> ways() {
        var ways = new ArrayList<Arguments>();
        VALUES.forEach((type, values) -> {
            add(ways, type, values, Evasions.ofAnyValue());
            if (List.of("payment-card", "cn-id-card", "cn-mobile").contains(type)) {
                add(ways, type, values, Evasions.ofNumbers());
            }
            if (type.equals("email")) {
                add(ways, type, values, Evasions.ofAddresses());
            }
        });
        return ways.stream();
    }

    private static void add(
            List<Arguments> ways,
            String type,
            List<String> values,
            Map<String, UnaryOperator<String>> evasions) {
        evasions.forEach((name, way) -> ways.add(Arguments.of(type, name, values, way)));
    }

    @ParameterizedTest(name = "{0}: {1}")
    @MethodSource("ways")
    void aDisguisedValueIsFound(
            String type, String name, List<String> values, UnaryOperator<String> way) {
        for (var value : values) {
            for (var carrier : name.startsWith("commas") ? TELLING : CARRIERS) {
                var text = carrier.formatted(way.apply(value));
                assertThat(DetectorSamplesTest.scan(text))
                        .as(text)
                        .anyMatch(it -> it.type().equals(type) && it.confidence() >= 0.5);
            }
        }
    }
}
