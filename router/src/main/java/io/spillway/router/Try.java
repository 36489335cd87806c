package io.spillway.router;

import io.spillway.api.connector.Dialect;
import io.spillway.api.connector.Dialect.BodyEdits;
import io.spillway.api.connector.Dialect.BodyHints;
import io.spillway.api.connector.ResponseObserver;
import io.spillway.api.connector.UpstreamFailure;
import io.spillway.api.environment.Environment;
import io.spillway.api.environment.Pool;
import io.spillway.api.state.JournalRecord;
import io.spillway.router.accounting.AttemptLedger;
import io.spillway.router.accounting.AttemptLedger.Opening;
import io.spillway.router.admission.Slot;
import io.spillway.router.api.ApiError;
import io.spillway.router.api.BodySplice;
import io.spillway.router.api.ParsedBody;
import io.spillway.router.balancing.AttemptOutcome;
import io.spillway.router.forwarding.Attempt;
import io.spillway.router.forwarding.AttemptEnd;
import io.spillway.router.forwarding.AttemptListener;
import io.spillway.router.forwarding.Egress;
import io.spillway.router.forwarding.EgressPermit;
import io.spillway.router.forwarding.EgressVerdict;
import io.spillway.router.forwarding.OutboundCall;
import io.spillway.router.masking.AnswerRestorer;
import io.vertx.core.Future;
import io.vertx.core.buffer.Buffer;
import java.net.InetAddress;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.Map;
import java.util.OptionalLong;
import java.util.Set;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;

/// One try to serve a request at one endpoint: permit, reservation, call, settlement. Whatever
/// happens, the slot is given back once and the reservation settled once. Confined to one event
/// loop.
final class Try implements AttemptListener {
    private final Plane plane;
    private final Lane lane;
    private final Exchange exchange;
    private final Job job;
    private final Sent sent;
    private final String model;
    private final Slot slot;
    private final int number;
    private @Nullable Attempt attempt;
    private @Nullable AttemptLedger ledger;
    private @Nullable ResponseObserver observer;
    private @Nullable Environment environment;

    /// The environments that the rules and invariants saw.
    private Map<String, Environment> decidedBy = Map.of();

    private long sentNanos;
    private boolean passed;
    private boolean over;

    Try(Plane plane, Lane lane, Exchange exchange, Sent sent, String model, Slot slot, int number) {
        this.plane = plane;
        this.lane = lane;
        this.exchange = exchange;
        this.sent = sent;
        this.job = sent.job();
        this.model = model;
        this.slot = slot;
        this.number = number;
    }

    /// Whether something of the answer was passed on.
    boolean passed() {
        return passed;
    }

    void start(RouterState state) {
        decidedBy = state.routing().environments();
        var endpoint = slot.endpoint();
        var dialect = plane.dialects().get(endpoint.dialect());
        var pool = state.routing().pools().get(slot.pool());
        environment = state.routing().environments().get(endpoint.environment());
        if (dialect == null || pool == null || environment == null) {
            notSent("endpoint", "its dialect, pool or environment is not known", plane.full(0));
            return;
        }
        var address = plane.addresses().address(endpoint.url().getHost());
        var token = plane.tokens().token(endpoint.tokenRef());
        Future.all(address, token)
                .onComplete(done -> {
                    if (over) {
                        return;
                    }
                    if (done.failed()) {
                        unreachable(address.failed());
                    } else {
                        judge(dialect, pool, address.result(), token.result());
                    }
                });
    }

    private void unreachable(boolean noAddress) {
        var what = noAddress ? "its host name does not resolve" : "its token cannot be read";
        plane.log().warnf("endpoint %s cannot be used: %s", slot.endpoint().id(), what);
        over = true;
        release(AttemptOutcome.of(AttemptOutcome.Kind.FAILED));
        exchange.failed(
                slot,
                broken(),
                ApiError.upstreamFailed("No model server could be reached."),
                false);
    }

    private void judge(Dialect dialect, Pool pool, InetAddress address, @Nullable String token) {
        // The state of this very moment, not the one the policy decided by.
        var state = plane.state();
        if (!plane.current(job, state) || !state.routing().environments().equals(decidedBy)) {
            outdated();
            return;
        }
        var body = BodySplice.apply(sent.body(), edits(dialect, pool));
        var egress =
                new Egress(
                        job.decisionId(),
                        number,
                        job.principal().tenant().name(),
                        job.principal().key().hash(),
                        model,
                        job.body().model(),
                        sent.classification().dataClass(),
                        unscanned(),
                        slot.endpoint(),
                        address,
                        body,
                        sent.masking());
        boolean begun =
                lane.work(
                        sent.masked() == null ? 0 : body.length,
                        () -> verdict(egress, state),
                        verdict -> judged(verdict, dialect, pool, token));
        if (!begun) {
            notSent("egress guard", "no thread is free to look through the body", plane.full(0));
        }
    }

