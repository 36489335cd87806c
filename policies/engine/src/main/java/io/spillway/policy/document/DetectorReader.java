package io.spillway.policy.document;

import io.spillway.policy.detect.AnchoredPattern;
import io.spillway.policy.detect.CheckDigit;
import io.spillway.policy.detect.FindingType;
import io.spillway.policy.detect.OwnDetector;
import io.spillway.policy.detect.PatternProblem;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Set;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;
import org.snakeyaml.engine.v2.nodes.Node;
import org.snakeyaml.engine.v2.nodes.ScalarNode;
import org.snakeyaml.engine.v2.nodes.Tag;

/// Reads the section `detectors`: the author's own words and patterns.
final class DetectorReader {
    private static final Pattern NAME = Pattern.compile("[a-z][a-z0-9]*(-[a-z0-9]+)*");
    private static final double CONFIDENCE = 0.9;
    private static final int LONGEST_NAME = 64;

    private final Reading reading;
    private final SourceText source;
    private final Problems problems;
    private final Set<String> names;
    private int words;

    /// @param names names that are taken already
    DetectorReader(Reading reading, Set<String> names) {
        this.reading = reading;
        this.source = reading.source();
        this.problems = reading.problems();
        this.names = names;
    }

    /// All that are written without a mistake.
    List<OwnDetector> detectors(Fields top) {
        var detectors = new ArrayList<OwnDetector>();
        for (var node : top.list("detectors")) {
            var detector = detector(node);
            if (detector != null) {
                detectors.add(detector);
            }
        }
        return detectors;
    }

    private @Nullable OwnDetector detector(Node node) {
        var fields = reading.fields(Shapes.DETECTOR, node);
        var name = name(fields);
        var category = category(fields);
        boolean isPattern = fields.has("pattern");
        if (isPattern == fields.has("words")) {
            problems.add(
                    fields.start(),
                    isPattern
                            ? "a detector has either 'words' or 'pattern', not both"
                            : "a detector needs 'words' or 'pattern'",
                    "such as words: [falcon] or pattern: \"PT-[0-9]{8}\"");
        }
        var caseWritten = fields.flag("caseSensitive");
        // A pattern says itself which letters it takes.
        boolean caseSensitive = caseWritten == null ? isPattern : caseWritten;
        var wholeWritten = fields.flag("wholeWords");
        var check = check(fields);
        double confidence = confidence(fields);
        var pattern = isPattern ? pattern(fields, caseSensitive) : null;
        var list = isPattern ? List.<String>of() : words(fields);
        if (name == null || (pattern == null && list.isEmpty())) {
            return null;
        }
        return new OwnDetector(
                name,
                category,
                pattern == null ? list : List.of(),
                pattern,
                check,
                caseSensitive,
                wholeWritten == null || wholeWritten,
                confidence);
    }

    private @Nullable String name(Fields fields) {
        var name = fields.text("name");
        if (name == null || !wellFormed(fields, "name", name)) {
            return null;
        }
        if (Arrays.stream(FindingType.values()).anyMatch(it -> it.wire().equals(name))) {
            problems.add(
                    fields.at("name"),
                    "'%s' is built in".formatted(name),
                    "give yours another name; both are then found");
        } else if (!names.add(name)) {
            problems.add(
                    fields.at("name"),
                    "there is already a detector named '%s'".formatted(name),
                    "findings are told apart by it; give this one another");
        }
        return name;
    }

    private String category(Fields fields) {
        var category = fields.text("category");
        if (category == null) {
            return "custom";
        }
        return wellFormed(fields, "category", category) ? category : "custom";
    }

    private boolean wellFormed(Fields fields, String key, String value) {
        if (value.length() <= LONGEST_NAME && NAME.matcher(value).matches()) {
            return true;
        }
        problems.add(
                fields.at(key),
                "'%s' cannot be the %s of a detector".formatted(value, key),
                "use lower-case letters, digits and '-', beginning with a letter, such as"
                        + " project-name");
        return false;
    }

    private @Nullable CheckDigit check(Fields fields) {
        var check = fields.constant("check", CheckDigit.class);
        if (check != null && !fields.has("pattern")) {
            problems.add(
                    fields.at("check"),
                    "'check' speaks about the digits of a 'pattern'",
                    "leave it out for words");
        }
        return check;
    }

    private double confidence(Fields fields) {
        var node = fields.optional("confidence");
        if (node == null) {
            return CONFIDENCE;
        }
        if (node instanceof ScalarNode scalar
                && (scalar.getTag().equals(Tag.FLOAT) || scalar.getTag().equals(Tag.INT))) {
            try {
                double value = Double.parseDouble(scalar.getValue());
                if (value >= 0 && value <= 1) {
                    return value;
                }
            } catch (NumberFormatException _) {
                // reported below: YAML knows more spellings of a number than this language
            }
        }
        problems.add(
                source.start(node), "'confidence' must be a number from 0 to 1", "such as 0.8");
        return CONFIDENCE;
    }

    private List<String> words(Fields fields) {
        var list = fields.texts("words");
        if (list == null) {
            return List.of();
        }
        if (list.isEmpty() && fields.isList("words")) {
            problems.add(fields.at("words"), "'words' names no word", "such as words: [falcon]");
        }
        var kept = new ArrayList<String>();
        for (var word : list) {
            var text = word.value().strip();
            int length = text.codePointCount(0, text.length());
            if (length < 2 || length > OwnDetector.LONGEST_WORD) {
                problems.add(
                        word.at(),
                        "a word has 2 to %d characters, this has %d"
                                .formatted(OwnDetector.LONGEST_WORD, length),
                        "");
                continue;
            }
            kept.add(text);
            if (++words == OwnDetector.MOST_WORDS + 1) {
                problems.add(
                        word.at(),
                        "there are more than %,d words in this file"
                                .formatted(OwnDetector.MOST_WORDS),
                        "leave out what is rare, or look for a pattern");
            }
        }
        return kept;
    }

    private @Nullable AnchoredPattern pattern(Fields fields, boolean caseSensitive) {
        var text = fields.text("pattern");
        var node = fields.optional("pattern");
        if (text == null || !(node instanceof ScalarNode scalar)) {
            return null;
        }
        try {
            return AnchoredPattern.of(text, caseSensitive);
        } catch (PatternProblem e) {
            var at = text.isEmpty() ? source.start(node) : source.expression(scalar).at(e.at());
            problems.add(at, String.valueOf(e.getMessage()), e.hint());
            return null;
        }
    }
}
