package io.spillway.policy.evaluate;

import io.spillway.api.request.Finding;
import io.spillway.policy.evaluate.Matching.Wanted;
import io.spillway.policy.evaluate.Sample.Entity;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Comparator;
import java.util.List;
import java.util.Locale;
import java.util.Set;

/// The labelled spans of one text, in Spillway's types.
///
/// @param wanted entities to be found
/// @param foreign entities of kinds that are no types of Spillway
record Spans(List<Wanted> wanted, List<Entity> foreign) {
    private static final int LONGEST_GAP = 12;
    private static final Set<String> ROOMS =
            Set.of("suite", "apartment", "apart", "unit", "floor", "room", "block");

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
                    && onlySeparates(text, last.end(), entity.start(), foreign)
                    && !(isWhole(text, kind, last.start(), last.end())
                            && isWhole(text, kind, entity.start(), entity.end()))) {
                wanted.removeLast();
                wanted.add(new Wanted(kind, last.start(), Math.max(last.end(), entity.end())));
            } else {
                wanted.add(new Wanted(kind, entity.start(), entity.end()));
            }
        }
        return new Spans(wanted, foreign);
    }

    /// Whether nothing but blanks, punctuation and labelled localities stands between two pieces.
    private static boolean onlySeparates(String text, int from, int to, List<Entity> foreign) {
        int gap = 0;
        for (int i = from; i < to; i++) {
            int c = text.codePointAt(text.offsetByCodePoints(0, i));
            int at = i;
            boolean labelled = foreign.stream().anyMatch(it -> it.start() <= at && at < it.end());
            gap += labelled ? 0 : 1;
            if (gap > LONGEST_GAP || (!labelled && Character.isLetterOrDigit(c))) {
                return false;
            }
        }
        return true;
    }

    /// Whether a piece of an address is one by itself: a number, and a word that is no room's.
    private static boolean isWhole(String text, Kind kind, int start, int end) {
        if (kind.part() != Kind.Part.ADDRESS) {
            return false;
        }
        var piece =
                text.substring(text.offsetByCodePoints(0, start), text.offsetByCodePoints(0, end));
        boolean number = piece.codePoints().anyMatch(Character::isDigit);
        boolean word =
                Arrays.stream(piece.toLowerCase(Locale.ROOT).split("[^\\p{L}]+"))
                        .anyMatch(it -> it.length() >= 4 && !ROOMS.contains(it));
        return number && word;
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
