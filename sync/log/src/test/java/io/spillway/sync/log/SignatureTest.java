package io.spillway.sync.log;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.spillway.api.environment.RegistryObject;
import io.spillway.api.state.Beacon;
import io.spillway.api.state.ChangeSet;
import io.spillway.api.state.Watermark;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.Key;
import java.security.KeyPair;
import java.security.KeyPairGenerator;
import java.security.NoSuchAlgorithmException;
import java.time.Instant;
import java.util.Base64;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class SignatureTest {
    private static final Watermark MARK = new Watermark("control-1", 1, 7);
    private final KeyPair keys = newKeys();
    private final FrameSigner signer = new FrameSigner(keys.getPrivate());
    private final FrameVerifier verifier = new FrameVerifier(keys.getPublic());

    @Test
    void everyKindOfFrameArrivesAsItWasSigned() {
        var samples = new Samples(new Random(11));

        for (var frame :
                List.of(
                        new Frame.Snapshot(MARK, List.of(samples.of(RegistryObject.class)), "d"),
                        new Frame.Change(samples.of(ChangeSet.class)),
                        new Frame.Withheld(
                                MARK, List.of(new Frame.Removed(RegistryObject.Kind.KEY, "k"))),
                        new Frame.Pulse(new Beacon(MARK, "d", Instant.EPOCH)))) {
            assertThat(verifier.check(signer.sign(frame).toLine()))
                    .isEqualTo(new FrameVerifier.Checked.Genuine(frame));
        }
    }

    @Test
    void framesLookOnTheWireAsTheArchitectureSays() {
        assertThat(signer.sign(new Frame.Pulse(new Beacon(MARK, "d", Instant.EPOCH))).payload())
                .isEqualTo(
                        """
                        {"type":"beacon","beacon":{"watermark":{"origin":"control-1","epoch":1,"seq":7},\
                        "digest":"d","time":"1970-01-01T00:00:00Z"}}\
                        """);
        assertThat(
                        signer.sign(
                                        new Frame.Withheld(
                                                MARK,
                                                List.of(
                                                        new Frame.Removed(
                                                                RegistryObject.Kind.KEY, "k"))))
                                .payload())
                .endsWith("\"removed\":[{\"kind\":\"key\",\"key\":\"k\"}]}");
    }

    @Test
    void aChangedPayloadAForeignKeyAndARubbishLineAreForged() {
        var line = signer.sign(new Frame.Withheld(MARK, List.of()));
        var changed = new SignedLine(line.payload().replace("7", "8"), line.signature());
        var foreign = new FrameVerifier(newKeys().getPublic());

        assertThat(verifier.check(changed.toLine()))
                .isInstanceOf(FrameVerifier.Checked.Forged.class);
        assertThat(foreign.check(line.toLine())).isInstanceOf(FrameVerifier.Checked.Forged.class);
        for (var rubbish :
                List.of("", "{}", "x", new SignedLine(line.payload(), "not base64!").toLine())) {
            assertThat(verifier.check(rubbish)).isInstanceOf(FrameVerifier.Checked.Forged.class);
        }
    }

    @Test
    void keysAreReadFromPemFilesAndWrongFilesAreNamed(@TempDir Path directory) throws IOException {
        var secret = pem(directory.resolve("private.pem"), "PRIVATE KEY", keys.getPrivate());
        var open = pem(directory.resolve("public.pem"), "PUBLIC KEY", keys.getPublic());
        var frame = new Frame.Withheld(MARK, List.of());

        assertThat(
                        FrameVerifier.fromPem(open)
                                .check(FrameSigner.fromPem(secret).sign(frame).toLine()))
                .isEqualTo(new FrameVerifier.Checked.Genuine(frame));
        assertThatThrownBy(() -> FrameVerifier.fromPem(secret))
                .isInstanceOf(IOException.class)
                .hasMessageContaining("private.pem")
                .hasMessageContaining("PUBLIC KEY");
    }

    private static Path pem(Path file, String label, Key key) throws IOException {
        var body = Base64.getMimeEncoder().encodeToString(key.getEncoded());
        return Files.writeString(
                file, "-----BEGIN %s-----\n%s\n-----END %s-----\n".formatted(label, body, label));
    }

    private static KeyPair newKeys() {
        try {
            return KeyPairGenerator.getInstance("Ed25519").generateKeyPair();
        } catch (NoSuchAlgorithmException e) {
            throw new AssertionError(e);
        }
    }
}
