package io.spillway.router;

import static org.assertj.core.api.Assertions.assertThat;

import io.spillway.api.request.DataClass;
import org.junit.jupiter.api.AutoClose;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/// A value that is masked and stands in the same request in another spelling, which no detector
/// needs to recognize.
class MaskedSpellingsTest {
    private static final String POLICY =
            """
            apiVersion: spillway/v1
            kind: PolicySet
            metadata: { name: test }
            classification:
              default: internal
              rules: [ { name: pii, when: "findings.exists(f, f.category == 'pii')", raise: confidential } ]
            placement:
              - name: masked-may-leave
                use: [ { environment: aws-burst, mask: [email, phone, payment-card, iban, person] }, { zone: private } ]
            """;

    @AutoClose private final TestSite site = TestSite.start();
    private final StubServer cloud = site.server("aws-burst", "c1");

    @BeforeEach
    void start() {
        site.server("onprem", "h1");
        site.put(
                        TestSite.tenant(
                                DataClass.PUBLIC,
                                "email",
                                "phone",
                                "payment-card",
                                "iban",
                                "person"))
                .publish(POLICY);
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            textBlock =
                    """
                    Call me at +49 30 1234567 today  | 0049301234567
                    Call me at +49 30 1234567 today  | 030 1234567
                    Call me at +49 30 1234567 today  | 030/123 45 67
                    Call me at +49 30 1234567 today  | 49.30.1234567
                    Call me at +1 415 555 2671 today | 4155552671
                    Call me at +1 415 555 2671 today | (415) 555-2671
                    My card is 4556 7375 8689 9855   | 4556737586899855
                    My card is 4556 7375 8689 9855   | 4556-7375-8689-9855
                    My card is 4556 7375 8689 9855   | 45567375 86899855
                    My card is 4556 7375 8689 9855   | 4 5 5 6 7 3 7 5 8 6 8 9 9 8 5 5
                    IBAN DE89 3704 0044 0532 0130 00 | de89370400440532013000
                    IBAN DE89 3704 0044 0532 0130 00 | DE-89-3704-0044-0532-0130-00
                    IBAN DE89 3704 0044 0532 0130 00 | 370400440532013000
                    Write to ann.lee@corp-mail.com   | ANN.LEE@CORP-MAIL.COM
                    Write to ann.lee@corp-mail.com   | ann.lee at corp-mail.com
                    Write to ann.lee@corp-mail.com   | ann.lee (@) corp-mail . com
                    Dear Mr. Thomas Berger, hello    | THOMAS BERGER
                    Dear Mr. Thomas Berger, hello    | thomas-berger
                    Dear Mr. Thomas Berger, hello    | thomas_berger
                    """)
    void doesNotLeaveInAnotherSpelling(String text, String spelling) throws Exception {
        var answer = Caller.chat(site, text.strip() + ". The ticket says: " + spelling + " ok");

        assertThat(answer.statusCode()).isEqualTo(200);
        assertThat(cloud.received())
                .allSatisfy(it -> assertThat(it.body()).doesNotContainIgnoringCase(spelling));
    }

    @Test
    void otherNumbersAndWordsDoNotKeepItHome() throws Exception {
        var answer =
                Caller.chat(
                        site,
                        "Call Mr. Thomas Berger at +49 30 1234567. Order 7654321 of 2026, Berger"
                                + " street, 12345678901 pieces.");

        assertThat(answer.headers().firstValue("x-spillway-zone")).contains("public");
        assertThat(cloud.received())
                .singleElement()
                .satisfies(it -> assertThat(it.body()).contains("[PHONE_").contains("7654321"));
    }
}
