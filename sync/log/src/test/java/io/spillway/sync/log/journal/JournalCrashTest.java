package io.spillway.sync.log.journal;

import static org.assertj.core.api.Assertions.assertThat;

import io.spillway.api.state.JournalRecord;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Random;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/// A real process, really killed while it writes.
class JournalCrashTest {
    private static final int KILLS = 5;

    @Test
    void killedWhileWritingItLosesNothingItCalledDurableAndDoublesNothing(@TempDir Path directory)
            throws Exception {
        var random = new Random(42);
        var durable = new HashSet<String>();
        var shipped = new ArrayList<JournalRecord>();

        for (var run = 0; run < KILLS; run++) {
            durable.addAll(writeAndKill(directory, "run" + run, random.nextInt(300, 3_000)));
            try (var journal =
                    Journal.open(directory, "router-1", Settings.DEFAULT, InstantSource.system())) {
                assertThat(journal.recovered().lostRecords()).isZero();
                assertThat(journal.recovered().unreadableRecords()).isZero();
                // The control plane is away every other time.
                if (run % 2 == 0) {
                    shipped.addAll(JournalTest.ship(journal, 500));
                }
            }
        }

        var reserved = new HashMap<String, Integer>();
        var settled = new HashMap<String, Integer>();
        for (var entry : shipped) {
            switch (entry) {
                case JournalRecord.Reserved it -> reserved.merge(it.attemptId(), 1, Integer::sum);
                case JournalRecord.Settled it -> settled.merge(it.attemptId(), 1, Integer::sum);
                case JournalRecord.Decided it -> throw new AssertionError(it);
            }
        }
        System.out.printf(
                "%d kills, %d records durable, %d shipped%n",
                KILLS, durable.size(), shipped.size());
        assertThat(durable).hasSizeGreaterThan(KILLS * 200);
        assertThat(reserved.values()).containsOnly(1);
        assertThat(settled.values()).containsOnly(1);
        assertThat(settled.keySet()).isEqualTo(reserved.keySet());
        assertThat(named("R ", reserved.keySet())).containsAll(those("R ", durable));
        assertThat(named("S ", settled.keySet())).containsAll(those("S ", durable));
    }

    private static List<String> writeAndKill(Path directory, String run, int lines)
            throws IOException, InterruptedException {
        var process =
                new ProcessBuilder(
                                Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                                "-XX:TieredStopAtLevel=1",
                                "-XX:+UseSerialGC",
                                "-Xmx128m",
                                "-cp",
                                System.getProperty("java.class.path"),
                                JournalChild.class.getName(),
                                directory.toString(),
                                run)
                        .redirectError(ProcessBuilder.Redirect.INHERIT)
                        .start();
        var said = new ArrayList<String>();
        try (var out =
                new BufferedReader(
                        new InputStreamReader(process.getInputStream(), StandardCharsets.UTF_8))) {
            for (var line = out.readLine(); line != null; line = out.readLine()) {
                said.add(line);
                if (said.size() == lines) {
                    process.destroyForcibly();
                }
            }
        } catch (IOException e) {
            // The pipe may break with the process; whole lines were read before.
            assertThat(said).hasSizeGreaterThanOrEqualTo(lines);
        }
        process.waitFor();
        assertThat(said).hasSizeGreaterThanOrEqualTo(lines);
        // The last line may have been cut by the kill.
        return said.subList(0, said.size() - 1);
    }

    private static Set<String> those(String prefix, Set<String> lines) {
        var found = new HashSet<>(lines);
        found.removeIf(it -> !it.startsWith(prefix));
        return found;
    }

    private static Set<String> named(String prefix, Set<String> attempts) {
        var lines = new HashSet<String>();
        attempts.forEach(it -> lines.add(prefix + it));
        return lines;
    }
}
