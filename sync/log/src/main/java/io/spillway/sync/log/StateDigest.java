package io.spillway.sync.log;

import io.spillway.api.environment.RegistryObject;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.Collection;
import java.util.Comparator;
import java.util.HexFormat;
import java.util.Locale;
import java.util.stream.Stream;

/// The digest by which origin and replica find out whether they hold the same objects: SHA-256 over
/// one line per object, `{"kind":…,"object":{…}}` and a line feed, ordered by kind and key.
///
/// A state of thousands of objects is not written as JSON again for each digest: whoever keeps a
/// state keeps each object's [#line] too.
public final class StateDigest {
    private StateDigest() {}

    /// The digest of some objects, in any order.
    public static String of(Collection<? extends RegistryObject> objects) {
        return ofLines(
                objects.stream().sorted(Comparator.comparing(Identity::of)).map(StateDigest::line));
    }

    /// The digest of lines that stand in the order of their [Identity].
    public static String ofLines(Stream<String> lines) {
        try {
            var sha = MessageDigest.getInstance("SHA-256");
            lines.forEachOrdered(it -> sha.update(it.getBytes(StandardCharsets.UTF_8)));
            return HexFormat.of().formatHex(sha.digest());
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException("every JDK has SHA-256", e);
        }
    }

    /// An object's line, with its line feed.
    public static String line(RegistryObject object) {
        return "{\"kind\":\"%s\",\"object\":%s}\n"
                .formatted(object.kind().name().toLowerCase(Locale.ROOT), Json.write(object));
    }

    /// Identity of an object, ordered by the kind's name and then by key.
    ///
    /// @param kind the kind
    /// @param key unique in the kind
    public record Identity(RegistryObject.Kind kind, String key) implements Comparable<Identity> {
        private static final Comparator<Identity> ORDER =
                Comparator.<Identity, String>comparing(it -> it.kind().name())
                        .thenComparing(Identity::key);

        public static Identity of(RegistryObject object) {
            return new Identity(object.kind(), object.key());
        }

        @Override
        public int compareTo(Identity other) {
            return ORDER.compare(this, other);
        }
    }
}
