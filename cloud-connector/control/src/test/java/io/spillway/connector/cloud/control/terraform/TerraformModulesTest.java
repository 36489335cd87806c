package io.spillway.connector.cloud.control.terraform;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assumptions.assumeThat;

import java.io.IOException;
import java.nio.file.FileVisitResult;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.SimpleFileVisitor;
import java.nio.file.attribute.BasicFileAttributes;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/// Runs the checks that Terraform brings on a copy of `terraform/`, in a path with a blank.
class TerraformModulesTest {
    private static final Path SOURCE = Path.of("..", "..", "terraform");

    @TempDir private static Path temp;
    private static Path program;
    private static Path copy;

    @BeforeAll
    static void copyModules() throws IOException {
        program = TerraformProgram.required(TerraformModulesTest.class);
        copy = temp.resolve("my terraform");
        Files.walkFileTree(
                SOURCE,
                new SimpleFileVisitor<>() {
                    @Override
                    public FileVisitResult preVisitDirectory(Path dir, BasicFileAttributes it)
                            throws IOException {
                        if (dir.endsWith(".terraform") || dir.endsWith("run")) {
                            return FileVisitResult.SKIP_SUBTREE;
                        }
                        Files.createDirectories(copy.resolve(SOURCE.relativize(dir)));
                        return FileVisitResult.CONTINUE;
                    }

                    @Override
                    public FileVisitResult visitFile(Path file, BasicFileAttributes it)
                            throws IOException {
                        Files.copy(file, copy.resolve(SOURCE.relativize(file)));
                        return FileVisitResult.CONTINUE;
                    }
                });
    }

    @Test
    void allFilesAreFormatted() throws Exception {
        terraform(copy, "fmt", "-check", "-diff", "-recursive", "-no-color");
    }

    @ParameterizedTest
    @ValueSource(strings = {"core", "local-fleet"})
    void theTestsOfAModuleWithoutProviderPass(String module) throws Exception {
        testsPass(module);
    }

    @Test
    void theTestsOfTheAwsModulePass() throws Exception {
        needsProviders();
        testsPass("aws-gpu-fleet");
    }

    @Test
    void theLocalExampleIsValid() throws Exception {
        isValid("local");
    }

    @Test
    void theAwsExampleIsValid() throws Exception {
        needsProviders();
        isValid("aws-minimal");
    }

    private static void testsPass(String module) throws Exception {
        var folder = copy.resolve("modules").resolve(module);
        terraform(folder, "init", "-input=false", "-no-color");

        assertThat(terraform(folder, "test", "-no-color")).contains("Success!", " 0 failed");
    }

    private static void isValid(String example) throws Exception {
        var folder = copy.resolve("examples").resolve(example);
        terraform(folder, "init", "-input=false", "-no-color");

        assertThat(terraform(folder, "validate", "-no-color")).contains("Success!");
    }

    private static void needsProviders() {
        var configuration = System.getenv("SPILLWAY_TF_CLI_CONFIG");
        if (configuration == null) {
            System.err.println(
                    "*** SKIPPED tests of aws-gpu-fleet: set SPILLWAY_TF_CLI_CONFIG to a CLI"
                            + " configuration that leads to the AWS provider ***");
        }
        assumeThat(configuration).isNotNull();
    }

    private static String terraform(Path folder, String... arguments)
            throws IOException, InterruptedException {
        var command = new ArrayList<>(List.of(program.toString()));
        command.addAll(List.of(arguments));
        var builder = new ProcessBuilder(command).directory(folder.toFile());
        builder.redirectErrorStream(true);
        builder.environment().put("CHECKPOINT_DISABLE", "1");
        var configuration = System.getenv("SPILLWAY_TF_CLI_CONFIG");
        if (configuration != null) {
            builder.environment().put("TF_CLI_CONFIG_FILE", configuration);
        }
        var process = builder.start();
        var output = new String(process.getInputStream().readAllBytes(), UTF_8);
        assertThat(process.waitFor(5, TimeUnit.MINUTES)).isTrue();
        assertThat(process.exitValue()).as(output).isZero();
        return output;
    }
}
