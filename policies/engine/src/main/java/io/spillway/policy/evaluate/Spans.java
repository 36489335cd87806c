package io.spillway.policy.evaluate;

import io.spillway.api.request.Finding;
import io.spillway.policy.evaluate.Matching.Wanted;
import io.spillway.policy.evaluate.Sample.Entity;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;

/// The labelled spans of one text, in Spillway's types.
///
/// @param wanted entities to be found
/// @param foreign entities of kinds that are no types of Spillway
record Spans(List<Wanted> wanted, List<Entity> foreign) {
    private static final int LONGEST_GAP = 3;

    static Spans of(String text, List<Entity> entities, Labels labels) {
        var wanted = new ArrayList<Wanted>();
        var foreign = new ArrayList<Entity>();
        var inOrder = new ArrayList<>(entities);
        inOrder.sort(Comparator.comparingInt(Entity::start).thenComparingInt(Entity::end));
        for (var entity : inOrder) {
            var kind = labels.kind(entity.type());
            if (kind == null) {
                foreign.add(entity);
                continue;
            }
            var last = wanted.isEmpty() ? null : wanted.getLast();
            if (last != null
                    && kind.part() != null
                    && kind.part() == last.kind().part()
                    && onlySeparates(text, last.end(), entity.start())) {
                wanted.removeLast();
                wanted.add(new Wanted(kind, last.start(), Math.max(last.end(), entity.end())));
            } else {
                wanted.add(new Wanted(kind, entity.start(), entity.end()));
            }
        }
        return new Spans(wanted, foreign);
    }

    /// Whether nothing but blanks and punctuation stands between two pieces.
    private static boolean onlySeparates(String text, int from, int to) {
        if (to - from > LONGEST_GAP) {
            return false;
        }
        int at = from >= to ? text.length() : text.offsetByCodePoints(0, from);
        for (int i = from; i < to; i++) {
            int c = text.codePointAt(at);
            if (Character.isLetterOrDigit(c)) {
                return false;
            }
            at += Character.charCount(c);
        }
        return true;
    }

    boolean onlyForeign(Finding finding) {
        for (var entity : wanted) {
            if (entity.overlaps(finding)) {
                return false;
            }
        }
        for (var entity : foreign) {
            if (finding.start() < entity.end() && entity.start() < finding.end()) {
                return true;
            }
        }
        return false;
    }
}
