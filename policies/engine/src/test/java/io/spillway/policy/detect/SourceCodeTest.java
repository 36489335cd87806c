package io.spillway.policy.detect;

import static org.assertj.core.api.Assertions.assertThat;

import io.spillway.api.request.Finding;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class SourceCodeTest {

    private static List<Finding> code(String text) {
        return DetectorSamplesTest.scan(text).stream()
                .filter(it -> it.type().equals("source-code") && it.confidence() >= 0.5)
                .toList();
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "def mean(xs):\n"
                        + "    total = 0\n"
                        + "    for x in xs:\n"
                        + "        total += x\n"
                        + "    return total / len(xs)\n",
                "public int add(int a, int b) {\n    int c = a + b;\n    return c;\n}\n",
                "const f = (x) => {\n"
                        + "  const y = x.map((z) => z * 2);\n"
                        + "  return y.filter(Boolean);\n"
                        + "};\n",
                "package main\n\n"
                        + "import \"fmt\"\n\n"
                        + "func main() {\n"
                        + "\tx := compute(1)\n"
                        + "\tfmt.Println(x)\n"
                        + "}\n",
                "#include <stdio.h>\nint main(void) {\n  printf(\"hi\\n\");\n  return 0;\n}\n",
                "fn main() {\n    let x = vec![1, 2];\n    println!(\"{}\", x.len());\n}\n",
                "Why does this fail?\n```python\nx = [1]\n```\nThanks",
                "CREATE TABLE t (\n"
                        + "  id int,\n"
                        + "  name text\n"
                        + ");\n"
                        + "SELECT id FROM t WHERE name = 'x';\n"
                        + "INSERT INTO t VALUES (1, 'y');\n"
                        + "UPDATE t SET name = 'z' WHERE id = 1;\n",
                "class A\n"
                        + "  def go(x)\n"
                        + "    @x = x.to_s\n"
                        + "    puts(x.size)\n"
                        + "    return x.reverse\n"
                        + "  end\n"
                        + "end\n",
            })
    void codeIsFound(String text) {
        assertThat(code(text)).hasSize(1);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "How do I write a for loop in Python? I know that if (x) works in C.",
                "Select the best answer from the table below; update me when you are done.",
                "Please import the class list and return it by Friday.\n"
                        + "For all pupils, use the blue form.\n"
                        + "If it rains, we stay inside.",
                "{\n"
                        + "  \"name\": \"x\",\n"
                        + "  \"values\": [1, 2, 3],\n"
                        + "  \"nested\": {\n"
                        + "    \"a\": true\n"
                        + "  }\n"
                        + "}",
                "id,name,amount\n1,Ann,12.5\n2,Bob,99.0\n3,Cy,1.0\n",
                "2026-01-02 10:11:12 INFO start\n"
                        + "2026-01-02 10:11:13 WARN slow (12 ms)\n"
                        + "2026-01-02 10:11:14 INFO end",
                "\\begin{align}\n"
                        + "\\frac{a}{b} &= \\sum_{i=1}^{n} x_i \\\\\n"
                        + "\\int f(x) dx\n"
                        + "\\end{align}",
                "<p>Hello <b>world</b></p>\n<ul>\n<li>one</li>\n<li>two</li>\n</ul>",
                "| a | b |\n|---|---|\n| 1 | 2 |\n",
                "Dear all,\n\n"
                        + "please find attached:\n"
                        + "- the report (draft);\n"
                        + "- the invoice;\n"
                        + "- the plan.\n\n"
                        + "Best,\n"
                        + "Ann",
                "```json\n{ \"a\": 1 }\n```",
                "What does `x += 1;` do?",
                "第一，请总结全文；\n第二，列出要点；\n第三，翻译成英文。",
            })
    void whatIsNoCodeIsNot(String text) {
        assertThat(code(text)).isEmpty();
    }

    @Test
    void theSpanIsThatOfTheBlock() {
        var text = "Why?\n```java\nint x = 1;\n```\nThanks";

        var found = code(text).getFirst();

        assertThat(text.substring(found.start(), found.end())).isEqualTo("int x = 1;\n");
    }

    @Test
    void codeBetweenProseIsASpanOfItsOwn() {
        var program = "int f(int x) {\n    int y = x * 2;\n    g(y);\n    return y;\n}";
        var text =
                "My question is about this.\n\n"
                        + program
                        + "\n\nWhat does it do? And is it fast? \n";

        var found = code(text).getFirst();

        assertThat(text.substring(found.start(), found.end())).isEqualTo(program);
    }

    @Test
    void itsOwnSourcesAreFoundAsCodeAndTheGuideIsMostlyProse() throws IOException {
        try (var files = Files.walk(Path.of("src/main/java"))) {
            var missed =
                    files.filter(it -> it.toString().endsWith(".java"))
                            .filter(it -> !it.endsWith("package-info.java"))
                            .filter(it -> code(read(it)).isEmpty())
                            .toList();

            // what has hardly more than constants or fields counts as data
            assertThat(missed).hasSizeLessThan(12);
        }
    }

    private static String read(Path path) {
        try {
            return Files.readString(path);
        } catch (IOException e) {
            throw new java.io.UncheckedIOException(e);
        }
    }
}
