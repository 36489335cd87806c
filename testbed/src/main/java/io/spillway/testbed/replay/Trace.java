package io.spillway.testbed.replay;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.io.Reader;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.time.Duration;
import java.time.LocalDateTime;
import java.time.format.DateTimeParseException;
import java.util.ArrayList;
import java.util.List;

/// A recorded load.
///
/// @param name where it comes from
/// @param arrivals the requests in the order of their arrival, the first at 0; at least one
public record Trace(String name, List<Arrival> arrivals) {
    private static final String BUILT_IN = "azure-llm-2023-code-slice.csv";
    private static final String HEADER = "TIMESTAMP,ContextTokens,GeneratedTokens";

    public Trace {
        arrivals = List.copyOf(arrivals);
    }

    /// One recorded request.
    ///
    /// @param seconds when it came, from the first request on
    /// @param contextTokens length of its prompt
    /// @param generatedTokens length of its answer
    public record Arrival(double seconds, int contextTokens, int generatedTokens) {}

    /// 22 bursty minutes of code completion, 2023.
    public static Trace builtIn() throws IOException {
        try (var in = Trace.class.getResourceAsStream(BUILT_IN)) {
            if (in == null) {
                throw new IOException(BUILT_IN + " is missing from the testbed's jar");
            }
            return read(BUILT_IN, new InputStreamReader(in, StandardCharsets.US_ASCII));
        }
    }

    /// Reads a file in the format of the Azure LLM inference traces.
    ///
    /// @throws ReplayException naming the line when the file is none
    public static Trace read(Path file) throws IOException {
        try (var reader = Files.newBufferedReader(file)) {
            return read(file.getFileName().toString(), reader);
        } catch (NoSuchFileException e) {
            throw ReplayException.refused("there is no file " + file);
        }
    }

    /// Seconds from the first request to the last.
    public double seconds() {
        return arrivals.getLast().seconds();
    }

    /// Most requests in any window of the given length.
    public int busiest(double windowSeconds) {
        int most = 0;
        int first = 0;
        for (int last = 0; last < arrivals.size(); last++) {
            while (arrivals.get(last).seconds() - arrivals.get(first).seconds() >= windowSeconds) {
                first++;
            }
            most = Math.max(most, last - first + 1);
        }
        return most;
    }

    private static Trace read(String name, Reader reader) throws IOException {
        var lines = new BufferedReader(reader);
        var header = lines.readLine();
        if (header == null || !header.strip().equals(HEADER)) {
            throw ReplayException.refused(
                    "%s is not a trace: line 1 must be %s".formatted(name, HEADER));
        }
        var arrivals = new ArrayList<Arrival>();
        LocalDateTime start = null;
        int number = 1;
        for (var line = lines.readLine(); line != null; line = lines.readLine()) {
            number++;
            if (line.isBlank()) {
                continue;
            }
            try {
                var fields = line.strip().split(",", -1);
                var at = LocalDateTime.parse(fields[0].replace(' ', 'T'));
                start = start == null ? at : start;
                arrivals.add(
                        new Arrival(
                                Duration.between(start, at).toNanos() / 1e9,
                                Math.max(1, Integer.parseInt(fields[1])),
                                Math.max(1, Integer.parseInt(fields[2]))));
            } catch (DateTimeParseException
                    | NumberFormatException
                    | ArrayIndexOutOfBoundsException e) {
                throw ReplayException.refused(
                        "%s, line %d: expected %s, such as 2023-11-16 18:17:03.9799600,4808,10"
                                .formatted(name, number, HEADER));
            }
        }
        if (arrivals.isEmpty()) {
            throw ReplayException.refused(name + " holds no requests");
        }
        arrivals.sort((a, b) -> Double.compare(a.seconds(), b.seconds()));
        return new Trace(name, arrivals);
    }
}
