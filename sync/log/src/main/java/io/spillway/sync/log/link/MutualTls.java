package io.spillway.sync.log.link;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.GeneralSecurityException;
import java.security.KeyStore;
import javax.net.ssl.KeyManagerFactory;
import javax.net.ssl.SSLContext;
import javax.net.ssl.TrustManagerFactory;

/// TLS with certificates on both ends, from PKCS #12 files.
public final class MutualTls {
    private MutualTls() {}

    /// @param keyStore own key and certificate
    /// @param trustStore the authority whose certificates are accepted, and no other
    /// @param passwordFile password of both files
    /// @throws IOException when a file cannot be read or used; the message names it
    public static SSLContext context(Path keyStore, Path trustStore, Path passwordFile)
            throws IOException {
        var password = Files.readString(passwordFile).strip().toCharArray();
        try {
            var keys = KeyManagerFactory.getInstance(KeyManagerFactory.getDefaultAlgorithm());
            keys.init(load(keyStore, password), password);
            var trust = TrustManagerFactory.getInstance(TrustManagerFactory.getDefaultAlgorithm());
            trust.init(load(trustStore, password));
            var context = SSLContext.getInstance("TLSv1.3");
            context.init(keys.getKeyManagers(), trust.getTrustManagers(), null);
            return context;
        } catch (GeneralSecurityException e) {
            throw new IOException(
                    "cannot use key store '%s' with trust store '%s': %s"
                            .formatted(keyStore, trustStore, e.getMessage()),
                    e);
        }
    }

    private static KeyStore load(Path file, char[] password)
            throws IOException, GeneralSecurityException {
        try (var in = Files.newInputStream(file)) {
            var store = KeyStore.getInstance("PKCS12");
            store.load(in, password);
            if (store.size() == 0) {
                throw new IOException("'%s' holds no certificate".formatted(file));
            }
            return store;
        } catch (IOException e) {
            throw new IOException(
                    "cannot read '%s' as PKCS #12 with the password of the password file: %s"
                            .formatted(file, e.getMessage()),
                    e);
        }
    }
}
