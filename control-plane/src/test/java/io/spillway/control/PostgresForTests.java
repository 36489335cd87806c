package io.spillway.control;

import io.quarkus.test.common.QuarkusTestResourceLifecycleManager;
import io.zonky.test.db.postgres.embedded.EmbeddedPostgres;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.GeneralSecurityException;
import java.util.Comparator;
import java.util.HashMap;
import java.util.Map;
import java.util.stream.Stream;

/// A real Postgres and the files of a fresh installation, for the tests of one application.
public class PostgresForTests implements QuarkusTestResourceLifecycleManager {
    private static final String PKI = "spillway.tests.pki";

    private EmbeddedPostgres postgres;
    private Path directory;
    private TestPki pki;

    /// The keys of the installation under test.
    static Keys pki() {
        return name -> Path.of(System.getProperty(PKI)).resolve(name);
    }

    /// Files of keys by name.
    interface Keys {
        Path file(String name);
    }

    @Override
    public Map<String, String> start() {
        try {
            directory = Files.createTempDirectory("control-plane");
            pki = new TestPki(directory);
            pki.keyStore("control-plane.p12", "CN=control-plane");
            pki.keyStore("router-a.p12", "CN=router-a,OU=site");
            pki.keyStore("nameless.p12", "O=nobody");
            pki.keyStore("stranger.p12", "CN=stranger,OU=nowhere");
            Files.writeString(directory.resolve("pepper"), "pepper-of-the-tests-0123456789abcdef");
            postgres =
                    EmbeddedPostgres.builder()
                            .setServerConfig("wal_level", "logical")
                            .setServerConfig("listen_addresses", "127.0.0.1")
                            .start();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        } catch (GeneralSecurityException e) {
            throw new IllegalStateException(e);
        }
        // Tests run in another class loader than this resource.
        System.setProperty(PKI, directory.toString());
        var settings = new HashMap<String, String>();
        settings.put(
                "quarkus.datasource.jdbc.url",
                "jdbc:postgresql://127.0.0.1:" + postgres.getPort() + "/postgres");
        settings.put("quarkus.datasource.username", "postgres");
        settings.put("quarkus.datasource.password", "postgres");
        settings.put("spillway.control.data-dir", directory.resolve("control").toString());
        settings.put(
                "spillway.control.admin-token-file", directory.resolve("admin-token").toString());
        settings.put(
                "spillway.control.operator-token-file",
                directory.resolve("operator-token").toString());
        settings.put("spillway.control.pepper-file", directory.resolve("pepper").toString());
        settings.put("spillway.control.server-command", FakeModelServer.command());
        settings.put("spillway.control.fleet-first-port", Integer.toString(freePorts()));
        settings.put("spillway.sync.port", "0");
        settings.put("spillway.sync.key-store", pki.file("control-plane.p12").toString());
        settings.put("spillway.sync.trust-store", pki.file("trust.p12").toString());
        settings.put("spillway.sync.password-file", pki.file("password").toString());
        settings.put("spillway.sync.origin-key-file", pki.file("origin-private.pem").toString());
        return settings;
    }

    /// The first of some ports that nobody is likely to want: beyond the range that the kernel
    /// deals out, and different for each run.
    private static int freePorts() {
        return 61_000 + (int) (ProcessHandle.current().pid() % 40) * 100;
    }

    @Override
    public void stop() {
        try {
            postgres.close();
            try (Stream<Path> files = Files.walk(directory)) {
                for (var file : files.sorted(Comparator.reverseOrder()).toList()) {
                    Files.delete(file);
                }
            }
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
