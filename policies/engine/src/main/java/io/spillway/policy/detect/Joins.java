package io.spillway.policy.detect;

import static io.spillway.policy.detect.Bytes.DIGIT;
import static io.spillway.policy.detect.Bytes.is;

import io.spillway.api.request.Finding;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.EnumSet;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.stream.Collectors;

/// Finds values that were split over several strings of a request: two messages, the parts of a
/// message, the items of an array, the arguments of a tool.
///
/// The ends of neighbouring strings are joined, once directly and once with a blank between, and
/// also their figures alone, for the words around them. Only what reaches over a border counts.
final class Joins {
    /// How much of a string's beginning and end can belong to a value that goes on in another.
    private static final int EDGE = 80;

    /// Where a border is looked at for signs of such a value.
    private static final int LOOK = 40;

    /// More findings than these say nothing new.
    private static final int MOST = 256;

    private static final double LEAST_CONFIDENCE = 0.7;

    /// Members whose strings are the API's own words.
    private static final Set<String> WORDS_OF_THE_API =
            Set.of("role", "type", "id", "tool_call_id", "detail", "format", "model", "object");

    /// What can be split and still be one value.
    private static final Set<String> TYPES =
            wire(
                    EnumSet.of(
                            FindingType.EMAIL,
                            FindingType.PHONE,
                            FindingType.CN_MOBILE,
                            FindingType.PAYMENT_CARD,
                            FindingType.CN_BANK_CARD,
                            FindingType.IBAN,
                            FindingType.CN_ID_CARD,
                            FindingType.US_SSN,
                            FindingType.NATIONAL_ID,
                            FindingType.PASSPORT,
                            FindingType.ACCESS_TOKEN,
                            FindingType.JWT,
                            FindingType.PRIVATE_KEY,
                            FindingType.CONNECTION_STRING));

    /// What figures alone can show without the words that go with them.
    private static final Set<String> FIGURES =
            wire(
                    EnumSet.of(
                            FindingType.PAYMENT_CARD,
                            FindingType.CN_BANK_CARD,
                            FindingType.CN_ID_CARD,
                            FindingType.CN_MOBILE,
                            FindingType.PHONE));

    private final Readings readings;
    private final Steps steps;
    private final List<Finding> findings;
    private int found;

    /// @param findings what is known already, and where more is added
    Joins(Readings readings, Steps steps, List<Finding> findings) {
        this.readings = readings;
        this.steps = steps;
        this.findings = findings;
    }

    private static Set<String> wire(Set<FindingType> types) {
        return types.stream().map(FindingType::wire).collect(Collectors.toUnmodifiableSet());
    }

    /// Looks at all strings in order, and at those without the turns of others than the user.
    void find(List<TextLeaf> leaves) {
        if (leaves.size() < 2) {
            return;
        }
        var others = new HashSet<String>();
        var texts = new ArrayList<TextLeaf>();
        for (int i = 0; i < leaves.size(); i++) {
            var leaf = leaves.get(i);
            var name = leaf.path().substring(leaf.path().lastIndexOf('/') + 1);
            if (name.equals("role") && isOthers(leaf)) {
                others.add(message(leaf.path()));
            }
            // A member's name stands before its value with the same path.
            boolean again = i + 1 < leaves.size() && leaves.get(i + 1).path().equals(leaf.path());
            if (!again && leaf.to() > leaf.from() && !WORDS_OF_THE_API.contains(name)) {
                texts.add(leaf);
            }
        }
        borders(texts);
        if (!others.isEmpty()) {
            texts.removeIf(it -> others.contains(message(it.path())));
            borders(texts);
        }
    }

    private static boolean isOthers(TextLeaf leaf) {
        return !new String(
                        leaf.utf8(), leaf.from(), leaf.to() - leaf.from(), StandardCharsets.UTF_8)
                .equals("user");
    }

