package io.spillway.control;

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
import java.time.Duration;
import java.time.Instant;
import java.util.Base64;
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

/// The keys of an installation, made afresh in a directory.
final class TestPki {
    static final String PASSWORD = "password-of-the-tests";

    private final Path directory;
    private final KeyPair authority;
    private final X509Certificate anchor;
    private int serial = 1;

    TestPki(Path directory) throws IOException, GeneralSecurityException {
        this.directory = directory;
        authority = ecKeys();
        anchor = certificate("CN=authority of the tests", authority);
        Files.writeString(file("password"), PASSWORD);
        var trust = KeyStore.getInstance("PKCS12");
        trust.load(null, null);
        trust.setCertificateEntry("ca", anchor);
        save(trust, "trust.p12");
        var signing = KeyPairGenerator.getInstance("Ed25519").generateKeyPair();
        pem("origin-private.pem", "PRIVATE KEY", signing.getPrivate().getEncoded());
        pem("origin-public.pem", "PUBLIC KEY", signing.getPublic().getEncoded());
    }

    Path file(String name) {
        return directory.resolve(name);
    }

    /// A key store whose certificate has the subject.
    Path keyStore(String name, String subject) throws IOException, GeneralSecurityException {
        var own = ecKeys();
        var store = KeyStore.getInstance("PKCS12");
        store.load(null, null);
        store.setKeyEntry(
                "own",
                own.getPrivate(),
                PASSWORD.toCharArray(),
                new Certificate[] {certificate(subject, own), anchor});
        return save(store, name);
    }

    private Path save(KeyStore store, String name) throws IOException, GeneralSecurityException {
        try (var out = Files.newOutputStream(file(name))) {
            store.store(out, PASSWORD.toCharArray());
        }
        return file(name);
    }

    private X509Certificate certificate(String subject, KeyPair own)
            throws IOException, GeneralSecurityException {
        var now = Instant.now();
        var isAuthority = own == authority;
        var builder =
                new JcaX509v3CertificateBuilder(
                        new X500Name("CN=authority of the tests"),
                        BigInteger.valueOf(serial++),
                        Date.from(now.minus(Duration.ofMinutes(1))),
                        Date.from(now.plus(Duration.ofDays(1))),
                        new X500Name(subject),
                        own.getPublic());
        builder.addExtension(Extension.basicConstraints, true, new BasicConstraints(isAuthority));
        builder.addExtension(
                Extension.subjectAlternativeName,
                false,
                new GeneralNames(new GeneralName(GeneralName.iPAddress, "127.0.0.1")));
        try {
            return new JcaX509CertificateConverter()
                    .getCertificate(
                            builder.build(
                                    new JcaContentSignerBuilder("SHA256withECDSA")
                                            .build(authority.getPrivate())));
        } catch (OperatorCreationException e) {
            throw new IOException(e);
        }
    }

    private void pem(String name, String type, byte[] content) throws IOException {
        Files.writeString(
                file(name),
                "-----BEGIN %s-----\n%s\n-----END %s-----\n"
                        .formatted(type, Base64.getMimeEncoder().encodeToString(content), type));
    }

    private static KeyPair ecKeys() throws GeneralSecurityException {
        var generator = KeyPairGenerator.getInstance("EC");
        generator.initialize(256);
        return generator.generateKeyPair();
    }
}
