package io.spillway.cli.rehearse;

import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.spillway.policy.evaluate.Figures;
import io.spillway.policy.evaluate.Figures.RequestFigures;
import io.spillway.policy.evaluate.Rate;
import io.spillway.policy.rule.Confidence;

/// The figures of an evaluation as JSON.
final class EvaluationJson {
    private static final JsonNodeFactory JSON = JsonNodeFactory.instance;

    private EvaluationJson() {}

    static ObjectNode of(Figures figures) {
        var root = JSON.objectNode();
        root.put("n", figures.texts());
        root.set("prevalence", rate(figures.prevalence()));
        root.put("threshold", Confidence.RAISES);
        var types = root.putArray("types");
        for (var it : figures.types()) {
            var type = types.addObject();
            type.put("type", it.type());
            type.put("labelled", it.labelled());
            type.put("found", it.found());
            type.set("precision", rate(it.precision()));
            type.set("recall", rate(it.recall()));
        }
        var groups = root.putArray("groups");
        for (var it : figures.groups()) {
            var group = groups.addObject();
            group.put("group", it.group());
            group.set("entities", both(it.entities()));
            group.set("requests", both(it.requests()));
        }
        root.set("requests", both(figures.requests()));
        var lengths = root.putArray("falseRaises");
        figures.falseRaises()
                .forEach((bucket, rate) -> {
                    var length = lengths.addObject();
                    length.put("length", bucket.words());
                    length.setAll(rate(rate));
                });
        root.set("spillableShareLost", rate(figures.lostShare()));
        root.put("undecided", figures.undecided());
        var foreign = root.putObject("notATypeOfSpillway");
        figures.foreignLabels().forEach(foreign::put);
        return root;
    }

    private static ObjectNode both(RequestFigures figures) {
        var node = JSON.objectNode();
        node.set("precision", rate(figures.precision()));
        node.set("recall", rate(figures.recall()));
        return node;
    }

    private static ObjectNode rate(Rate rate) {
        var node = JSON.objectNode();
        if (rate.of() == 0) {
            node.putNull("value");
        } else {
            node.put("value", rate.value());
        }
        node.put("low", rate.low());
        node.put("high", rate.high());
        node.put("hits", rate.hits());
        node.put("of", rate.of());
        return node;
    }
}
