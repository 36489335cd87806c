package io.spillway.sync.log;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.fasterxml.jackson.core.type.TypeReference;
import io.spillway.api.environment.ApiKey;
import io.spillway.api.environment.Endpoint;
import io.spillway.api.environment.Environment;
import io.spillway.api.environment.Money;
import io.spillway.api.environment.PoolKey;
import io.spillway.api.environment.RegistryObject;
import io.spillway.api.environment.Tenant;
import io.spillway.api.state.ChangeSet;
import io.spillway.api.state.JournalRecord;
import io.spillway.api.state.PoolLoad;
import java.io.IOException;
import java.net.URI;
import java.net.URISyntaxException;
import java.nio.file.FileSystems;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Random;
import java.util.Set;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

class JsonTest {
    private static final String KEY =
            """
            {"id":"k1","hash":"%s","tenant":"t","team":null,"floor":"public","maxClass":"internal",\
            "maySpill":[],"roles":[],"attributes":{},"debug":true,"requestsPerMinute":null,"expiresAt":null}\
            """
                    .formatted("0".repeat(64));

    @ParameterizedTest
    @MethodSource("exchangedRecords")
    void everyExchangedRecordSurvivesTheRoundTrip(Class<?> type) {
        var samples = new Samples(new Random(7));

        for (var i = 0; i < 50; i++) {
            var value = samples.of(type);
            assertThat(Json.read(Json.write(value), value.getClass())).isEqualTo(value);
        }
    }

    static Stream<Class<?>> exchangedRecords() throws IOException, URISyntaxException {
        var location =
                Path.of(
                        Environment.class
                                .getProtectionDomain()
                                .getCodeSource()
                                .getLocation()
                                .toURI());
        var root =
                Files.isDirectory(location)
                        ? location
                        : FileSystems.newFileSystem(location).getPath("/");
        try (var files = Files.walk(root)) {
            return files
                    .map(file -> root.relativize(file).toString())
                    .filter(it ->
                            it.matches(
                                    "io/spillway/api/(request|environment|decision|state)/.*class"))
                    .map(it -> it.replace(".class", "").replace('/', '.'))
                    .filter(it -> !it.endsWith("-info"))
                    .<Class<?>>map(JsonTest::load)
                    .filter(Class::isRecord)
                    .toList()
                    .stream();
        }
    }

    private static Class<?> load(String name) {
        try {
            return Class.forName(name);
        } catch (ClassNotFoundException e) {
            throw new AssertionError(e);
        }
    }

    @Test
    void sealedTypesCarryATagWhenReadByTheirCommonType() {
        var samples = new Samples(new Random(8));

        for (var i = 0; i < 100; i++) {
            var entry = samples.of(JournalRecord.class);
            assertThat(Json.read(Json.write(entry), JournalRecord.class)).isEqualTo(entry);
        }
    }

    @Test
    void listsOfLoadsAreReadAndWritten() {
        var loads =
                Stream.generate(() -> new Samples(new Random(3)).of(PoolLoad.class))
                        .limit(3)
                        .toList();

        var read =
                Json.read(
                        Json.writeList(loads, PoolLoad.class),
                        new TypeReference<List<PoolLoad>>() {});

        assertThat(read).isEqualTo(loads);
    }

    @Test
    void namesOfComponentsAndLowerCaseEnumsStandOnTheWire() {
        var change =
                ChangeSet.Change.put(
                        new Endpoint(
                                "e1",
                                "onprem",
                                "chat-v1",
                                URI.create("http://127.0.0.1:18001"),
                                "vllm",
                                io.spillway.api.environment.EndpointState.READY,
                                null,
                                "n1"));

        assertThat(Json.write(change))
                .isEqualTo(
                        """
                        {"kind":"endpoint","key":"e1","object":{"id":"e1","environment":"onprem","modelVersion":"chat-v1",\
                        "url":"http://127.0.0.1:18001","dialect":"vllm","state":"ready","tokenRef":null,"nonce":"n1"}}\
                        """);
        assertThat(Json.write(new Money(-5, "EUR")))
                .isEqualTo("{\"nanos\":-5,\"currency\":\"EUR\"}");
        assertThat(Json.write(new PoolKey("a", "b")))
                .isEqualTo("{\"environment\":\"a\",\"modelVersion\":\"b\"}");
    }

