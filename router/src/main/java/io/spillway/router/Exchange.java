package io.spillway.router;

import io.spillway.api.connector.UpstreamFailure;
import io.spillway.api.decision.Decision;
import io.spillway.api.environment.PoolKey;
import io.spillway.api.environment.Zone;
import io.spillway.policy.Placed;
import io.spillway.router.admission.Admission;
import io.spillway.router.admission.Slot;
import io.spillway.router.admission.Ticket;
import io.spillway.router.admission.Wake;
import io.spillway.router.admission.Work;
import io.spillway.router.api.ApiError;
import io.spillway.router.api.CallerResponse;
import io.spillway.router.balancing.AttemptOutcome;
import io.vertx.core.Context;
import java.util.HashSet;
import java.util.Set;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/// One classified request until its end: decided, admitted, tried at one or two endpoints, answered
/// and written down. Confined to one event loop.
///
/// It decides anew whenever something changed: when a place became free, after a failed attempt,
/// when the egress guard or the budget closed a pool.
final class Exchange {
    private static final int MAX_ATTEMPTS = 2;

    /// A policy names at most four; more come only from rules that change on the way.
    private static final int MAX_DEGRADES = 4;

    private final Plane plane;
    private final Lane lane;
    private Job job;
    private final CallerResponse response;
    private final Consumer<Exchange> onOver;
    private final DecisionRecord journal;
    private final Set<PoolKey> closedPools = new HashSet<>();
    private final Context context;
    private Work work;
    private String model;
    private int degrades;
    private int attempts;
    private @Nullable Ticket ticket;
    private @Nullable Try current;
    private @Nullable ApiError lastFailure;
    private long lastCommentNanos;
    private boolean assessing;
    private boolean over;

    Exchange(Plane plane, Lane lane, Job job, CallerResponse response, Consumer<Exchange> onOver) {
        this.plane = plane;
        this.lane = lane;
        this.job = job;
        this.response = response;
        this.onOver = onOver;
        this.journal = new DecisionRecord(job);
        this.context = lane.context();
        this.model = job.body().model();
        this.work = plane.work(job, model);
        this.lastCommentNanos = job.arrivedNanos();
    }

    void start() {
        response.onGone(() -> cancel("cancelled", 499));
        if (aboveKey()) {
            return;
        }
        plane.waiting(job.decisionId(), this);
        decide();
    }

    private boolean aboveKey() {
        // The key of now, not of the arrival: it may have been narrowed since.
        var key = plane.state().routing().keysByHash().get(job.principal().key().hash());
        var most = (key == null ? job.principal().key() : key).maxClass();
        if (most.covers(job.classification().dataClass())) {
            return false;
        }
        journal.step("key", "class is above the highest that the key may send");
        // Told to everybody, it would tell what detectors see: only keys with debug may know.
        refuse(
                "denied",
                job.principal().caller().debug()
                        ? ApiError.denied(
                                "The request is of a higher data class than its key may send.")
                        : noPlace());
        return true;
    }

    /// Evaluates the policy on what is known now, and acts on its decision.
    private void decide() {
        if (over || assessing) {
            return;
        }
        var state = plane.state();
        if (!plane.current(job, state)) {
            reassess(state);
            return;
        }
        var found = state.routing().models().get(model);
        if (found == null) {
            refuse("denied", ApiError.noModel(model));
            return;
        }
        var placed = plane.place(job, model, work, ticket, state, journal);
        journal.decided(placed, state, plane.environmentDigest(state));
        if (placed.decision() instanceof Decision.Deny) {
            refuse("denied", noPlace());
        } else {
            admit(placed, state);
        }
    }

    private ApiError noPlace() {
        return ApiError.denied(
                "The policy allows no place for this request; your administrator can explain"
                        + " decision "
                        + job.decisionId());
    }

