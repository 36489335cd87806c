package io.spillway.cli.stack;

import java.util.LinkedHashMap;
import java.util.Map;

/// The settings that the launcher hands to each process; `docs/architecture.md` says what each
/// means.
final class Configuration {

    private Configuration() {}

    static Map<String, String> controlPlane(
            Up.Settings settings, String jdbcUrl, String serverCommand) {
        var state = settings.state();
        var ports = settings.ports();
        var values = new LinkedHashMap<String, String>();
        values.put("quarkus.http.host", "127.0.0.1");
        values.put("quarkus.http.port", Integer.toString(ports.console()));
        values.put("quarkus.management.host", "127.0.0.1");
        values.put("quarkus.management.port", Integer.toString(ports.controlManagement()));
        values.put("quarkus.datasource.jdbc.url", jdbcUrl);
        values.put("quarkus.datasource.username", "postgres");
        values.put("quarkus.datasource.password", "postgres");
        values.put("spillway.control.origin", "control-1");
        values.put("spillway.control.data-dir", state.root().resolve("control").toString());
        values.put("spillway.control.admin-token-file", state.adminToken().toString());
        values.put("spillway.control.operator-token-file", state.operatorToken().toString());
        values.put("spillway.control.pepper-file", state.pki().resolve("pepper").toString());
        values.put("spillway.control.process-file", state.processes().toString());
        values.put("spillway.control.canary-dir", state.canaries().toString());
        values.put("spillway.control.server-command", serverCommand);
        values.put("spillway.control.fleet-first-port", Integer.toString(ports.firstFleet()));
        values.put("spillway.sync.host", "127.0.0.1");
        values.put("spillway.sync.port", Integer.toString(ports.sync()));
        link(values, state, "control-plane.p12", "origin-private.pem");
        return values;
    }

    static Map<String, String> router(Up.Settings settings) {
        var state = settings.state();
        var ports = settings.ports();
        var values = new LinkedHashMap<String, String>();
        values.put("quarkus.http.host", "127.0.0.1");
        values.put("quarkus.http.port", Integer.toString(ports.routerManagement()));
        values.put("spillway.router.name", "router-1");
        values.put("spillway.router.environment", Demo.PRIVATE);
        values.put("spillway.router.host", "127.0.0.1");
        values.put("spillway.router.port", Integer.toString(ports.router()));
        values.put("spillway.router.data-dir", state.root().resolve("router").toString());
        values.put("spillway.router.pepper-file", state.pki().resolve("pepper").toString());
        values.put("spillway.sync.url", "https://127.0.0.1:" + ports.sync());
        link(values, state, "router.p12", "origin-public.pem");
        return values;
    }

    private static void link(
            Map<String, String> values, StateDirectory state, String keyStore, String originKey) {
        values.put("spillway.sync.key-store", state.pki().resolve(keyStore).toString());
        values.put("spillway.sync.trust-store", state.pki().resolve("trust.p12").toString());
        values.put("spillway.sync.password-file", state.pki().resolve("password").toString());
        values.put("spillway.sync.origin-key-file", state.pki().resolve(originKey).toString());
    }
}
