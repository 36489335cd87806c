package io.spillway.policy.detect;

/// Check digits that a pattern's match can be asked for. Everything but letters and digits is
/// passed over.
public enum CheckDigit {
    /// Of payment cards and many customer numbers; digits only.
    LUHN,

    /// ISO 7064 MOD 97-10, with letters as numbers from 10; the whole number leaves 1.
    MOD97,

    /// ISO 7064 MOD 11-2, as at the end of Chinese resident IDs; the last may be `X`.
    MOD11;

    boolean holds(byte[] b, int start, int end) {
        return switch (this) {
            case LUHN -> luhn(b, start, end);
            case MOD97 -> mod97(b, start, end);
            case MOD11 -> mod11(b, start, end);
        };
    }

    private static boolean luhn(byte[] b, int start, int end) {
        int sum = 0;
        int count = 0;
        for (int i = end - 1; i >= start; i--) {
            if (Bytes.is(b[i], Bytes.DIGIT)) {
                int digit = (b[i] - '0') << (count & 1);
                sum += digit > 9 ? digit - 9 : digit;
                count++;
            }
        }
        return count > 1 && sum % 10 == 0;
    }

    private static boolean mod97(byte[] b, int start, int end) {
        int rest = 0;
        int count = 0;
        for (int i = start; i < end; i++) {
            if (Bytes.is(b[i], Bytes.WORD)) {
                int value = Character.digit(b[i], 36);
                rest = (value > 9 ? rest * 100 + value : rest * 10 + value) % 97;
                count++;
            }
        }
        return count > 2 && rest == 1;
    }

    private static boolean mod11(byte[] b, int start, int end) {
        int rest = 0;
        int count = 0;
        for (int i = start; i < end; i++) {
            boolean ten = (b[i] == 'X' || b[i] == 'x') && i == end - 1;
            if (ten || Bytes.is(b[i], Bytes.DIGIT)) {
                rest = (rest * 2 + (ten ? 10 : b[i] - '0')) % 11;
                count++;
            }
        }
        return count > 1 && rest == 1;
    }
}
