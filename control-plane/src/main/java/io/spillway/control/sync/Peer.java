package io.spillway.control.sync;

import io.vertx.core.http.HttpConnection;
import java.security.cert.X509Certificate;
import java.util.Optional;
import javax.naming.InvalidNameException;
import javax.naming.ldap.LdapName;
import javax.net.ssl.SSLPeerUnverifiedException;
import org.jspecify.annotations.Nullable;

/// The replica at the other end, as its certificate names it.
///
/// @param name the certificate's CN
/// @param environment the certificate's OU: the environment it stands in
record Peer(String name, String environment) {

    static Optional<Peer> of(HttpConnection connection) {
        try {
            var chain = connection.sslSession().getPeerCertificates();
            if (chain.length == 0 || !(chain[0] instanceof X509Certificate own)) {
                return Optional.empty();
            }
            var subject = new LdapName(own.getSubjectX500Principal().getName());
            var name = part(subject, "CN");
            var environment = part(subject, "OU");
            return name == null || environment == null
                    ? Optional.empty()
                    : Optional.of(new Peer(name, environment));
        } catch (SSLPeerUnverifiedException | InvalidNameException e) {
            return Optional.empty(); // the listener refuses whoever has no readable name
        }
    }

    private static @Nullable String part(LdapName subject, String type) {
        return subject.getRdns().stream()
                .filter(it -> it.getType().equalsIgnoreCase(type))
                .map(it -> it.getValue().toString())
                .findFirst()
                .orElse(null);
    }
}
