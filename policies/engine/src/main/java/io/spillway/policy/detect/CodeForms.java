package io.spillway.policy.detect;

import java.util.ArrayList;
import java.util.List;

/// Documents whose codes mix letters and digits, by the forms in which they are written.
///
/// In a form, `L` is a letter, `D` a digit, `A` either, `k` a digit or K; a blank is a blank or a
/// dash; all else is itself.
final class CodeForms {
    /// No code has more letters and digits.
    static final int LONGEST = 18;

    interface Check {
        boolean passes(char[] c, int length);
    }

    /// @param sure whether the form needs no word beside it
    /// @param topic what a word beside it must speak of
    /// @param digits a bit for each place of its first group where a digit must stand
    /// @param letters the same for letters
    record Form(
            String text,
            Check check,
            FindingType type,
            Topic topic,
            boolean sure,
            int digits,
            int letters) {

        /// Whether a group can be the first one.
        ///
        /// @param present a bit for each place of the group where a digit stands
        boolean mayBegin(int present) {
            return (present & digits) == digits && (present & letters) == 0;
        }

        boolean checked() {
            return check != UNCHECKED;
        }
    }

    /// Forms without a check digit.
    private static final Check UNCHECKED = (_, _) -> true;

    static final CodeForms ALL = new CodeForms();

    /// By the length of the first group.
    private final Form[][] forms = new Form[LONGEST + 2][];

    private CodeForms() {
        var found = new ArrayList<Form>();
        europe(found);
        others(found);
        papers(found);
        for (int length = 0; length < forms.length; length++) {
            int wanted = length;
            forms[length] =
                    found.stream().filter(it -> group(it.text) == wanted).toArray(Form[]::new);
        }
    }

    /// Letters and digits that a form begins with.
    private static int group(String text) {
        int length = 0;
        while (length < text.length() && "LDAk".indexOf(text.charAt(length)) >= 0) {
            length++;
        }
        return length;
    }

    /// A bit for each place of the first group that has the kind. No form that begins with either
    /// begins with a digit.
    private static int places(String text, char kind) {
        int places = kind == 'L' && text.charAt(0) == 'A' ? 1 : 0;
        for (int i = 0; i < group(text); i++) {
            places |= text.charAt(i) == kind ? 1 << i : 0;
        }
        return places;
    }

    /// @param length of the letters and digits at the beginning, without a gap
    Form[] beginningWith(int length) {
        return forms[length];
    }

    private static void europe(List<Form> to) {
        sure(to, CodeChecks::nino, "LLDDDDDDL", "LL DD DD DD L", "LL DDDDDD L", "LLDDDDDD L");
        sure(to, CodeChecks::dni, "DDDDDDDDL", "DDDDDDDD L", "DD.DDD.DDD-L", "DD.DDD.DDD L");
        sure(to, CodeChecks::dni, "DD.DDD.DDDL", "D.DDD.DDD-L", "DDDDDDD-L");
        sure(to, CodeChecks::nie, "LDDDDDDDL", "L DDDDDDD L", "L DDDDDDDL", "LDDDDDDD L");
        sure(to, CodeChecks::nie, "L-D.DDD.DDD-L", "L.DDDDDDD.L");
        sure(to, CodeChecks::codiceFiscale, "LLLLLLAALAALAAAL", "LLL LLL AALAA LAAAL");
        sure(to, CodeChecks::rentenversicherung, "DDDDDDDDLDDD", "DD DDDDDD L DDD");
        sure(to, CodeChecks::pps, "DDDDDDDL", "DDDDDDDLL");
        sure(to, CodeChecks::hetu, "DDDDDD-DDDA", "DDDDDD+DDDA", "DDDDDDLDDDA");
        sure(to, CodeChecks::corsican, "DDDDDDLDDDDDDDD", "D DD DD DL DDD DDD DD");
        said(to, CodeChecks::ausweis, "LAAAAAAAA", "LAAAAAAAAD", "AAAAAAAAAD");
        said(to, CodeChecks::polishCard, "LLLDDDDDD", "LLL DDDDDD");
        said(to, UNCHECKED, "LLDDDDDLL", "LL DDDDD LL", "LDDDDDDDA", "L DDDDDDDA");
        said(to, UNCHECKED, "LLDDDDDD", "LL DDDDDD", "LDDDDDDDD", "LLDDDDDDD", "AADDDDDDA");
        said(to, UNCHECKED, "DDDDDDD-LD", "DDDDDDDDLD", "LLDDDDDDDDDDD");
    }

