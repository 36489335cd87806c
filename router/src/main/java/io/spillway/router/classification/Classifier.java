package io.spillway.router.classification;

import io.spillway.api.environment.ApiKey;
import io.spillway.api.environment.Tenant;
import io.spillway.api.request.Classification;
import io.spillway.api.request.Classification.Source;
import io.spillway.api.request.DataClass;
import io.spillway.api.request.RequestFacts;
import io.spillway.policy.detect.Scan;
import io.spillway.router.api.ParsedBody;
import io.spillway.router.decision.Policy;
import io.spillway.router.masking.MaskedRequest;
import io.spillway.router.masking.RequestMasker;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.random.RandomGenerator;
import org.jboss.logging.Logger;
import org.jspecify.annotations.Nullable;

/// Classifies requests. Thread-safe, but for the random numbers that come with a call.
public final class Classifier {
    private static final Logger LOG = Logger.getLogger(Classifier.class);

    private final SessionTaint taint;

    public Classifier(SessionTaint taint) {
        this.taint = taint;
    }

    /// What a class depends on besides request and session.
    ///
    /// @param policy the policy in force
    /// @param tenant the caller's tenant as it is now
    /// @param key the caller's key as it is now
    /// @param random makes the tags of placeholders, which must not be guessable
    public record Terms(Policy policy, Tenant tenant, ApiKey key, RandomGenerator random) {

        /// What a class found now would rest on.
        public Grounds grounds() {
            return Grounds.of(policy, tenant, key);
        }
    }

    /// Reads a request's body once more, with its text.
    @FunctionalInterface
    public interface Reading {
        ParsedBody body() throws Exception;
    }

    /// Assesses a request that came in; never fails, the highest class stands for every failure.
    ///
    /// @param body with its text
    /// @param session value of `x-spillway-session`, null when absent
    public Assessment assess(
            Terms terms, RequestFacts request, ParsedBody body, @Nullable String session) {
        var given = given(terms, request, session);
        var result = assess(terms, request, given, null, () -> body);
        raise(terms, session, result);
        return result;
    }

    /// Assesses a request anew because the policy, its tenant or its key changed while it waited.
    /// The result is never lower than the earlier one.
    ///
    /// @param text reads the body again; asked only when that is needed
    public Assessment again(
            Terms terms,
            RequestFacts request,
            Assessment earlier,
            @Nullable String session,
            Reading text) {
        var result = assess(terms, request, earlier.given(), earlier, text).notBelow(earlier);
        raise(terms, session, result);
        return result;
    }

    /// Whether [#again] will read the body.
    public static boolean readsAgain(Policy policy, Assessment earlier) {
        return !policy.detectors().equals(earlier.detectors())
                || RequestMasker.needed(policy, earlier.scan());
    }

    private static Assessment assess(
            Terms terms,
            RequestFacts request,
            List<Source> given,
            @Nullable Assessment earlier,
            Reading text) {
        try {
            var policy = terms.policy();
            var floors = floors(terms, given);
            var scan =
                    earlier != null && policy.detectors().equals(earlier.detectors())
                            ? earlier.scan()
                            : policy.scan(text.body().leaves());
            var whole = atLeast(policy.classify(request, scan, floors), floors);
            var forms =
                    RequestMasker.needed(policy, scan)
                            ? new RequestMasker(policy, request, floors, terms.random())
                                    .forms(text.body(), scan, whole, terms.tenant().maskable())
                            : Map.<Set<String>, MaskedRequest>of();
            return new Assessment(terms.grounds(), policy.detectors(), scan, given, whole, forms);
        } catch (Exception | StackOverflowError e) {
            // The exception may quote the text, so only its type is told.
            LOG.errorf("classification failed with %s; highest class applies", e.getClass());
            return failed(terms, request, given);
        }
    }

    private static Assessment failed(Terms terms, RequestFacts request, List<Source> given) {
        return new Assessment(
                terms.grounds(),
                "",
                new Scan(List.of(), true),
                given,
                new Classification(
                        DataClass.HIGHEST,
                        request.unscanned(),
                        List.of(),
                        List.of(new Source("error", DataClass.HIGHEST))),
                Map.of());
    }

    private void raise(Terms terms, @Nullable String session, Assessment result) {
        if (session != null) {
            taint.raise(
                    terms.tenant().name(),
                    terms.key().id(),
                    session,
                    result.classification().dataClass());
        }
    }

    private List<Source> given(Terms terms, RequestFacts request, @Nullable String session) {
        var given = new ArrayList<Source>(2);
        if (request.declaredClass() != null) {
            given.add(new Source("header", request.declaredClass()));
        }
        if (session != null) {
            var past = taint.floor(terms.tenant().name(), terms.key().id(), session);
            if (past != null) {
                given.add(new Source("session", past));
            }
        }
        return given;
    }

    private static List<Source> floors(Terms terms, List<Source> given) {
        var floors = new ArrayList<Source>(2 + given.size());
        floors.add(new Source("tenant", terms.tenant().floor()));
        floors.add(new Source("key", terms.key().floor()));
        floors.addAll(given);
        return floors;
    }

    /// A policy can raise the class over the floors, never lower it under them.
    private static Classification atLeast(Classification found, List<Source> floors) {
        var least = found.dataClass();
        for (var floor : floors) {
            least = least.max(floor.dataClass());
        }
        return least == found.dataClass()
                ? found
                : new Classification(least, found.unscanned(), found.findings(), floors);
    }
}
