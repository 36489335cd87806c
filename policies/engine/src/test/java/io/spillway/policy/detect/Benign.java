package io.spillway.policy.detect;

import java.util.ArrayList;
import java.util.Base64;
import java.util.HexFormat;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.UUID;
import java.util.function.Function;

/// Texts without anything personal or secret that are full of what detectors go by: figures,
/// letters one by one, encodings, unusual characters.
final class Benign {
    private static final String[] WORDS =
            ("the router decides where each request may run and says why in words that an operator"
                            + " can read table value result error at point dot average sum total"
                            + " one two three seven mean list query index column model data")
                    .split(" ");

    private Benign() {}

    /// Generators by kind.
    static Map<String, Function<Random, String>> kinds() {
        var kinds = new LinkedHashMap<String, Function<Random, String>>();
        kinds.put("uuids", Benign::uuids);
        kinds.put("hashes", Benign::hashes);
        kinds.put("log", Benign::log);
        kinds.put("csv", Benign::csv);
        kinds.put("matrix", Benign::matrix);
        kinds.put("numbers", Benign::numbers);
        kinds.put("picture", Benign::picture);
        kinds.put("minified", Benign::minified);
        kinds.put("hexdump", Benign::hexDump);
        kinds.put("json", Benign::json);
        kinds.put("prose", Benign::prose);
        kinds.put("chinese", Benign::chinese);
        kinds.put("multilingual", Benign::multilingual);
        kinds.put("code", Benign::code);
        kinds.put("urls", Benign::urls);
        kinds.put("math", Benign::math);
        kinds.put("versions", Benign::versions);
        kinds.put("counting", Benign::counting);
        return kinds;
    }

    private static String many(Random random, int most, Function<Random, String> one, String gap) {
        var all = new ArrayList<String>();
        for (int i = 1 + random.nextInt(most); i > 0; i--) {
            all.add(one.apply(random));
        }
        return String.join(gap, all);
    }

    private static String uuids(Random random) {
        return many(random, 20, r -> new UUID(r.nextLong(), r.nextLong()).toString(), "\n");
    }

    private static String hashes(Random random) {
        int[] sizes = {4, 16, 20, 32, 64};
        return many(
                random,
                20,
                r -> {
                    var bytes = new byte[sizes[r.nextInt(sizes.length)]];
                    r.nextBytes(bytes);
                    return "commit " + HexFormat.of().formatHex(bytes);
                },
                "\n");
    }

    private static String log(Random random) {
        return many(
                random,
                30,
                r ->
                        "2026-%02d-%02d %02d:%02d:%02d.%03d [worker-%d] INFO shard=%d took %d ms, rows=%d, offset %d"
                                .formatted(
                                        1 + r.nextInt(12),
                                        1 + r.nextInt(28),
                                        r.nextInt(24),
                                        r.nextInt(60),
                                        r.nextInt(60),
                                        r.nextInt(1000),
                                        r.nextInt(32),
                                        r.nextInt(4096),
                                        r.nextInt(10_000),
                                        r.nextInt(1_000_000),
                                        r.nextInt(100_000_000)),
                "\n");
    }

    private static String csv(Random random) {
        int columns = 2 + random.nextInt(12);
        int digits = 1 + random.nextInt(6);
        var gap = List.of(",", ";", "\t", " | ", ", ").get(random.nextInt(5));
        return "id"
                + gap
                + "value\n"
                + many(
                        random,
                        40,
                        r -> {
                            var row = new ArrayList<String>();
                            for (int i = 0; i < columns; i++) {
                                row.add(number(r, digits));
                            }
                            return String.join(gap, row);
                        },
                        "\n");
    }

    private static String number(Random random, int most) {
        var text = new StringBuilder();
        for (int i = 1 + random.nextInt(most); i > 0; i--) {
            text.append(random.nextInt(10));
        }
        return random.nextInt(4) == 0 ? text + "." + random.nextInt(100) : text.toString();
    }

