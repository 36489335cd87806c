package io.spillway.router.admission;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.LocalDateTime;
import java.time.format.DateTimeFormatter;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.zip.GZIPInputStream;

/// Requests of a recorded trace.
final class Trace {
    private static final DateTimeFormatter TIME =
            DateTimeFormatter.ofPattern("yyyy-MM-dd HH:mm:ss.SSSSSSS");

    private Trace() {}

    /// @param at time since the trace began
    record Request(long at, int promptTokens, int outputTokens) {}

    static List<Request> code() throws IOException {
        var requests = new ArrayList<Request>();
        var file = Trace.class.getResourceAsStream("/traces/azure-llm-2023-code.csv.gz");
        try (var unzipped = new GZIPInputStream(Objects.requireNonNull(file));
                var lines =
                        new BufferedReader(
                                new InputStreamReader(unzipped, StandardCharsets.UTF_8))) {
            LocalDateTime start = null;
            lines.readLine();
            for (var line = lines.readLine(); line != null; line = lines.readLine()) {
                var fields = line.split(",");
                var time = LocalDateTime.parse(fields[0], TIME);
                start = start == null ? time : start;
                requests.add(
                        new Request(
                                Duration.between(start, time).toNanos(),
                                Integer.parseInt(fields[1]),
                                Integer.parseInt(fields[2])));
            }
        }
        return requests;
    }
}
