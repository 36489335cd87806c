package io.spillway.router.forwarding;

import com.github.benmanes.caffeine.cache.Cache;
import com.github.benmanes.caffeine.cache.Caffeine;
import io.netty.util.NetUtil;
import io.vertx.core.Future;
import io.vertx.core.Promise;
import io.vertx.core.Vertx;
import io.vertx.core.impl.VertxInternal;
import java.net.InetAddress;
import java.time.Duration;

/// Addresses of endpoints' hosts. The guard judges the address and the connection goes to that very
/// address, so a name that changes its mind in between changes nothing. Thread-safe.
public final class Addresses {
    private final VertxInternal vertx;
    private final Cache<String, InetAddress> known =
            Caffeine.newBuilder()
                    .maximumSize(10_000)
                    .expireAfterWrite(Duration.ofSeconds(30))
                    .build();

    public Addresses(Vertx vertx) {
        this.vertx = (VertxInternal) vertx;
    }

    /// The address of a host name or of an address literal.
    public Future<InetAddress> address(String host) {
        var cached = known.getIfPresent(host);
        if (cached != null) {
            return Future.succeededFuture(cached);
        }
        var literal = host.startsWith("[") ? host.substring(1, host.length() - 1) : host;
        var parsed = NetUtil.createInetAddressFromIpAddressString(literal);
        if (parsed != null) {
            known.put(host, parsed);
            return Future.succeededFuture(parsed);
        }
        var resolved = Promise.<InetAddress>promise();
        vertx.resolveAddress(host, resolved);
        return resolved.future().onSuccess(address -> known.put(host, address));
    }
}