    /// Finds the class anew: the policy or a floor changed since. Then decides.
    private void reassess(RouterState state) {
        assessing = true;
        var reassessment = new Reassessment(plane, lane, job);
        boolean begun =
                reassessment.run(
                        state,
                        assessment -> {
                            assessing = false;
                            if (over) {
                                return;
                            }
                            job = job.with(assessment);
                            journal.reassessed(job);
                            if (job.principal().caller().debug()) {
                                response.header(
                                        "x-spillway-data-class",
                                        job.classification().dataClass().wire());
                            }
                            work = work.withSpillable(plane.spillable(job, model));
                            if (!aboveKey()) {
                                decide();
                            }
                        });
        if (!begun) {
            assessing = false;
            refuse("shed", plane.full(0));
        }
    }

    private void admit(Placed placed, RouterState state) {
        var open = ClosedPools.without(placed.decision(), closedPools);
        var affordable = open == null ? null : plane.affordable(open, job, model, state);
        if (affordable == null) {
            closed();
            return;
        }
        var decision = affordable.decision();
        if (decision == null) {
            journal.step("budget", "no money left for " + affordable.dropped().keySet());
            refuse("denied", ApiError.overBudget("The tenant's budget for this month is used up."));
            return;
        }
        long now = plane.nanos();
        var held = ticket;
        var admission =
                held == null
                        ? plane.dispatcher()
                                .admit(work, decision, placed.allowedWithoutEndpoint(), now)
                        : plane.dispatcher()
                                .admit(held, decision, placed.allowedWithoutEndpoint(), now);
        switch (admission) {
            case Admission.Admitted(var slot) -> {
                ticket = null;
                if (isUndecided(slot, decision, state)) {
                    plane.dispatcher()
                            .release(
                                    slot,
                                    AttemptOutcome.of(AttemptOutcome.Kind.UNSENT),
                                    plane.nanos());
                    close(
                            slot.pool(),
                            "masking",
                            "became ready before a form was decided for it",
                            plane.full(0));
                } else {
                    attempt(slot, decision, state);
                }
            }
            case Admission.Waiting(var place) -> ticket = place;
            case Admission.Refused refused -> {
                ticket = null;
                notAdmitted(refused, placed);
            }
            case Admission.Ended() -> {} // its wake tells how
        }
    }

    /// Every pool that the policy allowed was closed by the guard, the budget or the journal.
    private void closed() {
        var failure = lastFailure;
        refuse(
                failure == null || failure.status() == 403 ? "denied" : "failed",
                failure == null
                        ? ApiError.denied("No place that the policy allows may serve this request.")
                        : failure);
    }

    private void notAdmitted(Admission.Refused refused, Placed placed) {
        journal.step("admission", refused.why());
        switch (refused.reason()) {
            case FULL -> {
                if (placed.decision() instanceof Decision.Degrade(var smaller, _)) {
                    degrade(smaller);
                } else if (placed.degradeTo().isPresent()) {
                    degrade(placed.degradeTo().get());
                } else {
                    refuse("shed", plane.full(refused.retryAfterMillis()));
                }
            }
            case QUEUE_FULL, NO_POOL -> refuse("shed", plane.full(refused.retryAfterMillis()));
            case NO_RETRY -> {
                var failure = lastFailure;
                refuse(
                        "failed",
                        failure == null ? plane.full(refused.retryAfterMillis()) : failure);
            }
            case DEADLINE -> late();
        }
    }

    private void degrade(String smaller) {
        leaveQueue();
        if (++degrades > MAX_DEGRADES) {
            journal.step("degrade", "the policy degrades in a circle");
            refuse("shed", plane.full(0));
            return;
        }
        journal.step("degrade", "to model " + smaller);
        model = smaller;
        work = plane.work(job, model);
        decide();
    }

    /// Something happened to the place in the queue; comes from any thread.
    void wake(Wake wake) {
        context.runOnContext(_ -> woken(wake));
    }

    private void woken(Wake wake) {
        if (over || current != null || ticket == null || ticket.id() != wake.ticket().id()) {
            return;
        }
        switch (wake) {
            case Wake.Redecide _ -> decide();
            case Wake.Expired _ -> {
                ticket = null;
                late();
            }
            case Wake.Shed(_, var refused) -> {
                ticket = null;
                journal.step("admission", refused.why());
                refuse("shed", plane.full(refused.retryAfterMillis()));
            }
        }
    }

