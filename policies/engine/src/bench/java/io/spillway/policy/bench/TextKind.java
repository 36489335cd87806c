package io.spillway.policy.bench;

import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.Base64;
import java.util.Random;

/// The kinds of text whose scan is measured: a sample each, repeated as often as needed.
public enum TextKind {
    ENGLISH(Samples.ENGLISH),
    CODE(
            "for (int i = 0; i < list.size(); i++) { map.put(list.get(i).name(), value(i)); } //"
                    + " key: value = 1\n"),
    JSON(
            "{\"id\": 17, \"name\": \"widget\", \"price\": 12.5, \"tags\": [\"a\", \"b\"],"
                    + " \"max_tokens\": 100}, "),
    DIGITS("12 345 678 2024-11-22 09:30 3.14159 1,234,567 0.0012 99 100.5 42 7 2048 65536 "),
    CHINESE("路由器决定每个请求可以在哪里运行，并用操作员能读懂的话说明原因。私有机器繁忙时，允许离开的请求会离开，其余的排队等待。"),
    BASE64(Samples.base64(Samples.ENGLISH.getBytes(StandardCharsets.UTF_8))),
    PICTURE(Samples.base64(Samples.noise())),
    PERCENT("%e4%bd%a0%e5%a5%bd%20hello%20world%2c%20this%20is%20text%20"),
    FULL_WIDTH("ｆｕｌｌ　ｗｉｄｔｈ　ｔｅｘｔ　１２３４　"),
    PERSONAL(
            "Write to ann.lee@corp.example or call +49 30 1234567, card 4111 1111 1111 1111, id"
                    + " 11010519491231002X. ");

    private final String sample;

    TextKind(String sample) {
        this.sample = sample;
    }

    /// Consecutive pieces of one long text, each of exactly `pieceBytes` and of whole characters.
    public byte[] pieces(int count, int pieceBytes) {
        var characters =
                sample.codePoints()
                        .mapToObj(c -> Character.toString(c).getBytes(StandardCharsets.UTF_8))
                        .toArray(byte[][]::new);
        var text = new byte[count * pieceBytes];
        Arrays.fill(text, (byte) ' ');
        int next = 0;
        for (int piece = 0; piece < count; piece++) {
            int at = piece * pieceBytes;
            int end = at + pieceBytes;
            while (at + characters[next].length <= end) {
                System.arraycopy(characters[next], 0, text, at, characters[next].length);
                at += characters[next].length;
                next = (next + 1) % characters.length;
            }
        }
        return text;
    }

    /// Enum constants cannot read static fields of their own class while they are made.
    private static final class Samples {
        private static final String ENGLISH =
                "The router decides where each request may run, and says why in words that an"
                        + " operator can read. When the private machines are busy, what may leave"
                        + " does so; the rest waits its turn in a bounded queue, and nobody has to"
                        + " guess. ";

        private static String base64(byte[] bytes) {
            return Base64.getEncoder().encodeToString(bytes) + " ";
        }

        private static byte[] noise() {
            var noise = new byte[3000];
            new Random(1).nextBytes(noise);
            return noise;
        }
    }
}
