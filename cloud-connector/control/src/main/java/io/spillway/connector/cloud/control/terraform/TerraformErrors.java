package io.spillway.connector.cloud.control.terraform;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.stream.Collectors;

/// Finds Terraform's own words for what went wrong.
final class TerraformErrors {
    private static final int LONGEST = 600;

    private TerraformErrors() {}

    /// The first error of a log, on one line, without the box that Terraform draws around it.
    ///
    /// @param from where in the log to begin, in bytes
    static String in(Path log, long from) throws IOException {
        String text;
        try (var in = Files.newInputStream(log)) {
            in.skipNBytes(from);
            text = new String(in.readAllBytes(), StandardCharsets.UTF_8);
        }
        var start = text.indexOf("Error: ");
        if (start < 0) {
            return "it printed no error";
        }
        var end = text.indexOf('╵', start);
        var error =
                text.substring(start + "Error: ".length(), end < 0 ? text.length() : end)
                        .lines()
                        .map(line -> line.replaceFirst("^│", "").strip())
                        .filter(line -> !line.isEmpty())
                        .collect(Collectors.joining(" "));
        return error.length() <= LONGEST ? error : error.substring(0, LONGEST) + " ...";
    }
}
