package io.spillway.policy.evaluate;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import io.spillway.api.request.Finding;
import io.spillway.policy.evaluate.Figures.GroupFigures;
import io.spillway.policy.evaluate.Figures.TypeFigures;
import io.spillway.policy.evaluate.Sample.Entity;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

class EvaluationTest {
    private final Evaluation evaluation = new Evaluation(Labels.builtIn());

    private static Finding found(String type, int start, int end) {
        return new Finding(type, "pii", 0.9, start, end, "/text");
    }

    private static Finding doubtful(String type, int start, int end) {
        return new Finding(type, "pii", 0.4, start, end, "/text");
    }

    private static Entity entity(String type, int start, int end) {
        return new Entity(type, start, end);
    }

    private static Sample labelled(String text, Entity... entities) {
        return new Sample(text, List.of(entities), null);
    }

    private List<Evaluation.Mistake> add(Sample sample, Finding... findings) {
        return evaluation.add(sample, List.of(findings), null);
    }

    private TypeFigures type(String type) {
        return evaluation.figures().types().stream()
                .filter(it -> it.type().equals(type))
                .findFirst()
                .orElseThrow();
    }

    private GroupFigures group(String group) {
        return evaluation.figures().groups().stream()
                .filter(it -> it.group().equals(group))
                .findFirst()
                .orElseThrow();
    }

    /// Five texts, counted by hand: two of three addresses found, two of three findings right; the
    /// sensitive ones are texts 1, 2 and 5, raised are 1, 3 and 5.
    @Test
    void figuresAreThoseCountedByHand() {
        add(
                labelled("x".repeat(50), entity("email", 0, 10), entity("email", 20, 30)),
                found("email", 2, 9),
                found("email", 25, 35));
        add(labelled("x".repeat(50), entity("EMAIL_ADDRESS", 0, 10)), doubtful("email", 0, 10));
        add(labelled("x".repeat(50)), found("email", 0, 10));
        add(labelled("x".repeat(2000)));
        add(new Sample("secret", null, true), found("credential", 0, 6));

        var figures = evaluation.figures();
        assertThat(figures.texts()).isEqualTo(5);
        assertThat(figures.prevalence()).isEqualTo(new Rate(3, 5));
        assertThat(figures.types())
                .containsExactly(new TypeFigures("email", 3, 3, new Rate(2, 3), new Rate(2, 3)));
        assertThat(figures.requests().precision()).isEqualTo(new Rate(2, 3));
        assertThat(figures.requests().recall()).isEqualTo(new Rate(2, 3));
        assertThat(figures.falseRaises())
                .isEqualTo(
                        Map.of(
                                Bucket.UP_TO_1_KB, new Rate(1, 1),
                                Bucket.UP_TO_8_KB, new Rate(0, 1)));
        assertThat(figures.lostShare()).isEqualTo(new Rate(1, 2));
        assertThat(group("structured-pii").requests().precision()).isEqualTo(new Rate(1, 2));
        assertThat(group("structured-pii").requests().recall()).isEqualTo(new Rate(1, 2));
    }

    @Test
    void oneFindingPaysForOneEntityOnly() {
        add(
                labelled("Ann and Bob", entity("person", 0, 3), entity("person", 8, 11)),
                found("person", 0, 11));

        assertThat(type("person").recall()).isEqualTo(new Rate(1, 2));
        assertThat(type("person").precision()).isEqualTo(new Rate(1, 1));
    }

    /// Taken in order, the first entity would take the only finding that the second can have.
    @Test
    void pairsAreAsManyAsPossible() {
        add(
                labelled("x".repeat(40), entity("email", 0, 20), entity("email", 5, 10)),
                found("email", 6, 8),
                found("email", 15, 18));

        assertThat(type("email").recall()).isEqualTo(new Rate(2, 2));
        assertThat(type("email").precision()).isEqualTo(new Rate(2, 2));
    }

