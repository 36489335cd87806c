package io.spillway.router.forwarding;

import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonParser;
import java.io.IOException;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;

/// Looks for values that must not be in a body any more: in every string, name and number of it,
/// and in what strings hold behind further escapes.
///
/// It knows nothing of how they were taken out. A value that is so short that its letters occur by
/// chance, such as a name of three letters, is not looked for; the class of the body speaks of it.
final class RemovedValues {
    private static final int SHORTEST = 5;
    private static final int LAYERS = 3;

    /// More comparisons than this for each byte are not made.
    private static final int COMPARISONS_PER_BYTE = 2;

    private static final int COMPARISONS_FREE = 10_000;

    private static final JsonFactory JSON =
            JsonFactory.builder().disable(JsonFactory.Feature.INTERN_FIELD_NAMES).build();

    private final Map<Integer, List<String>> byStart = new HashMap<>();
    private long comparisonsLeft;

    private RemovedValues(Set<String> values, long comparisons) {
        this.comparisonsLeft = comparisons;
        for (var value : values) {
            if (isTelling(value)) {
                byStart.computeIfAbsent(start(value, 0), _ -> new ArrayList<>()).add(value);
            }
        }
    }

    /// Whether its letters do not stand elsewhere by chance.
    private static boolean isTelling(String value) {
        int points = value.codePointCount(0, value.length());
        boolean digit = value.chars().anyMatch(Character::isDigit);
        boolean ideographs = value.codePoints().allMatch(Character::isIdeographic);
        return points >= SHORTEST || (digit && points == 4) || (ideographs && points >= 2);
    }

    /// Whether none of the values is in the body. A body that cannot be read, or that would take
    /// more than time in proportion to its length, is not known to be free of them.
    static boolean areGone(Set<String> values, byte[] body) {
        var removed =
                new RemovedValues(
                        values, COMPARISONS_FREE + (long) COMPARISONS_PER_BYTE * body.length);
        try (var json = JSON.createParser(body)) {
            while (json.nextToken() != null) {
                if (removed.stands(json)) {
                    return false;
                }
            }
            return true;
        } catch (IOException unreadable) {
            return false;
        }
    }

    private boolean stands(JsonParser json) throws IOException {
        return switch (json.currentToken()) {
            case FIELD_NAME, VALUE_STRING, VALUE_NUMBER_INT, VALUE_NUMBER_FLOAT ->
                    standsIn(json.getText());
            default -> false;
        };
    }

    private boolean standsIn(String text) {
        var layer = text;
        for (int i = 0; i < LAYERS; i++) {
            if (standsAsItIs(layer)) {
                return true;
            }
            if (layer.indexOf('\\') < 0) {
                return false;
            }
            layer = withoutEscapes(layer);
        }
        return standsAsItIs(layer);
    }

    private boolean standsAsItIs(String text) {
        for (int i = 0; i + 1 < text.length(); i++) {
            var candidates = byStart.get(start(text, i));
            if (candidates == null || !isEdge(text, i)) {
                continue;
            }
            for (var value : candidates) {
                boolean tooMany = --comparisonsLeft < 0;
                if (tooMany || (text.startsWith(value, i) && isEdge(text, i + value.length()))) {
                    return true;
                }
            }
        }
        return false;
    }

    private static int start(String text, int at) {
        return text.charAt(at) << 16 | text.charAt(at + 1);
    }

    /// Whether a word may begin or end there.
    private static boolean isEdge(String text, int at) {
        return at == 0
                || at == text.length()
                || !isWord(text.charAt(at - 1))
                || !isWord(text.charAt(at));
    }

    private static boolean isWord(char c) {
        return Character.isLetterOrDigit(c) && !Character.isIdeographic(c);
    }

    private static String withoutEscapes(String text) {
        var out = new StringBuilder(text.length());
        for (int i = 0; i < text.length(); i++) {
            char c = text.charAt(i);
            if (c != '\\' || i + 1 == text.length()) {
                out.append(c);
                continue;
            }
            char kind = text.charAt(++i);
            int unit = kind == 'u' ? unit(text, i + 1) : -1;
            if (unit >= 0) {
                out.append((char) unit);
                i += 4;
            } else {
                out.append(kind == 'n' ? '\n' : kind == 't' ? '\t' : kind == 'r' ? '\r' : kind);
            }
        }
        return out.toString();
    }

    private static int unit(String text, int from) {
        int unit = 0;
        for (int i = from; i < from + 4; i++) {
            int digit = i < text.length() ? Character.digit(text.charAt(i), 16) : -1;
            if (digit < 0) {
                return -1;
            }
            unit = unit << 4 | digit;
        }
        return unit;
    }
}
