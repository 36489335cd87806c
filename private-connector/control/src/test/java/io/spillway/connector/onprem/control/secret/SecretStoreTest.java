package io.spillway.connector.onprem.control.secret;

import static com.github.tomakehurst.wiremock.client.WireMock.equalTo;
import static com.github.tomakehurst.wiremock.client.WireMock.get;
import static com.github.tomakehurst.wiremock.client.WireMock.getRequestedFor;
import static com.github.tomakehurst.wiremock.client.WireMock.okJson;
import static com.github.tomakehurst.wiremock.client.WireMock.status;
import static com.github.tomakehurst.wiremock.client.WireMock.urlEqualTo;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.github.tomakehurst.wiremock.WireMockServer;
import com.github.tomakehurst.wiremock.core.WireMockConfiguration;
import io.spillway.api.connector.SecretResolver;
import io.spillway.api.connector.SecretResolver.VaultAccess;
import io.spillway.api.connector.TokenRef;
import java.io.IOException;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.ServiceLoader;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class SecretStoreTest {
    private static final TokenRef REF = TokenRef.parse("vault:secret/spillway/openai#token");
    private static final String PATH = "/v1/secret/data/spillway/openai";

    private static WireMockServer vault;

    @TempDir Path dir;

    private final SecretStore store = new SecretStore();

    @BeforeAll
    static void startVault() {
        vault =
                new WireMockServer(
                        WireMockConfiguration.options().bindAddress("127.0.0.1").dynamicPort());
        vault.start();
    }

    @AfterAll
    static void stopVault() {
        vault.stop();
    }

    @BeforeEach
    void aSecret() {
        vault.resetAll();
        vault.stubFor(
                get(urlEqualTo(PATH))
                        .willReturn(
                                okJson(
                                        "{\"data\":{\"data\":{\"token\":\"sk-1\",\"empty\":\"\"},\"metadata\":{\"version\":3}}}")));
    }

    @Test
    void itIsFoundAsAService() {
        assertThat(ServiceLoader.load(SecretResolver.class))
                .hasOnlyElementsOfType(SecretStore.class)
                .hasSize(1);
    }

    @Test
    void aFieldOfAVersionTwoSecretIsRead() throws IOException {
        assertThat(store.resolve(REF, access())).isEqualTo("sk-1");
        vault.verify(
                getRequestedFor(urlEqualTo(PATH))
                        .withHeader("X-Vault-Token", equalTo("vault-token")));
    }

    @ParameterizedTest
    @CsvSource({
        "403, check token and policy",
        "404, has no secret",
        "503, unseal it",
        "500, answered status 500"
    })
    void aRefusalIsExplainedWithoutItsBody(int status, String message) {
        vault.stubFor(
                get(urlEqualTo(PATH))
                        .willReturn(status(status).withBody("{\"errors\":[\"sk-1\"]}")));

        assertThatThrownBy(() -> store.resolve(REF, access()))
                .isInstanceOf(IOException.class)
                .hasMessageContaining(message)
                .hasNoCause()
                .message()
                .doesNotContain("sk-1", "vault-token");
    }

    @Test
    void aMissingOrEmptyFieldIsNamed() {
        for (var field : new String[] {"other", "empty"}) {
            var ref = TokenRef.parse("vault:secret/spillway/openai#" + field);
            assertThatThrownBy(() -> store.resolve(ref, access()))
                    .isInstanceOf(IOException.class)
                    .hasMessageContaining("no field '" + field + "'");
        }
    }

    @Test
    void aVaultThatDoesNotAnswerIsNamed() {
        var nowhere = new VaultAccess(URI.create("http://127.0.0.1:1"), "vault-token", null);

        assertThatThrownBy(() -> store.resolve(REF, nowhere))
                .isInstanceOf(IOException.class)
                .hasMessageContaining("does not answer");
    }

    @Test
    void withoutAVaultTheReferenceSaysWhatToSet() {
        assertThatThrownBy(() -> store.resolve(REF, null))
                .isInstanceOf(IOException.class)
                .hasMessageContaining("none is configured");
    }

    @Test
    void filesNeedNoVault() throws IOException {
        var file = Files.writeString(dir.resolve("token"), "sk-2\n");
        Files.setPosixFilePermissions(file, PosixFilePermissions.fromString("rw-------"));

        assertThat(store.resolve(TokenRef.parse("file:" + file), null)).isEqualTo("sk-2");
    }

    @Test
    void theTokenIsNotPrinted() {
        assertThat(access().toString()).doesNotContain("vault-token");
    }

    private static VaultAccess access() {
        return new VaultAccess(URI.create(vault.baseUrl()), "vault-token", null);
    }
}
