package io.spillway.policy.detect;

import java.util.Locale;

/// What the built-in detectors can find.
public enum FindingType {
    EMAIL(Category.PII),
    PHONE(Category.PII),
    CN_MOBILE(Category.PII),
    PAYMENT_CARD(Category.PII),
    IBAN(Category.PII),
    IP_ADDRESS(Category.PII),
    CN_ID_CARD(Category.PII),
    US_SSN(Category.PII),
    PRIVATE_KEY(Category.SECRET),
    ACCESS_TOKEN(Category.SECRET),
    JWT(Category.SECRET),
    CONNECTION_STRING(Category.SECRET),
    CREDENTIAL(Category.SECRET);

    private final String category;
    private final String wire = name().toLowerCase(Locale.ROOT).replace('_', '-');

    FindingType(Category category) {
        this.category = category.name().toLowerCase(Locale.ROOT);
    }

    /// The name that policies and findings use, such as `cn-id-card`.
    public String wire() {
        return wire;
    }

    /// The family: `pii` or `secret`.
    public String category() {
        return category;
    }

    private enum Category {
        PII,
        SECRET
    }
}
