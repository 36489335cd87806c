package io.spillway.testbed.replay;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import java.time.Duration;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import java.util.UUID;

/// The two callers of a replay, registered for its duration.
///
/// Both tenants and keys may spill: what keeps sensitive requests home must be their class alone.
final class Callers implements AutoCloseable {
    private static final Duration IN_FORCE = Duration.ofSeconds(20);

    private final Stack stack;
    private final Key sensitive;
    private final Key spillable;

    private record Key(String id, String secret) {}

    private Callers(Stack stack, Key sensitive, Key spillable) {
        this.stack = stack;
        this.sensitive = sensitive;
        this.spillable = spillable;
    }

    /// Registers both and waits until the router knows them.
    static Callers register(Stack stack, List<JsonNode> publicEnvironments)
            throws InterruptedException {
        var names = new TreeSet<String>();
        var jurisdictions = new TreeSet<String>();
        for (var environment : publicEnvironments) {
            names.add(environment.path("name").asText());
            environment.path("dataLocations").forEach(it -> jurisdictions.add(it.asText()));
            environment.path("operatorJurisdictions").forEach(it -> jurisdictions.add(it.asText()));
        }
        tenant(stack, "replay-sensitive", "confidential", names, jurisdictions);
        tenant(stack, "replay-spillable", "public", names, jurisdictions);
        var callers =
                new Callers(
                        stack,
                        key(stack, "replay-sensitive", names),
                        key(stack, "replay-spillable", names));
        try {
            callers.awaitInForce();
        } catch (ReplayException e) {
            callers.close();
            throw e;
        }
        return callers;
    }

    /// The secret to send requests of a label with.
    String secret(Label label) {
        return label == Label.SENSITIVE_TENANT ? sensitive.secret : spillable.secret;
    }

    @Override
    public void close() {
        stack.delete("keys/" + sensitive.id);
        stack.delete("keys/" + spillable.id);
    }

    private void awaitInForce() throws InterruptedException {
        long end = System.nanoTime() + IN_FORCE.toNanos();
        while (!stack.accepts(sensitive.secret) || !stack.accepts(spillable.secret)) {
            if (System.nanoTime() - end > 0) {
                throw ReplayException.refused(
                        "the router does not know the replay's keys after %d s; see ./spillway sync status"
                                .formatted(IN_FORCE.toSeconds()));
            }
            Thread.sleep(50);
        }
    }

    private static void tenant(
            Stack stack, String name, String floor, Set<String> spill, Set<String> jurisdictions) {
        var body = JsonNodeFactory.instance.objectNode();
        body.put("name", name).put("floor", floor);
        spill.forEach(body.putArray("maySpill")::add);
        jurisdictions.forEach(body.putArray("allowedJurisdictions")::add);
        body.putNull("monthlyBudget");
        stack.put("tenants/" + name, body);
    }

    private static Key key(Stack stack, String tenant, Set<String> spill) {
        var body = JsonNodeFactory.instance.objectNode();
        body.put("id", tenant + "-" + UUID.randomUUID().toString().substring(0, 8));
        body.put("tenant", tenant).put("debug", true);
        spill.forEach(body.putArray("maySpill")::add);
        var answer = stack.post("keys", body);
        return new Key(answer.path("id").asText(), answer.path("secret").asText());
    }
}
