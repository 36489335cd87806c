package io.spillway.router;

import io.spillway.api.request.Classification;
import io.spillway.api.request.Operation;
import io.spillway.api.request.RequestFacts;
import io.spillway.router.admission.Work;
import io.spillway.router.api.ApiError;
import io.spillway.router.api.BodyParser;
import io.spillway.router.api.CallerHeaders;
import io.spillway.router.api.IncomingRequest;
import io.spillway.router.api.InvalidBodyException;
import io.spillway.router.api.InvalidHeaderException;
import io.spillway.router.api.ParsedBody;
import io.spillway.router.classification.Classifier;
import io.spillway.router.identity.Identification;
import io.spillway.router.identity.Identity;
import io.spillway.router.identity.Principal;
import java.util.HexFormat;
import java.util.Map;
import java.util.concurrent.ThreadLocalRandom;
import org.jspecify.annotations.Nullable;

/// Brings a request from its head to a classified [Job], or answers why not. Confined to one event
/// loop.
final class Intake {
    private static final String MODELS = "/v1/models";
    private static final Map<String, Operation> OPERATIONS =
            Map.of(
                    Operation.CHAT.path(), Operation.CHAT,
                    Operation.COMPLETIONS.path(), Operation.COMPLETIONS,
                    Operation.EMBEDDINGS.path(), Operation.EMBEDDINGS);

    private final Plane plane;
    private final Lane lane;
    private final Identity identity;
    private final PolicyLimits policyLimits;

    Intake(Plane plane, Lane lane, Identity identity, PolicyLimits policyLimits) {
        this.plane = plane;
        this.lane = lane;
        this.identity = identity;
        this.policyLimits = policyLimits;
    }

    /// What the head says, before the body is read.
    private record Head(
            String decisionId,
            Operation operation,
            Principal principal,
            CallerHeaders headers,
            long arrivedNanos) {}

    void accept(IncomingRequest request) {
        var decisionId = decisionId();
        request.response().header("x-spillway-decision", decisionId);
        try {
            route(request, decisionId);
        } catch (InvalidHeaderException e) {
            reject(request, e.error());
        }
    }

    private void route(IncomingRequest request, String decisionId) throws InvalidHeaderException {
        var path = request.path();
        var operation = OPERATIONS.get(path);
        boolean models = path.equals(MODELS) || path.startsWith(MODELS + "/");
        if (operation == null && !models) {
            reject(
                    request,
                    new ApiError(
                            404,
                            "invalid_request_error",
                            "invalid_request",
                            "There is no such path; inference is at /v1/chat/completions,"
                                    + " /v1/completions and /v1/embeddings.",
                            null,
                            null));
            return;
        }
        var allowed = models ? "GET" : "POST";
        if (!request.method().equals(allowed)) {
            request.response().header("allow", allowed);
            reject(request, ApiError.refused(405, "Use %s for this path.".formatted(allowed)));
            return;
        }
        if (plane.stopping()) {
            reject(request, plane.full(0));
            return;
        }
        var state = plane.state();
        if (!state.present()) {
            reject(request, ApiError.noCapacity("This router is starting.", 1));
            return;
        }
        switch (identity.identify(
                request.header("authorization"), state.routing(), plane.now(), plane.nanos())) {
            case Identification.Refused(var error) -> reject(request, error);
            case Identification.Known(var principal) -> {
                if (operation == null) {
                    models(request, state, path);
                } else {
                    read(request, decisionId, operation, principal);
                }
            }
        }
    }

    private void models(IncomingRequest request, RouterState state, String path) {
        request.body(_ -> {
            var models = state.routing().models();
            if (path.equals(MODELS)) {
                json(request, ModelList.all(models.values()));
                return;
            }
            var name = path.substring(MODELS.length() + 1);
            var model = models.get(name);
            if (model == null) {
                reject(request, ApiError.noModel(name));
            } else {
                json(request, ModelList.one(model));
            }
        });
    }

    private static void json(IncomingRequest request, byte[] body) {
        request.response().whole(200, "application/json", body);
    }

    private void read(
            IncomingRequest request, String decisionId, Operation operation, Principal principal)
            throws InvalidHeaderException {
        var problem = request.checkBodyHeaders();
        if (problem != null) {
            reject(request, problem);
            return;
        }
        var head =
                new Head(
                        decisionId, operation, principal, CallerHeaders.of(request), plane.nanos());
        request.body(bytes -> inspect(request, head, bytes));
    }

