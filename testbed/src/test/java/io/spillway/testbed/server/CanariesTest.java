package io.spillway.testbed.server;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class CanariesTest {
    private static final String CANARY = "canary-0123456789abcdef";

    @ParameterizedTest
    @ValueSource(
            strings = {
                CANARY,
                "canary-" + CANARY,
                "canary-tooshort " + CANARY,
                "canary-abc" + CANARY,
                "canarycanary-" + CANARY,
                "ccanary-UPPERCASE0123456" + CANARY + "and more"
            })
    void isFoundInAnySurroundings(String text) throws IOException {
        try (var canaries = new Canaries(null, "")) {
            var scanner = canaries.scanner();
            for (byte b : text.getBytes(StandardCharsets.US_ASCII)) {
                scanner.next(b);
            }
            assertThat(canaries.seen()).contains(CANARY);
        }
    }

    @Test
    void isOnDiskAsSoonAsItIsSeen(@TempDir Path directory) throws IOException {
        try (var canaries = new Canaries(directory, "aws-burst--n1")) {
            var scanner = canaries.scanner();
            for (byte b : (CANARY + " " + CANARY).getBytes(StandardCharsets.US_ASCII)) {
                scanner.next(b);
            }
            assertThat(Files.readAllLines(directory.resolve("aws-burst--n1.log")))
                    .containsExactly(CANARY);
        }
    }
}
