package io.spillway.connector.onprem.control;

import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.net.http.HttpClient;
import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import java.security.KeyStore;
import java.security.cert.CertificateFactory;
import java.time.Duration;
import javax.net.ssl.SSLContext;
import javax.net.ssl.TrustManagerFactory;
import org.jspecify.annotations.Nullable;

/// HTTP clients for the control plane's own questions.
public final class OutboundHttp {
    private OutboundHttp() {}

    /// A client that follows no redirect and uses no proxy, so that a token goes nowhere but to the
    /// host it is for.
    ///
    /// @param caPem certificate authorities to trust instead of the JDK's, null for the JDK's
    /// @throws IllegalArgumentException when `caPem` holds no certificate
    public static HttpClient client(@Nullable String caPem, Duration connectTimeout) {
        var builder =
                HttpClient.newBuilder()
                        .version(HttpClient.Version.HTTP_1_1)
                        .followRedirects(HttpClient.Redirect.NEVER)
                        .proxy(HttpClient.Builder.NO_PROXY)
                        .connectTimeout(connectTimeout);
        return (caPem == null ? builder : builder.sslContext(trusting(caPem))).build();
    }

    private static SSLContext trusting(String caPem) {
        try {
            var pem = new ByteArrayInputStream(caPem.getBytes(StandardCharsets.US_ASCII));
            var certificates = CertificateFactory.getInstance("X.509").generateCertificates(pem);
            if (certificates.isEmpty()) {
                throw new IllegalArgumentException(
                        "the certificate authority holds no PEM certificate; expected '-----BEGIN"
                                + " CERTIFICATE-----'");
            }
            var trusted = KeyStore.getInstance(KeyStore.getDefaultType());
            trusted.load(null, null);
            for (var certificate : certificates) {
                trusted.setCertificateEntry("ca-" + trusted.size(), certificate);
            }
            var trust = TrustManagerFactory.getInstance(TrustManagerFactory.getDefaultAlgorithm());
            trust.init(trusted);
            var context = SSLContext.getInstance("TLS");
            context.init(null, trust.getTrustManagers(), null);
            return context;
        } catch (GeneralSecurityException | IOException e) {
            throw new IllegalArgumentException(
                    "the certificate authority cannot be read: " + e.getMessage(), e);
        }
    }
}
