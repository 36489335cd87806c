package io.spillway.policy.condition;

import dev.cel.common.CelIssue;
import dev.cel.common.CelValidationException;
import dev.cel.compiler.CelCompiler;
import io.spillway.policy.KnownNames;
import io.spillway.policy.detect.OwnDetector;
import io.spillway.policy.document.Expression;
import io.spillway.policy.document.PolicySet.AttributeDeclaration;
import io.spillway.policy.document.Problems;
import java.util.EnumMap;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/// Parses, type-checks and translates the conditions of one policy file.
public final class CelConditions {
    private final CelTypes types;
    private final Vocabulary vocabulary;
    private final Map<String, AttributeDeclaration> attributes;
    private final Map<Place, CelCompiler> compilers = new EnumMap<>(Place.class);
    private final CelMessages messages;

    public CelConditions(Map<String, AttributeDeclaration> attributes, KnownNames known) {
        this(attributes, known, List.of());
    }

    /// @param detectors what conditions may name besides the built-in types of findings
    public CelConditions(
            Map<String, AttributeDeclaration> attributes,
            KnownNames known,
            List<OwnDetector> detectors) {
        this.types = new CelTypes(attributes);
        this.vocabulary = new Vocabulary(known, detectors);
        this.attributes = Map.copyOf(attributes);
        this.messages = new CelMessages(types);
    }

    /// Translates one condition; what is wrong goes into `problems`.
    ///
    /// @return the condition, empty when it is wrong
    public Optional<Condition> translate(Expression expression, Place place, Problems problems) {
        if (expression.text().length() > CelTypes.LONGEST_CONDITION) {
            problems.add(
                    expression.start(),
                    "the condition is longer than %d characters"
                            .formatted(CelTypes.LONGEST_CONDITION),
                    "split the rule in two");
            return Optional.empty();
        }
        var result = compilers.computeIfAbsent(place, types::compiler).compile(expression.text());
        if (result.hasError()) {
            var lineStarts = lineStarts(expression.text());
            for (var issue : result.getErrors()) {
                var said = messages.explain(issue, place);
                problems.add(expression.at(offset(issue, lineStarts)), said.message(), said.hint());
                if (said.last()) {
                    break;
                }
            }
            return Optional.empty();
        }
        try {
            return new Translation(
                            result.getAst(), expression, place, vocabulary, attributes, problems)
                    .run();
        } catch (CelValidationException e) {
            throw new IllegalStateException("a result without errors has a tree", e);
        }
    }

    /// CEL counts lines from 1 and columns, in code points, from 0.
    private static int offset(CelIssue issue, Map<Integer, Integer> lineStarts) {
        var location = issue.getSourceLocation();
        return lineStarts.getOrDefault(location.getLine(), 0) + Math.max(0, location.getColumn());
    }

    private static Map<Integer, Integer> lineStarts(String text) {
        var starts = new HashMap<Integer, Integer>();
        int line = 1;
        starts.put(line, 0);
        var codePoints = text.codePoints().toArray();
        for (int i = 0; i < codePoints.length; i++) {
            if (codePoints[i] == '\n') {
                starts.put(++line, i + 1);
            }
        }
        return starts;
    }
}