    private void inspect(IncomingRequest request, Head head, byte[] bytes) {
        boolean begun =
                lane.work(
                        bytes.length, () -> job(head, bytes), result -> inspected(request, result));
        if (!begun) {
            inspected(request, new Inspected(null, plane.full(0)));
        }
    }

    /// A job, or why there is none.
    private record Inspected(@Nullable Job job, @Nullable ApiError error) {}

    private void inspected(IncomingRequest request, Inspected result) {
        var job = result.job();
        if (job == null || request.response().over()) {
            if (result.error() != null) {
                reject(request, result.error());
            }
            return;
        }
        if (job.principal().caller().debug()) {
            request.response()
                    .header("x-spillway-data-class", job.classification().dataClass().wire());
        }
        lane.run(job, request.response());
    }

    private Inspected job(Head head, byte[] bytes) {
        try {
            var body = BodyParser.parse(head.operation(), bytes);
            var state = plane.state();
            if (!state.routing().models().containsKey(body.model())) {
                return new Inspected(null, ApiError.noModel(body.model()));
            }
            var job = classified(head, body, state);
            var limits = state.policy().limits(job.facts(), job.classification(), plane.now());
            var objection = policyLimits.objection(limits, job.facts(), plane.nanos());
            return objection == null ? new Inspected(job, null) : new Inspected(null, objection);
        } catch (InvalidBodyException e) {
            return new Inspected(null, e.error());
        } catch (RuntimeException | StackOverflowError e) {
            // The exception may quote the body, so only its type is told.
            plane.log().errorf("reading a request failed with %s", e.getClass());
            return new Inspected(
                    null, ApiError.noCapacity("The request could not be inspected.", 1));
        }
    }

    private Job classified(Head head, ParsedBody body, RouterState state) {
        var size = PromptSize.of(body);
        var facts =
                new RequestFacts(
                        head.operation(),
                        body.model(),
                        head.principal().caller(),
                        body.stream(),
                        head.headers().dataClass(),
                        body.unscanned(),
                        body.bytes().length,
                        plane.estimator().expectedPrompt(body.model(), size),
                        body.maxTokens());
        long began = plane.nanos();
        var principal = head.principal();
        var session = head.headers().session();
        var assessment =
                lane.classifier()
                        .assess(
                                new Classifier.Terms(
                                        state.policy(),
                                        principal.tenant(),
                                        principal.key(),
                                        plane.random()),
                                facts,
                                body,
                                session);
        plane.meters().classified(plane.nanos() - began);
        var own = head.headers().timeout();
        var settings = plane.settings();
        long end = head.arrivedNanos() + (own == null ? settings.requestTimeout() : own).toNanos();
        long start = Math.min(end, head.arrivedNanos() + settings.queueTimeout().toNanos());
        return new Job(
                head.decisionId(),
                head.operation(),
                head.principal(),
                body.withoutText(),
                facts,
                assessment,
                session,
                size.atLeast(assessment.largestBytes()),
                priority(head, state, facts, assessment.classification()),
                head.arrivedNanos(),
                start,
                end,
                own != null);
    }

    /// The band that the policy gives or, when it gives none, the caller asks for. A caller can ask
    /// for less than the policy gives.
    private int priority(
            Head head, RouterState state, RequestFacts facts, Classification classification) {
        var asked = head.headers().priority();
        var rule = state.policy().priority(facts, classification, plane.now());
        if (rule.isEmpty()) {
            return asked == null ? Work.DEFAULT_PRIORITY : asked;
        }
        int band = rule.get().band();
        return asked == null ? band : Math.min(asked, band);
    }

    private void reject(IncomingRequest request, ApiError error) {
        plane.meters().rejected(error.code());
        request.response().fail(error);
    }

    /// 32 hex digits that sort by time: 48 bits of milliseconds, then 80 random ones.
    private String decisionId() {
        var random = ThreadLocalRandom.current();
        var hex = HexFormat.of();
        long high = plane.now().toEpochMilli() << 16 | random.nextInt(0x10000);
        return hex.toHexDigits(high) + hex.toHexDigits(random.nextLong());
    }
}
