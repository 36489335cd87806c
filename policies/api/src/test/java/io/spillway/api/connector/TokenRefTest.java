package io.spillway.api.connector;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class TokenRefTest {
    @TempDir Path dir;

    @ParameterizedTest
    @ValueSource(
            strings = {
                "env:OPENAI_KEY",
                "file:/run/secrets/with blanks",
                "vault:secret/spillway/openai#token"
            })
    void everyFormIsReadBackAsItWasWritten(String text) {
        assertThat(TokenRef.parse(text)).hasToString(text);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "sk-live-0123456789",
                "env:",
                "env:NO-DASH",
                "file:relative",
                "vault:secret/x",
                "vault:secret#token",
                "vault:secret/../sys#token",
                ""
            })
    void whatIsNoReferenceIsRefusedWithoutQuotingIt(String text) {
        assertThatThrownBy(() -> TokenRef.parse(text))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining("env:NAME")
                .message()
                .doesNotContain("sk-live");
    }

    @Test
    void aVariableIsReadFromTheEnvironmentGiven() throws IOException {
        assertThat(TokenRef.parse("env:KEY").resolve(Map.of("KEY", " abc\n")::get))
                .isEqualTo("abc");
    }

    @Test
    void aVariableThatIsNotSetIsNamed() {
        assertThatThrownBy(() -> TokenRef.parse("env:KEY").resolve(_ -> null))
                .isInstanceOf(IOException.class)
                .hasMessageContaining("env:KEY is not set");
    }

    @Test
    void aFileOnlyItsOwnerMayReadGivesTheTokenInIt() throws IOException {
        assertThat(file("token-1\n", "rw-------").resolve()).isEqualTo("token-1");
    }

    @Test
    void aFileThatOthersMayReadIsRefused() throws IOException {
        var ref = file("token-1\n", "rw-r--r--");

        assertThatThrownBy(ref::resolve)
                .isInstanceOf(IOException.class)
                .hasMessageContaining("chmod 600")
                .message()
                .doesNotContain("token-1");
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "  \n", "two words", "first\nsecond", "schlüssel"})
    void aFileThatHoldsNoSingleTokenIsRefused(String content) throws IOException {
        var ref = file(content, "rw-------");

        assertThatThrownBy(ref::resolve).isInstanceOf(IOException.class);
    }

    @Test
    void aFileTooLargeForATokenIsRefused() throws IOException {
        var ref = file("x".repeat(20_000), "rw-------");

        assertThatThrownBy(ref::resolve)
                .isInstanceOf(IOException.class)
                .hasMessageContaining("more than");
    }

    @Test
    void aMissingFileIsNamed() {
        var ref = new TokenRef.File(dir.resolve("none"));

        assertThatThrownBy(ref::resolve)
                .isInstanceOf(IOException.class)
                .hasMessageContaining("does not exist");
    }

    @Test
    void aVaultReferenceCannotBeResolvedByARouter() {
        assertThatThrownBy(() -> TokenRef.parse("vault:secret/spillway#token").resolve())
                .isInstanceOf(IOException.class)
                .hasMessageContaining("control plane only");
    }

    private TokenRef file(String content, String mode) throws IOException {
        var path = Files.writeString(dir.resolve("token"), content);
        Files.setPosixFilePermissions(path, PosixFilePermissions.fromString(mode));
        return new TokenRef.File(path);
    }
}
