package io.spillway.router.masking;

import static org.assertj.core.api.Assertions.assertThat;

import io.spillway.api.request.Caller;
import io.spillway.api.request.Classification.Source;
import io.spillway.api.request.DataClass;
import io.spillway.api.request.Finding;
import io.spillway.api.request.Operation;
import io.spillway.api.request.RequestFacts;
import io.spillway.policy.CompileResult;
import io.spillway.policy.KnownNames;
import io.spillway.policy.PolicyCompiler;
import io.spillway.policy.detect.Scan;
import io.spillway.router.api.BodyParser;
import io.spillway.router.api.InvalidBodyException;
import io.spillway.router.decision.EnginePolicy;
import io.spillway.router.decision.Policy;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.Set;
import java.util.random.RandomGenerator;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

class RequestMaskerTest {
    private static final Policy POLICY = policy();
    private static final Set<String> ASKED = Set.of("email", "phone");
    private static final String MAIL = "Please write to ann.lee@corp-mail.com today";

    private RandomGenerator random = new Random(7);
    private List<Source> floors = List.of();
    private Set<String> maskable = ASKED;
    private Set<String> unscanned = Set.of();

    private static Policy policy() {
        var yaml =
                """
                apiVersion: spillway/v1
                kind: PolicySet
                metadata: { name: masks }
                classification:
                  default: public
                  rules:
                    - { name: mails, when: "findings.exists(f, f.type == 'email')", raise: confidential }
                    - { name: cards, when: "findings.exists(f, f.type == 'payment-card')", raise: internal }
                placement: [ { name: all, use: [ { zone: private }, { zone: public, mask: [email, phone] } ] } ]
                """;
        return switch (PolicyCompiler.compile(yaml, new KnownNames(Map.of(), Set.of()))) {
            case CompileResult.Compiled(var compiled) -> new EnginePolicy(compiled);
            case CompileResult.Rejected(var problems) ->
                    throw new IllegalStateException(problems.toString());
        };
    }

    private @Nullable MaskedRequest form(String text) {
        var facts =
                new RequestFacts(
                        Operation.CHAT,
                        "chat",
                        new Caller("acme", null, "k", Set.of(), Map.of(), Set.of(), false),
                        false,
                        null,
                        unscanned,
                        100,
                        25,
                        null);
        try {
            var json =
                    "{\"model\":\"chat\",\"messages\":[{\"role\":\"user\",\"content\":\"%s\"}]}"
                            .formatted(text);
            var body = BodyParser.parse(Operation.CHAT, json.getBytes(StandardCharsets.UTF_8));
            var scan = POLICY.scan(body.leaves());
            return new RequestMasker(POLICY, facts, floors, random)
                    .forms(body, scan, POLICY.classify(facts, scan, floors), maskable)
                    .get(ASKED);
        } catch (InvalidBodyException e) {
            throw new IllegalStateException(e);
        }
    }

    private static String sent(MaskedRequest form) {
        return new String(form.body().bytes(), StandardCharsets.UTF_8);
    }

    private static DataClass classOf(@Nullable MaskedRequest form) {
        assertThat(form).isNotNull();
        return form.classification().dataClass();
    }

    @Test
    void theClassAfterMaskingIsThatOfWhatIsLeft() {
        var form = form(MAIL);

        assertThat(classOf(form)).isEqualTo(DataClass.PUBLIC);
        assertThat(sent(form)).contains("write to [EMAIL_").doesNotContain("ann.lee");
        assertThat(classOf(form(MAIL + ", card 4556 7375 8689 9855")))
                .isEqualTo(DataClass.INTERNAL);
    }

    @Test
    void aFindingBehindAnEncodingStaysAndSoDoesItsClass() {
        var encoded = "YW5uLmxlZUBjb3JwLW1haWwuY29tIGlzIGhlciBhZGRyZXNz";

        assertThat(classOf(form("Call +49 30 1234567, note " + encoded)))
                .isEqualTo(DataClass.CONFIDENTIAL);
    }

