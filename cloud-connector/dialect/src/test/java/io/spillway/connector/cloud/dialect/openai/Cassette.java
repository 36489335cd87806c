package io.spillway.connector.cloud.dialect.openai;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.io.IOException;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.snakeyaml.engine.v2.api.Load;
import org.snakeyaml.engine.v2.api.LoadSettings;

/// The response of a recorded exchange.
record Cassette(int status, String body) {

    static Cassette of(String name) {
        try (var in = Cassette.class.getResourceAsStream("/cassettes/" + name + ".yaml")) {
            var document =
                    (Map<?, ?>) new Load(LoadSettings.builder().build()).loadFromInputStream(in);
            var exchange = (Map<?, ?>) ((List<?>) document.get("interactions")).getFirst();
            var response = (Map<?, ?>) exchange.get("response");
            return new Cassette((Integer) response.get("code"), (String) response.get("body"));
        } catch (IOException e) {
            throw new AssertionError(e);
        }
    }

    byte[] bytes() {
        return body.getBytes(UTF_8);
    }

    /// The events of a recorded stream.
    Stream<byte[]> events() {
        return Stream.of(body.split("\n\n")).map(event -> event.getBytes(UTF_8));
    }
}
