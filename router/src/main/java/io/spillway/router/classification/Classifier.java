package io.spillway.router.classification;

import io.spillway.api.request.Classification;
import io.spillway.api.request.Classification.Source;
import io.spillway.api.request.DataClass;
import io.spillway.api.request.RequestFacts;
import io.spillway.policy.detect.TextLeaf;
import io.spillway.router.decision.Policy;
import io.spillway.router.identity.Principal;
import java.util.ArrayList;
import java.util.List;
import org.jboss.logging.Logger;
import org.jspecify.annotations.Nullable;

/// Classifies requests. Thread-safe.
public final class Classifier {
    private static final Logger LOG = Logger.getLogger(Classifier.class);

    private final SessionTaint taint;

    public Classifier(SessionTaint taint) {
        this.taint = taint;
    }

    /// The class of a request; never fails, the highest class stands for every failure.
    ///
    /// @param session value of `x-spillway-session`, null when absent
    public Classification classify(
            Policy policy,
            RequestFacts request,
            Principal principal,
            List<TextLeaf> text,
            @Nullable String session) {
        var floors = floors(request, principal, session);
        Classification result;
        try {
            result = atLeast(policy.classify(request, text, floors), floors);
        } catch (RuntimeException | StackOverflowError e) {
            // The exception may quote the text, so only its type is told.
            LOG.errorf("classification failed with %s; highest class applies", e.getClass());
            result = failed(request);
        }
        if (session != null) {
            taint.raise(
                    principal.tenant().name(), principal.key().id(), session, result.dataClass());
        }
        return result;
    }

    /// The classification that stands for a failure.
    public static Classification failed(RequestFacts request) {
        return new Classification(
                DataClass.HIGHEST,
                request.unscanned(),
                List.of(),
                List.of(new Source("error", DataClass.HIGHEST)));
    }

    private List<Source> floors(
            RequestFacts request, Principal principal, @Nullable String session) {
        var floors = new ArrayList<Source>(4);
        floors.add(new Source("tenant", principal.tenant().floor()));
        floors.add(new Source("key", principal.key().floor()));
        if (request.declaredClass() != null) {
            floors.add(new Source("header", request.declaredClass()));
        }
        if (session != null) {
            var past = taint.floor(principal.tenant().name(), principal.key().id(), session);
            if (past != null) {
                floors.add(new Source("session", past));
            }
        }
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
