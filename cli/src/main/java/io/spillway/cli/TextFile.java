package io.spillway.cli;

import java.io.IOException;
import java.nio.charset.CharacterCodingException;
import java.nio.file.Files;
import java.nio.file.Path;

/// Files that people write and hand to a verb.
public final class TextFile {
    private TextFile() {}

    /// The whole text of a file.
    ///
    /// @throws CommandFailure when it cannot be read or is not UTF-8
    public static String read(Path file) throws IOException {
        if (!Files.isReadable(file) || Files.isDirectory(file)) {
            throw new CommandFailure(
                    ExitCode.USAGE,
                    "cannot read %s: there is no such file, or it is not yours to read"
                            .formatted(file));
        }
        try {
            return Files.readString(file);
        } catch (CharacterCodingException e) {
            throw new CommandFailure(
                    ExitCode.USAGE,
                    "%s is not UTF-8 text; save it as UTF-8 (many editors call it encoding)"
                            .formatted(file));
        }
    }
}
