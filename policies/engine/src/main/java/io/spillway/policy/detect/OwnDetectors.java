package io.spillway.policy.detect;

import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;

/// All detectors that a policy declares, in one pass: the words and the patterns' anchors are the
/// texts of one automaton.
final class OwnDetectors implements Detector {
    private static final double WRONG_CHECK = 0.3;

    /// What a byte costs that a pattern looks at, in steps: RE2/J takes about a microsecond.
    private static final int PATTERN_STEPS = 64;

    private final List<OwnDetector> detectors;
    private final Automaton automaton;

    /// What to do where a text of the automaton ends, by its number.
    private final List<List<Target>> targets = new ArrayList<>();

    /// @param text the text in the letters in which it was declared
    private record Target(int detector, byte[] text) {}

    OwnDetectors(List<OwnDetector> detectors) {
        this.detectors = List.copyOf(detectors);
        var texts = new ArrayList<byte[]>();
        Map<String, Integer> numbers = new HashMap<>();
        for (int i = 0; i < detectors.size(); i++) {
            for (var text : texts(detectors.get(i))) {
                var utf8 = text.getBytes(StandardCharsets.UTF_8);
                int number =
                        numbers.computeIfAbsent(
                                lowerAscii(text),
                                _ -> {
                                    texts.add(utf8);
                                    targets.add(new ArrayList<>(1));
                                    return texts.size() - 1;
                                });
                targets.get(number).add(new Target(i, utf8));
            }
        }
        this.automaton = new Automaton(texts);
    }

    List<OwnDetector> all() {
        return detectors;
    }

    /// Where case does not matter, letters beyond ASCII are looked for in both.
    private static Set<String> texts(OwnDetector detector) {
        var texts = new LinkedHashSet<String>();
        var pattern = detector.pattern();
        for (var text : pattern == null ? detector.words() : List.of(pattern.anchor())) {
            texts.add(text);
            if (!detector.caseSensitive() && text.chars().anyMatch(it -> it >= 128)) {
                texts.add(text.toLowerCase(Locale.ROOT));
                texts.add(text.toUpperCase(Locale.ROOT));
            }
        }
        return texts;
    }

    private static String lowerAscii(String text) {
        var lower = new StringBuilder(text);
        for (int i = 0; i < lower.length(); i++) {
            char c = lower.charAt(i);
            lower.setCharAt(i, c >= 'A' && c <= 'Z' ? (char) (c + ('a' - 'A')) : c);
        }
        return lower.toString();
    }

    @Override
    public void find(byte[] b, int from, int to, Hits hits) {
        if (!hits.spend(to - from)) {
            return;
        }
        var search = new Search(b, from, to, hits);
        automaton.find(b, from, to, search);
        search.finish();
    }

    @Override
    public String identity() {
        var all = new StringBuilder("own 1");
        for (var it : detectors) {
            all.append('\n').append(it.name()).append(' ').append(it.category());
            all.append(' ').append(it.check()).append(' ').append(it.caseSensitive());
            all.append(' ').append(it.wholeWords()).append(' ').append(it.confidence());
            all.append(' ').append(it.pattern() == null ? it.words() : it.pattern().text());
        }
        return all.toString();
    }

    /// One search. Of matches of one detector that overlap, the one that begins first stays, and of
    /// those the longest.
    private final class Search implements Automaton.Match {
        private final byte[] b;
        private final int from;
        private final int to;
        private final Hits hits;
        private final Map<Integer, int[]> pending = new HashMap<>();

        Search(byte[] b, int from, int to, Hits hits) {
            this.b = b;
            this.from = from;
            this.to = to;
            this.hits = hits;
        }

        @Override
        public boolean at(int text, int end) {
            for (var target : targets.get(text)) {
                var detector = detectors.get(target.detector());
                int start = end - target.text().length;
                var pattern = detector.pattern();
                if (pattern != null) {
                    pattern(target.detector(), detector, pattern, start, end);
                } else if (!detector.caseSensitive() || Bytes.isAt(b, start, to, target.text())) {
                    matched(target.detector(), detector, start, end);
                }
            }
            return hits.spend(targets.get(text).size());
        }

        /// Runs the pattern on what a match with this anchor could reach.
        private void pattern(
                int number, OwnDetector detector, AnchoredPattern pattern, int start, int end) {
            var last = pending.get(number);
            if (last != null && start < last[1]) {
                return;
            }
            int begin = Utf8Edges.back(b, start, from, pattern.before());
            int stop = Utf8Edges.ahead(b, end, to, pattern.after());
            if (!hits.spend((stop - begin) * PATTERN_STEPS)) {
                return;
            }
            var window = Arrays.copyOfRange(b, begin, stop);
            var matcher = pattern.compiled().matcher(window);
            int at = 0;
            while (at <= start - begin && matcher.find(at)) {
                if (matcher.end() + begin >= end && matcher.start() + begin <= start) {
                    matched(number, detector, matcher.start() + begin, matcher.end() + begin);
                    return;
                }
                at = Math.max(matcher.end(), at + 1);
            }
        }

        private void matched(int number, OwnDetector detector, int start, int end) {
            if (detector.wholeWords() && !Utf8Edges.isWhole(b, start, end, from, to)) {
                return;
            }
            var last = pending.get(number);
            if (last == null) {
                pending.put(number, new int[] {start, end});
            } else if (start <= last[0]) {
                last[0] = start;
                last[1] = end;
            } else if (start >= last[1]) {
                report(detector, last);
                last[0] = start;
                last[1] = end;
            }
        }

        private void finish() {
            pending.forEach((number, span) -> report(detectors.get(number), span));
        }

        private void report(OwnDetector detector, int[] span) {
            var check = detector.check();
            boolean right = check == null || check.holds(b, span[0], span[1]);
            double confidence =
                    right ? detector.confidence() : Math.min(WRONG_CHECK, detector.confidence());
            hits.add(detector.name(), detector.category(), confidence, span[0], span[1]);
        }
    }
}