    /// `/messages/3` of a path below it.
    private static String message(String path) {
        int second = path.indexOf('/', 1);
        int third = second < 0 ? -1 : path.indexOf('/', second + 1);
        return third < 0 ? path : path.substring(0, third);
    }

    /// Takes together the strings whose borders have signs of a value.
    private void borders(List<TextLeaf> texts) {
        int i = 0;
        while (i + 1 < texts.size() && !steps.exhausted()) {
            int last = i;
            while (last + 1 < texts.size() && isTelling(texts.get(last), texts.get(last + 1))) {
                last++;
            }
            if (last > i) {
                var edges = new ArrayList<Piece>();
                texts.subList(i, last + 1).forEach(it -> Piece.edges(it, EDGE, edges));
                read(edges, TYPES);
            }
            i = Math.max(last, i + 1);
        }
        var figures = new ArrayList<Piece>();
        texts.forEach(it -> Piece.figures(it, figures));
        read(figures, FIGURES);
    }

    private static boolean isTelling(TextLeaf one, TextLeaf other) {
        int before = signs(one, Math.max(one.from(), one.to() - LOOK), one.to());
        int after = signs(other, other.from(), Math.min(other.to(), other.from() + LOOK));
        return ((before | after) & 2) != 0 || (before & after & 1) != 0;
    }

    /// 1 for a digit or what may be one, 2 for an `@`.
    private static int signs(TextLeaf leaf, int start, int end) {
        int signs = 0;
        for (int i = start; i < end; i++) {
            byte b = leaf.utf8()[i];
            signs |= is(b, DIGIT) || b == (byte) 0xEF || b == (byte) 0xF0 ? 1 : b == '@' ? 2 : 0;
        }
        return signs;
    }

    private void read(List<Piece> pieces, Set<String> types) {
        if (pieces.size() > 1) {
            read(new Joined(pieces, ""), types);
            read(new Joined(pieces, " "), types);
        }
    }

    private void read(Joined joined, Set<String> types) {
        var hits = new Hits(joined.bytes(), 0, joined.size(), steps);
        readings.find(joined.bytes(), 0, joined.size(), hits);
        for (var hit : hits.all()) {
            boolean wanted = types.contains(hit.type()) && hit.confidence() >= LEAST_CONFIDENCE;
            if (wanted && joined.crosses(hit.start(), hit.end())) {
                if (found >= MOST) {
                    steps.exhaust(); // what is not looked at any more must count as the worst
                    return;
                }
                add(joined, hit);
            }
        }
    }

    private void add(Joined joined, Hits.Hit hit) {
        var leaf = joined.leaf(hit.start());
        int start = codePoints(leaf, joined.source(hit.start()));
        int end = codePoints(leaf, leaf.to());
        for (var known : findings) {
            boolean same = known.type().equals(hit.type()) && known.confidence() >= 0.5;
            if (same && (overlaps(known, leaf, start, end) || isAtEnd(known, joined, hit))) {
                return;
            }
        }
        found++;
        findings.add(
                new Finding(
                        hit.type(),
                        hit.category(),
                        hit.confidence(),
                        start,
                        Math.max(start, end),
                        leaf.path(),
                        false,
                        hit.vendor()));
    }

    private static boolean overlaps(Finding known, TextLeaf leaf, int start, int end) {
        return known.path().equals(leaf.path()) && known.start() < end && start < known.end();
    }

    /// Whether the known one stands where the hit ends.
    private static boolean isAtEnd(Finding known, Joined joined, Hits.Hit hit) {
        var leaf = joined.leaf(hit.end() - 1);
        int end = codePoints(leaf, joined.source(hit.end() - 1)) + 1;
        return known.path().equals(leaf.path()) && known.start() < end;
    }

    /// Code points of the whole string before a byte of it.
    private static int codePoints(TextLeaf leaf, int to) {
        int count = 0;
        for (int i = leaf.from(); i < to; i++) {
            count += (leaf.utf8()[i] & 0xC0) == 0x80 ? 0 : 1;
        }
        return count;
    }
}
