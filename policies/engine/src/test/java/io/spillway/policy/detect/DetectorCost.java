package io.spillway.policy.detect;

import java.lang.management.ManagementFactory;
import java.nio.charset.StandardCharsets;
import java.util.Base64;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;

/// Prints the processor time of a scan by kind of text, to be run by hand. No test depends on it.
public final class DetectorCost {
    private static final int ROUNDS = 12;
    private static final int BYTES_A_ROUND = 4_000_000;

    private static final String ENGLISH =
            "The router decides where each request may run, and says why in words that an operator"
                    + " can read. When the private machines are busy, what may leave does so; the"
                    + " rest waits its turn in a bounded queue, and nobody has to guess. ";

    private DetectorCost() {}

    public static void main(String[] arguments) {
        for (int size : new int[] {1024, 8192, 1_048_576}) {
            kinds().forEach((kind, sample) -> measure(kind, sample, size));
        }
    }

    private static Map<String, String> kinds() {
        var picture = new byte[3000];
        new Random(1).nextBytes(picture);
        var kinds = new LinkedHashMap<String, String>();
        kinds.put("english", ENGLISH);
        kinds.put("chinese", "路由器决定每个请求可以在哪里运行，并用操作员能读懂的话说明原因。");
        kinds.put("digits", "12 345 678 2024-11-22 09:30 3.14159 1,234,567 0.0012 99 100.5 42 7 ");
        kinds.put("code", "for (int i = 0; i < n.size(); i++) { map.put(n.get(i), value(i)); }\n");
        kinds.put(
                "json", "{\"id\": 17, \"name\": \"widget\", \"price\": 12.5, \"tags\": [\"a\"]}, ");
        kinds.put(
                "base64",
                Base64.getEncoder().encodeToString(ENGLISH.getBytes(StandardCharsets.UTF_8)));
        kinds.put("picture", Base64.getEncoder().encodeToString(picture) + " ");
        kinds.put("percent", "%e4%bd%a0%e5%a5%bd%20hello%20world%2c%20this%20is%20text%20");
        kinds.put("full width", "ｆｕｌｌ　ｗｉｄｔｈ　ｔｅｘｔ　１２３４　");
        return kinds;
    }

    private static void measure(String kind, String sample, int size) {
        var text = sample.getBytes(StandardCharsets.UTF_8);
        var utf8 = new byte[size];
        for (int i = 0; i < size; i++) {
            utf8[i] = text[i % text.length];
        }
        var leaves = List.of(new TextLeaf("/text", utf8, 0, size));
        var threads = ManagementFactory.getThreadMXBean();
        int times = Math.max(1, BYTES_A_ROUND / size);
        long best = Long.MAX_VALUE;
        long findings = 0;
        for (int round = 0; round < ROUNDS; round++) {
            long start = threads.getCurrentThreadCpuTime();
            for (int i = 0; i < times; i++) {
                findings += Detectors.builtIn().scan(leaves).findings().size();
            }
            best = Math.min(best, threads.getCurrentThreadCpuTime() - start);
        }
        System.out.printf(
                "%-10s %8d B  %6.2f us/KB  %d findings%n",
                kind, size, best / 1000.0 / times / (size / 1024.0), findings / ROUNDS / times);
    }
}
