package io.spillway.connector.onprem.control.probe;

import io.spillway.api.connector.EndpointProber.ServedModel;
import io.spillway.api.connector.EndpointProber.Target;
import io.spillway.api.connector.LoadReport;
import java.io.IOException;
import java.net.ConnectException;
import java.net.UnknownHostException;
import java.net.http.HttpTimeoutException;
import java.nio.channels.UnresolvedAddressException;
import java.security.cert.CertPathBuilderException;
import java.security.cert.CertPathValidatorException;
import java.security.cert.CertificateException;
import java.util.List;
import java.util.Optional;
import javax.net.ssl.SSLException;
import org.jspecify.annotations.Nullable;

/// What is wrong with a server, and how to mend it.
final class Problems {
    private Problems() {}

    /// Why no answer came.
    static String of(IOException e, Target target) {
        var url = target.url();
        if (caused(e, UnknownHostException.class) || caused(e, UnresolvedAddressException.class)) {
            return "the host name '%s' does not resolve; correct the URL or the name service"
                    .formatted(url.getHost());
        }
        if (caused(e, HttpTimeoutException.class)) {
            return "%s did not answer within %d ms; is the server still starting, or a firewall in between?"
                    .formatted(url, target.timeout().toMillis());
        }
        if (caused(e, ConnectException.class)) {
            return "%s refused the connection; start the model server or correct the port"
                    .formatted(url);
        }
        if (caused(e, SSLException.class)) {
            return tls(e, target);
        }
        return "%s does not answer in HTTP%s"
                .formatted(
                        url,
                        "http".equals(url.getScheme())
                                ? "; if it speaks TLS, give the URL with https://"
                                : "; is this a model server?");
    }

    private static String tls(IOException e, Target target) {
        var url = target.url();
        if (caused(e, CertPathBuilderException.class)
                || caused(e, CertPathValidatorException.class)) {
            return target.caPem() == null
                    ? "the certificate of %s is not signed by an authority this machine trusts; give its CA (--ca FILE)"
                            .formatted(url)
                    : "the certificate of %s is not signed by the CA that was given, or has expired"
                            .formatted(url);
        }
        if (caused(e, CertificateException.class)) {
            return "the certificate of %s is not for host '%s'; use a name that stands in the certificate"
                    .formatted(url, url.getHost());
        }
        return "no TLS connection to %s could be made; if it speaks clear text, give the URL with http://"
                .formatted(url);
    }

    /// Why the model list could not be had.
    static String ofModels(int status, Target target) {
        return switch (status) {
            case 401, 403 ->
                    target.token() == null
                            ? "%s wants a token (status %d); give a reference to it (--token-ref env:NAME or file:PATH)"
                                    .formatted(target.url(), status)
                            : "%s does not accept the token (status %d); correct the secret that the token reference names"
                                    .formatted(target.url(), status);
            case 301, 302, 303, 307, 308 ->
                    "%s redirects to another address, which is never followed; give the final URL"
                            .formatted(target.url());
            case 503 ->
                    "%s answers 503; wait until the server has loaded its model"
                            .formatted(target.url());
            default ->
                    "%s answers, but GET /v1/models gave status %d; is this a model server?"
                            .formatted(target.url(), status);
        };
    }

    /// What is wrong with a server that lists its models; null when nothing is.
    static @Nullable String ofReachable(
            int health,
            @Nullable String version,
            List<ServedModel> models,
            Optional<LoadReport> load) {
        if (health >= 500) {
            return "GET /health gave status %d: the engine is dead; restart the model server"
                    .formatted(health);
        }
        if (models.isEmpty()) {
            return "the server lists no model; start it with one";
        }
        if (load.map(LoadReport::asleep).orElse(false)) {
            return "the engine sleeps; wake it up (POST /wake_up) before it gets requests";
        }
        if (load.isEmpty() && version != null) {
            return "GET /metrics does not tell running and waiting requests; without them balancing"
                    + " knows only its own requests";
        }
        return null;
    }

    private static boolean caused(Throwable e, Class<? extends Throwable> type) {
        for (var at = e; at != null; at = at.getCause()) {
            if (type.isInstance(at)) {
                return true;
            }
        }
        return false;
    }
}
