package io.spillway.policy.detect;

import static io.spillway.policy.detect.CheckDigits.isDay;
import static io.spillway.policy.detect.CheckDigits.isDayMonth;
import static io.spillway.policy.detect.CheckDigits.isYearMonthDay;
import static io.spillway.policy.detect.CheckDigits.luhn;
import static io.spillway.policy.detect.CheckDigits.number;
import static io.spillway.policy.detect.CheckDigits.two;
import static io.spillway.policy.detect.CheckDigits.weighted;

/// What states check in the numbers that they give to people: dates, ranges, check digits. Digits
/// come as 0 to 9; the form has settled how many.
final class StateChecks {
    private StateChecks() {}

    /// Germany, tax: among the first ten one digit two or three times, none first zero.
    static boolean steuerId(byte[] d, int length) {
        if (d[0] == 0 || !CheckDigits.mod11And10(d, 11)) {
            return false;
        }
        int seen = 0;
        for (int i = 0; i < 10; i++) {
            seen |= 1 << d[i];
        }
        int distinct = Integer.bitCount(seen);
        return distinct == 9 || distinct == 8;
    }

    /// France, social security: sex, year, month, ... and 97 minus the remainder.
    static boolean nir(byte[] d, int length) {
        int month = two(d, 3);
        boolean sex = d[0] == 1 || d[0] == 2 || d[0] == 3 || d[0] == 4 || d[0] == 7 || d[0] == 8;
        return sex
                && ((month >= 1 && month <= 12) || (month >= 20 && month <= 42) || month >= 50)
                && 97 - number(d, 0, 13) % 97 == two(d, 13);
    }

    /// England, health.
    static boolean nhs(byte[] d, int length) {
        int check = 11 - weighted(d, 0, "A98765432") % 11;
        return check != 10 && check % 11 == d[9];
    }

    static boolean bsn(byte[] d, int length) {
        return (weighted(d, 0, "98765432") - d[8]) % 11 == 0 && number(d, 0, 9) > 0;
    }

    static boolean belgian(byte[] d, int length) {
        int month = two(d, 2) % 20;
        if (month > 12 || two(d, 4) > 31) {
            return false;
        }
        long first = number(d, 0, 9);
        int check = two(d, 9);
        return 97 - first % 97 == check || 97 - (2_000_000_000L + first) % 97 == check;
    }

    /// Portugal.
    static boolean nif(byte[] d, int length) {
        int check = 11 - weighted(d, 0, "98765432") % 11;
        return d[0] != 0 && d[0] != 4 && (check > 9 ? 0 : check) == d[8];
    }

    static boolean ahv(byte[] d, int length) {
        return d[0] == 7 && d[1] == 5 && d[2] == 6 && CheckDigits.ean(d, 13);
    }

    /// Austria.
    static boolean svnr(byte[] d, int length) {
        int sum = weighted(d, 0, "379") + weighted(d, 4, "584216");
        int month = two(d, 6);
        return d[0] != 0
                && sum % 11 == d[3]
                && two(d, 4) >= 1
                && two(d, 4) <= 31
                && month >= 1
                && month <= 15;
    }

    static boolean amka(byte[] d, int length) {
        return isDayMonth(d, 0) && luhn(d, 11);
    }

    static boolean afm(byte[] d, int length) {
        int sum = 0;
        for (int i = 0; i < 8; i++) {
            sum += d[i] << 8 - i;
        }
        return sum > 0 && sum % 11 % 10 == d[8];
    }

    static boolean romanian(byte[] d, int length) {
        int county = two(d, 7);
        int sum = weighted(d, 0, "279146358279") % 11;
        return d[0] != 0
                && isYearMonthDay(d, 1)
                && county >= 1
                && county <= 52
                && (sum == 10 ? 1 : sum) == d[12];
    }

    /// The countries of former Yugoslavia: day, month, three digits of the year.
    static boolean jmbg(byte[] d, int length) {
        int check = 11 - weighted(d, 0, "765432765432") % 11;
        boolean year = d[4] == 9 || (d[4] == 0 && d[5] <= 3);
        return isDayMonth(d, 0) && year && (check > 9 ? 0 : check) == d[12];
    }

    /// Bulgaria: 20 or 40 are added to the month in other centuries.
    static boolean egn(byte[] d, int length) {
        return isDay(two(d, 4), two(d, 2) % 20) && weighted(d, 0, "2485A9736") % 11 % 10 == d[9];
    }

    /// Czechia and Slovakia: 50 is added to the month of women, 20 when numbers ran out.
    static boolean rodneCislo(byte[] d, int length) {
        int month = two(d, 2) % 50;
        boolean date = isDay(two(d, 4), month > 20 ? month - 20 : month);
        long first = number(d, 0, 9) % 11;
        return date && (first == 10 ? 0 : first) == d[9];
    }

    static boolean hungarian(byte[] d, int length) {
        int sum = 0;
        for (int i = 0; i < 10; i++) {
            sum += d[i] * (i + 1);
        }
        return d[0] >= 1 && d[0] <= 8 && isYearMonthDay(d, 1) && sum % 11 == d[10];
    }

