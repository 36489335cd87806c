package io.spillway.policy.verify;

import io.spillway.policy.verify.Replay.Selection;
import java.util.HashSet;
import java.util.Set;

/// Rules and entries that requests are known to use, so that the solver need not be asked.
final class Witnesses {
    private final Set<String> rules = new HashSet<>();
    private final Set<Entry> entries = new HashSet<>();

    private record Entry(String rule, int entry) {}

    void add(Selection selection) {
        rules.add(selection.rule());
        for (int i = 0; i < selection.byEntry().size(); i++) {
            if (!selection.byEntry().get(i).isEmpty()) {
                add(selection.rule(), i);
            }
        }
    }

    void add(String rule, int entry) {
        rules.add(rule);
        entries.add(new Entry(rule, entry));
    }

    boolean decides(String rule) {
        return rules.contains(rule);
    }

    boolean selects(String rule, int entry) {
        return entries.contains(new Entry(rule, entry));
    }
}
