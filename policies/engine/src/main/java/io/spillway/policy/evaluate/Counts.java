package io.spillway.policy.evaluate;

import io.spillway.policy.detect.FindingType;
import io.spillway.policy.evaluate.Figures.GroupFigures;
import io.spillway.policy.evaluate.Figures.RequestFigures;
import io.spillway.policy.evaluate.Figures.TypeFigures;
import java.util.ArrayList;
import java.util.EnumMap;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;

/// The counters behind [Evaluation].
final class Counts {
    /// In the order of tables.
    private static final List<String> GROUPS =
            List.of("structured-pii", "person", "street-address", "secret", "source-code", "own");

    private final Map<String, Count> types = new TreeMap<>();
    private final Map<String, Count> groupEntities = new HashMap<>();
    private final Map<String, Count> groupRequests = new HashMap<>();
    private final Map<String, Long> foreign = new TreeMap<>();
    private final Map<Bucket, Count> buckets = new EnumMap<>(Bucket.class);
    private final Count requests = new Count();
    private final Map<String, String> groupOf = new HashMap<>();
    private long texts;
    private long sensitiveTexts;
    private long undecided;

    Counts() {
        for (var type : FindingType.values()) {
            groupOf.put(type.wire(), group(type));
        }
    }

    private static String group(FindingType type) {
        return switch (type) {
            case PERSON, STREET_ADDRESS, SOURCE_CODE -> type.wire();
            default -> type.category().equals("pii") ? "structured-pii" : type.category();
        };
    }

    /// Four counters: of what there is and was found, of what was claimed and is right.
    private static final class Count {
        long there;
        long thereFound;
        long claimed;
        long claimedRight;

        Rate recall() {
            return new Rate(thereFound, there);
        }

        Rate precision() {
            return new Rate(claimedRight, claimed);
        }

        RequestFigures figures() {
            return new RequestFigures(precision(), recall());
        }
    }

    void entity(String type, boolean found) {
        for (var count : List.of(of(types, type), of(groupEntities, groupOf(type)))) {
            count.there++;
            count.thereFound += found ? 1 : 0;
        }
    }

    void finding(String type, boolean right) {
        for (var count : List.of(of(types, type), of(groupEntities, groupOf(type)))) {
            count.claimed++;
            count.claimedRight += right ? 1 : 0;
        }
    }

    void groups(Set<String> labelledTypes, Set<String> foundTypes) {
        var labelled = groupsOf(labelledTypes);
        var found = groupsOf(foundTypes);
        for (var group : GROUPS) {
            if (labelled.contains(group) || found.contains(group)) {
                add(of(groupRequests, group), labelled.contains(group), found.contains(group));
            }
        }
    }

    void foreign(String label) {
        foreign.merge(label, 1L, Long::sum);
    }

    void request(Bucket bucket, boolean sensitive, boolean raised) {
        add(requests, sensitive, raised);
        if (!sensitive) {
            var count = of(buckets, bucket);
            count.there++;
            count.thereFound += raised ? 1 : 0;
        }
        texts++;
        sensitiveTexts += sensitive ? 1 : 0;
    }

    void undecided() {
        texts++;
        undecided++;
    }

    Figures figures() {
        var byType = new ArrayList<TypeFigures>();
        types.forEach((type, it) ->
                byType.add(
                        new TypeFigures(type, it.there, it.claimed, it.precision(), it.recall())));
        var byGroup = new ArrayList<GroupFigures>();
        for (var group : GROUPS) {
            if (groupRequests.containsKey(group)) {
                byGroup.add(
                        new GroupFigures(
                                group,
                                of(groupEntities, group).figures(),
                                of(groupRequests, group).figures()));
            }
        }
        var falseRaises = new EnumMap<Bucket, Rate>(Bucket.class);
        long benign = 0;
        long lost = 0;
        for (var bucket : buckets.entrySet()) {
            falseRaises.put(bucket.getKey(), bucket.getValue().recall());
            benign += bucket.getValue().there;
            lost += bucket.getValue().thereFound;
        }
        return new Figures(
                texts,
                new Rate(sensitiveTexts, texts),
                byType,
                byGroup,
                requests.figures(),
                falseRaises,
                new Rate(lost, benign),
                undecided,
                foreign);
    }

    private String groupOf(String type) {
        return groupOf.getOrDefault(type, "own");
    }

    private Set<String> groupsOf(Set<String> types) {
        var groups = new HashSet<String>();
        types.forEach(type -> groups.add(groupOf(type)));
        return groups;
    }

    private static void add(Count count, boolean there, boolean claimed) {
        count.there += there ? 1 : 0;
        count.claimed += claimed ? 1 : 0;
        count.thereFound += there && claimed ? 1 : 0;
        count.claimedRight += there && claimed ? 1 : 0;
    }

    private static <K> Count of(Map<K, Count> counts, K key) {
        return counts.computeIfAbsent(key, _ -> new Count());
    }
}
