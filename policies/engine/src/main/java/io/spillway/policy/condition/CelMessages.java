package io.spillway.policy.condition;

import dev.cel.common.CelIssue;
import io.spillway.api.request.DataClass;
import io.spillway.policy.document.Suggestion;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import java.util.regex.Pattern;

/// Says in this language's words what CEL found wrong.
final class CelMessages {
    private static final Pattern UNDECLARED =
            Pattern.compile("undeclared reference to '([^']*)'.*");
    private static final Pattern FIELD = Pattern.compile("undefined field '([^']*)'.*");
    private static final Pattern OVERLOAD =
            Pattern.compile(
                    "found no matching overload for '([^']*)' applied to '([^']*)'.*",
                    Pattern.DOTALL);
    private static final Pattern RESULT = Pattern.compile("expected type 'bool' but found '(.*)'");
    private static final Pattern TOKEN =
            Pattern.compile("token recognition error at: '(.*)'", Pattern.DOTALL);
    private static final Pattern UNEXPECTED =
            Pattern.compile("(?:mismatched|extraneous) input '(.*?)' expecting .*", Pattern.DOTALL);
    private static final Set<String> MACROS = Set.of("map", "exists_one", "existsOne");
    private static final Map<String, String> WORDS = Map.of("and", "&&", "or", "||");
    private static final Map<String, String> SIGNS =
            Map.of(
                    "_==_", "==", "_!=_", "!=", "_<_", "<", "_<=_", "<=", "_>_", ">", "_>=_", ">=",
                    "@in", "in", "!_", "!", "_&&_", "&&", "_||_", "||");

    private final CelTypes types;

    CelMessages(CelTypes types) {
        this.types = types;
    }

    /// @param last whether later issues of the same condition only repeat this one
    record Said(String message, String hint, boolean last) {}

    Said explain(CelIssue issue, Place place) {
        var message = issue.getMessage();
        var undeclared = UNDECLARED.matcher(message);
        if (undeclared.matches()) {
            return undeclared(undeclared.group(1), place);
        }
        var field = FIELD.matcher(message);
        if (field.matches()) {
            return field(field.group(1));
        }
        var overload = OVERLOAD.matcher(message);
        if (overload.matches()) {
            return overload(overload.group(1), overload.group(2));
        }
        var result = RESULT.matcher(message);
        if (result.matches()) {
            return new Said(
                    "a condition must be true or false, and this is %s"
                            .formatted(type(result.group(1))),
                    "compare it with something",
                    false);
        }
        return syntax(message);
    }

    private static Said syntax(String message) {
        var token = TOKEN.matcher(message);
        if (token.matches()) {
            return token(token.group(1).strip());
        }
        var unexpected = UNEXPECTED.matcher(message);
        if (unexpected.matches()) {
            var input = unexpected.group(1);
            return new Said(
                    input.equals("<EOF>")
                            ? "the condition ends too early"
                            : "'%s' cannot stand here".formatted(input),
                    WORDS.containsKey(input)
                            ? "write '%s'".formatted(WORDS.get(input))
                            : "a condition looks like: dataClass >= confidential && model =="
                                    + " 'chat'",
                    true);
        }
        if (message.startsWith("missing ')'")) {
            return new Said("a bracket is not closed", "add ')'", true);
        }
        return new Said("the condition is wrong: " + message, "", true);
    }

