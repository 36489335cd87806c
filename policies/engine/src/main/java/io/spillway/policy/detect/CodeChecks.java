package io.spillway.policy.detect;

import static io.spillway.policy.detect.CheckDigits.isDay;

/// What issuers check in codes of letters and digits. Letters come in upper case, separators are
/// left out; the form has settled where letters and digits stand.
final class CodeChecks {
    private static final String SPANISH = "TRWAGMYFPDXBNJZSQVHLCKE";
    private static final String FINNISH = "0123456789ABCDEFHJKLMNPRSTUVWXY";
    private static final int[] ITALIAN_ODD = {
        1, 0, 5, 7, 9, 13, 15, 17, 19, 21, 2, 4, 18, 20, 11, 3, 6, 8, 12, 14, 16, 10, 22, 25, 24, 23
    };
    private static final String INDIAN_STATES =
            "ANAPARASBRCGCHDDDLDNGAGJHPHRJHJKKAKLLALDMHMLMNMPMZNLODORPBPYRJSKTNTRTSUAUKUPWB";

    private CodeChecks() {}

    private static int digit(char[] c, int at) {
        return c[at] - '0';
    }

    private static int two(char[] c, int at) {
        return digit(c, at) * 10 + digit(c, at + 1);
    }

    private static int number(char[] c, int from, int to) {
        int value = 0;
        for (int i = from; i < to; i++) {
            value = value * 10 + digit(c, i);
        }
        return value;
    }

    private static boolean isDigit(char c) {
        return c >= '0' && c <= '9';
    }

    /// Britain, national insurance: prefixes never given out.
    static boolean nino(char[] c, int length) {
        if ("DFIQUV".indexOf(c[0]) >= 0 || "DFIOQUV".indexOf(c[1]) >= 0 || c[8] > 'D') {
            return false;
        }
        return switch (c[0] << 8 | c[1]) {
            case 'B' << 8 | 'G',
                    'G' << 8 | 'B',
                    'K' << 8 | 'N',
                    'N' << 8 | 'K',
                    'N' << 8 | 'T',
                    'T' << 8 | 'N',
                    'Z' << 8 | 'Z' ->
                    false;
            default -> true;
        };
    }

    static boolean dni(char[] c, int length) {
        return c[length - 1] == SPANISH.charAt(number(c, 0, length - 1) % 23);
    }

    static boolean nie(char[] c, int length) {
        int first = "XYZ".indexOf(c[0]);
        int number = first * 10_000_000 + number(c, 1, 8);
        return first >= 0 && c[8] == SPANISH.charAt(number % 23);
    }

    /// Italy: letters may stand for digits where two people would share a code.
    static boolean codiceFiscale(char[] c, int length) {
        int sum = 0;
        for (int i = 0; i < 15; i++) {
            int value = isDigit(c[i]) ? c[i] - '0' : c[i] - 'A';
            sum += i % 2 == 0 ? ITALIAN_ODD[value] : value;
        }
        return "ABCDEHLMPRST".indexOf(c[8]) >= 0 && c[15] == 'A' + sum % 26;
    }

    /// Germany, pension: area, birthday, first letter of the name, serial number, check digit.
    static boolean rentenversicherung(char[] c, int length) {
        int letter = c[8] - 'A' + 1;
        int[] weights = {2, 1, 2, 5, 7, 1, 2, 1, 0, 2, 1};
        int sum = crossSum(letter / 10 * 2) + crossSum(letter % 10);
        for (int i = 0; i < 11; i++) {
            sum += i == 8 ? 0 : crossSum(digit(c, i) * weights[i]);
        }
        return two(c, 4) <= 12 && sum % 10 == digit(c, 11);
    }

    private static int crossSum(int value) {
        return value / 10 + value % 10;
    }

    /// Ireland.
    static boolean pps(char[] c, int length) {
        int sum = length == 9 && c[8] != 'W' ? (c[8] - 'A' + 1) * 9 : 0;
        for (int i = 0; i < 7; i++) {
            sum += digit(c, i) * (8 - i);
        }
        boolean second = length == 8 || c[8] <= 'I' || c[8] == 'W' || c[8] == 'T' || c[8] == 'X';
        return second && c[7] == (sum % 23 == 0 ? 'W' : 'A' + sum % 23 - 1);
    }

    /// Finland.
    static boolean hetu(char[] c, int length) {
        int serial = length - 4;
        boolean century = length == 10 || "ABCDEFYXWVU".indexOf(c[6]) >= 0;
        int number = number(c, 0, 6) * 1000 + number(c, serial, serial + 3);
        return century
                && isDay(two(c, 0), two(c, 2))
                && c[length - 1] == FINNISH.charAt(number % 31);
    }

    /// France, born in Corsica: 2A and 2B count as 19 and 18.
    static boolean corsican(char[] c, int length) {
        long number = 0;
        for (int i = 0; i < 13; i++) {
            int value = i == 5 ? 1 : i == 6 ? (c[6] == 'A' ? 9 : 8) : digit(c, i);
            number = number * 10 + value;
        }
        return c[5] == '2' && (c[6] == 'A' || c[6] == 'B') && 97 - number % 97 == two(c, 13);
    }

