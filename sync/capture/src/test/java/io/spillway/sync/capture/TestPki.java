package io.spillway.sync.capture;

import java.io.IOException;
import java.math.BigInteger;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.GeneralSecurityException;
import java.security.KeyPair;
import java.security.KeyPairGenerator;
import java.security.KeyStore;
import java.security.cert.Certificate;
import java.security.cert.X509Certificate;
import java.time.Instant;
import java.util.Date;
import org.bouncycastle.asn1.x500.X500Name;
import org.bouncycastle.asn1.x509.BasicConstraints;
import org.bouncycastle.asn1.x509.Extension;
import org.bouncycastle.asn1.x509.GeneralName;
import org.bouncycastle.asn1.x509.GeneralNames;
import org.bouncycastle.cert.jcajce.JcaX509CertificateConverter;
import org.bouncycastle.cert.jcajce.JcaX509v3CertificateBuilder;
import org.bouncycastle.operator.OperatorCreationException;
import org.bouncycastle.operator.jcajce.JcaContentSignerBuilder;

/// A certificate authority for one test, with PKCS #12 files as the configuration names them.
final class TestPki {
    private static final String PASSWORD = "secret of the test";
    private final Path directory;
    private final KeyPair authority = keys();
    private final X509Certificate root;
    private int serial = 1;

    TestPki(Path directory) throws IOException {
        this.directory = directory;
        this.root = certificate("CN=test authority", authority, authority, true);
        Files.writeString(password(), PASSWORD + "\n");
        try {
            var trust = store();
            trust.setCertificateEntry("ca", root);
            save(trust, trustStore());
        } catch (GeneralSecurityException e) {
            throw new AssertionError(e);
        }
    }

    Path password() {
        return directory.resolve("password");
    }

    Path trustStore() {
        return directory.resolve("trust.p12");
    }

    /// A key store for a name such as `CN=router-1,OU=onprem`, valid for 127.0.0.1.
    Path keyStore(String name) throws IOException {
        try {
            var own = keys();
            var store = store();
            store.setKeyEntry(
                    "own",
                    own.getPrivate(),
                    PASSWORD.toCharArray(),
                    new Certificate[] {certificate(name, own, authority, false), root});
            return save(store, directory.resolve("key-" + serial + ".p12"));
        } catch (GeneralSecurityException e) {
            throw new AssertionError(e);
        }
    }

    private X509Certificate certificate(
            String name, KeyPair subject, KeyPair issuer, boolean authority) {
        try {
            var now = Instant.now();
            var builder =
                    new JcaX509v3CertificateBuilder(
                            new X500Name("CN=test authority"),
                            BigInteger.valueOf(serial++),
                            Date.from(now.minusSeconds(60)),
                            Date.from(now.plusSeconds(3600)),
                            new X500Name(name),
                            subject.getPublic());
            builder.addExtension(Extension.basicConstraints, true, new BasicConstraints(authority));
            builder.addExtension(
                    Extension.subjectAlternativeName,
                    false,
                    new GeneralNames(new GeneralName(GeneralName.iPAddress, "127.0.0.1")));
            var signer = new JcaContentSignerBuilder("SHA256withECDSA").build(issuer.getPrivate());
            return new JcaX509CertificateConverter().getCertificate(builder.build(signer));
        } catch (IOException | OperatorCreationException | GeneralSecurityException e) {
            throw new AssertionError(e);
        }
    }

    private static KeyPair keys() {
        try {
            var generator = KeyPairGenerator.getInstance("EC");
            generator.initialize(256);
            return generator.generateKeyPair();
        } catch (GeneralSecurityException e) {
            throw new AssertionError(e);
        }
    }

    private static KeyStore store() throws GeneralSecurityException, IOException {
        var store = KeyStore.getInstance("PKCS12");
        store.load(null, null);
        return store;
    }

    private static Path save(KeyStore store, Path file)
            throws GeneralSecurityException, IOException {
        try (var out = Files.newOutputStream(file)) {
            store.store(out, PASSWORD.toCharArray());
        }
        return file;
    }
}
