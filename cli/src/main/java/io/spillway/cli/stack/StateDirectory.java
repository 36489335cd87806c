package io.spillway.cli.stack;

import io.spillway.cli.CommandFailure;
import io.spillway.cli.ExitCode;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.Comparator;

/// The directory `.spillway` of one installation.
///
/// @param root the directory
public record StateDirectory(Path root) {

    /// Least free space to start with, in bytes: Postgres alone keeps up to 512 MiB of write-ahead
    /// log.
    private static final long FREE_BYTES_NEEDED = 700L << 20;

    public Path apiKey() {
        return root.resolve("api-key");
    }

    public Path adminToken() {
        return root.resolve("admin-token");
    }

    /// The token of who runs the installation and does not see findings; the control plane writes
    /// it.
    public Path operatorToken() {
        return root.resolve("operator-token");
    }

    public Path endpoints() {
        return root.resolve("endpoints.json");
    }

    public Path processes() {
        return root.resolve("processes");
    }

    public Path log(String role) {
        return root.resolve("logs").resolve(role + ".log");
    }

    public Path pki() {
        return root.resolve("pki");
    }

    public Path canaries() {
        return root.resolve("canaries");
    }

    public Path postgres() {
        return root.resolve("postgres");
    }

    /// Digest of the policy version that this directory's owner published last.
    public Path policyDigest() {
        return root.resolve("policy-digest");
    }

    /// Creates what is missing, for the owner alone.
    ///
    /// @throws CommandFailure when the disk is full or the directory cannot be written
    public void create() {
        try {
            var ownerOnly =
                    PosixFilePermissions.asFileAttribute(
                            PosixFilePermissions.fromString("rwx------"));
            if (!Files.isDirectory(root)) {
                Files.createDirectory(root, ownerOnly);
            }
            for (var name : new String[] {"logs", "pki", "canaries", "control", "router"}) {
                Files.createDirectories(root.resolve(name));
            }
            var free = Files.getFileStore(root).getUsableSpace();
            if (free < FREE_BYTES_NEEDED) {
                throw new CommandFailure(
                        ExitCode.UNREACHABLE,
                        "the disk of %s has %d MiB free; at least %d MiB are needed: free some space, or name another place with --state-dir"
                                .formatted(root, free >> 20, FREE_BYTES_NEEDED >> 20));
            }
        } catch (IOException e) {
            throw new CommandFailure(
                    ExitCode.UNREACHABLE,
                    "cannot write %s (%s): make it writable, or name another place with --state-dir"
                            .formatted(root, e.getMessage()));
        }
    }

    /// Reads a small file of the directory.
    ///
    /// @throws CommandFailure when it is not there, which means that no stack was started here
    public String read(Path file) {
        try {
            return Files.readString(file).strip();
        } catch (IOException e) {
            throw new CommandFailure(
                    ExitCode.UNREACHABLE,
                    "cannot read %s: nothing runs here; start with ./spillway up, or name the right --state-dir"
                            .formatted(file));
        }
    }

    /// Writes a file whole or not at all, readable by the owner alone.
    static void writeSecret(Path file, String content) throws IOException {
        var temporary = file.resolveSibling(file.getFileName() + ".new");
        Files.deleteIfExists(temporary);
        Files.createFile(
                temporary,
                PosixFilePermissions.asFileAttribute(PosixFilePermissions.fromString("rw-------")));
        Files.writeString(temporary, content);
        Files.move(
                temporary,
                file,
                StandardCopyOption.REPLACE_EXISTING,
                StandardCopyOption.ATOMIC_MOVE);
    }

    /// Deletes everything, data included.
    void purge() throws IOException {
        if (!Files.exists(root)) {
            return;
        }
        try (var paths = Files.walk(root)) {
            for (var path : paths.sorted(Comparator.reverseOrder()).toList()) {
                Files.delete(path);
            }
        }
    }
}