    @Test
    void aFindingAcrossPartsStaysAndSoDoesItsClass() {
        var split = "ann.lee@\"},{\"role\":\"user\",\"content\":\"corp.example.com";

        assertThat(classOf(form("Call +49 30 1234567"))).isEqualTo(DataClass.PUBLIC);
        assertThat(
                        classOf(
                                form(
                                        "Call +49 30 1234567\"},{\"role\":\"user\",\"content\":\""
                                                + split)))
                .isEqualTo(DataClass.CONFIDENTIAL);
    }

    @ParameterizedTest
    @EnumSource(DataClass.class)
    void maskingLowersNoFloor(DataClass floor) {
        floors = List.of(new Source("session", floor));

        assertThat(classOf(form(MAIL))).isEqualTo(floor);
    }

    @Test
    void aTypeThatTheTenantDoesNotListStaysInTheTextAndInTheClass() {
        maskable = Set.of("phone");
        var form = form(MAIL);

        assertThat(classOf(form)).isEqualTo(DataClass.CONFIDENTIAL);
        assertThat(form.differs()).isFalse();
        assertThat(sent(form)).contains("ann.lee@corp-mail.com");
    }

    @Test
    void whatCannotBeScannedStaysSo() {
        unscanned = Set.of("image");

        assertThat(form(MAIL).classification().unscanned()).containsExactly("image");
    }

    @Test
    void withNothingToMaskThereIsNoOtherForm() {
        assertThat(form("hello")).isNull();
        assertThat(RequestMasker.needed(POLICY, new Scan(List.of(), false))).isFalse();
        var mail = new Finding("email", "pii", 0.9, 0, 1, "/messages/0/content");
        assertThat(RequestMasker.needed(POLICY, new Scan(List.of(mail), false))).isTrue();
    }

    @Test
    void aTagThatStandsInTheRequestInAnyCaseIsNotUsed() {
        var tag = sent(form(MAIL)).replaceAll("(?s).*\\[EMAIL_([a-z0-9]+)_1].*", "$1");
        for (var text : List.of(tag, tag.toUpperCase(java.util.Locale.ROOT), "x" + tag + "x")) {
            random = new Random(7);

            assertThat(sent(form(MAIL + " " + text))).doesNotContain("EMAIL_" + tag + "_1");
        }
        random = new Random(7);
        assertThat(sent(form(MAIL + " " + tag.substring(1)))).contains("EMAIL_" + tag + "_1");
    }

    @Test
    void whereNoTagIsFreeTheRequestCannotBeMasked() {
        random = () -> 0;
        var tag = sent(form(MAIL)).replaceAll("(?s).*\\[EMAIL_([a-z0-9]+)_1].*", "$1");

        assertThat(form(MAIL + " " + tag)).isNull();
        assertThat(form(tag + " " + MAIL)).isNull();
    }

    @Test
    void anotherSpellingOfAMaskedValueKeepsTheRequestHome() {
        assertThat(form("Call +49 30 1234567 today. The ticket says 49.30.1234567 ok")).isNull();
    }

    @Test
    void aTableOfValuesIsNotMasked() {
        var some = new StringBuilder();
        for (int i = 0; i < 100; i++) {
            some.append("name").append(i).append("@corp-mail.com, ");
        }
        var more =
                some.toString().replace("corp", "shop") + some.toString().replace("corp", "post");

        assertThat(form(some.toString())).isNotNull();
        assertThat(form(some + more)).isNull();
    }

    @Test
    void aBodyThatIsTooLargeIsNotMasked() {
        var body =
                "{\"model\":\"chat\",\"messages\":[{\"role\":\"user\",\"content\":\"\"}]}".length();
        var fits = "a ".repeat((RequestMasker.LARGEST_BODY - body - MAIL.length()) / 2);
        var over = fits + "more";

        assertThat(form(fits + MAIL)).isNotNull();
        assertThat(form(over + MAIL)).isNull();
    }
}