    /// Whether the pool became ready between decision and admission although the policy may allow
    /// it for a masked form only, which nobody has decided about.
    private boolean isUndecided(Slot slot, Decision decision, RouterState state) {
        var place = state.routing().environments().get(slot.pool().environment());
        return !(decision instanceof Decision.Serve)
                && !state.policy().masks().isEmpty()
                && (place == null || place.zone() == Zone.PUBLIC);
    }

    private void attempt(Slot slot, Decision decision, RouterState state) {
        attempts++;
        journal.dispatched(slot);
        var sent = Sent.of(job, decision, slot.pool());
        var masked = sent.masked();
        if (masked != null) {
            journal.masked(slot.pool(), masked);
        }
        var next = new Try(plane, lane, this, sent, model, slot, attempts);
        current = next;
        next.start(state);
    }

    /// The attempt was never sent because the state changed under it.
    void again() {
        current = null;
        attempts--;
        decide();
    }

    Job job() {
        return job;
    }

    CallerResponse response() {
        return response;
    }

    DecisionRecord journal() {
        return journal;
    }

    /// The attempt was never sent because its pool may not be used: others may.
    void poolClosed(PoolKey pool, String subject, String detail, ApiError error) {
        current = null;
        attempts--;
        close(pool, subject, detail, error);
    }

    private void close(PoolKey pool, String subject, String detail, ApiError error) {
        closedPools.add(pool);
        journal.step(subject + " " + pool, detail);
        lastFailure = error;
        decide();
    }

    /// The attempt passed its whole answer on.
    void served() {
        current = null;
        finish("served");
    }

    /// The attempt failed.
    ///
    /// @param passed whether something of its answer was passed on
    void failed(Slot slot, UpstreamFailure failure, ApiError error, boolean passed) {
        current = null;
        lastFailure = error;
        journal.step("endpoint " + slot.endpoint().id(), "failed: " + failure.kind());
        if (passed || !failure.retryable() || attempts >= MAX_ATTEMPTS || response.over()) {
            refuse("failed", error);
            return;
        }
        work = work.retry(slot.endpoint().id());
        decide();
    }

    /// Looks after everything that depends on time.
    void tick(long now) {
        if (over) {
            return;
        }
        if (now - job.endByNanos() >= 0) {
            late();
            return;
        }
        if (response.stalled(plane.settings().listener().stalledWrite(), now)) {
            cancel("cancelled", response.status());
            response.abort();
            return;
        }
        var running = current;
        if (running != null) {
            running.tick(now);
        }
        boolean waitsForBytes = job.facts().stream() && (running == null || !running.passed());
        if (!over
                && waitsForBytes
                && now - lastCommentNanos >= plane.settings().firstSilence().toNanos()) {
            lastCommentNanos = now;
            if (response.streaming()) {
                response.comment();
            } else {
                response.beginStream(true);
            }
        }
    }

    private void late() {
        boolean ours = !job.ownDeadline() && current == null;
        stop();
        refuse(
                ours ? "shed" : "failed",
                ours ? plane.full(0) : ApiError.deadlineExceeded("The request's time ran out."));
    }

    /// The router stops: nothing more can be done for this request.
    void shutdown() {
        stop();
        refuse("failed", plane.full(0));
    }

    private void cancel(String outcome, int status) {
        if (!over) {
            journal.status(status);
            stop();
            finish(outcome);
        }
    }

    private void stop() {
        leaveQueue();
        var running = current;
        current = null;
        if (running != null) {
            running.cancel();
        }
    }

    private void leaveQueue() {
        var held = ticket;
        ticket = null;
        if (held != null) {
            plane.dispatcher().cancel(held, plane.nanos());
        }
    }

    private void refuse(String outcome, ApiError error) {
        if (over) {
            return;
        }
        leaveQueue();
        plane.meters().refused(outcome, error.code());
        response.fail(error);
        finish(outcome);
    }

    private void finish(String outcome) {
        if (over) {
            return;
        }
        over = true;
        plane.done(job.decisionId());
        if (response.status() != 0) {
            journal.status(response.status());
        }
        var entry = journal.end(outcome, attempts, plane.now(), plane.nanos());
        plane.journal().append(entry);
        plane.meters().decided(entry);
        onOver.accept(this);
    }
}
