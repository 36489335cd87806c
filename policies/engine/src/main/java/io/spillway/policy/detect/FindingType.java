package io.spillway.policy.detect;

import java.util.Locale;

/// What the built-in detectors can find.
public enum FindingType {
    EMAIL(Category.PII),
    PHONE(Category.PII),
    CN_MOBILE(Category.PII),
    PAYMENT_CARD(Category.PII),
    CN_BANK_CARD(Category.PII),
    IBAN(Category.PII),
    SWIFT_CODE(Category.PII),
    BANK_ACCOUNT(Category.PII),
    IP_ADDRESS(Category.PII),
    MAC_ADDRESS(Category.PII),
    CN_ID_CARD(Category.PII),
    US_SSN(Category.PII),
    NATIONAL_ID(Category.PII),
    PASSPORT(Category.PII),
    DRIVING_LICENCE(Category.PII),
    VEHICLE_PLATE(Category.PII),
    DATE_OF_BIRTH(Category.PII),
    MEDICAL_RECORD(Category.PII),
    PERSON(Category.PII),
    STREET_ADDRESS(Category.PII),
    PRIVATE_KEY(Category.SECRET),
    ACCESS_TOKEN(Category.SECRET),
    JWT(Category.SECRET),
    CONNECTION_STRING(Category.SECRET),
    CREDENTIAL(Category.SECRET),
    SOURCE_CODE(Category.CODE);

    private final String category;
    private final String wire = name().toLowerCase(Locale.ROOT).replace('_', '-');

    FindingType(Category category) {
        this.category = category.name().toLowerCase(Locale.ROOT);
    }

    /// The name that policies and findings use, such as `cn-id-card`.
    public String wire() {
        return wire;
    }

    /// The family: `pii`, `secret` or `code`.
    public String category() {
        return category;
    }

    private enum Category {
        PII,
        SECRET,
        CODE
    }
}