    static boolean taj(byte[] d, int length) {
        return weighted(d, 0, "37373737") % 10 == d[8];
    }

    static boolean italianVat(byte[] d, int length) {
        int office = (int) number(d, 7, 10);
        return luhn(d, 11) && office >= 1 && (office <= 201 || office >= 888);
    }

    /// Sweden: a date and Luhn over the last ten; 60 is added to the day without a residence.
    static boolean personnummer(byte[] d, int length) {
        int at = length - 10;
        int century = at == 0 ? 19 : two(d, 0);
        int day = two(d, at + 4);
        return (century == 18 || century == 19 || century == 20)
                && isDay(day > 60 ? day - 60 : day, two(d, at + 2))
                && luhn(d, at, length);
    }

    static boolean organisationsnummer(byte[] d, int length) {
        return d[0] != 0 && d[2] >= 2 && luhn(d, 10);
    }

    static boolean norwegian(byte[] d, int length) {
        int day = two(d, 0);
        int month = two(d, 2) % 40;
        int first = 11 - weighted(d, 0, "376189452") % 11;
        int second = 11 - weighted(d, 0, "5432765432") % 11;
        return isDay(day > 40 ? day - 40 : day, month)
                && first % 11 == d[9]
                && second % 11 == d[10];
    }

    /// Denmark: a date; the check digit is no longer kept.
    static boolean cpr(byte[] d, int length) {
        return isDayMonth(d, 0);
    }

    /// Poland: 80, 20, 40, 60 are added to the month in other centuries.
    static boolean pesel(byte[] d, int length) {
        int sum = weighted(d, 0, "1379137913");
        return isDay(two(d, 4), two(d, 2) % 20) && (10 - sum % 10) % 10 == d[10];
    }

    static boolean nip(byte[] d, int length) {
        return d[0] != 0 && weighted(d, 0, "657234567") % 11 == d[9];
    }

    /// Estonia and Lithuania.
    static boolean baltic(byte[] d, int length) {
        int sum = weighted(d, 0, "1234567891") % 11;
        sum = sum == 10 ? weighted(d, 0, "3456789123") % 11 % 10 : sum;
        return d[0] >= 1 && d[0] <= 8 && isYearMonthDay(d, 1) && sum == d[10];
    }

    static boolean latvian(byte[] d, int length) {
        return isDayMonth(d, 0) && d[6] <= 2;
    }

    /// Russia, pension.
    static boolean snils(byte[] d, int length) {
        int sum = weighted(d, 0, "987654321") % 101 % 100;
        return number(d, 0, 9) > 1_001_998 && sum == two(d, 9);
    }

    /// Russia, tax.
    static boolean inn(byte[] d, int length) {
        if (length == 10) {
            return weighted(d, 0, "24A359468") % 11 % 10 == d[9];
        }
        return weighted(d, 0, "724A359468") % 11 % 10 == d[10]
                && weighted(d, 0, "3724A359468") % 11 % 10 == d[11];
    }

    static boolean ukrainian(byte[] d, int length) {
        int sum = 0;
        int[] weights = {-1, 5, 7, 9, 4, 6, 10, 5, 7};
        for (int i = 0; i < 9; i++) {
            sum += d[i] * weights[i];
        }
        return Math.floorMod(sum, 11) % 10 == d[9];
    }

    static boolean kazakh(byte[] d, int length) {
        int sum = weighted(d, 0, "123456789AB") % 11;
        sum = sum == 10 ? weighted(d, 0, "3456789AB12") % 11 : sum;
        return isYearMonthDay(d, 0) && d[6] >= 1 && d[6] <= 6 && sum == d[11];
    }

    static boolean turkish(byte[] d, int length) {
        int odd = d[0] + d[2] + d[4] + d[6] + d[8];
        int even = d[1] + d[3] + d[5] + d[7];
        return d[0] != 0
                && Math.floorMod(odd * 7 - even, 10) == d[9]
                && (odd + even + d[9]) % 10 == d[10];
    }

    static boolean israeli(byte[] d, int length) {
        return luhn(d, 9) && number(d, 0, 9) > 1_000_000;
    }

    static boolean emirates(byte[] d, int length) {
        long year = number(d, 3, 7);
        return d[0] == 7 && d[1] == 8 && d[2] == 4 && year >= 1900 && year < 2100;
    }

    static boolean saudi(byte[] d, int length) {
        return (d[0] == 1 || d[0] == 2) && luhn(d, 10);
    }

    static boolean egyptian(byte[] d, int length) {
        return (d[0] == 2 || d[0] == 3) && isYearMonthDay(d, 1) && two(d, 7) <= 88;
    }

    /// India.
    static boolean aadhaar(byte[] d, int length) {
        return d[0] >= 2 && CheckDigits.verhoeff(d, 12);
    }

    /// Korea: a date and a digit for sex and century; the check digit is not kept since 2020.
    static boolean rrn(byte[] d, int length) {
        return isYearMonthDay(d, 0) && d[6] >= 1 && d[6] <= 8;
    }