    /// Germany, card and passport: no vowels, a check digit behind.
    static boolean ausweis(char[] c, int length) {
        int digits = 0;
        for (int i = 0; i < length; i++) {
            digits += isDigit(c[i]) ? 1 : 0;
            if ("AEIOUQBDS".indexOf(c[i]) >= 0) {
                return false;
            }
        }
        return digits >= 4 && (length == 9 || sevenThreeOne(c, 0, 9) % 10 == digit(c, 9));
    }

    private static int sevenThreeOne(char[] c, int from, int to) {
        int sum = 0;
        for (int i = from; i < to; i++) {
            int weight = (i - from) % 3 == 0 ? 7 : (i - from) % 3 == 1 ? 3 : 1;
            sum += value(c[i]) * weight;
        }
        return sum;
    }

    private static int value(char c) {
        return isDigit(c) ? c - '0' : c - 'A' + 10;
    }

    static boolean polishCard(char[] c, int length) {
        int sum = value(c[0]) * 7 + value(c[1]) * 3 + value(c[2]);
        return (sum + sevenThreeOne(c, 4, 9)) % 10 == digit(c, 3);
    }

    /// India, tax: the fourth letter is the kind of holder.
    static boolean pan(char[] c, int length) {
        return "ABCFGHLJPT".indexOf(c[3]) >= 0;
    }

    static boolean gstin(char[] c, int length) {
        return two(c, 0) >= 1 && two(c, 0) <= 38 && c[13] == 'Z';
    }

    /// Singapore.
    static boolean nric(char[] c, int length) {
        int sum = c[0] == 'T' || c[0] == 'G' ? 4 : c[0] == 'M' ? 3 : 0;
        int[] weights = {2, 7, 6, 5, 4, 3, 2};
        for (int i = 0; i < 7; i++) {
            sum += digit(c, i + 1) * weights[i];
        }
        var letters =
                switch (c[0]) {
                    case 'S', 'T' -> "JZIHGFEDCBA";
                    case 'F', 'G' -> "XWUTRQPNMLK";
                    case 'M' -> "XWUTRQPNJLK";
                    default -> "";
                };
        return !letters.isEmpty() && c[8] == letters.charAt(sum % 11);
    }

    static boolean hongKong(char[] c, int length) {
        int sum = length == 8 ? 36 * 9 : value(c[length - 9]) * 9;
        for (int i = 0; i < 7; i++) {
            sum += value(c[length - 8 + i]) * (8 - i);
        }
        int check = (11 - sum % 11) % 11;
        return c[length - 1] == (check == 10 ? 'A' : '0' + check);
    }

    static boolean taiwan(char[] c, int length) {
        int letter = "ABCDEFGHJKLMNPQRSTUVXYWZIO".indexOf(c[0]) + 10;
        int sum = letter / 10 + letter % 10 * 9 + digit(c, 9);
        for (int i = 1; i < 9; i++) {
            sum += digit(c, i) * (9 - i);
        }
        int sex = digit(c, 1);
        return (sex == 1 || sex == 2 || sex == 8 || sex == 9) && sum % 10 == 0;
    }

    private static boolean isBirth(char[] c, int at) {
        return isDay(two(c, at + 4), two(c, at + 2));
    }

    /// Mexico, people.
    static boolean curp(char[] c, int length) {
        return isBirth(c, 4) && (c[10] == 'H' || c[10] == 'M' || c[10] == 'X');
    }

    /// Mexico, tax.
    static boolean rfc(char[] c, int length) {
        return isBirth(c, 4) && "AEIOUX".indexOf(c[1]) >= 0;
    }

    /// Chile.
    static boolean rut(char[] c, int length) {
        int sum = 0;
        for (int i = 0; i < length - 1; i++) {
            sum += digit(c, length - 2 - i) * (2 + i % 6);
        }
        int check = (11 - sum % 11) % 11;
        return c[length - 1] == (check == 10 ? 'K' : '0' + check);
    }

    /// Britain: surname filled with nines, decade, month, day, year, initials.
    static boolean britishLicence(char[] c, int length) {
        boolean filled = false;
        for (int i = 0; i < 5; i++) {
            boolean nine = c[i] == '9';
            if ((filled && !nine) || (!nine && isDigit(c[i])) || (i == 0 && nine)) {
                return false;
            }
            filled |= nine;
        }
        int month = two(c, 6) % 50;
        return two(c, 6) <= 62
                && isDay(two(c, 8), month)
                && (!isDigit(c[11]) || c[11] == '9')
                && (!isDigit(c[12]) || c[12] == '9');
    }

    /// United States, Medicare: letters that look like digits are left out.
    static boolean mbi(char[] c, int length) {
        for (int i = 0; i < length; i++) {
            if ("SLOIBZ".indexOf(c[i]) >= 0) {
                return false;
            }
        }
        return c[0] != '0';
    }

    /// Germany, health insurance.
    static boolean kvnr(char[] c, int length) {
        int letter = c[0] - 'A' + 1;
        int sum = letter / 10 + crossSum(letter % 10 * 2);
        for (int i = 1; i < 9; i++) {
            sum += crossSum(digit(c, i) * (i % 2 == 1 ? 1 : 2));
        }
        return sum % 10 == digit(c, 9);
    }

    static boolean indianPlate(char[] c, int length) {
        for (int i = 0; i < INDIAN_STATES.length(); i += 2) {
            if (INDIAN_STATES.charAt(i) == c[0] && INDIAN_STATES.charAt(i + 1) == c[1]) {
                return true;
            }
        }
        return false;
    }
}