    private static Said undeclared(String name, Place place) {
        if (isClock(name)) {
            return new Said(
                    "'%s' asks for the time in a zone".formatted(name),
                    "write %s('Europe/Berlin')".formatted(name),
                    false);
        }
        if (MACROS.contains(name)) {
            return new Said(
                    "'%s' is not part of the language".formatted(name),
                    "of findings ask exists, all, or size(findings.filter(...))",
                    true);
        }
        for (var other : Place.values()) {
            if (other.variables().contains(name)) {
                return new Said(
                        "'%s' cannot be read in %s".formatted(name, place.words()),
                        "it can be read in "
                                + String.join(
                                        " and ",
                                        Arrays.stream(Place.values())
                                                .filter(it -> it.variables().contains(name))
                                                .map(Place::words)
                                                .toList()),
                        false);
            }
        }
        var names = new ArrayList<>(place.variables());
        for (var dataClass : DataClass.values()) {
            names.add(dataClass.wire());
        }
        return new Said(
                "'%s' is not known".formatted(name),
                Suggestion.nearest(name, names)
                        .map("did you mean '%s'?"::formatted)
                        .orElse(
                                "a text stands in quotes: '%s'; the classes are public, internal, confidential and restricted"
                                        .formatted(name)),
                false);
    }

    private static boolean isClock(String name) {
        return Arrays.stream(ClockPart.values()).anyMatch(part -> part.cel().equals(name));
    }

    private Said field(String name) {
        var all = new ArrayList<String>();
        var attributes = new TreeSet<>(types.fields(CelTypes.ATTRIBUTES).keySet());
        for (var struct :
                List.of(
                        CelTypes.CALLER,
                        CelTypes.ATTRIBUTES,
                        CelTypes.ENVIRONMENT,
                        CelTypes.FINDING)) {
            all.addAll(types.fields(struct).keySet());
        }
        return new Said(
                "there is no field '%s'".formatted(name),
                Suggestion.nearest(name, all)
                        .map("did you mean '%s'?"::formatted)
                        .orElse(
                                "a caller attribute must be declared under 'attributes:'; declared:"
                                        + " "
                                        + (attributes.isEmpty()
                                                ? "none"
                                                : String.join(", ", attributes))),
                false);
    }

    private static Said overload(String function, String applied) {
        var arguments =
                Arrays.stream(applied.replaceAll("^\\(|\\)$", "").split(", "))
                        .map(CelMessages::type)
                        .toList();
        if (isClock(function)) {
            return new Said(
                    "'%s' needs the name of one time zone".formatted(function),
                    "write %s('Europe/Berlin')".formatted(function),
                    false);
        }
        var sign = SIGNS.get(function);
        var message =
                sign != null && arguments.size() == 2
                        ? "'%s' cannot compare %s with %s"
                                .formatted(sign, arguments.get(0), arguments.get(1))
                        : "'%s' cannot be used with %s"
                                .formatted(
                                        sign == null ? function : sign,
                                        String.join(" and ", arguments));
        String hint = "";
        if (arguments.contains("a data class")) {
            hint =
                    "compare a class with public, internal, confidential or restricted, without"
                            + " quotes";
        } else if (arguments.contains("a duration")) {
            hint = "write a duration as duration('1500ms')";
        } else if (arguments.contains("a jurisdiction")) {
            hint = "write environment.jurisdiction in ['DE', 'FR']";
        }
        return new Said(message, hint, false);
    }

    private static Said token(String text) {
        if (text.startsWith("=")) {
            return new Said("a single '=' compares nothing", "write '=='", true);
        }
        if (text.startsWith("&") || text.startsWith("|")) {
            return new Said("'%s' is no operator".formatted(text), "write '&&' or '||'", true);
        }
        if (text.startsWith("'") || text.startsWith("\"")) {
            return new Said("a quoted text does not end", "close the quote", true);
        }
        return new Said("'%s' cannot stand in a condition".formatted(text), "", true);
    }

    /// A type in words.
    private static String type(String cel) {
        return switch (cel) {
            case "string" -> "text";
            case "int", "double", "uint" -> "a number";
            case "bool" -> "true or false";
            case "google.protobuf.Duration" -> "a duration";
            case CelTypes.DATA_CLASS_NAME -> "a data class";
            case CelTypes.JURISDICTION_NAME -> "a jurisdiction";
            default -> cel.startsWith("list(") ? "a list" : cel;
        };
    }
}