    static boolean rrnWithCheckDigit(byte[] d, int length) {
        return rrn(d, length) && (11 - weighted(d, 0, "234567892345") % 11) % 10 == d[12];
    }

    /// Korea, business.
    static boolean korean(byte[] d, int length) {
        int sum = weighted(d, 0, "13713713") + d[8] * 5 + d[8] * 5 / 10;
        return (10 - sum % 10) % 10 == d[9];
    }

    /// Japan.
    static boolean myNumber(byte[] d, int length) {
        int rest = weighted(d, 0, "65432765432") % 11;
        return (rest <= 1 ? 0 : 11 - rest) == d[11];
    }

    static boolean thai(byte[] d, int length) {
        int sum = weighted(d, 0, "DCBA98765432") % 11;
        return d[0] >= 1 && d[0] <= 8 && (11 - sum) % 10 == d[12];
    }

    /// Malaysia: a date and a place of birth.
    static boolean myKad(byte[] d, int length) {
        int place = two(d, 6);
        return isYearMonthDay(d, 0) && place >= 1 && place != 17 && place != 18 && place < 100;
    }

    /// Indonesia: a province, and a date whose day has 40 added for women.
    static boolean nik(byte[] d, int length) {
        int day = two(d, 6);
        return two(d, 0) >= 11 && two(d, 0) <= 97 && isDay(day > 40 ? day - 40 : day, two(d, 8));
    }

    /// Pakistan: a province.
    static boolean cnic(byte[] d, int length) {
        return d[0] >= 1 && d[0] <= 8;
    }

    /// Vietnam: a province up to 096.
    static boolean cccd(byte[] d, int length) {
        return d[0] == 0;
    }

    /// Brazil, people.
    static boolean cpf(byte[] d, int length) {
        int first = weighted(d, 0, "A98765432") * 10 % 11 % 10;
        int second = weighted(d, 0, "BA98765432") * 10 % 11 % 10;
        return first == d[9] && second == d[10];
    }

    /// Brazil, companies, many of them of one person.
    static boolean cnpj(byte[] d, int length) {
        int first = weighted(d, 0, "543298765432") * 10 % 11 % 10;
        int second = weighted(d, 0, "6543298765432") * 10 % 11 % 10;
        return first == d[12] && second == d[13];
    }

    static boolean pis(byte[] d, int length) {
        return weighted(d, 0, "3298765432") * 10 % 11 % 10 == d[10];
    }

    /// Argentina.
    static boolean cuit(byte[] d, int length) {
        int kind = two(d, 0);
        boolean known = (kind >= 20 && kind <= 27) || (kind >= 30 && kind <= 34);
        return known && weighted(d, 0, "5432765432") * 10 % 11 % 10 == d[10];
    }

    /// Chile, when the check digit is no K.
    static boolean rut(byte[] d, int length) {
        return rutCheck(d, length - 1) == d[length - 1];
    }

    /// The check digit, 10 for K.
    static int rutCheck(byte[] d, int length) {
        int sum = 0;
        for (int i = 0; i < length; i++) {
            sum += d[length - 1 - i] * (2 + i % 6);
        }
        return (11 - sum % 11) % 11;
    }

    /// Canada.
    static boolean sin(byte[] d, int length) {
        return d[0] != 0 && d[0] != 8 && luhn(d, 9);
    }

    /// Australia, tax.
    static boolean tfn(byte[] d, int length) {
        return length == 9
                ? weighted(d, 0, "14375869A") % 11 == 0
                : weighted(d, 0, "A7843521") % 11 == 0;
    }

    /// Australia, health.
    static boolean medicare(byte[] d, int length) {
        return d[0] >= 2 && d[0] <= 6 && weighted(d, 0, "13791379") % 10 == d[8];
    }

    /// Australia, business, many of them of one person.
    static boolean abn(byte[] d, int length) {
        return d[0] != 0 && (weighted(d, 0, "A13579BDFHJ") - 10) % 89 == 0;
    }

    static boolean acn(byte[] d, int length) {
        return (10 - weighted(d, 0, "87654321") % 10) % 10 == d[8];
    }

    /// New Zealand, tax.
    static boolean ird(byte[] d, int length) {
        long number = number(d, 0, length);
        if (number < 10_000_000 || number > 150_000_000) {
            return false;
        }
        int at = length - 9;
        return irdCheck(d, at, "32765432") == d[length - 1]
                || irdCheck(d, at, "74325276") == d[length - 1];
    }

    private static int irdCheck(byte[] d, int at, String weights) {
        int sum = 0;
        for (int i = 0; i < 8; i++) {
            int digit = at + i < 0 ? 0 : d[at + i];
            sum += digit * (weights.charAt(i) - '0');
        }
        return (11 - sum % 11) % 11;
    }

    static boolean southAfrican(byte[] d, int length) {
        return isYearMonthDay(d, 0) && d[10] <= 1 && luhn(d, 13);
    }
}
