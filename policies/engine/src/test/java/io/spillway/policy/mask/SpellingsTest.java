package io.spillway.policy.mask;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class SpellingsTest {
    private static boolean stands(String value, String text) {
        return Spellings.of(List.of(value)).standIn(text);
    }

    @ParameterizedTest
    @CsvSource({
        "+49 30 1234567, tel 0049301234567",
        "+49 30 1234567, 030/123 45 67.",
        "+49 30 1234567, ４９３０１２３４５６７",
        "4556 7375 8689 9855, 4556-7375-8689-9855 12/27",
        "DE89 3704 0044 0532 0130 00, (de89370400440532013000)",
        "ann.lee@corp-mail.com, ANN LEE AT CORP-MAIL.COM",
        "Thomas Berger, file thomas_berger.pdf",
        "B-AB 1234, plate bab1234"
    })
    void theSameLettersAndDigitsAreFoundInOtherCaseAndWithOtherSeparators(
            String value, String text) {
        assertThat(stands(value, text)).isTrue();
    }

    @ParameterizedTest
    @CsvSource({
        "+49 30 1234567, 12345678 and 1234 5678",
        "Thomas Berger, the berger of thomas",
        "Thomas Berger, thomas bergerson",
        "Thomas Berger, mcthomas berger",
        "Martin, MARTIN",
        "Ann, ann",
        "Thomas Berger, 'thomas ----- berger'"
    })
    void whatIsPartOfALongerWordOrFarApartOrASingleWordIsNot(String value, String text) {
        assertThat(stands(value, text)).isFalse();
    }

    @Test
    void manyValuesAreLookedForInALongText() {
        var spellings = phones();
        var text = "Order 1234 of 2026 costs 512345 pieces. ".repeat(256 * 1024 / 40);

        assertThat(spellings.standIn(text)).isFalse();
        assertThat(spellings.standIn(text + "030 12345250")).isTrue();
    }

    @Test
    void aTextThatIsMadeToTakeLongCountsAsHoldingOne() {
        var almost = "1234 512345 ";

        assertThat(phones().standIn(almost.repeat(10))).isFalse();
        assertThat(phones().standIn(almost.repeat(100_000))).isTrue();
    }

    private static Spellings phones() {
        return Spellings.of(
                IntStream.range(0, 200).mapToObj(i -> "+49 30 12345" + (100 + i)).toList());
    }
}