    /// What the guard says. A failure of any kind refuses.
    private EgressVerdict verdict(Egress egress, RouterState state) {
        try {
            return plane.guard()
                    .judge(egress, state.routing(), state.age(plane.now()), plane.nanos());
        } catch (RuntimeException e) {
            // The exception may quote the body, so only its type is told.
            plane.log().errorf("the egress guard failed with %s; refused", e.getClass());
            return new EgressVerdict.Refused("error", "the guard failed");
        }
    }

    private void judged(EgressVerdict verdict, Dialect dialect, Pool pool, @Nullable String token) {
        if (over) {
            return;
        }
        switch (verdict) {
            case EgressVerdict.Permitted(var permit) -> reserve(permit, dialect, pool, token);
            case EgressVerdict.Refused(var reason, var detail) -> {
                plane.meters().egressDenied(reason);
                notSent(
                        "egress guard",
                        detail,
                        ApiError.denied("No place that the policy allows may serve this request."));
            }
        }
    }

    /// What could not be read, whatever became of the classification.
    private Set<String> unscanned() {
        var kinds = new HashSet<>(sent.classification().unscanned());
        kinds.addAll(job.facts().unscanned());
        return kinds;
    }

    private BodyEdits edits(Dialect dialect, Pool pool) {
        var parsed = sent.body();
        var options = parsed.member("stream_options");
        var hints =
                new BodyHints(
                        parsed.stream(),
                        parsed.includeUsage(),
                        lane.tenantSalt(job.principal().tenant().name()),
                        parsed.members().stream().map(ParsedBody.Member::name).toList(),
                        options == null ? null : parsed.text(options));
        var edits = dialect.edits(job.operation(), hints);
        var set = new ArrayList<BodyEdits.Member>(edits.set().size() + 1);
        if (!pool.upstreamModel().equals(job.body().model())) {
            set.add(new BodyEdits.Member("model", BodySplice.quoted(pool.upstreamModel())));
        }
        set.addAll(edits.set());
        return new BodyEdits(set, edits.remove());
    }

    private void reserve(EgressPermit permit, Dialect dialect, Pool pool, @Nullable String token) {
        var place = environment;
        var money = plane.most(job, model, pool);
        if (money == null || place == null) {
            notSent("budget", "it could cost more than can be counted", plane.full(0));
            return;
        }
        var reserved =
                new JournalRecord.Reserved(
                        plane.now(),
                        job.decisionId() + "/" + number,
                        job.decisionId(),
                        job.principal().tenant().name(),
                        job.principal().key().id(),
                        job.body().model(),
                        slot.pool(),
                        place.zone().wire(),
                        slot.endpoint().id(),
                        money);
        var book = new AttemptLedger(plane.journal(), plane.budget(), reserved, pool);
        switch (book.open(plane.now())) {
            case Opening.Open(var durable) -> {
                ledger = book;
                if (durable.isDone() && !durable.isCompletedExceptionally()) {
                    send(permit, dialect, token);
                } else {
                    var _ =
                            durable.whenComplete((_, failure) ->
                                    lane.context()
                                            .runOnContext(
                                                    _ -> durable(failure, permit, dialect, token)));
                }
            }
            case Opening.NoMoney(var why) ->
                    notSent("budget", why, ApiError.overBudget("The tenant's budget is used up."));
            case Opening.NoJournal(var why) -> notSent("journal", why, plane.full(0));
        }
    }

    private void durable(
            @Nullable Throwable failure,
            EgressPermit permit,
            Dialect dialect,
            @Nullable String token) {
        if (over) {
            return;
        }
        if (failure != null) {
            notSent("journal", "the reservation could not be written", plane.full(0));
        } else {
            send(permit, dialect, token);
        }
    }

    private void send(EgressPermit permit, Dialect dialect, @Nullable String token) {
        var body = job.body();
        var watching = dialect.observe(job.operation(), body.stream());
        observer = watching;
        sentNanos = plane.nanos();
        var placeholders = sent.placeholders();
        var call =
                new OutboundCall(
                        dialect,
                        dialect.path(job.operation()),
                        body.stream(),
                        body.stream() && !body.includeUsage(),
                        watching,
                        token,
                        lane.traceParent(job.decisionId()),
                        placeholders == null ? null : new AnswerRestorer(placeholders));
        plane.meters().permitted();
        attempt = lane.client().send(permit, call, this);
    }

    @Override
    public void events(Buffer bytes) {
        if (over) {
            return;
        }
        first(true);
        exchange.response().beginStream(false);
        exchange.response().write(bytes);
        var running = attempt;
        if (running != null && exchange.response().full(plane.nanos(), running::resume)) {
            running.pause();
        }
    }

    @Override
    public void whole(String contentType, byte[] body) {
        if (over) {
            return;
        }
        first(false);
        if (exchange.response().streaming()) {
            // The caller already has the head of a stream and cannot take anything else.
            exchange.response()
                    .fail(
                            ApiError.upstreamFailed(
                                    "The model server did not answer with a stream."));
        } else {
            exchange.response().whole(200, contentType, body);
        }
    }

