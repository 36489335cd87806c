package io.spillway.policy.mask;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class RestorerTest {
    private final Placeholders placeholders =
            Placeholders.fresh(new Random(7), _ -> false).orElseThrow();
    private final String mail = placeholders.of("email", "ann@example.org");
    private final String id = placeholders.of("cn-id-card", "11010519491231002X");
    private final String quoted = placeholders.of("person", "Ann \"Nan\" O\\Lee\nJr");

    private String restore(String text) {
        return restore(text, false);
    }

    private String restore(String text, boolean json) {
        var restorer = new Restorer(placeholders, json);
        return restorer.feed(text) + restorer.flush();
    }

    private String bare() {
        return "EMAIL_" + placeholders.tag() + "_1";
    }

    @Test
    void putsValuesBack() {
        assertThat(restore("Mail " + mail + ", id " + id + "."))
                .isEqualTo("Mail ann@example.org, id 11010519491231002X.");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "[EMAIL_%s_1]",
                "[email_%s_1]",
                "[Email_%S_1]",
                "[ EMAIL_%s_1 ]",
                "[EMAIL %s 1]",
                "[EMAIL-%s-1]",
                "[EMAIL\\_%s\\_1]",
                "\\[EMAIL\\_%s\\_1\\]",
                "【EMAIL_%s_1】",
                "EMAIL_%s_1",
                "email_%s_1",
            })
    void toleratesTheSpellingsOfModels(String spelling) {
        var text = spelling.formatted(placeholders.tag());

        assertThat(restore("to " + text + ", please")).isEqualTo("to ann@example.org, please");
        assertThat(restore(text)).isEqualTo("ann@example.org");
    }

    @Test
    void severalInOnePairOfBracketsLeaveTheBrackets() {
        assertThat(restore("[" + bare() + ", " + bare() + "]"))
                .isEqualTo("[ann@example.org, ann@example.org]");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "[EMAIL_zzzzzz_1]",
                "[EMAIL_%s_4]",
                "[EMAIL_%s_12]",
                "[EMAIL_%s]",
                "[MAIL_%s_1]",
                "[PERSON_%s_1]",
                "XEMAIL_%s_1",
                "EMAIL_%s_",
                "[",
                "\\",
                "[EM",
            })
    void leavesWhatIsNoPlaceholderOfThisRequest(String spelling) {
        var text = spelling.formatted(placeholders.tag());

        assertThat(restore(text)).isEqualTo(text);
        assertThat(restore(text + " x")).isEqualTo(text + " x");
    }

    @Test
    void escapesValuesAsOftenAsThereAreStringsAroundThem() {
        assertThat(restore("Hi " + quoted)).isEqualTo("Hi Ann \"Nan\" O\\Lee\nJr");
        assertThat(restore("{\"to\": \"" + quoted + "\"}"))
                .isEqualTo("{\"to\": \"Ann \\\"Nan\\\" O\\\\Lee\\nJr\"}");
        assertThat(restore("{\"to\": \"say \\\"" + quoted + "\\\"\"}"))
                .isEqualTo("{\"to\": \"say \\\"Ann \\\"Nan\\\" O\\\\Lee\\nJr\\\"\"}");
        assertThat(restore("{\"raw\": \"{\\\"to\\\": \\\"" + quoted + "\\\"}\"}", true))
                .isEqualTo(
                        "{\"raw\": \"{\\\"to\\\": \\\"Ann \\\\\\\"Nan\\\\\\\""
                                + " O\\\\\\\\Lee\\\\nJr\\\"}\"}");
    }

    @Test
    void aTextThatBeginsWithAPlaceholderIsNotTakenForJson() {
        assertThat(restore(mail + " said \"" + quoted + "\""))
                .isEqualTo("ann@example.org said \"Ann \"Nan\" O\\Lee\nJr\"");
    }

    @Test
    void holdsBackOnlyWhatMayBecomeAPlaceholder() {
        var restorer = new Restorer(placeholders, false);

        assertThat(restorer.feed("Hello [EMA")).isEqualTo("Hello ");
        assertThat(restorer.holds()).isTrue();
        assertThat(restorer.feed("NATE] and E")).isEqualTo("[EMANATE] and ");
        assertThat(restorer.feed("nd.")).isEqualTo("End.");
        assertThat(restorer.holds()).isFalse();
        assertThat(restorer.feed(bare())).isEmpty();
        assertThat(restorer.flush()).isEqualTo("ann@example.org");
    }

    @Test
    void neverHoldsMoreThanALongPlaceholder() {
        var random = new Random(1);
        var restorer = new Restorer(placeholders, false);
        int fed = 0;
        int passed = 0;
        var alphabet = "[EMAIL_ \\" + placeholders.tag() + "1]";
        for (int i = 0; i < 20_000; i++) {
            passed +=
                    restorer.feed(
                                    String.valueOf(
                                            alphabet.charAt(random.nextInt(alphabet.length()))))
                            .length();
            fed++;
            assertThat(fed - passed).isLessThan(60);
        }
    }
}