    private static void others(List<Form> to) {
        sure(to, CodeChecks::pan, "LLLLLDDDDL");
        sure(to, CodeChecks::gstin, "DDLLLLLDDDDLAAA");
        said(to, UNCHECKED, "LLLDDDDDDD", "LLLLLDDDDL", "LLL/DD/DDD/DDDDDD");
        sure(to, CodeChecks::nric, "LDDDDDDDL");
        sure(to, CodeChecks::hongKong, "LDDDDDD(A)", "LLDDDDDD(A)");
        said(to, CodeChecks::hongKong, "LDDDDDDA", "LLDDDDDDA", "LDDDDDD A");
        sure(to, CodeChecks::taiwan, "LDDDDDDDDD");
        sure(to, CodeChecks::curp, "LLLLDDDDDDLLLLLLAD");
        sure(to, CodeChecks::rfc, "LLLLDDDDDDAAA", "LLLL DDDDDD AAA");
        said(to, UNCHECKED, "LLLDDDDDDAAA", "LLL DDDDDD AAA");
        sure(to, CodeChecks::rut, "DD.DDD.DDD-k", "D.DDD.DDD-k", "DDDDDDDD-k", "DDDDDDD-k");
        said(to, UNCHECKED, "DD.DDD.DDD-A", "DDDDDDDDDL", "L-DDDDDDDD", "L-DDDDDDD");
        said(to, UNCHECKED, "DDDDDDLDD", "LLDDDDDDDL", "DDDDDDDDDLL");
    }

    private static void papers(List<Form> to) {
        put(
                to,
                CodeChecks::britishLicence,
                FindingType.DRIVING_LICENCE,
                Topic.LICENCE,
                true,
                "AAAAADDDDDDAAALL",
                "AAAAADDDDDDAAALLDD",
                "AAAAA DDDDDD AAALL");
        put(
                to,
                CodeChecks::mbi,
                FindingType.MEDICAL_RECORD,
                Topic.MEDICAL,
                true,
                "DLADLADLLDD",
                "DLAD LAD LLDD");
        put(to, CodeChecks::kvnr, FindingType.MEDICAL_RECORD, Topic.MEDICAL, false, "LDDDDDDDDD");
        put(
                to,
                CodeChecks::indianPlate,
                FindingType.VEHICLE_PLATE,
                Topic.PLATE,
                true,
                "LLDDLDDDD",
                "LLDDLLDDDD",
                "LLDDLLLDDDD",
                "LLDLLLDDDD",
                "LL DD L DDDD",
                "LL DD LL DDDD",
                "LL DD LLL DDDD",
                "LLDD L DDDD",
                "LLDD LL DDDD");
        put(
                to,
                UNCHECKED,
                FindingType.VEHICLE_PLATE,
                Topic.PLATE,
                false,
                "LLDD LLL",
                "LLDDLLL",
                "LL DDD LL",
                "LLDDDLL",
                "DDDD LLL",
                "DDDDLLL",
                "LL LL DDDD",
                "L LL DDDD",
                "LL L DDDD",
                "L LL DDD",
                "LL LL DDD",
                "L L DDDD",
                "LL L DDD",
                "LLL DDDD",
                "LLLDDDD",
                "LLLDLDD",
                "DLLLDDD",
                "LLL DDD",
                "LLLDDD",
                "LLL DDA",
                "DD LLL DD",
                "DD LLL DDD",
                "DD LL DDDD",
                "DD LL DDD",
                "DD L DDDD",
                "DD L DDDDD",
                "DDLLLDD",
                "DDLLLDDD",
                "DDLLDDDD",
                "DDLLDDD",
                "DDLDDDD",
                "L DDD LL",
                "DD LLL D",
                "LLL DD LLD",
                "LLL DDDLL",
                "LL DDDDD",
                "LL DDDDA",
                "DDD LL DD",
                "DDD DDD L");
    }

    private static void sure(List<Form> to, Check check, String... texts) {
        put(to, check, FindingType.NATIONAL_ID, Topic.NATIONAL, true, texts);
    }

    private static void said(List<Form> to, Check check, String... texts) {
        put(to, check, FindingType.NATIONAL_ID, Topic.NATIONAL, false, texts);
    }

    private static void put(
            List<Form> to,
            Check check,
            FindingType type,
            Topic topic,
            boolean sure,
            String... texts) {
        for (var text : texts) {
            to.add(new Form(text, check, type, topic, sure, places(text, 'D'), places(text, 'L')));
        }
    }
}
