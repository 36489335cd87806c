package io.spillway.connector.onprem.dialect.vllm;

import java.util.HashMap;
import java.util.Map;
import java.util.Optional;

/// One sample of a page in the Prometheus text format.
///
/// @param family the whole name before the labels
/// @param labels names and unescaped values
/// @param value the value; may be NaN or infinite
record Sample(String family, Map<String, String> labels, double value) {

    /// The family of a line, without reading the rest of it; empty for comments and blank lines.
    static String family(String line) {
        if (line.isEmpty() || line.charAt(0) == '#') {
            return "";
        }
        for (var at = 0; at < line.length(); at++) {
            var c = line.charAt(at);
            if (c == '{' || c == ' ' || c == '\t') {
                return line.substring(0, at);
            }
        }
        return "";
    }

    /// Reads a line; empty when it is cut or malformed.
    static Optional<Sample> parse(String line) {
        var family = family(line);
        if (family.isEmpty()) {
            return Optional.empty();
        }
        var labels = new HashMap<String, String>();
        var at = family.length();
        if (line.charAt(at) == '{') {
            at = labels(line, at + 1, labels);
            if (at < 0) {
                return Optional.empty();
            }
        }
        var rest = line.substring(at).strip();
        var end = 0;
        while (end < rest.length() && !Character.isWhitespace(rest.charAt(end))) {
            end++;
        }
        return value(rest.substring(0, end)).map(value -> new Sample(family, labels, value));
    }

    private static Optional<Double> value(String text) {
        return switch (text) {
            case "NaN" -> Optional.of(Double.NaN);
            case "+Inf", "Inf" -> Optional.of(Double.POSITIVE_INFINITY);
            case "-Inf" -> Optional.of(Double.NEGATIVE_INFINITY);
            default -> {
                try {
                    yield Optional.of(Double.valueOf(text));
                } catch (NumberFormatException cut) {
                    yield Optional.empty();
                }
            }
        };
    }

    /// Reads labels up to and with the closing brace.
    ///
    /// @return the index after it, -1 when the line ends before
    private static int labels(String line, int from, Map<String, String> into) {
        var at = from;
        while (at < line.length()) {
            var c = line.charAt(at);
            if (c == '}') {
                return at + 1;
            }
            if (c == ',' || c == ' ') {
                at++;
                continue;
            }
            var equals = line.indexOf("=\"", at);
            if (equals < 0) {
                return -1;
            }
            var value = new StringBuilder();
            var end = quoted(line, equals + 2, value);
            if (end < 0) {
                return -1;
            }
            into.put(line.substring(at, equals).strip(), value.toString());
            at = end;
        }
        return -1;
    }

    private static int quoted(String line, int from, StringBuilder into) {
        for (var at = from; at < line.length(); at++) {
            var c = line.charAt(at);
            if (c == '"') {
                return at + 1;
            }
            if (c == '\\' && at + 1 < line.length()) {
                at++;
                into.append(line.charAt(at) == 'n' ? '\n' : line.charAt(at));
            } else {
                into.append(c);
            }
        }
        return -1;
    }
}
