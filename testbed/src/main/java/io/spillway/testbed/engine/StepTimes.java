package io.spillway.testbed.engine;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.TreeMap;
import java.util.TreeSet;

/// How long engine steps take, interpolated from measurements of real hardware.
///
/// Prefill follows the measured times of single prompts, so that a chunk deep inside a long prompt
/// costs more than the first one (attention grows with what precedes it). Decode follows the
/// measured times by batch size. Both curves are made non-decreasing first: a few measured rows are
/// outliers that would let a larger batch run faster.
public final class StepTimes {
    private static final String TABLE = "splitwise-perf_model.csv";
    private static final int DECODE_ROWS_PROMPT = 512;

    private final Curve prefill;
    private final Curve decode;
    private final double scale;

    private StepTimes(Curve prefill, Curve decode, double scale) {
        this.prefill = prefill;
        this.decode = decode;
        this.scale = scale;
    }

    /// Reads the curves of one machine.
    ///
    /// @param model a model of the table, such as `llama2-70b`
    /// @param hardware a machine of the table, such as `h100-80gb`
    /// @param tensorParallel GPUs that share the model
    /// @throws IllegalArgumentException naming what the table has when it lacks the combination
    public static StepTimes of(String model, String hardware, int tensorParallel) {
        var prompts = new TreeMap<Integer, List<Double>>();
        var batches = new TreeMap<Integer, List<Double>>();
        var known = new TreeSet<String>();
        for (var row : rows()) {
            known.add(row[0] + " on " + row[1] + " x" + row[10]);
            if (!row[0].equals(model)
                    || !row[1].equals(hardware)
                    || !row[10].equals(Integer.toString(tensorParallel))) {
                continue;
            }
            int prompt = Integer.parseInt(row[2]);
            int batch = Integer.parseInt(row[3]);
            if (batch == 1) {
                prompts.computeIfAbsent(prompt, _ -> new ArrayList<>()).add(Double.valueOf(row[7]));
            }
            if (prompt == DECODE_ROWS_PROMPT) {
                batches.computeIfAbsent(batch, _ -> new ArrayList<>()).add(Double.valueOf(row[8]));
            }
        }
        if (prompts.isEmpty() || batches.isEmpty()) {
            throw new IllegalArgumentException(
                    "no measured step times for %s on %s x%d; choose one of %s"
                            .formatted(model, hardware, tensorParallel, known));
        }
        var decode = Curve.of(batches);
        // An empty prompt is not in the table: a step cannot be shorter than decoding one token.
        prompts.put(0, List.of(decode.at(1)));
        return new StepTimes(Curve.of(prompts), decode, 1.0);
    }

    /// The same machine, `factor` times as slow; below 1 it is faster.
    public StepTimes scaled(double factor) {
        if (!(factor > 0)) {
            throw new IllegalArgumentException("time scale is %s; expected > 0".formatted(factor));
        }
        return new StepTimes(prefill, decode, scale * factor);
    }

    /// Extra milliseconds, over an empty step, for prefilling the tokens [from, to) of one prompt.
    public double prefillMillis(int from, int to) {
        return prefill.at(to) - prefill.at(from);
    }

    /// Nanoseconds of one step.
    ///
    /// @param prefillMillis sum of [#prefillMillis] over the prompts that prefill in this step
    /// @param sequences sequences in the batch
    public long stepNanos(double prefillMillis, int sequences) {
        double millis = Math.max(prefill.at(0) + prefillMillis, decode.at(sequences));
        return Math.max(1, Math.round(millis * scale * 1e6));
    }

    private static List<String[]> rows() {
        try (var in = StepTimes.class.getResourceAsStream(TABLE)) {
            if (in == null) {
                throw new IllegalStateException(TABLE + " is missing from the testbed's jar");
            }
            try (var reader =
                    new BufferedReader(new InputStreamReader(in, StandardCharsets.US_ASCII))) {
                return reader.lines().skip(1).map(line -> line.split(",", -1)).toList();
            }
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /// A piecewise linear, non-decreasing curve; beyond its last point it goes on as steeply as
    /// between the last two.
    private record Curve(double[] x, double[] y) {

        static Curve of(TreeMap<Integer, List<Double>> samples) {
            var x = samples.keySet().stream().mapToDouble(Integer::doubleValue).toArray();
            var y = samples.values().stream().mapToDouble(Curve::median).toArray();
            for (int i = 1; i < y.length; i++) {
                y[i] = Math.max(y[i], y[i - 1]);
            }
            return new Curve(x, y);
        }

        double at(double position) {
            int found = Arrays.binarySearch(x, position);
            if (found >= 0) {
                return y[found];
            }
            int right = Math.clamp(-found - 1, 1, x.length - 1);
            double slope = (y[right] - y[right - 1]) / (x[right] - x[right - 1]);
            return Math.max(y[0], y[right - 1] + slope * (position - x[right - 1]));
        }

        private static double median(List<Double> values) {
            var sorted = values.stream().mapToDouble(Double::doubleValue).sorted().toArray();
            int middle = sorted.length / 2;
            return sorted.length % 2 == 1
                    ? sorted[middle]
                    : (sorted[middle - 1] + sorted[middle]) / 2;
        }
    }
}
