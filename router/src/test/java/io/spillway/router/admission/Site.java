package io.spillway.router.admission;

import io.spillway.api.decision.Candidate;
import io.spillway.api.decision.Decision;
import io.spillway.api.decision.Explanation;
import io.spillway.api.decision.WhenFull;
import io.spillway.api.environment.Endpoint;
import io.spillway.api.environment.EndpointState;
import io.spillway.api.environment.Environment;
import io.spillway.api.environment.Money;
import io.spillway.api.environment.Pool;
import io.spillway.api.environment.PoolKey;
import io.spillway.api.environment.RegistryObject;
import io.spillway.api.environment.Tenant;
import io.spillway.api.environment.Zone;
import io.spillway.api.request.DataClass;
import io.spillway.api.state.RoutingState;
import io.spillway.api.state.Watermark;
import io.spillway.router.balancing.Prefix;
import java.net.URI;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;

/// A private and a public pool of one model, and decisions about them.
final class Site {
    static final PoolKey HOME = new PoolKey("onprem", "chat-v1");
    static final PoolKey CLOUD = new PoolKey("aws-burst", "chat-v1");
    static final Explanation WHY = new Explanation("test", List.of());
    static final long SECOND = 1_000_000_000L;
    static final long MILLI = 1_000_000L;

    private Site() {}

    static RoutingState of(Endpoint... endpoints) {
        var objects = new ArrayList<RegistryObject>();
        objects.add(environment("onprem", Zone.PRIVATE));
        objects.add(environment("aws-burst", Zone.PUBLIC));
        objects.add(pool(HOME, 0));
        objects.add(pool(CLOUD, 2000));
        for (var tenant : List.of("a", "b", "c")) {
            objects.add(new Tenant(tenant, DataClass.PUBLIC, Set.of(), Set.of(), null));
        }
        objects.addAll(List.of(endpoints));
        return RoutingState.of(new Watermark("origin", 1, 1), objects);
    }

    static Endpoint home(int number) {
        return endpoint(HOME, "h" + number, "vllm", EndpointState.READY);
    }

    static Endpoint cloud(int number) {
        return endpoint(CLOUD, "c" + number, "vllm", EndpointState.READY);
    }

    static Endpoint endpoint(PoolKey pool, String id, String dialect, EndpointState state) {
        return new Endpoint(
                id,
                pool.environment(),
                pool.modelVersion(),
                URI.create("http://127.0.0.1:1/" + id),
                dialect,
                state,
                null,
                null);
    }

    static Pool pool(PoolKey key, long nanosPerToken) {
        return new Pool(
                key.environment(),
                key.modelVersion(),
                "chat",
                new Money(nanosPerToken, "USD"),
                new Money(3 * nanosPerToken, "USD"));
    }

    private static Environment environment(String name, Zone zone) {
        return new Environment(
                name,
                zone,
                "onprem",
                "here",
                Set.of(),
                Set.of(),
                DataClass.RESTRICTED,
                List.of(),
                null);
    }

    static Work work(String tenant, boolean spillable, int promptTokens, long deadline) {
        return new Work(
                "request",
                tenant,
                List.of("chat-v1"),
                promptTokens,
                100,
                spillable,
                true,
                Work.DEFAULT_PRIORITY,
                deadline,
                Prefix.NONE,
                1,
                Set.of());
    }

    static Work withPriority(Work work, int priority) {
        return new Work(
                work.requestId(),
                work.tenant(),
                work.modelVersions(),
                work.promptTokens(),
                work.outputTokens(),
                work.spillable(),
                work.stream(),
                priority,
                work.deadlineNanos(),
                work.prefix(),
                work.attempt(),
                work.tried());
    }

    static Decision serve(PoolKey... pools) {
        return serve(WhenFull.QUEUE, pools);
    }

    static Decision serve(WhenFull whenFull, PoolKey... pools) {
        var candidates = java.util.Arrays.stream(pools).map(it -> new Candidate(it, "test"));
        return new Decision.Serve(candidates.toList(), whenFull, WHY);
    }
}
