package io.spillway.policy.detect;

import java.util.Arrays;
import java.util.List;
import org.jspecify.annotations.Nullable;

/// Reads one text in every way that could show what it hides: as it stands, in plain characters,
/// decoded, and with what was pulled apart put together.
///
/// A reading is made only where the text has the characters for it, and readings of readings end at
/// the third decoding. What is found in one is reported where its carrier stands in the text.
final class Readings {
    /// Decodings that may lie over one another.
    private static final int DEEPEST = 3;

    /// Decoded bytes allowed for each byte of the request; more counts as out of steps.
    private static final int DECODED_PER_BYTE = 8;

    private final List<Detector> extras;
    private final Steps steps;
    private final Numbers numbers = new Numbers();
    private final Views views = new Views();

    /// One for each depth, where hidden text may lie below the deepest.
    private final Outline[] outlines = new Outline[DEEPEST + 2];

    private final Outline pieces = new Outline();
    private long room;

    /// @param bytes size of the whole request
    Readings(List<Detector> extras, Steps steps, long bytes) {
        this.extras = extras;
        this.steps = steps;
        this.room = bytes * DECODED_PER_BYTE + Steps.AT_LEAST;
        Arrays.setAll(outlines, _ -> new Outline());
    }

    /// Finds everything in a text, in all its readings.
    void find(byte[] b, int from, int to, Hits hits) {
        read(b, from, to, 0, true, hits);
    }

    private void read(byte[] b, int from, int to, int depth, boolean fold, Hits hits) {
        if (!hits.spend(3L * (to - from))) {
            return;
        }
        var outline = outlines[depth].read(b, from, to);
        new Scanner(numbers, b, from, to, outline, hits).run();
        Names.find(b, from, to, outline, hits);
        for (var extra : extras) {
            if (depth == 0 || extra.readsDecoded()) {
                extra.find(b, from, to, hits);
            }
        }
        int signs = outline.signs();
        if (fold && (signs & Doors.UNUSUAL) != 0) {
            follow(Folds.hidden(b, from, to, views), depth + 1, false, hits);
            var folded = Folds.view(b, from, to, views);
            if (folded != null) {
                // All other readings are made of this one.
                follow(folded, depth, false, hits);
                return;
            }
        }
        new PulledApart(b, from, to, outline, views, view -> piece(view, hits)).find();
        new Addresses(b, from, to, outline, views, view -> piece(view, hits)).find();
        if (depth < DEEPEST) {
            if ((signs & Doors.ESCAPE) != 0) {
                follow(Escapes.view(b, from, to, views), depth + 1, true, hits);
            }
            new EncodedRuns(
                            b,
                            from,
                            to,
                            outline,
                            views,
                            view -> follow(view, depth + 1, true, hits))
                    .find();
        }
    }

    /// Reads a view in all ways.
    private void follow(@Nullable View view, int depth, boolean fold, Hits hits) {
        if (view == null || steps.exhausted()) {
            return;
        }
        room -= view.size();
        if (room < 0) {
            steps.exhaust();
            return;
        }
        var found = new Hits(view.bytes(), 0, view.size(), steps);
        read(view.bytes(), 0, view.size(), depth, fold, found);
        hits.take(found, view);
        views.giveBack(view);
    }

    /// Reads a short view of one value.
    private void piece(View view, Hits hits) {
        var found = new Hits(view.bytes(), 0, view.size(), steps);
        var outline = pieces.read(view.bytes(), 0, view.size());
        new Scanner(numbers, view.bytes(), 0, view.size(), outline, found).run();
        hits.take(found, view);
        views.giveBack(view);
    }
}
