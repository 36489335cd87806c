package io.spillway.router;

import io.spillway.router.api.BodyParser;
import io.spillway.router.classification.Assessment;
import io.spillway.router.classification.Classifier;
import java.util.function.Consumer;

/// Finds the class of a waiting request anew, where the work belongs: on the event loop, or, when a
/// large body must be read again, in the pool for those.
final class Reassessment {
    private final Plane plane;
    private final Lane lane;
    private final Job job;

    Reassessment(Plane plane, Lane lane, Job job) {
        this.plane = plane;
        this.lane = lane;
        this.job = job;
    }

    /// Begins.
    ///
    /// @param then hears of the result on the event loop, perhaps before this returns
    /// @return false when the pool is full, so that `then` hears nothing
    boolean run(RouterState state, Consumer<Assessment> then) {
        var terms = plane.terms(job, state);
        if (terms == null) {
            throw new IllegalStateException("only a known caller's request is assessed anew");
        }
        boolean reads = Classifier.readsAgain(terms.policy(), job.assessment());
        return lane.work(reads ? job.body().bytes().length : 0, () -> assess(terms), then);
    }

    private Assessment assess(Classifier.Terms terms) {
        return lane.classifier()
                .again(
                        terms,
                        job.facts(),
                        job.assessment(),
                        job.session(),
                        () -> BodyParser.parse(job.operation(), job.body().bytes()));
    }
}
