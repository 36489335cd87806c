package io.spillway.policy.mask;

import io.spillway.api.request.Finding;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/// Replaces the values of findings by placeholders.
///
/// A value is replaced wherever it stands as a word of its own, also where no detector saw it: a
/// name is recognized by what stands around it, which is not everywhere the same. Placeholders need
/// no escape at any depth of JSON, so replacing never breaks what is around.
public final class Masker {
    /// More different values than this are not masked: the request is a table, and what would be
    /// left of it is of use to nobody.
    static final int MAX_VALUES = 200;

    private final List<Text> texts;
    private final Set<String> types;
    private final Placeholders placeholders;
    private final List<List<Span>> spans = new ArrayList<>();
    private final Set<Finding> taken = new HashSet<>();

    private Masker(List<Text> texts, Set<String> types, Placeholders placeholders) {
        this.texts = texts;
        this.types = types;
        this.placeholders = placeholders;
    }

    /// One string of a request.
    ///
    /// @param path as findings name it; no two texts have the same
    public record Text(String path, String text) {

        /// Without the text.
        @Override
        public String toString() {
            return "Text[path=%s, %d characters]".formatted(path, text.length());
        }
    }

    /// A part of a text and what is put there.
    ///
    /// @param text which of the texts
    /// @param from first character
    /// @param to character after the last
    public record Replacement(int text, int from, int to, String placeholder) {}

    /// What came of it.
    ///
    /// @param replacements in the order of the texts and, within one, of their places
    /// @param left findings whose values are still in the request
    public record Masked(List<Replacement> replacements, List<Finding> left) {
        public Masked {
            replacements = List.copyOf(replacements);
            left = List.copyOf(left);
        }
    }

    private record Span(int from, int to, String type) {}

    /// Masks.
    ///
    /// @param types types to mask
    /// @param placeholders fresh ones; hold the values afterwards
    /// @return null when there is too much to mask
    public static @Nullable Masked mask(
            List<Text> texts,
            List<Finding> findings,
            Set<String> types,
            Placeholders placeholders) {
        return new Masker(texts, types, placeholders).run(findings);
    }

    private @Nullable Masked run(List<Finding> findings) {
        var byPath = new HashMap<String, List<Finding>>();
        for (var finding : findings) {
            if (Maskable.is(finding, types)) {
                byPath.computeIfAbsent(finding.path(), _ -> new ArrayList<>()).add(finding);
            }
        }
        for (var text : texts) {
            spans.add(spans(text.text(), byPath.getOrDefault(text.path(), List.of())));
            if (placeholders.size() > MAX_VALUES) {
                return null;
            }
        }
        var repeats = new Repeats(placeholders);
        var replacements = new ArrayList<Replacement>();
        for (int i = 0; i < texts.size(); i++) {
            replacements(i, repeats, replacements);
        }
        if (repeats.isExhausted()) {
            return null;
        }
        return new Masked(
                replacements, findings.stream().filter(it -> !taken.contains(it)).toList());
    }

    /// The parts of a text to replace: overlapping findings together, in order.
    private List<Span> spans(String text, List<Finding> findings) {
        if (findings.isEmpty()) {
            return List.of();
        }
        var sorted = new ArrayList<>(findings);
        sorted.sort(Comparator.comparingInt(Finding::start));
        var depths = JsonNesting.depths(text);
        var merged = new ArrayList<Span>();
        int at = 0;
        int point = 0;
        for (int i = 0; i < sorted.size(); ) {
            var longest = sorted.get(i);
            int end = longest.end();
            int next = i + 1;
            while (next < sorted.size() && sorted.get(next).start() < end) {
                var other = sorted.get(next);
                longest = length(other) > length(longest) ? other : longest;
                end = Math.max(end, other.end());
                next++;
            }
            int from = forward(text, at, sorted.get(i).start() - point);
            int to = from < 0 ? -1 : forward(text, from, end - sorted.get(i).start());
            if (to > from && register(text, from, to, longest.type(), depths)) {
                merged.add(new Span(from, to, longest.type()));
                taken.addAll(sorted.subList(i, next));
            }
            if (to >= 0) {
                at = from;
                point = sorted.get(i).start();
            }
            i = next;
        }
        return merged;
    }

    private static int length(Finding finding) {
        return finding.end() - finding.start();
    }

    /// The offset some code points further on, -1 when the text ends before.
    private static int forward(String text, int from, int points) {
        int at = from;
        for (int i = 0; i < points; i++) {
            if (at >= text.length()) {
                return -1;
            }
            at += Character.charCount(text.codePointAt(at));
        }
        return at;
    }

    /// Notes the value of a span, as it is outside of all JSON.
    ///
    /// @return false when replacing the span would tear the JSON around it apart
    private boolean register(String text, int from, int to, String type, byte @Nullable [] depths) {
        int depth = 0;
        if (depths != null) {
            depth = depths[from];
            for (int i = from; i <= to; i++) {
                boolean inside = depths[i] == depth || (depths[i] < 0 && i < to);
                if (depth < 1 || !inside) {
                    return false;
                }
            }
        }
        placeholders.of(type, JsonEscapes.unescape(text.substring(from, to), depth));
        return true;
    }

    private void replacements(int index, Repeats repeats, List<Replacement> into) {
        var text = texts.get(index).text();
        repeats.of(text);
        var depths = repeats.isEmpty() ? null : JsonNesting.depths(text);
        int at = 0;
        for (var span : spans.get(index)) {
            repeats(index, at, span.from(), depths, repeats, into);
            into.add(
                    new Replacement(
                            index, span.from(), span.to(), placeholder(text, span, depths)));
            at = span.to();
        }
        repeats(index, at, text.length(), depths, repeats, into);
    }

    private String placeholder(String text, Span span, byte @Nullable [] depths) {
        int depth = depths == null ? 0 : depths[span.from()];
        return placeholders.of(
                span.type(), JsonEscapes.unescape(text.substring(span.from(), span.to()), depth));
    }

    private void repeats(
            int index,
            int from,
            int to,
            byte @Nullable [] depths,
            Repeats repeats,
            List<Replacement> into) {
        var text = texts.get(index).text();
        for (int i = from; i < to; ) {
            var entry = repeats.at(text, i, to, depths);
            if (entry == null) {
                i++;
            } else {
                int end = i + entry.value().length();
                into.add(new Replacement(index, i, end, entry.placeholder()));
                i = end;
            }
        }
    }

    /// A text with its replacements.
    public static String apply(String text, List<Replacement> replacements) {
        var out = new StringBuilder(text.length() + 32);
        int at = 0;
        for (var it : replacements) {
            out.append(text, at, it.from()).append(it.placeholder());
            at = it.to();
        }
        return out.append(text, at, text.length()).toString();
    }
}
