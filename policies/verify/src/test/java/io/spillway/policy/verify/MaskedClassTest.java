package io.spillway.policy.verify;

import static org.assertj.core.api.Assertions.assertThat;

import io.spillway.api.environment.Tenant;
import io.spillway.api.request.DataClass;
import java.util.List;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/// What masking leaves of a request can have any class from that on which all but the findings
/// give: a proof cannot know what a second scan will find.
class MaskedClassTest {
    private static final Tenant MASKING = masking("email");

    private static Tenant masking(String type) {
        return new Tenant(
                "acme",
                DataClass.PUBLIC,
                Set.of("aws-burst"),
                Set.of("DE", "US"),
                null,
                Set.of(type));
    }

    private static Verdict verdict(Tenant tenant, String raise, String use, String never) {
        var all = Cases.REGISTRY;
        var rules =
                """
                classification:
                  default: internal
                  rules:
                    - { name: mails, when: "findings.exists(f, f.type == 'email')", raise: confidential }
                    - { name: other, when: "%s", raise: restricted }
                placement:
                  - { name: mails, when: "findings.exists(f, f.type == 'email')", use: [ %s ] }
                  - { name: rest, use: [ { zone: private } ] }
                invariants: [ { never: "caller.tenant == 'acme' && environment.zone == 'public' && %s" } ]
                """
                        .formatted(raise, use, never);
        return Cases.first(
                        Cases.verify(
                                rules,
                                new Inventory(
                                        all.environments(),
                                        List.of(tenant, Cases.BANK),
                                        all.models(),
                                        all.keys())))
                .rulesAlone()
                .verdict();
    }

    @ParameterizedTest
    @CsvSource({
        "dataClass < internal, PROVED",
        "dataClass == internal, VIOLATED",
        "dataClass == confidential, VIOLATED",
        "dataClass == restricted, VIOLATED",
    })
    void aMaskedRequestMayHaveAnyClassFromTheFloorOnAndNoneBelow(String never, Verdict expected) {
        assertThat(verdict(MASKING, "stream", "{ zone: public, mask: [email] }", never))
                .isEqualTo(expected);
    }

    @Test
    void tooManyFindingsToLookAtCanBeMaskedAllTheSame() {
        var proof =
                Cases.verify(
                        """
                        classification:
                          default: internal
                          rules: [ { name: many, when: "size(findings) > 5", raise: internal } ]
                        placement:
                          - { name: highest, when: "dataClass == restricted", use: [ { zone: public, mask: [email] } ] }
                          - { name: rest, use: [ { zone: private } ] }
                        invariants: [ { never: "environment.zone == 'public' && dataClass < restricted" } ]
                        """);

        assertThat(Cases.first(proof).rulesAlone().verdict()).isEqualTo(Verdict.VIOLATED);
    }

    @Test
    void aRuleThatAsksForNoFindingIsPartOfTheFloor() {
        var never = "'admin' in caller.roles && dataClass < restricted";
        var mask = "{ zone: public, mask: [email] }";

        assertThat(verdict(MASKING, "'admin' in caller.roles", mask, never))
                .isEqualTo(Verdict.PROVED);
        assertThat(verdict(MASKING, "'admin' in caller.roles && size(findings) > 0", mask, never))
                .isEqualTo(Verdict.VIOLATED);
    }

    @Test
    void whereTheTenantListsNoneOfTheTypesTheClassStays() {
        var never = "dataClass < confidential";
        var mask = "{ zone: public, mask: [email] }";

        assertThat(verdict(MASKING, "stream", mask, never)).isEqualTo(Verdict.VIOLATED);
        assertThat(verdict(Cases.ACME, "stream", mask, never)).isEqualTo(Verdict.PROVED);
    }

    @Test
    void whereNothingOfTheTypesWasFoundTheClassStays() {
        var use =
                "{ zone: public, mask: [phone], when: \"!findings.exists(f, f.type == 'phone')\" }";

        assertThat(verdict(masking("phone"), "stream", use, "dataClass < confidential"))
                .isEqualTo(Verdict.PROVED);
    }
}