    private static String matrix(Random random) {
        int columns = 2 + random.nextInt(20);
        return "Rotate this matrix:\n"
                + many(random, 12, r -> many(r, 1, q -> digits(q, columns, " "), ""), "\n");
    }

    private static String digits(Random random, int count, String gap) {
        var row = new ArrayList<String>();
        for (int i = 0; i < count; i++) {
            row.add(String.valueOf(random.nextInt(10)));
        }
        return String.join(gap, row);
    }

    private static String numbers(Random random) {
        int digits = 1 + random.nextInt(4);
        return "Find the median of the following numbers: "
                + many(random, 24, r -> number(r, digits), random.nextBoolean() ? ", " : " ")
                + ".";
    }

    private static String picture(Random random) {
        var bytes = new byte[200 + random.nextInt(4000)];
        random.nextBytes(bytes);
        return "![x](data:image/png;base64," + Base64.getEncoder().encodeToString(bytes) + ")";
    }

    private static String minified(Random random) {
        return many(
                random,
                60,
                r ->
                        "%c[%d]=function(%c,%c){return %c.%c%d?%d:0x%x}"
                                .formatted(
                                        'a' + r.nextInt(26),
                                        r.nextInt(1000),
                                        'a' + r.nextInt(26),
                                        'a' + r.nextInt(26),
                                        'a' + r.nextInt(26),
                                        'a' + r.nextInt(26),
                                        r.nextInt(10),
                                        r.nextInt(100_000),
                                        r.nextInt(1 << 24)),
                ";");
    }

    private static String hexDump(Random random) {
        return many(
                random,
                20,
                r -> {
                    var bytes = new byte[16];
                    r.nextBytes(bytes);
                    return "%08x  ".formatted(r.nextInt(1 << 20))
                            + HexFormat.ofDelimiter(" ").formatHex(bytes);
                },
                "\n");
    }

    private static String json(Random random) {
        return "["
                + many(
                        random,
                        20,
                        r ->
                                "{\"id\": %d, \"x\": %.6f, \"y\": %.6f, \"tags\": [%s], \"ts\": %d}"
                                        .formatted(
                                                r.nextInt(1_000_000),
                                                r.nextDouble() * 180,
                                                r.nextDouble() * 90,
                                                digits(r, 1 + r.nextInt(18), ", "),
                                                1_700_000_000_000L + r.nextInt(1 << 30)),
                        ",\n")
                + "]";
    }

    private static String prose(Random random) {
        return many(random, 200, r -> WORDS[r.nextInt(WORDS.length)], " ") + ". A b c: x, y or z?";
    }

    private static String chinese(Random random) {
        var sentences =
                List.of(
                        "第一百二十三条规定，二〇二六年十一月起执行。",
                        "①先登录；②再查询；③最后导出。",
                        "本季度同比增长３.５％，环比下降１.２％！",
                        "一、二、三、四、五、六、七、八、九、十",
                        "三七二十一，四六二十四，五五二十五。",
                        "九九乘法表：一一得一，一二得二，一三得三。",
                        "请把“１２３４”翻译成英文。");
        return many(random, 20, r -> sentences.get(r.nextInt(sentences.size())), "");
    }

    private static String multilingual(Random random) {
        var sentences =
                List.of(
                        "В 2024 году компания выпустила 15 новых продуктов, e-mail'ом сообщили 3"
                                + " раза.",
                        "Η εταιρεία ανακοίνωσε 12 νέα προϊόντα το 2025.",
                        "L'été dernier, nous avons vendu 3 500 unités à 12,50 €.",
                        "Die Größe beträgt 12 × 34 × 56 cm; Maßstab 1:25000.",
                        "東京タワーの高さは３３３メートルです。",
                        "سعر ١٢٣ ريال و٤٥ هللة في ٢٠٢٤",
                        "👨‍👩‍👧 family trip 🏖️ in 2025 1️⃣ 2️⃣ 3️⃣ go!",
                        "x² + y³ = z⁴, ½ of ⅓, №5, ™ ® ©");
        return many(random, 20, r -> sentences.get(r.nextInt(sentences.size())), " ");
    }

