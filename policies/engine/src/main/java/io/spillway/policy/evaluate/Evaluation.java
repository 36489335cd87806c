package io.spillway.policy.evaluate;

import io.spillway.api.request.Finding;
import io.spillway.policy.evaluate.Matching.Wanted;
import io.spillway.policy.rule.Confidence;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashSet;
import java.util.List;
import org.jspecify.annotations.Nullable;

/// Counts how well findings agree with what the authors of texts said is in them.
///
/// An entity is found when a finding of its type, or of a type that no label set tells from it,
/// shares a code point with it; one to one, as many pairs as possible. Only findings at or above
/// [Confidence#RAISES] count. A finding that overlaps nothing but entities of kinds that are no
/// types of Spillway is neither right nor wrong. Not safe for use by several threads.
public final class Evaluation {
    private final Labels labels;
    private final Counts counts = new Counts();

    public Evaluation(Labels labels) {
        this.labels = labels;
    }

    /// Something that was found wrongly or not at all. Holds no text.
    ///
    /// @param missed true when an entity was not found, false when a finding is wrong
    /// @param type the finding type
    /// @param start first code point
    /// @param end code point after the last
    /// @param note what is known besides, such as `found below 0.5`, else empty
    public record Mistake(boolean missed, String type, int start, int end, String note) {}

    /// Takes one text.
    ///
    /// @param sample what its author said
    /// @param findings everything that the detectors found, whatever its confidence
    /// @param raised whether the request was raised; null means: when a finding counts
    /// @return what went wrong
    public List<Mistake> add(Sample sample, List<Finding> findings, @Nullable Boolean raised) {
        var counting = new ArrayList<>(findings);
        counting.removeIf(it -> it.confidence() < Confidence.RAISES);
        var mistakes = new ArrayList<Mistake>();
        var entities = sample.entities();
        boolean saysNothing = Boolean.FALSE.equals(sample.sensitive());
        boolean sensitive = Boolean.TRUE.equals(sample.sensitive());
        boolean excused = false;
        if (entities != null || saysNothing) {
            var spans = Spans.of(sample.text(), entities == null ? List.of() : entities, labels);
            spans.foreign().forEach(it -> counts.foreign(it.type()));
            excused = compare(spans, counting, findings, mistakes);
            sensitive |= sample.sensitive() == null && !spans.wanted().isEmpty();
        }
        // Source code is nothing sensitive by itself: only a policy that asks for it raises by it.
        boolean up =
                raised == null
                        ? counting.stream().anyMatch(it -> !it.category().equals("code"))
                        : raised;
        // A benign text that was raised by something its author did label says nothing about
        // false raises.
        if (sensitive || !up || !excused) {
            counts.request(Bucket.of(sample.text()), sensitive, up);
        } else {
            counts.undecided();
        }
        return mistakes;
    }

    /// Compares spans, and tells whether something that counts overlaps only foreign entities.
    private boolean compare(
            Spans spans, List<Finding> counting, List<Finding> all, List<Mistake> mistakes) {
        var matching = Matching.of(spans.wanted(), counting);
        var labelled = new HashSet<String>();
        var found = new HashSet<String>();
        for (int i = 0; i < spans.wanted().size(); i++) {
            var entity = spans.wanted().get(i);
            labelled.add(entity.kind().type());
            counts.entity(entity.kind().type(), matching.found(i));
            if (!matching.found(i)) {
                mistakes.add(missed(entity, all));
            }
        }
        boolean excused = false;
        for (int i = 0; i < counting.size(); i++) {
            var finding = counting.get(i);
            if (!matching.right(i) && spans.onlyForeign(finding)) {
                excused = true;
                continue;
            }
            found.add(finding.type());
            counts.finding(finding.type(), matching.right(i));
            if (!matching.right(i)) {
                mistakes.add(
                        new Mistake(false, finding.type(), finding.start(), finding.end(), ""));
            }
        }
        counts.groups(labelled, found);
        mistakes.sort(Comparator.comparingInt(Mistake::start));
        return excused;
    }

    private static Mistake missed(Wanted entity, List<Finding> all) {
        var best = "";
        for (var finding : all) {
            if (entity.overlaps(finding)) {
                best =
                        entity.kind().accepts().contains(finding.type())
                                ? "found with confidence %.2f".formatted(finding.confidence())
                                : "found as " + finding.type();
            }
        }
        return new Mistake(true, entity.kind().type(), entity.start(), entity.end(), best);
    }

    /// The figures for all texts so far.
    public Figures figures() {
        return counts.figures();
    }
}
