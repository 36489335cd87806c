package io.spillway.policy.evaluate;

import io.spillway.api.request.Finding;
import java.util.Arrays;
import java.util.List;

/// Pairs entities with findings one to one, as many as possible, by augmenting paths. A finding can
/// be the pair of an entity when its type is accepted there and both share a code point.
final class Matching {
    private final List<Wanted> wanted;
    private final List<Finding> findings;

    /// By finding: the entity it is paired with, -1 for none.
    private final int[] entityOf;

    private Matching(List<Wanted> wanted, List<Finding> findings) {
        this.wanted = wanted;
        this.findings = findings;
        this.entityOf = new int[findings.size()];
        Arrays.fill(entityOf, -1);
    }

    /// An entity to be found.
    ///
    /// @param kind what it is
    /// @param start first code point
    /// @param end code point after the last
    record Wanted(Kind kind, int start, int end) {

        boolean overlaps(Finding finding) {
            return finding.start() < end && start < finding.end();
        }
    }

    static Matching of(List<Wanted> wanted, List<Finding> findings) {
        var matching = new Matching(wanted, findings);
        for (int i = 0; i < wanted.size(); i++) {
            matching.augment(i, new boolean[findings.size()]);
        }
        return matching;
    }

    private boolean augment(int entity, boolean[] tried) {
        for (int i = 0; i < findings.size(); i++) {
            if (!tried[i] && possible(entity, i)) {
                tried[i] = true;
                if (entityOf[i] < 0 || augment(entityOf[i], tried)) {
                    entityOf[i] = entity;
                    return true;
                }
            }
        }
        return false;
    }

    private boolean possible(int entity, int finding) {
        var it = wanted.get(entity);
        return it.kind().accepts().contains(findings.get(finding).type())
                && it.overlaps(findings.get(finding));
    }

    /// Whether the finding has a pair.
    boolean right(int finding) {
        return entityOf[finding] >= 0;
    }

    /// Whether the entity has a pair.
    boolean found(int entity) {
        for (int paired : entityOf) {
            if (paired == entity) {
                return true;
            }
        }
        return false;
    }
}
