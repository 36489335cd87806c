package io.spillway.cli.stack;

import io.spillway.cli.admin.AdminClient;
import io.spillway.cli.admin.PolicyName;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/// What a fresh installation contains, registered through the admin REST like anything else.
final class Demo {
    static final String MODEL = "demo-chat";
    static final String VERSION = "llama-2-70b";
    static final String UPSTREAM_MODEL = "meta-llama/Llama-2-70b-chat-hf";
    static final String PRIVATE = "onprem";
    static final String PUBLIC = "aws-burst";
    static final String TENANT = "demo";

    private final AdminClient admin;
    private final StateDirectory state;

    Demo(AdminClient admin, StateDirectory state) {
        this.admin = admin;
        this.state = state;
    }

    /// Registers the private environment, a tenant and its key; nothing that serves.
    void seedEmpty(Path policy) throws IOException {
        var ranges = List.of("127.0.0.0/8", "10.0.0.0/8", "172.16.0.0/12", "192.168.0.0/16");
        put(
                "environments/" + PRIVATE,
                environment(PRIVATE, "private", "onprem", "restricted", ranges));
        put("tenants/" + TENANT, tenant(List.of()));
        publish(policy);
        key(List.of());
    }

    /// Registers both environments, the model, its pools, the fleet, a tenant with grants and its
    /// key.
    void seed(
            Path policy,
            String driver,
            List<Map<String, Object>> endpoints,
            Map<String, String> fleetSettings)
            throws IOException {
        var loopback = List.of("127.0.0.0/8");
        put(
                "environments/" + PRIVATE,
                environment(PRIVATE, "private", "onprem", "restricted", loopback));
        put("environments/" + PUBLIC, environment(PUBLIC, "public", "aws", "internal", loopback));
        put(
                "models/" + MODEL,
                Map.of(
                        "name", MODEL,
                        "versions", List.of(VERSION),
                        "maySpill", List.of(PUBLIC),
                        "spillableUnscanned", List.of(),
                        "contextTokens", 16_384));
        put("pools/%s/%s".formatted(PRIVATE, VERSION), pool(PRIVATE, 0, 0));
        // 0.90 and 1.10 USD per million tokens, what hosted 70B models cost.
        put("pools/%s/%s".formatted(PUBLIC, VERSION), pool(PUBLIC, 900, 1_100));
        for (var endpoint : endpoints) {
            put("endpoints/" + endpoint.get("id"), endpoint);
        }
        put("tenants/" + TENANT, tenant(List.of(PUBLIC)));
        publish(policy);
        put("fleets/burst", fleet(driver, fleetSettings));
        key(List.of(PUBLIC));
    }

    static Map<String, Object> endpoint(String id, String url, String nonce) {
        return Map.of(
                "id", id,
                "environment", PRIVATE,
                "modelVersion", VERSION,
                "url", url,
                "dialect", "vllm",
                "state", "ready",
                "nonce", nonce);
    }

    private static Map<String, Object> environment(
            String name, String zone, String provider, String clearance, List<String> ranges) {
        return Map.of(
                "name", name,
                "zone", zone,
                "provider", provider,
                "region", "local",
                "dataLocations", List.of("DE"),
                "operatorJurisdictions", List.of("DE"),
                "clearance", clearance,
                "addressRanges", ranges);
    }

    private static Map<String, Object> pool(String environment, long inputNanos, long outputNanos) {
        return Map.of(
                "environment", environment,
                "modelVersion", VERSION,
                "upstreamModel", UPSTREAM_MODEL,
                "inputPrice", Map.of("nanos", inputNanos, "currency", "USD"),
                "outputPrice", Map.of("nanos", outputNanos, "currency", "USD"));
    }

    private static Map<String, Object> tenant(List<String> maySpill) {
        return Map.of(
                "name",
                TENANT,
                "floor",
                "public",
                "maySpill",
                maySpill,
                "allowedJurisdictions",
                List.of("DE"),
                "monthlyBudget",
                Map.of("nanos", 100_000_000_000L, "currency", "USD"));
    }

    private static Map<String, Object> fleet(String driver, Map<String, String> settings) {
        return Map.of(
                "name",
                "burst",
                "environment",
                PUBLIC,
                "modelVersion",
                VERSION,
                "driver",
                driver,
                "minimum",
                0,
                "maximum",
                3,
                "scaleUpTtftMillis",
                1_500,
                "idleSeconds",
                60,
                "settings",
                settings);
    }

    private void key(List<String> maySpill) throws IOException {
        var body = new LinkedHashMap<String, Object>();
        body.put("id", "demo");
        body.put("tenant", TENANT);
        body.put("maySpill", maySpill);
        body.put("debug", true);
        var answer = admin.post("keys", body).orFail();
        StateDirectory.writeSecret(state.apiKey(), answer.path("secret").asText() + "\n");
    }

    private void publish(Path policy) throws IOException {
        var yaml = Files.readString(policy);
        var answer = admin.publish(PolicyName.of(yaml), yaml, "").orFail();
        Files.writeString(state.policyDigest(), answer.path("digest").asText());
    }

    private void put(String path, Map<String, Object> object) {
        admin.put(path, object).orFail();
    }
}