    @Test
    void enumsAreReadInAnyLetterCase() {
        assertThat(Json.read(KEY.replace("\"internal\"", "\"InterNal\""), ApiKey.class))
                .isEqualTo(Json.read(KEY, ApiKey.class));
    }

    @Test
    void setsAreWrittenInOneOrderWhateverTheirIterationOrder() {
        var tenant =
                new Tenant(
                        "t",
                        io.spillway.api.request.DataClass.PUBLIC,
                        Set.of("d", "a", "c", "b", "e", "f"),
                        Set.of(),
                        null);

        assertThat(Json.write(tenant)).contains("[\"a\",\"b\",\"c\",\"d\",\"e\",\"f\"]");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "\"debug\":true,\"extra\":1",
                "\"debug\":true,\"debug\":true",
                "\"debug\":\"true\"",
                "\"debug\":1",
                "\"debug\":null",
                "\"other\":true"
            })
    void unknownRepeatedMistypedAndMissingMembersAreRefused(String instead) {
        var text = KEY.replace("\"debug\":true", instead);

        assertThatThrownBy(() -> Json.read(text, ApiKey.class))
                .isInstanceOf(MalformedJsonException.class);
    }

    @Test
    void aMissingReferenceIsRefusedAndNamedUnlessItIsNullable() {
        assertThatThrownBy(() -> Json.read(KEY.replace("\"tenant\":\"t\",", ""), ApiKey.class))
                .hasMessageContaining("/tenant")
                .hasMessageContaining("missing");
        assertThatThrownBy(() ->
                        Json.read(
                                KEY.replace("\"maySpill\":[]", "\"maySpill\":[null]"),
                                ApiKey.class))
                .hasMessageContaining("/maySpill");
        assertThat(Json.read(KEY.replace("\"team\":null,", ""), ApiKey.class).team()).isNull();
    }

    @Test
    void trailingTextAndNumbersForEnumsAreRefused() {
        assertThatThrownBy(() -> Json.read(KEY + "{}", ApiKey.class))
                .isInstanceOf(MalformedJsonException.class);
        assertThatThrownBy(() -> Json.read(KEY.replace("\"public\"", "0"), ApiKey.class))
                .isInstanceOf(MalformedJsonException.class);
        assertThatThrownBy(() -> Json.read("null", ApiKey.class))
                .isInstanceOf(MalformedJsonException.class);
    }

    @Test
    void messagesNameThePlaceAndTheRuleButNeverTheText() {
        var secret = "sk-do-not-tell";

        for (var text :
                List.of(
                        KEY.replace("\"public\"", "\"" + secret + "\""),
                        KEY.replace("true", "\"" + secret + "\""),
                        KEY.replace("true", secret),
                        KEY.replace("\"attributes\"", "\"" + secret + "\""),
                        "\"" + secret + "\"",
                        secret)) {
            assertThatThrownBy(() -> Json.read(text, ApiKey.class))
                    .isInstanceOf(MalformedJsonException.class)
                    .satisfies(it -> assertThat(it.toString()).doesNotContain(secret))
                    .hasNoCause();
        }
        assertThatThrownBy(
                        () -> Json.read(KEY.replace("\"public\"", "\"restricted\""), ApiKey.class))
                .hasMessageContaining("floor restricted above maxClass internal");
    }

    @Test
    void aChangeWhoseKeyIsNotTheObjectsIsRefused() {
        assertThatThrownBy(() ->
                        Json.read(
                                "{\"kind\":\"key\",\"key\":\"k2\",\"object\":" + KEY + "}",
                                ChangeSet.Change.class))
                .hasMessageContaining("differs");
        assertThatThrownBy(() ->
                        Json.read(
                                "{\"kind\":\"tenant\",\"key\":\"k1\",\"object\":" + KEY + "}",
                                ChangeSet.Change.class))
                .isInstanceOf(MalformedJsonException.class);
    }

    @Test
    void theDigestDependsOnTheObjectsAndNotOnTheirOrder() {
        var samples = new Samples(new Random(5));
        var objects = Stream.generate(() -> samples.of(RegistryObject.class)).limit(50).toList();

        assertThat(StateDigest.of(objects)).isEqualTo(StateDigest.of(objects.reversed()));
        assertThat(StateDigest.of(objects)).isNotEqualTo(StateDigest.of(objects.subList(1, 50)));
        assertThat(StateDigest.of(List.of()))
                .isEqualTo("e3b0c44298fc1c149afbf4c8996fb92427ae41e4649b934ca495991b7852b855");
    }
}
