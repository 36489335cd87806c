package io.spillway.connector.cloud.control.terraform;

import static org.assertj.core.api.Assumptions.assumeThat;

import java.nio.file.Path;

/// The real program, for tests that run it.
final class TerraformProgram {
    private TerraformProgram() {}

    /// The program's path. Without one the test is skipped, and says so loudly.
    static Path required(Class<?> test) {
        var found = Terraform.find(System.getenv().getOrDefault("PATH", ""));
        if (found.isEmpty()) {
            System.err.printf(
                    "*** SKIPPED %s: terraform is not on the PATH; install Terraform 1.9 or newer"
                            + " to run it ***%n",
                    test.getSimpleName());
        }
        assumeThat(found).isPresent();
        return found.orElseThrow();
    }
}