    @Test
    void typesThatLabelSetsDoNotTellApartMatch() {
        add(
                labelled("x".repeat(40), entity("PHONE_NUMBER", 0, 11), entity("API_KEY", 20, 40)),
                found("cn-mobile", 0, 11),
                found("credential", 21, 40));

        assertThat(type("phone").recall()).isEqualTo(new Rate(1, 1));
        assertThat(type("cn-mobile").precision()).isEqualTo(new Rate(1, 1));
        assertThat(type("access-token").recall()).isEqualTo(new Rate(1, 1));
        assertThat(type("credential").precision()).isEqualTo(new Rate(1, 1));
    }

    @Test
    void aFindingOfAnotherTypeIsWrong() {
        var mistakes =
                add(labelled("x".repeat(20), entity("IBAN_CODE", 0, 20)), found("phone", 3, 12));

        assertThat(type("iban").recall()).isEqualTo(new Rate(0, 1));
        assertThat(type("phone").precision()).isEqualTo(new Rate(0, 1));
        assertThat(mistakes)
                .containsExactly(
                        new Evaluation.Mistake(true, "iban", 0, 20, "found as phone"),
                        new Evaluation.Mistake(false, "phone", 3, 12, ""));
    }

    @Test
    void aFindingOnAKindThatSpillwayHasNotIsNeitherRightNorWrong() {
        add(labelled("born 1990-01-01", entity("DATE_TIME", 5, 15)), found("date-of-birth", 5, 15));

        var figures = evaluation.figures();
        assertThat(figures.types()).isEmpty();
        assertThat(figures.foreignLabels()).isEqualTo(Map.of("DATE_TIME", 1L));
        assertThat(figures.undecided()).isEqualTo(1);
        assertThat(figures.texts()).isEqualTo(1);
        assertThat(figures.lostShare().of()).isZero();
    }

    @Test
    void neighbouringPiecesOfANameAreOneEntity() {
        add(
                labelled(
                        "Ann Lee met Bo",
                        entity("GIVENNAME", 0, 3),
                        entity("SURNAME", 4, 7),
                        entity("GIVENNAME", 12, 14)),
                found("person", 0, 7),
                found("person", 12, 14));

        assertThat(type("person").recall()).isEqualTo(new Rate(2, 2));
    }

    @Test
    void theGivenVerdictDecidesWhetherARequestIsRaised() {
        evaluation.add(new Sample("a", null, false), List.of(found("email", 0, 1)), false);
        evaluation.add(new Sample("b", null, true), List.of(), true);

        assertThat(evaluation.figures().lostShare()).isEqualTo(new Rate(0, 1));
        assertThat(evaluation.figures().requests().recall()).isEqualTo(new Rate(1, 1));
    }

    /// Values from Wilson's formula worked out by hand for 8 of 10 and 0 of 1000.
    @Test
    void intervalsAreWilsons() {
        assertThat(new Rate(8, 10).low()).isCloseTo(0.4902, within(0.0001));
        assertThat(new Rate(8, 10).high()).isCloseTo(0.9433, within(0.0001));
        assertThat(new Rate(0, 1000).high()).isCloseTo(0.0038, within(0.0001));
        assertThat(new Rate(0, 0).value()).isNaN();
    }

    @Test
    void labelsOfOthersAreUnderstood() {
        assertThat(
                        List.of(
                                "EMAIL_ADDRESS",
                                "e-mail",
                                "TELEPHONENUM",
                                "CREDITCARDNUMBER",
                                "SOCIALNUM",
                                "IDCARDNUM",
                                "US_DRIVER_LICENSE",
                                "姓名",
                                "CN_PHONE",
                                "STREET_ADDRESS",
                                "BUILDINGNUM",
                                "IPV4",
                                "PASSWORD",
                                "cn-id-card",
                                "VEHICLEVRM",
                                "DATEOFBIRTH"))
                .extracting(it -> Labels.builtIn().type(it).orElse("?"))
                .containsExactly(
                        "email",
                        "email",
                        "phone",
                        "payment-card",
                        "us-ssn",
                        "national-id",
                        "driving-licence",
                        "person",
                        "cn-mobile",
                        "street-address",
                        "street-address",
                        "ip-address",
                        "credential",
                        "cn-id-card",
                        "vehicle-plate",
                        "date-of-birth");
        assertThat(Labels.builtIn().type("ORGANIZATION")).isEmpty();
    }
}
