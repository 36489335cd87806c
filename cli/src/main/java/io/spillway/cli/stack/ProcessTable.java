package io.spillway.cli.stack;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/// The file `processes`: every process that the launcher or a fleet started, one line each.
///
/// A process is named by its id and its start time together, because ids are used again: without
/// the start time, `down` after a reboot could end a stranger's process.
final class ProcessTable {
    private final Path file;

    ProcessTable(Path file) {
        this.file = file;
    }

    /// One recorded process.
    ///
    /// @param role `postgres`, `control-plane`, `router` or `server`
    /// @param pid process id
    /// @param startTime clock ticks since boot, field 22 of `/proc/PID/stat`
    record Entry(String role, long pid, String startTime) {

        boolean alive() {
            return startTimeOf(pid).filter(startTime::equals).isPresent();
        }
    }

    /// Records a running process.
    void add(String role, long pid) throws IOException {
        var startTime = startTimeOf(pid);
        if (startTime.isEmpty()) {
            return; // it has ended already; whoever waits for it will say so
        }
        Files.writeString(
                file,
                "%s %d %s%n".formatted(role, pid, startTime.get()),
                StandardOpenOption.CREATE,
                StandardOpenOption.APPEND);
    }

    /// All recorded processes that still live, oldest record first.
    List<Entry> alive() throws IOException {
        var alive = new ArrayList<Entry>();
        if (Files.exists(file)) {
            for (var line : Files.readAllLines(file)) {
                var fields = line.split(" ");
                if (fields.length == 3 && fields[1].matches("\\d{1,10}")) {
                    var entry = new Entry(fields[0], Long.parseLong(fields[1]), fields[2]);
                    if (entry.alive() && !alive.contains(entry)) {
                        alive.add(entry);
                    }
                }
            }
        }
        return alive;
    }

    void clear() throws IOException {
        Files.deleteIfExists(file);
    }

    /// Start time of a process; empty when there is none or it is a zombie.
    static Optional<String> startTimeOf(long pid) {
        try {
            var stat = Files.readString(Path.of("/proc", Long.toString(pid), "stat"));
            // The second field is the name in parentheses and may hold blanks and parentheses
            // itself.
            var fields = stat.substring(stat.lastIndexOf(')') + 2).split(" ");
            return fields[0].equals("Z") ? Optional.empty() : Optional.of(fields[19]);
        } catch (IOException e) {
            return ProcessHandle.of(pid)
                    .filter(ProcessHandle::isAlive)
                    .flatMap(handle -> handle.info().startInstant())
                    .map(instant -> Long.toString(instant.toEpochMilli()))
                    .filter(_ -> !Files.isDirectory(Path.of("/proc/self")));
        }
    }
}
