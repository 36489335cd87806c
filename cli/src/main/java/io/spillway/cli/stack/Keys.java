package io.spillway.cli.stack;

import java.io.IOException;
import java.io.StringWriter;
import java.math.BigInteger;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.GeneralSecurityException;
import java.security.KeyPair;
import java.security.KeyPairGenerator;
import java.security.KeyStore;
import java.security.PrivateKey;
import java.security.SecureRandom;
import java.security.cert.Certificate;
import java.security.cert.X509Certificate;
import java.security.spec.ECGenParameterSpec;
import java.time.Duration;
import java.time.Instant;
import java.util.Base64;
import java.util.Date;
import org.bouncycastle.asn1.x500.X500Name;
import org.bouncycastle.asn1.x509.BasicConstraints;
import org.bouncycastle.asn1.x509.ExtendedKeyUsage;
import org.bouncycastle.asn1.x509.Extension;
import org.bouncycastle.asn1.x509.GeneralName;
import org.bouncycastle.asn1.x509.GeneralNames;
import org.bouncycastle.asn1.x509.KeyPurposeId;
import org.bouncycastle.cert.CertIOException;
import org.bouncycastle.cert.jcajce.JcaX509CertificateConverter;
import org.bouncycastle.cert.jcajce.JcaX509v3CertificateBuilder;
import org.bouncycastle.operator.OperatorCreationException;
import org.bouncycastle.operator.jcajce.JcaContentSignerBuilder;

/// Makes the keys of an installation: the certificate authority of the control link, one
/// certificate each for control plane and router, the key that signs change sets, and the pepper of
/// API keys.
final class Keys {
    private static final Duration LIFETIME = Duration.ofDays(3650);
    private static final SecureRandom RANDOM = new SecureRandom();

    private final Path directory;

    Keys(Path directory) {
        this.directory = directory;
    }

    /// Makes what is missing. A directory that is complete stays as it is.
    void create(String router, String environment) throws IOException {
        var complete = directory.resolve("complete");
        if (Files.exists(complete)) {
            return;
        }
        try {
            var password = random();
            var authority = keyPair();
            var anchor =
                    certificate("CN=Spillway CA", authority, "CN=Spillway CA", authority, true);
            StateDirectory.writeSecret(directory.resolve("password"), password);
            Files.writeString(directory.resolve("ca.pem"), pem("CERTIFICATE", anchor.getEncoded()));
            store("control-plane.p12", password, "CN=control-plane", authority, anchor);
            store(
                    "router.p12",
                    password,
                    "CN=%s,OU=%s".formatted(router, environment),
                    authority,
                    anchor);
            trust(password, anchor);
            var signing = KeyPairGenerator.getInstance("Ed25519").generateKeyPair();
            StateDirectory.writeSecret(
                    directory.resolve("origin-private.pem"),
                    pem("PRIVATE KEY", signing.getPrivate().getEncoded()));
            Files.writeString(
                    directory.resolve("origin-public.pem"),
                    pem("PUBLIC KEY", signing.getPublic().getEncoded()));
            StateDirectory.writeSecret(directory.resolve("pepper"), random());
        } catch (GeneralSecurityException | OperatorCreationException e) {
            throw new IOException("cannot make the keys of the control link", e);
        }
        Files.createFile(complete);
    }

    private void store(
            String file, String password, String subject, KeyPair authority, X509Certificate anchor)
            throws GeneralSecurityException, OperatorCreationException, IOException {
        var own = keyPair();
        var certificate = certificate(subject, own, "CN=Spillway CA", authority, false);
        write(file, password, "own", own.getPrivate(), new Certificate[] {certificate, anchor});
    }

    private void write(
            String file, String password, String alias, PrivateKey key, Certificate[] chain)
            throws GeneralSecurityException, IOException {
        var store = KeyStore.getInstance("PKCS12");
        store.load(null, null);
        store.setKeyEntry(alias, key, password.toCharArray(), chain);
        save(store, file, password);
    }

    private void trust(String password, X509Certificate anchor)
            throws GeneralSecurityException, IOException {
        var store = KeyStore.getInstance("PKCS12");
        store.load(null, null);
        store.setCertificateEntry("ca", anchor);
        save(store, "trust.p12", password);
    }

    private void save(KeyStore store, String file, String password)
            throws GeneralSecurityException, IOException {
        var path = directory.resolve(file);
        StateDirectory.writeSecret(path, "");
        try (var out = Files.newOutputStream(path)) {
            store.store(out, password.toCharArray());
        }
    }

    private static X509Certificate certificate(
            String subject, KeyPair own, String issuer, KeyPair signer, boolean authority)
            throws GeneralSecurityException, OperatorCreationException, CertIOException {
        var now = Instant.now();
        var builder =
                new JcaX509v3CertificateBuilder(
                        new X500Name(issuer),
                        new BigInteger(120, RANDOM),
                        Date.from(now.minusSeconds(60)),
                        Date.from(now.plus(LIFETIME)),
                        new X500Name(subject),
                        own.getPublic());
        builder.addExtension(Extension.basicConstraints, true, new BasicConstraints(authority));
        if (!authority) {
            builder.addExtension(
                    Extension.extendedKeyUsage,
                    false,
                    new ExtendedKeyUsage(
                            new KeyPurposeId[] {
                                KeyPurposeId.id_kp_serverAuth, KeyPurposeId.id_kp_clientAuth
                            }));
            builder.addExtension(
                    Extension.subjectAlternativeName,
                    false,
                    new GeneralNames(
                            new GeneralName[] {
                                new GeneralName(GeneralName.dNSName, "localhost"),
                                new GeneralName(GeneralName.iPAddress, "127.0.0.1")
                            }));
        }
        var signature = new JcaContentSignerBuilder("SHA256withECDSA").build(signer.getPrivate());
        return new JcaX509CertificateConverter().getCertificate(builder.build(signature));
    }

    private static KeyPair keyPair() throws GeneralSecurityException {
        var generator = KeyPairGenerator.getInstance("EC");
        generator.initialize(new ECGenParameterSpec("secp256r1"));
        return generator.generateKeyPair();
    }

    private static String random() {
        var bytes = new byte[32];
        RANDOM.nextBytes(bytes);
        return Base64.getUrlEncoder().withoutPadding().encodeToString(bytes);
    }

    private static String pem(String type, byte[] content) {
        var text = new StringWriter();
        text.append("-----BEGIN ").append(type).append("-----\n");
        text.append(Base64.getMimeEncoder(64, new byte[] {'\n'}).encodeToString(content));
        return text.append("\n-----END ").append(type).append("-----\n").toString();
    }
}
