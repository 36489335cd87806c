package io.spillway.policy.detect;

/// Arithmetic of check digits, over digits 0 to 9.
final class CheckDigits {
    private static final byte[][] DIHEDRAL = {
        {0, 1, 2, 3, 4, 5, 6, 7, 8, 9},
        {1, 2, 3, 4, 0, 6, 7, 8, 9, 5},
        {2, 3, 4, 0, 1, 7, 8, 9, 5, 6},
        {3, 4, 0, 1, 2, 8, 9, 5, 6, 7},
        {4, 0, 1, 2, 3, 9, 5, 6, 7, 8},
        {5, 9, 8, 7, 6, 0, 4, 3, 2, 1},
        {6, 5, 9, 8, 7, 1, 0, 4, 3, 2},
        {7, 6, 5, 9, 8, 2, 1, 0, 4, 3},
        {8, 7, 6, 5, 9, 3, 2, 1, 0, 4},
        {9, 8, 7, 6, 5, 4, 3, 2, 1, 0}
    };
    private static final byte[][] PERMUTATION = {
        {0, 1, 2, 3, 4, 5, 6, 7, 8, 9},
        {1, 5, 7, 6, 2, 8, 3, 0, 9, 4},
        {5, 8, 0, 3, 7, 9, 6, 1, 4, 2},
        {8, 9, 1, 6, 0, 4, 3, 5, 2, 7},
        {9, 4, 5, 3, 1, 2, 6, 8, 7, 0},
        {4, 2, 8, 6, 5, 7, 3, 9, 0, 1},
        {2, 7, 9, 3, 8, 0, 6, 4, 1, 5},
        {7, 0, 4, 6, 9, 1, 3, 2, 5, 8}
    };

    private CheckDigits() {}

    /// ISO/IEC 7812: every second digit doubled.
    static boolean luhn(byte[] d, int length) {
        return luhn(d, 0, length);
    }

    static boolean luhn(byte[] d, int from, int to) {
        int sum = 0;
        boolean twice = false;
        for (int i = to - 1; i >= from; i--, twice = !twice) {
            int digit = twice ? d[i] * 2 : d[i];
            sum += digit > 9 ? digit - 9 : digit;
        }
        return sum % 10 == 0;
    }

    static boolean verhoeff(byte[] d, int length) {
        int check = 0;
        for (int i = 0; i < length; i++) {
            check = DIHEDRAL[check][PERMUTATION[i & 7][d[length - 1 - i]]];
        }
        return check == 0;
    }

    /// ISO 7064, MOD 11,10.
    static boolean mod11And10(byte[] d, int length) {
        int product = 10;
        for (int i = 0; i < length - 1; i++) {
            int sum = (d[i] + product) % 10;
            product = (sum == 0 ? 10 : sum) * 2 % 11;
        }
        return (11 - product) % 10 == d[length - 1];
    }

    /// GS1: weights 3 and 1 from the right.
    static boolean ean(byte[] d, int length) {
        int sum = 0;
        for (int i = 0; i < length; i++) {
            sum += d[length - 1 - i] * (i % 2 == 0 ? 1 : 3);
        }
        return sum % 10 == 0;
    }

    /// Sum of digits times weights, which are given as digits of a string; `A` is 10.
    static int weighted(byte[] d, int from, String weights) {
        int sum = 0;
        for (int i = 0; i < weights.length(); i++) {
            sum += d[from + i] * Character.digit(weights.charAt(i), 36);
        }
        return sum;
    }

    static long number(byte[] d, int from, int to) {
        long value = 0;
        for (int i = from; i < to; i++) {
            value = value * 10 + d[i];
        }
        return value;
    }

    static int two(byte[] d, int at) {
        return d[at] * 10 + d[at + 1];
    }

    /// A day of a month of some year.
    static boolean isDay(int day, int month) {
        return month >= 1
                && month <= 12
                && day >= 1
                && day
                        <= (month == 2
                                ? 29
                                : month == 4 || month == 6 || month == 9 || month == 11 ? 30 : 31);
    }

    /// Year, month and day of two digits each.
    static boolean isYearMonthDay(byte[] d, int at) {
        return isDay(two(d, at + 4), two(d, at + 2));
    }

    static boolean isDayMonth(byte[] d, int at) {
        return isDay(two(d, at), two(d, at + 2));
    }

    static boolean isOneDigit(byte[] d, int length) {
        for (int i = 1; i < length; i++) {
            if (d[i] != d[0]) {
                return false;
            }
        }
        return true;
    }
}
