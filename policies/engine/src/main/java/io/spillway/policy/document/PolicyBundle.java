package io.spillway.policy.document;

import io.spillway.policy.PolicySource;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.snakeyaml.engine.v2.api.DumpSettings;
import org.snakeyaml.engine.v2.api.lowlevel.Present;
import org.snakeyaml.engine.v2.api.lowlevel.Serialize;
import org.snakeyaml.engine.v2.common.FlowStyle;
import org.snakeyaml.engine.v2.common.ScalarStyle;
import org.snakeyaml.engine.v2.nodes.MappingNode;
import org.snakeyaml.engine.v2.nodes.Node;
import org.snakeyaml.engine.v2.nodes.NodeTuple;
import org.snakeyaml.engine.v2.nodes.ScalarNode;
import org.snakeyaml.engine.v2.nodes.SequenceNode;
import org.snakeyaml.engine.v2.nodes.Tag;

/// Joins a policy and the files it imports into one file that stands alone and means the same: the
/// form in which a policy is published, so that nobody who reads it later needs anything else.
public final class PolicyBundle {
    private static final List<String> LISTS = List.of("detectors", "residency", "invariants");
    private static final int LINE = 120;

    private final PolicySource source;
    private final Set<String> done = new HashSet<>();
    private final List<Map<String, Node>> parts = new ArrayList<>();

    private PolicyBundle(PolicySource source) {
        this.source = source;
    }

    /// The whole policy in one file. A file without imports is returned as it is; so is one that is
    /// wrong in itself or in what it imports.
    public static String of(PolicySource source) {
        var root = Yaml.parse("", source.yaml(), new Problems());
        if (!(root instanceof MappingNode mapping) || !entries(mapping).containsKey("imports")) {
            return source.yaml();
        }
        var bundle = new PolicyBundle(source);
        if (!bundle.collect(mapping)) {
            return source.yaml();
        }
        var settings =
                DumpSettings.builder().setDefaultFlowStyle(FlowStyle.BLOCK).setWidth(LINE).build();
        var events = new Serialize(settings).serializeOne(bundle.merged(mapping));
        return "# One file made of a policy and "
                + String.join(", ", bundle.done.stream().sorted().toList())
                + "\n"
                + new Present(settings).emitToString(events.iterator());
    }

    private static Map<String, Node> entries(MappingNode mapping) {
        var entries = new LinkedHashMap<String, Node>();
        for (var tuple : mapping.getValue()) {
            if (tuple.getKeyNode() instanceof ScalarNode key) {
                entries.put(key.getValue(), tuple.getValueNode());
            }
        }
        return entries;
    }

    /// Imported files first, in the order of imports, as reading has it.
    private boolean collect(MappingNode mapping) {
        var entries = entries(mapping);
        if (entries.get("imports") instanceof SequenceNode imports) {
            for (var item : imports.getValue()) {
                var name = item instanceof ScalarNode scalar ? scalar.getValue() : "";
                var yaml = source.imports().get(name);
                if (yaml == null) {
                    return false;
                }
                if (done.add(name)
                        && !(Yaml.parse(name, yaml, new Problems()) instanceof MappingNode inner
                                && collect(inner))) {
                    return false;
                }
            }
        }
        parts.add(entries);
        return true;
    }

    private MappingNode merged(MappingNode root) {
        var whole = new LinkedHashMap<String, Node>(entries(root));
        whole.remove("imports");
        put(whole, "attributes", joined(parts.stream().map(it -> it.get("attributes"))));
        for (var key : LISTS) {
            put(whole, key, concatenated(parts.stream().map(it -> it.get(key))));
        }
        if (whole.get("classification") instanceof MappingNode classification) {
            var inner = entries(classification);
            put(
                    inner,
                    "rules",
                    concatenated(
                            parts.stream()
                                    .map(it -> it.get("classification"))
                                    .map(it ->
                                            it instanceof MappingNode mapping
                                                    ? entries(mapping).get("rules")
                                                    : null)));
            whole.put("classification", mapping(inner));
        }
        return mapping(whole);
    }

    private static void put(Map<String, Node> into, String key, Optional<Node> value) {
        value.ifPresent(node -> into.put(key, node));
    }

    private static Optional<Node> joined(Stream<? extends @Nullable Node> nodes) {
        var all = new LinkedHashMap<String, Node>();
        nodes.forEach(node -> {
            if (node instanceof MappingNode mapping) {
                all.putAll(entries(mapping));
            }
        });
        return all.isEmpty() ? Optional.empty() : Optional.of(mapping(all));
    }

    private static Optional<Node> concatenated(Stream<? extends @Nullable Node> nodes) {
        var all = new ArrayList<Node>();
        nodes.forEach(node -> {
            if (node instanceof SequenceNode sequence) {
                all.addAll(sequence.getValue());
            }
        });
        return all.isEmpty()
                ? Optional.empty()
                : Optional.of(new SequenceNode(Tag.SEQ, all, FlowStyle.BLOCK));
    }

    private static MappingNode mapping(Map<String, Node> entries) {
        var tuples = new ArrayList<NodeTuple>();
        entries.forEach((key, value) ->
                tuples.add(new NodeTuple(new ScalarNode(Tag.STR, key, ScalarStyle.PLAIN), value)));
        return new MappingNode(Tag.MAP, tuples, FlowStyle.BLOCK);
    }
}
