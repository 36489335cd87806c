package io.spillway.policy.detect;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.ObjectMapper;
import io.spillway.api.request.Finding;
import java.io.IOException;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/// Brackets mark a name or an address that must be found, by any overlap.
class NamesTest {

    static boolean isName(Finding finding) {
        return finding.type().equals("person") || finding.type().equals("street-address");
    }

    private static List<Finding> names(String text) {
        return DetectorSamplesTest.scan(text).stream()
                .filter(it -> it.confidence() >= 0.5 && isName(it))
                .toList();
    }

    private static void assertFound(String type, String marked) {
        int start = marked.codePointCount(0, marked.indexOf('⟦'));
        int end = marked.codePointCount(0, marked.indexOf('⟧')) - 1;
        var text = marked.replace("⟦", "").replace("⟧", "");

        assertThat(names(text))
                .as(text)
                .anySatisfy(it -> {
                    assertThat(it.type()).isEqualTo(type);
                    assertThat(it.start()).isLessThan(end);
                    assertThat(it.end()).isGreaterThan(start);
                });
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "My name is ⟦Patricia Jeknić⟧ and I cannot log in.",
                "⟦Halvorsen⟧ and Lindqvist were the joiners.",
                "⟦Zorblat⟧ lost his umbrella on the tram.",
                "⟦Vendrik Ostopol⟧ signed for the crate.",
                "We waited on the pier for ⟦Drozd⟧, but he never came.",
                "At the table: Marguerite, ⟦Oxblat⟧, Imogen and Trunvel.",
                "Somebody saw ⟦Aðalheiður Kolbrúnardóttir⟧ near the kiosk.",
                "The keys are with ⟦Chukwuebuka Nwachukwu⟧ now.",
                "my name is ⟦tomasz wieczorek⟧ and my card is blocked",
                "Please call ⟦Dr. Nielsen⟧ back today.",
                "I'd like to join accounts with ms. ⟦Kuyra⟧",
                "Patient: ⟦Ayodele Okonkwo⟧\nWard: 4",
                "Follow up with ⟦Colleen Wiley⟧ in 2 months.",
                "Kind regards,\n⟦Agnieszka Wójcik⟧",
                "The account belongs to ⟦Björn Sjögren⟧.",
                "⟦MARIA GONZALEZ⟧ called about her invoice.",
                "Forward this to ⟦J. R. Thompson⟧.",
                "cardholder: ⟦Liesbeth van der Meer⟧",
                "The parcel of ⟦Seán O'Sullivan⟧ is late.",
                "What's your last name? ⟦Krylova⟧",
                "I would like to remove my kid ⟦Mali⟧ from the will.",
                "⟦Fatima Al-Sayed⟧ signed the lease.",
                "We spoke to ⟦Priya Raghunathan⟧ about the claim.",
                "⟦Okafor, Chinedu⟧\n",
                "Miss ⟦Ramos⟧ is waiting downstairs.",
                "⟦Amadeo Vitorović⟧ will be at the meeting.",
                "⟦Vilhjálmur Georgsson⟧ explained it to us",
                "They had 6: ⟦Kateřina⟧, James, Christopher, Jennifer, Vala and Tom.",
                "They had 6: Kateřina, James, Christopher, Jennifer, Vala and ⟦Erika⟧.",
                "⟦Regina⟧ is very reliable. You can always depend on her.",
                "Charles had given ⟦Yakaru⟧ his address",
                "She named him ⟦Nicholas⟧",
                "They told me that ⟦Imogen Fairweather⟧ would collect it",
                "Have you been to a ⟦Heidi Sundqvist⟧ concert before?",
                "⟦Terry Cardoso⟧ PhD\n\n65 Bodbysund 61\n Suite 521\n Lund",
                "Hi ⟦Zoltán⟧, are we still on for lunch?",
                "⟦Rosalind⟧ still has the keys to the shed.",
                "When is ⟦Rosalind⟧ back from the dentist?",
                "The crew thanked ⟦Grace Oyelowo⟧ for the cake.",
                "Agent: What is the name on the lease? Caller: ⟦Kalina Drozd⟧",
                "Her brother ⟦Anselmo⟧ took over the shop.",
                "Nobody at the depot likes ⟦Thandeka⟧",
                "您好，我叫⟦王晓丽⟧，手机号忘了",
                "姓名：⟦张建国⟧\n年龄：45",
                "患者⟦李秀英⟧，女，65岁",
                "请联系⟦陈志强⟧经理",
                "收件人：⟦欧阳文静⟧ 电话稍后给",
            })
    void personsAreFound(String text) {
        assertFound("person", text);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "I live at ⟦742 Wressle Road, Apt 12, Leeds LS1 4AB⟧ now",
                "Ship it to ⟦1755 NW Cedar Hollow Drive, Portland, OR 97229⟧.",
                "Anschrift: ⟦Hauptstraße 12, 10115 Berlin⟧",
                "She moved to ⟦12 rue de la Paix⟧ last week.",
                "Via post: ⟦Via Garibaldi 5⟧, Torino",
                "Mi casa es ⟦Calle Mayor 3⟧",
                "Filip lives on ⟦Nassaustraat 123⟧",
                "billing address: tracy\n ⟦8 wressle road suite 771⟧",
                "Send it to ⟦P.O. Box 4471⟧, Dayton",
                "The bus station is on ⟦Ziegelgasse 26⟧",
                "Please return to ⟦52 Ibirapita 8057⟧",
                "地址：⟦浙江省杭州市西湖区文三路138号2栋301室⟧",
                "我家住在⟦北京市朝阳区建国路88号⟧",
                "Flat 3, ⟦27 Kestrel Close⟧, Bristol BS3 2QT",
                "Name: Ann\n\n⟦66 Rebbåsbakken 48⟧\n Apt. 401\n HOLUM\n Norway 12345",
                "66 Rebbåsbakken 48\n ⟦Apt. 401⟧\n HOLUM\n Norway 12345",
                "66 Rebbåsbakken 48\n Apt. 401\n ⟦HOLUM\n Norway 12345⟧",
                "⟦22 Castelao 71, Suite 12⟧, Zalla",
                "⟦30 Nikolaou Stadion⟧\n Suite 256\n Larnaka",
                "Apt. 630 ⟦39 Rincon 9082⟧\nLugo",
                "Send it to ⟦PSC 1083, Box 3672\nAPO AP 10176⟧",
                "Post to ⟦USNS Vestergaard\nFPO AA 08331⟧",
                "⟦Unit 8505 Box 3866\nDPO AP 93558⟧",
                "My zip code is ⟦86881⟧",
            })
    void streetAddressesAreFound(String text) {
        assertFound("street-address", text);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "Hello World",
                "My IBAN and My Password are blocked",
                "Miss Universe is on television",
                "Compare Elon Musk with Rosalind Achterberg.",
                "The song My Name Is Imogen is from 1972.",
                "Zorblats said that umbrellas are cheap.",
                "I come from Sri Lanka.",
                "What a lovely story this was! Regards, Rosalind Achterberg",
                "Suggest a nickname for the name 'Ethan'.",
                "Thomas is very healthy, but he has to see a doctor every day. Why could that be?",
                "The cars belong to Alice, Bert, Cheryl, David and Enid. Who drives the red one?",
                "Overwatering can lead to root rot in a home where nobody lives.",
                "Level 12 Boss Fight 3 takes 20 Hit Points and 5 Mana Potions",
                "The error code is 86881 and the exit code is 12345",
                "Dear Sir or Madam,",
                "Write a story about Alice and Bob.",
                "Write a birthday card for Rosalind.",
                "Rosalind has 12 marbles and Imogen has 7. How many do they have together?",
                "Turn left on Rosalind Street.",
                "They moved here from San Rosalind last year",
                "The Rosalind was sold at auction.",
                "Do you know who Rosalind Achterberg is?",
                "Rosalind Achterberg (born 5 March 1985) is a Danish painter.",
                "Who was Albert Einstein?",
                "Explain what Elon Musk said about Mars.",
                "Is Paris bigger than Jordan in May?",
                "James had 5 apples and gave 2 to Mary. How many are left?",
                "Compare Harry Potter with Frodo Baggins.",
                "The Quick Brown Fox Jumps Over The Lazy Dog",
                "import java.util.List; class JohnSmith { int markAnthony; }",
                "Table Of Contents\nGetting Started\nAdvanced Usage",
                "Stanford University and New York City are in the USA.",
                "Johnson & Johnson bought Morgan Stanley shares.",
                "Grace period: 30 days. Will Power BI support this? Mark Down is fine.",
                "Walk 5 miles down the road, then take the next 2 street corners.",
                "Apollo 11 landed in 1969. There are 12 months in a year.",
                "Find the median of 3 5 7 9 in O(n log n).",
                "See Chapter 4, Section 2. Windows 11 and Python 3 are required.",
                "Wallace and Gromit is a film by Nick Park",
                "客户关系管理很重要",
                "我是高中生，喜欢数学",
                "李白是唐代诗人",
                "写一篇关于环保的文章，字数800，时间安排在周末",
                "方法和程序都很重要，任务计划如下",
                "a",
                "",
            })
    void ordinaryTextsHoldNoNames(String text) {
        assertThat(names(text)).as(text).isEmpty();
    }

    @Test
    void inALongTextOnlyAFirmNameCounts() {
        var passing = "The ferry waits for Rosalind Achterberg at the old mill. ".repeat(120);

        assertThat(names(passing)).isEmpty();
        assertThat(names(passing + "\nPatient: Matilda Drozd\n")).hasSize(1);
        assertThat(names(passing + "\nMatilda Drozd, matilda@ferry.test\n")).isNotEmpty();
    }

    @Test
    void namesInSentencesOfOthersAreMostlyFound() throws IOException {
        int persons = 0;
        int foundPersons = 0;
        int addresses = 0;
        int foundAddresses = 0;
        int wrong = 0;
        var rows =
                new ObjectMapper()
                        .readTree(
                                NamesTest.class.getResourceAsStream(
                                        "/samples/pii/presidio-research-generated_small.json"));
        for (var row : rows) {
            var found = names(row.path("full_text").asText());
            boolean any = false;
            for (var span : row.path("spans")) {
                var label = span.path("entity_type").asText();
                boolean person = label.equals("PERSON");
                boolean address = label.equals("ADDRESS");
                any |= person || address;
                int start = span.path("start_position").asInt();
                int end = span.path("end_position").asInt();
                var type = person ? "person" : "street-address";
                boolean hit =
                        found.stream()
                                .anyMatch(it ->
                                        it.type().equals(type)
                                                && it.start() < end
                                                && it.end() > start);
                persons += person ? 1 : 0;
                foundPersons += person && hit ? 1 : 0;
                addresses += address ? 1 : 0;
                foundAddresses += address && hit ? 1 : 0;
            }
            wrong += !any && !found.isEmpty() ? 1 : 0;
        }
        System.out.printf(
                "generated_small.json: persons %d of %d, addresses %d of %d, wrong requests %d%n",
                foundPersons, persons, foundAddresses, addresses, wrong);

        assertThat((double) foundPersons / persons).isGreaterThan(0.7);
        assertThat((double) foundAddresses / addresses).isGreaterThan(0.7);
        assertThat(wrong).isLessThanOrEqualTo(2);
    }
}
