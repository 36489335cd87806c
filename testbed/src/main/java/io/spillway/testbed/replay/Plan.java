package io.spillway.testbed.replay;

import java.security.SecureRandom;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HexFormat;
import java.util.List;
import java.util.random.RandomGenerator;

/// What will be sent, and how much that is.
///
/// @param trace name of the trace
/// @param servers private servers
/// @param engines engines that each private server stands for
/// @param capacity requests a second that the private servers complete at most
/// @param load offered load in the busiest minute as a multiple of the capacity
/// @param scale share of the trace's requests that is sent; above 1 some are sent several times
/// @param seconds from the first request to the last
/// @param requests in the order of sending
public record Plan(
        String trace,
        int servers,
        List<Integer> engines,
        double capacity,
        double load,
        double scale,
        double seconds,
        List<Request> requests) {
    private static final double MINUTE = 60;
    private static final SecureRandom UNIQUE = new SecureRandom();

    public Plan {
        engines = List.copyOf(engines);
        requests = List.copyOf(requests);
    }

    /// One request to send.
    ///
    /// @param seconds when, from the start on
    /// @param canary its mark, unique in this run and all others
    public record Request(
            double seconds, Label label, String canary, int contextTokens, int generatedTokens) {}

    /// Scales the trace so that its busiest minute offers `options.load()` times the capacity.
    ///
    /// A minute is a minute of the real clock, by which servers work and predictions are made; a
    /// replay shorter than that counts as a whole. The running servers cannot grow or shrink for a
    /// replay, so the number of requests does: each is sent with the same chance.
    ///
    /// @param random decides what is sent and how it is labelled; canaries are new in each run
    /// @param contextLimit most tokens of prompt and answer together; longer prompts are cut
    static Plan of(
            Trace trace,
            ReplayOptions options,
            List<Capacity.Server> servers,
            int contextLimit,
            RandomGenerator random) {
        var arrivals = trace.arrivals().stream().map(it -> cut(it, contextLimit)).toList();
        double capacity = 0;
        for (var server : servers) {
            capacity += server.engines() * Capacity.requestsPerSecond(server.engine(), arrivals);
        }
        double window = Math.min(MINUTE * options.speed(), Math.max(trace.seconds(), 1));
        double rate = trace.busiest(window) * options.speed() / window;
        double scale = options.load() * capacity / rate;
        return new Plan(
                trace.name(),
                servers.size(),
                servers.stream().map(Capacity.Server::engines).toList(),
                capacity,
                options.load(),
                scale,
                trace.seconds() / options.speed(),
                requests(arrivals, options, scale, random));
    }

    private static List<Request> requests(
            List<Trace.Arrival> arrivals,
            ReplayOptions options,
            double scale,
            RandomGenerator random) {
        var requests = new ArrayList<Request>();
        for (var arrival : arrivals) {
            int copies = (int) scale + (random.nextDouble() < scale % 1 ? 1 : 0);
            for (int i = 0; i < copies; i++) {
                // Copies come within a second of the trace, not all at once.
                double at = arrival.seconds() + (i == 0 ? 0 : random.nextDouble());
                requests.add(
                        new Request(
                                at / options.speed(),
                                label(options.sensitive(), random),
                                canary(),
                                arrival.contextTokens(),
                                arrival.generatedTokens()));
            }
        }
        requests.sort(Comparator.comparingDouble(Request::seconds));
        return requests;
    }

    private static Label label(double sensitive, RandomGenerator random) {
        if (random.nextDouble() >= sensitive) {
            return Label.BENIGN;
        }
        return random.nextBoolean() ? Label.SENSITIVE_TENANT : Label.SENSITIVE_CONTENT;
    }

    private static String canary() {
        return "canary-" + HexFormat.of().toHexDigits(UNIQUE.nextLong());
    }

    private static Trace.Arrival cut(Trace.Arrival arrival, int limit) {
        int generated = Math.min(arrival.generatedTokens(), limit / 2);
        int context = Math.min(arrival.contextTokens(), limit - generated - 64);
        return new Trace.Arrival(arrival.seconds(), context, generated);
    }
}
