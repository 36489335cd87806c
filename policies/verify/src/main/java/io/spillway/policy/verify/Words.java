package io.spillway.policy.verify;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/// The texts that a policy and the registry speak of, numbered. Any other text has a number past
/// the last.
final class Words {
    /// Leaves numbers for texts that nothing speaks of.
    static final int MOST = (1 << TextVariable.WIDTH) - 1_000;

    private final Map<String, Integer> numbers = new LinkedHashMap<>();
    private final List<String> all = new ArrayList<>();
    private final List<TextVariable> variables = new ArrayList<>();

    int number(String word) {
        return numbers.computeIfAbsent(
                word,
                it -> {
                    if (all.size() == MOST) {
                        throw new IllegalStateException(
                                "policy and registry speak of more than %,d names; a proof can tell"
                                                .formatted(MOST)
                                        + " no more apart");
                    }
                    all.add(it);
                    return all.size() - 1;
                });
    }

    List<String> all() {
        return all;
    }

    void add(TextVariable variable) {
        variables.add(variable);
    }

    /// To be called once when everything was asked.
    void close(Logic logic) {
        variables.forEach(it -> it.close(logic));
    }
}
