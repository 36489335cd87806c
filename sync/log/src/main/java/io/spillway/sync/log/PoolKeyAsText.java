package io.spillway.sync.log;

import com.fasterxml.jackson.core.JsonGenerator;
import com.fasterxml.jackson.databind.DeserializationContext;
import com.fasterxml.jackson.databind.JsonSerializer;
import com.fasterxml.jackson.databind.KeyDeserializer;
import com.fasterxml.jackson.databind.SerializerProvider;
import io.spillway.api.environment.PoolKey;
import java.io.IOException;

/// `ENVIRONMENT/MODEL-VERSION` where a pool is the key of a map. Names hold no slash.
final class PoolKeyAsText {
    private PoolKeyAsText() {}

    static final class Writer extends JsonSerializer<PoolKey> {
        @Override
        public void serialize(PoolKey pool, JsonGenerator out, SerializerProvider context)
                throws IOException {
            out.writeFieldName(pool.toString());
        }
    }

    static final class Reader extends KeyDeserializer {
        @Override
        public Object deserializeKey(String key, DeserializationContext context)
                throws IOException {
            var slash = key.indexOf('/');
            if (slash < 1 || slash == key.length() - 1) {
                throw new Json.Refused(
                        context.getParser(), "a pool is written ENVIRONMENT/MODEL-VERSION");
            }
            return new PoolKey(key.substring(0, slash), key.substring(slash + 1));
        }
    }
}
