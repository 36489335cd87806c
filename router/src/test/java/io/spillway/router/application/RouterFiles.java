package io.spillway.router.application;

import io.quarkus.test.common.QuarkusTestResourceLifecycleManager;
import io.spillway.api.environment.Model;
import io.spillway.api.environment.PolicyDocument;
import io.spillway.api.environment.RegistryObject;
import io.spillway.api.environment.Tenant;
import io.spillway.api.environment.Zone;
import io.spillway.api.request.DataClass;
import io.spillway.api.state.Watermark;
import io.spillway.router.StubServer;
import io.spillway.router.TestSite;
import io.spillway.sync.log.Frame;
import io.spillway.sync.log.FrameVerifier;
import io.spillway.sync.log.StateDigest;
import io.spillway.sync.log.replica.SnapshotStore;
import io.vertx.core.Vertx;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.KeyPairGenerator;
import java.util.Base64;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;

/// The files of a router whose control plane is away: keys of the link and a saved state.
public final class RouterFiles implements QuarkusTestResourceLifecycleManager {
    private Path directory;
    private Vertx vertx;

    @Override
    public Map<String, String> start() {
        try {
            directory = Files.createTempDirectory("router-files");
            vertx = Vertx.vertx();
            return write(StubServer.start(vertx));
        } catch (Exception e) {
            throw new IllegalStateException("the router's files could not be made", e);
        }
    }

    private Map<String, String> write(StubServer server) throws Exception {
        Files.writeString(directory.resolve("password"), "changeit");
        Files.writeString(directory.resolve("pepper"), PEPPER);
        keyStore("router.p12");
        keyStore("trust.p12");
        var keys = KeyPairGenerator.getInstance("Ed25519").generateKeyPair();
        Files.writeString(
                directory.resolve("origin-public.pem"),
                "-----BEGIN PUBLIC KEY-----\n%s\n-----END PUBLIC KEY-----\n"
                        .formatted(
                                Base64.getEncoder().encodeToString(keys.getPublic().getEncoded())));
        var data = directory.resolve("data");
        SnapshotStore.open(data, FrameVerifier.fromPem(directory.resolve("origin-public.pem")))
                .save(snapshot(server), null);
        var values = new HashMap<String, String>();
        values.put("spillway.router.port", "0");
        values.put("spillway.router.data-dir", data.toString());
        values.put("spillway.router.pepper-file", directory.resolve("pepper").toString());
        values.put("spillway.sync.url", "https://127.0.0.1:1");
        values.put("spillway.sync.key-store", directory.resolve("router.p12").toString());
        values.put("spillway.sync.trust-store", directory.resolve("trust.p12").toString());
        values.put("spillway.sync.password-file", directory.resolve("password").toString());
        values.put(
                "spillway.sync.origin-key-file", directory.resolve("origin-public.pem").toString());
        return values;
    }

    static final String PEPPER = "0123456789abcdef0123456789abcdef";

    private static Frame.Snapshot snapshot(StubServer server) {
        var objects =
                List.<RegistryObject>of(
                        TestSite.environment("onprem", Zone.PRIVATE, DataClass.RESTRICTED),
                        TestSite.pool("onprem", 0),
                        new Model("chat", List.of("chat-v1"), Set.of(), Set.of(), 8192),
                        new Tenant("acme", DataClass.PUBLIC, Set.of(), Set.of(), null),
                        TestSite.keyUnder(
                                PEPPER.getBytes(StandardCharsets.UTF_8),
                                "k1",
                                TestSite.SECRET,
                                Set.of()),
                        TestSite.endpoint("onprem", "h1", server.url()),
                        new PolicyDocument("test", TestSite.HOME_POLICY, "0".repeat(64)));
        var watermark = new Watermark("control-1", 1, 7);
        return new Frame.Snapshot(watermark, objects, StateDigest.of(objects));
    }

    private void keyStore(String name) throws Exception {
        var process =
                new ProcessBuilder(
                                Path.of(System.getProperty("java.home"), "bin", "keytool")
                                        .toString(),
                                "-genkeypair",
                                "-alias",
                                "own",
                                "-keyalg",
                                "EC",
                                "-dname",
                                "CN=router-1,OU=onprem",
                                "-storetype",
                                "PKCS12",
                                "-storepass",
                                "changeit",
                                "-keystore",
                                directory.resolve(name).toString())
                        .redirectErrorStream(true)
                        .start();
        process.getInputStream().readAllBytes();
        if (process.waitFor() != 0) {
            throw new IOException("keytool failed");
        }
    }

    @Override
    public void stop() {
        vertx.close();
        try (var files = Files.walk(directory)) {
            files.sorted(java.util.Comparator.reverseOrder())
                    .forEach(file -> {
                        try {
                            Files.delete(file);
                        } catch (IOException e) {
                            throw new UncheckedIOException(e);
                        }
                    });
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