    private void first(boolean stream) {
        if (passed) {
            return;
        }
        passed = true;
        long now = plane.nanos();
        var place = environment;
        var zone = place == null ? "" : place.zone().wire();
        long ttft = TimeUnit.NANOSECONDS.toMillis(now - sentNanos);
        exchange.journal().firstByte(zone, ttft);
        if (stream) {
            plane.dispatcher().firstToken(slot, now);
        }
        var response = exchange.response();
        response.header("x-spillway-environment", slot.pool().environment());
        response.header("x-spillway-zone", zone);
        response.header("x-spillway-model", slot.pool().modelVersion());
        response.header("x-spillway-queue-ms", Long.toString(exchange.journal().queueMillis()));
        if (job.principal().caller().debug()) {
            response.header("x-spillway-endpoint", slot.endpoint().id());
        }
    }

    @Override
    public void ended(AttemptEnd end) {
        if (over) {
            return;
        }
        over = true;
        var watching = observer;
        var usage = watching == null ? null : watching.usage().orElse(null);
        switch (end) {
            case AttemptEnd.Complete() -> {
                settle("ok", usage, false);
                release(
                        usage == null
                                ? AttemptOutcome.ok(0, 0)
                                : AttemptOutcome.ok(
                                        usage.promptTokens(), usage.completionTokens()));
                if (sent.masked() == null) {
                    plane.learned(job, usage);
                }
                exchange.response().end();
                exchange.served();
            }
            case AttemptEnd.Refused(var failure, var retryAfter) -> {
                settle("failed", usage, true);
                release(outcome(failure, retryAfter));
                exchange.failed(slot, failure, error(failure, retryAfter), false);
            }
            case AttemptEnd.Broken(var reason) -> {
                var running = attempt;
                settle("failed", usage, running == null || !running.sent());
                release(AttemptOutcome.of(AttemptOutcome.Kind.FAILED));
                plane.log().warnf("endpoint %s broke off: %s", slot.endpoint().id(), reason);
                exchange.failed(
                        slot,
                        broken(),
                        ApiError.upstreamFailed("The model server failed: %s.".formatted(reason)),
                        passed);
            }
            case AttemptEnd.Outdated() -> {
                over = false;
                outdated();
            }
            case AttemptEnd.NotPermitted(var reason) -> {
                plane.meters().egressDenied(reason);
                over = false;
                notSent("egress permit", reason, plane.full(0));
            }
        }
    }

    /// Stops the attempt: the caller left, or the time ran out.
    void cancel() {
        if (over) {
            return;
        }
        over = true;
        var running = attempt;
        if (running != null) {
            running.cancel();
        }
        var watching = observer;
        var usage = watching == null ? null : watching.usage().orElse(null);
        settle("cancelled", usage, running == null || !running.sent());
        release(AttemptOutcome.of(AttemptOutcome.Kind.CANCELLED));
    }

    void tick(long now) {
        var running = attempt;
        if (running != null) {
            running.checkSilence(now);
        }
    }

    private void notSent(String subject, String detail, ApiError error) {
        if (over) {
            return;
        }
        over = true;
        settle("failed", null, true);
        release(AttemptOutcome.of(AttemptOutcome.Kind.UNSENT));
        exchange.poolClosed(slot.pool(), subject, detail, error);
    }

    /// Nothing was sent, and what was decided need not hold any more.
    private void outdated() {
        over = true;
        settle("failed", null, true);
        release(AttemptOutcome.of(AttemptOutcome.Kind.UNSENT));
        exchange.again();
    }

    private void settle(String outcome, ResponseObserver.@Nullable Usage usage, boolean free) {
        var book = ledger;
        if (book != null) {
            book.settle(outcome, usage, free, plane.now());
        }
    }

    private void release(AttemptOutcome outcome) {
        plane.dispatcher().release(slot, outcome, plane.nanos());
    }

    private static UpstreamFailure broken() {
        return new UpstreamFailure(UpstreamFailure.Kind.SERVER_ERROR, 0, "");
    }

    private static AttemptOutcome outcome(UpstreamFailure failure, OptionalLong retryAfter) {
        return switch (failure.kind()) {
            case CALLER_ERROR -> AttemptOutcome.of(AttemptOutcome.Kind.CALLER_ERROR);
            case OVERLOADED -> AttemptOutcome.overloaded(retryAfter);
            case UNKNOWN_MODEL, UNAUTHORIZED, SERVER_ERROR ->
                    AttemptOutcome.of(AttemptOutcome.Kind.FAILED);
        };
    }

    private ApiError error(UpstreamFailure failure, OptionalLong retryAfter) {
        return switch (failure.kind()) {
            case CALLER_ERROR ->
                    ApiError.refused(
                            failure.status() >= 400 && failure.status() < 500
                                    ? failure.status()
                                    : 400,
                            failure.message());
            case OVERLOADED -> plane.full(retryAfter.orElse(0));
            case UNKNOWN_MODEL, UNAUTHORIZED, SERVER_ERROR ->
                    ApiError.upstreamFailed(
                            "The model server answered with status %d."
                                    .formatted(failure.status()));
        };
    }
}
