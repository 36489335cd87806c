package io.spillway.connector.cloud.control.fleet;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Optional;

/// One process and no later one with the same id.
///
/// @param pid process id
/// @param startTime clock ticks since boot (field 22 of `/proc/PID/stat`)
public record ProcessIdentity(long pid, String startTime) {
    private static final int STATE = 0;
    private static final int START_TIME = 22 - 3;

    /// The process that has this id now; empty when there is none or it has ended and nobody has
    /// fetched its exit status yet.
    public static Optional<ProcessIdentity> of(long pid) {
        try {
            var stat = Files.readString(Path.of("/proc", Long.toString(pid), "stat"));
            // Field 2, the name, may hold blanks and parentheses; the third follows the last one.
            var fields = stat.substring(stat.lastIndexOf(')') + 2).split(" ");
            return fields[STATE].equals("Z")
                    ? Optional.empty()
                    : Optional.of(new ProcessIdentity(pid, fields[START_TIME]));
        } catch (IOException gone) {
            return Optional.empty();
        }
    }

    /// Whether it still runs.
    public boolean alive() {
        return of(pid).filter(this::equals).isPresent();
    }

    /// Its handle, empty when it has ended.
    public Optional<ProcessHandle> handle() {
        var handle = ProcessHandle.of(pid);
        return alive() ? handle : Optional.empty();
    }
}
