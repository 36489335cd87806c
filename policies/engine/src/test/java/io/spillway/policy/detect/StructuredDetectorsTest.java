package io.spillway.policy.detect;

import static org.assertj.core.api.Assertions.assertThat;

import io.spillway.api.request.Finding;
import java.util.List;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/// Numbers and codes with a published form. Brackets mark what must be found; all numbers are
/// invented and have the check digits of their kind.
class StructuredDetectorsTest {

    private static List<Finding> confident(String text) {
        return DetectorSamplesTest.scan(text).stream()
                .filter(it -> it.confidence() >= 0.5)
                .filter(it -> !it.type().equals("person") && !it.type().equals("street-address"))
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
                "⟦27-06688882-2⟧ in a sentence",
                "mi DNI es ⟦41.250.615⟧",
                "⟦6758 061154⟧ in a sentence",
                "Medicare number: ⟦4416 28818 3⟧",
                "⟦70.01.20-606.77⟧ in a sentence",
                "⟦501.425.823-95⟧ in a sentence",
                "⟦756.1976.7077.80⟧ in a sentence",
                "⟦15.127.949-K⟧ in a sentence",
                "⟦695420/6688⟧ in a sentence",
                "⟦251279-0237⟧ in a sentence",
                "⟦01572993-T⟧ in a sentence",
                "⟦Y-2093308-T⟧ in a sentence",
                "⟦260581A284V⟧ in a sentence",
                "⟦249023152311694⟧ in a sentence",
                "⟦P169174(4)⟧ in a sentence",
                "NIK ⟦3578792505849227⟧",
                "⟦6198447G⟧ in a sentence",
                "⟦JHGPB4732N⟧ in a sentence",
                "⟦YHDNJW38H08P868W⟧ in a sentence",
                "⟦721020-4022783⟧ in a sentence",
                "⟦TXKV730612HJIFRF11⟧ in a sentence",
                "⟦FORP530314D2G⟧ in a sentence",
                "⟦571219-08-5308⟧ in a sentence",
                "⟦17119593204⟧ in a sentence",
                "⟦32893-7531044-4⟧ in a sentence",
                "⟦820-178-907 94⟧ in a sentence",
                "⟦19871127-7189⟧ in a sentence",
                "⟦S0406697I⟧ in a sentence",
                "⟦5-4734-34785-61-0⟧ in a sentence",
                "⟦H189660335⟧ in a sentence",
                "⟦HK 785669 D⟧ in a sentence",
                "⟦974-75-4401⟧ in a sentence",
                "⟦5603246737080⟧ in a sentence",
            })
    void nationalNumbersAreKnownByTheirForm(String text) {
        assertFound("national-id", text);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "TFN ⟦996047433⟧",
                "\"cpf\":\"⟦50142582395⟧\"",
                "social insurance number ⟦294-451-232⟧",
                "my social insurance number is ⟦346217656⟧",
                "Meine Steueridentifikationsnummer lautet ⟦54890273134⟧",
                "AMKA: ⟦18038390623⟧",
                "OIB: ⟦07154425271⟧",
                "Israeli ID number ⟦632835906⟧",
                "आधार ⟦6419-7885-7343⟧",
                "Aadhaar ⟦641978857343⟧",
                "My Number ⟦720136123109⟧",
                "burgerservicenummer: ⟦123163377⟧",
                "PESEL: ⟦87091908406⟧",
                "o meu NIF é ⟦137394144⟧",
                "CNP ⟦6410705455729⟧",
                "мой ИНН: ⟦2616624514⟧",
                "mitt personnummer är ⟦198711277189⟧",
                "TC kimlik no ⟦55059618706⟧",
                "NHS: ⟦0782207650⟧",
            })
    void nationalNumbersInOnePieceNeedAWord(String text) {
        assertFound("national-id", text);
        var number = text.substring(text.indexOf('⟦') + 1, text.indexOf('⟧'));
        assertThat(confident("we counted " + number + " of them"))
                .noneMatch(it -> it.type().equals("national-id"));
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "CPF: 529.982.247-26",
                "Aadhaar 2345 6789 0123",
                "DNI 12345678A",
                "PESEL 44051401358",
                "Steuer-ID 86095742718",
                "BSN 111222334",
            })
    void aWrongCheckDigitDoesNotRaise(String text) {
        assertThat(confident(text)).as(text).noneMatch(it -> it.confidence() > 0.7);
    }

    @ParameterizedTest
    @CsvSource(
            delimiterString = " <- ",
            value = {
                "passport <- My passport number is ⟦C03005988⟧",
                "passport <- Passport No.: ⟦123456789⟧",
                "passport <- 护照号⟦E12345678⟧",
                "passport <- 通行证⟦C12345678⟧",
                "passport <- Reisepass ⟦C01X00T47⟧",
                "passport <- passeport n° ⟦12AB34567⟧",
                "driving-licence <- ⟦MORGA753116SM9IJ⟧",
                "driving-licence <- My driver's license number is ⟦481195160⟧",
                "driving-licence <- DL# ⟦D123-4567-8901⟧",
                "driving-licence <- Führerschein ⟦B072RRE2I55⟧",
                "vehicle-plate <- 车牌⟦京A12345⟧",
                "vehicle-plate <- 一辆⟦粤BD12345⟧的轿车",
                "vehicle-plate <- ⟦沪A·12345⟧",
                "vehicle-plate <- ⟦12가 3456⟧ 차량",
                "vehicle-plate <- ⟦MH 12 AB 1234⟧",
                "vehicle-plate <- License plate ⟦7ABC123⟧",
                "vehicle-plate <- Kennzeichen ⟦B-MW 1234⟧",
                "vehicle-plate <- number plate ⟦AB12 CDE⟧",
                "medical-record <- MRN: ⟦12345678⟧",
                "medical-record <- Patient ID ⟦A-1234567⟧",
                "medical-record <- 病历号⟦20231234⟧",
                "medical-record <- ⟦1EG4-TE5-MK73⟧",
                "bank-account <- account number ⟦12345678⟧",
                "bank-account <- routing number ⟦021000021⟧",
                "bank-account <- sort code ⟦12-34-56⟧",
                "bank-account <- Kontonummer ⟦0532013000⟧",
                "swift-code <- SWIFT: ⟦DEUTDEFF⟧",
                "swift-code <- BIC ⟦DEUTDEFF500⟧",
                "mac-address <- ⟦00:1A:2B:3C:4D:5E⟧",
                "mac-address <- ether ⟦a4-83-e7-12-9f-00⟧",
                "mac-address <- ⟦aabb.ccdd.ee01⟧ on port 3",
                "date-of-birth <- She was born on ⟦12/27/1986⟧.",
                "date-of-birth <- DOB: ⟦1986-12-27⟧",
                "date-of-birth <- Geburtsdatum: ⟦27.12.1986⟧",
                "date-of-birth <- geboren am ⟦5. März 1985⟧",
                "date-of-birth <- née le ⟦5 mars 1985⟧ à Lyon",
                "date-of-birth <- nació el ⟦5 de marzo de 1985⟧",
                "date-of-birth <- birthday ⟦March 5, 1985⟧",
                "date-of-birth <- birthday: ⟦05-Mar-1985⟧",
                "date-of-birth <- born on the ⟦5th of March 1985⟧",
                "date-of-birth <- 生日⟦1985年3月5日⟧",
                "date-of-birth <- ⟦1985年3月5日⟧出生",
                "cn-bank-card <- 银行卡号⟦6222021234567890128⟧",
                "cn-bank-card <- 储蓄卡：⟦6222 0212 3456 7890 128⟧",
                "payment-card <- card 4111.1111.1111.1111",
                "email <- ⟦müller@bücher.de⟧",
                "email <- 邮箱: ⟦用户@例子.广告⟧。",
                "email <- пишите: ⟦иван@почта.рф⟧",
                "email <- 两个邮箱⟦test@qq.com⟧和",
                "us-ssn <- SSN ⟦078 05 1123⟧",
                "us-ssn <- ⟦078-051121⟧ on file",
            })
    void documentsAreFoundInTheirContext(String type, String text) {
        assertFound(type, text.contains("⟦") ? text : text.replaceFirst("4[0-9.]+", "⟦$0⟧"));
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "⟦001-420-335-7509x38548⟧",
                "⟦+46 73 123 45 67⟧",
                "⟦0455 12 34 56⟧",
                "phone ⟦077 0956 2314⟧",
                "Llámame al ⟦912 345 678⟧",
                "call me at ⟦(96) 627-277⟧",
                "⟦(011) 4321-5678⟧",
                "⟦11 98765-4321⟧",
                "⟦8 (912) 345-67-89⟧",
                "⟦+7 912 345 67 89⟧",
                "⟦03-1234-5678⟧",
                "⟦02-312-3456⟧",
                "⟦0755-12345678⟧",
                "⟦+972-54-123-4567⟧",
                "⟦+33 (0)1 42 68 53 00⟧",
                "Móvil: ⟦612 34 56 78⟧",
                "Ring ⟦91 23 45 67⟧",
                "⟦(415) 555-2671 ext. 12⟧",
                "Tel ⟦98765 43210⟧",
                "Handy ⟦01711234567⟧",
                "⟦01711234567⟧",
                "電話番号は⟦090-1234-5678⟧です",
            })
    void phonesOfManyCountriesAreFound(String text) {
        assertFound("phone", text);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "4012888888881881",
                "test@example.com",
                "(415) 555-0132",
                "localhost 127.0.0.1",
                "Broadcast 255.255.255.255",
                "2001:db8::1",
            })
    void documentationValuesCountAsOthersLabelThem(String text) {
        assertThat(confident(text)).as(text).hasSize(1);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "curl http://127.0.0.1:8000/v1",
                "host = '0.0.0.0'",
                "SSN 078-05-1120",
                "git clone git@github.com:org/repo.git",
                "00:00:00:00:00:00",
                "AKIAIOSFODNN7EXAMPLE",
            })
    void documentationValuesOfProgramsRaiseNothing(String text) {
        assertThat(confident(text)).as(text).isEmpty();
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "Chrome/120.0.6099.109 on Windows 10.0.19045",
                "OID 1.3.6.1.4.1.311.2",
                "firmware 2.10.4.1",
                "order 5500-0000-0000-0004 was shipped",
                "订单号6063119925697079",
                "ISBN 978-3-16-148410-0 and ISSN 0317-8471",
                "tracking 1Z999AA10123456784",
                "image@2x.png in @media",
                "12 345 678 2024-11-22 09:30 3.14159",
                "576\t19\t9972\t990\t148\t68056",
                "23.23 44.09 82.84 19.20",
                "the passport expires in 2030",
                "my account was hacked in 2019",
                "medical record from 2019-05-06",
                "bank holiday 2024-05-27",
                "contact form 12, driver version 535.104.05",
                "I was born in 1975 and moved in 1999",
                "Ines Moreau (born 5 March 1985) is a French actor",
                "Born: March 5, 1985 (age 41)",
                "SWIFT is a language, see the DOCUMENT",
                "ABSOLUTE swift changes",
                "vehicle speed 120 km/h on route 66",
                "model XJ-1234, part no. 512-3456-78A",
                "1700000000123 and 20241122093015",
                "rows 1000-2000, pages 123-456",
                "1-2-3-4-5 and 100 200 300 400",
                "x=512 y=384 z=-17, (123, 456, 789)",
                "commit 9a038989604e8da62ecddbe2094b16ce1b778be1",
                "5EB4223E-5008-46E5-BE67-C7B8F2732305",
                "$1,234,567.89 or 12 345 678 EUR",
                "call the function with 4155550132",
                "GB 11643-1999, New York 10001-1234",
            })
    void whatOnlyLooksLikeItIsNotFound(String text) {
        assertThat(confident(text)).as(text).isEmpty();
    }
}