    private static String code(Random random) {
        var lines =
                List.of(
                        "int[] a = {5, 3, 8, 1, 9, 2, 7, 4, 6};",
                        "printf(\"%d\\n\", x & 0xFF); // \\u00e9 is é",
                        "regex = \"\\\\d{4}-\\\\d{4}\"; s = s.replace(\"%20\", \" \");",
                        "byte[] key = {0x4f, 0x12, 0x33, 0x7a, 0x01, 0x02, 0x03, 0x04};",
                        "color: #ff8800; margin: 4px 8px 4px 8px;",
                        "@Override public void run() { a.b.c.d(); }",
                        "<p>5 &lt; 6 &amp;&amp; 7 &gt; 3 &#169; 2024</p>",
                        "for i in range(10): print(i, i ** 2, i ** 3)",
                        "@property\ndef at(self): return self.x @ self.y",
                        "select 1 a, 2 b, 3 c, 4 d from t where u = 5;");
        return many(random, 40, r -> lines.get(r.nextInt(lines.size())), "\n");
    }

    private static String urls(Random random) {
        return many(
                random,
                10,
                r ->
                        "https://cdn.example.com/%s/%08x%08x/p%d.html?q=%d&utm=a%%20b%%2Fc&sig=%s"
                                .formatted(
                                        Base64.getUrlEncoder()
                                                .withoutPadding()
                                                .encodeToString(bytes(r, 24)),
                                        r.nextInt(),
                                        r.nextInt(),
                                        r.nextInt(1000),
                                        r.nextInt(100_000),
                                        HexFormat.of().formatHex(bytes(r, 16))),
                "\n");
    }

    private static byte[] bytes(Random random, int count) {
        var bytes = new byte[count];
        random.nextBytes(bytes);
        return bytes;
    }

    private static String math(Random random) {
        return many(
                random,
                12,
                r ->
                        "%d + %d * %d = %d, sqrt(%d) = %.10f, %d/%d"
                                .formatted(
                                        r.nextInt(100),
                                        r.nextInt(1000),
                                        r.nextInt(100),
                                        r.nextInt(100_000),
                                        r.nextInt(1000),
                                        r.nextDouble() * 30,
                                        r.nextInt(20),
                                        1 + r.nextInt(20)),
                "\n");
    }

    private static String versions(Random random) {
        return many(
                random,
                20,
                r ->
                        "lib-%c %d.%d.%d (build %d, %02d/%02d/2025)"
                                .formatted(
                                        'a' + r.nextInt(26),
                                        r.nextInt(20),
                                        r.nextInt(100),
                                        r.nextInt(5000),
                                        r.nextInt(1_000_000),
                                        1 + r.nextInt(12),
                                        1 + r.nextInt(28)),
                "\n");
    }

    private static String counting(Random random) {
        var lists =
                List.of(
                        "one two three four five six seven eight nine ten",
                        "1 2 3 4 5 6 7 8 9 10 11 12 13 14 15 16",
                        "3 1 4 1 5 9 2 6 5 3 5 8 9 7 9 3 2 3 8 4 6",
                        "2, 3, 5, 7, 11, 13, 17, 19, 23, 29",
                        "1 1 2 3 5 8 13 21 34 55 89 144",
                        "1998 2001 2004 2008 2012 2016 2020 2024",
                        "X | O | X\nO | X | O\nX | X | O",
                        "a b c d e f g h i j k l m n o p q r s t u v w x y z",
                        "5 3 . | . 7 . | . . .\n6 . . | 1 9 5 | . . .");
        return many(random, 4, r -> lists.get(r.nextInt(lists.size())), "\n");
    }
}
