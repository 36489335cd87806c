package io.spillway.router.accounting;

import static org.assertj.core.api.Assertions.assertThat;

import io.spillway.api.environment.Money;
import io.spillway.api.environment.Tenant;
import io.spillway.api.request.DataClass;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class NarrowedBudgetsTest {

    private static @Nullable Money money(@Nullable String text) {
        return text == null
                ? null
                : new Money(Long.parseLong(text.substring(4)), text.substring(0, 3));
    }

    @ParameterizedTest
    @CsvSource({
        "USD 500, USD 300, USD 300",
        "USD 300, USD 500, USD 300",
        ", USD 300, USD 300",
        "USD 300, , USD 300",
        ", , ",
        "USD 300, EUR 500, USD 0",
    })
    void aPolicyNarrowsTheBudgetOfTheRegistryAndNeverWidensIt(
            @Nullable String registry, @Nullable String policy, @Nullable String result) {
        var tenant =
                new Tenant(
                        "lab",
                        DataClass.PUBLIC,
                        Set.of("aws-burst"),
                        Set.of("DE"),
                        money(registry),
                        Set.of("email"));
        var most = money(policy);
        Map<String, Money> budgets = most == null ? Map.of() : Map.of("lab", most);

        var narrowed = NarrowedBudgets.of(List.of(tenant), budgets);

        assertThat(narrowed)
                .containsExactly(
                        new Tenant(
                                "lab",
                                DataClass.PUBLIC,
                                Set.of("aws-burst"),
                                Set.of("DE"),
                                money(result),
                                Set.of("email")));
    }
}
