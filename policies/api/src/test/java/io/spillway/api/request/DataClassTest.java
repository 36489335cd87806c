package io.spillway.api.request;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

class DataClassTest {

    @Test
    void theStricterOfTwoWins() {
        assertThat(DataClass.INTERNAL.max(DataClass.RESTRICTED)).isEqualTo(DataClass.RESTRICTED);
        assertThat(DataClass.RESTRICTED.max(DataClass.INTERNAL)).isEqualTo(DataClass.RESTRICTED);
    }

    @Test
    void aClearanceCoversItsOwnClassAndAllBelow() {
        assertThat(DataClass.CONFIDENTIAL.covers(DataClass.PUBLIC)).isTrue();
        assertThat(DataClass.CONFIDENTIAL.covers(DataClass.CONFIDENTIAL)).isTrue();
        assertThat(DataClass.CONFIDENTIAL.covers(DataClass.RESTRICTED)).isFalse();
    }

    @ParameterizedTest
    @EnumSource
    void everyClassIsReadBackFromItsWireName(DataClass dataClass) {
        assertThat(DataClass.parse(dataClass.wire())).contains(dataClass);
    }

    @Test
    void anUnknownNameIsNoClass() {
        assertThat(DataClass.parse("secret")).isEmpty();
    }
}
