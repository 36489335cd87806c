package io.spillway.cli.stack;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.security.KeyStore;
import java.security.cert.X509Certificate;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class KeysTest {
    @TempDir private Path directory;

    @Test
    void theRoutersCertificateNamesItAndItsEnvironmentAndChainsToTheAuthority() throws Exception {
        new Keys(directory).create("router-1", "onprem");

        var certificate = certificate("router.p12", "own");
        assertThat(certificate.getSubjectX500Principal().getName())
                .contains("CN=router-1")
                .contains("OU=onprem");
        certificate.verify(certificate("trust.p12", "ca").getPublicKey());
    }

    @Test
    void secretsAreReadableByTheirOwnerAlone() throws Exception {
        new Keys(directory).create("router-1", "onprem");

        for (var name : new String[] {"password", "pepper", "router.p12", "origin-private.pem"}) {
            assertThat(Files.getPosixFilePermissions(directory.resolve(name)))
                    .as(name)
                    .isEqualTo(PosixFilePermissions.fromString("rw-------"));
        }
    }

    @Test
    void aSecondStartKeepsTheKeys() throws Exception {
        new Keys(directory).create("router-1", "onprem");
        var pepper = Files.readString(directory.resolve("pepper"));

        new Keys(directory).create("router-1", "onprem");

        assertThat(Files.readString(directory.resolve("pepper"))).isEqualTo(pepper);
    }

    private X509Certificate certificate(String file, String alias) throws Exception {
        var password = Files.readString(directory.resolve("password")).toCharArray();
        var store = KeyStore.getInstance(directory.resolve(file).toFile(), password);
        return (X509Certificate) store.getCertificate(alias);
    }
}
