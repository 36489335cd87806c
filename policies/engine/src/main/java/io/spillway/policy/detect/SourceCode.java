package io.spillway.policy.detect;

import static io.spillway.policy.detect.Bytes.BLANK;
import static io.spillway.policy.detect.Bytes.is;

/// Source code, by counts over lines: what they begin and end with and the signs in them. One pass,
/// no parser: a language that looks like others is found without being known.
///
/// A fenced block counts by the language it names, any other text by runs of lines of which most
/// look like code. Prose, markup, data and formulas between them end a run.
final class SourceCode implements Detector {
    /// Lines in a row that are none of code, after which a run is over.
    private static final int LONGEST_GAP = 2;

    private static final int SURE = 3;
    private static final double NAMED_FENCE = 0.9;
    private static final double LEAST = 0.6;
    private static final double MOST = 0.95;
    private static final double PER_LINE = 0.03;
    private static final double FEW = 0.4;

    private static final Words LANGUAGES =
            new Words(
                    "java",
                    "kotlin",
                    "scala",
                    "groovy",
                    "python",
                    "py\n",
                    "py\r",
                    "c\n",
                    "c\r",
                    "c++",
                    "cpp",
                    "cc\n",
                    "csharp",
                    "c#",
                    "cs\n",
                    "fsharp",
                    "go\n",
                    "golang",
                    "rust",
                    "rs\n",
                    "js\n",
                    "js\r",
                    "javascript",
                    "jsx",
                    "ts\n",
                    "tsx",
                    "typescript",
                    "php",
                    "ruby",
                    "rb\n",
                    "swift",
                    "objc",
                    "objective",
                    "dart",
                    "perl",
                    "lua",
                    "r\n",
                    "julia",
                    "haskell",
                    "elixir",
                    "erlang",
                    "clojure",
                    "lisp",
                    "scheme",
                    "ocaml",
                    "zig",
                    "nim",
                    "sql",
                    "plsql",
                    "tsql",
                    "solidity",
                    "verilog",
                    "vhdl",
                    "asm",
                    "cuda",
                    "matlab",
                    "vb",
                    "cobol",
                    "fortran",
                    "pascal",
                    "delphi",
                    "powershell",
                    "ps1",
                    "vue",
                    "svelte",
                    "terraform",
                    "hcl",
                    "cmake",
                    "makefile",
                    "dockerfile",
                    "graphql",
                    "proto");

    @Override
    public void find(byte[] b, int from, int to, Hits hits) {
        if (!hits.spend(to - from)) {
            return;
        }
        int run = -1;
        int last = from;
        int sure = 0;
        int code = 0;
        int other = 0;
        int gap = 0;
        int i = from;
        while (i < to) {
            int end = lineEnd(b, i, to);
            if (isFence(b, i, to)) {
                report(run, last, sure, code, other, hits);
                run = -1;
                sure = code = other = gap = 0;
                i = fence(b, i, end, to, hits);
                continue;
            }
            int kind = CodeLine.kind(b, i, end);
            if (kind >= CodeLine.LIKELY) {
                run = run < 0 ? i : run;
                code++;
                sure += kind == CodeLine.SURE ? 1 : 0;
                last = end;
                gap = 0;
            } else if (kind == CodeLine.NOT && run >= 0) {
                other++;
                gap++;
                if (gap > LONGEST_GAP) {
                    report(run, last, sure, code, other - gap, hits);
                    run = -1;
                    sure = code = other = gap = 0;
                }
            }
            i = end + 1;
        }
        report(run, last, sure, code, other - gap, hits);
    }

    private static int lineEnd(byte[] b, int at, int to) {
        int i = at;
        while (i < to && b[i] != '\n') {
            i++;
        }
        return i;
    }

    private static boolean isFence(byte[] b, int at, int to) {
        int i = at;
        while (i < to && i - at < 12 && (b[i] == ' ' || b[i] == '\t')) {
            i++;
        }
        return i + 2 < to && b[i] == '`' && b[i + 1] == '`' && b[i + 2] == '`';
    }

    /// Judges a block.
    ///
    /// @return where the scan goes on
    private static int fence(byte[] b, int open, int end, int to, Hits hits) {
        int language = open;
        while (language < end && (b[language] == '`' || is(b[language], BLANK))) {
            language++;
        }
        boolean named = language < end && LANGUAGES.isAt(b, language, Math.min(to, end + 1));
        int start = Math.min(to, end + 1);
        int i = start;
        int sure = 0;
        int code = 0;
        int lines = 0;
        while (i < to && !isFence(b, i, to)) {
            int stop = lineEnd(b, i, to);
            int kind = CodeLine.kind(b, i, stop);
            sure += kind == CodeLine.SURE ? 1 : 0;
            code += kind >= CodeLine.LIKELY ? 1 : 0;
            lines += kind != CodeLine.EMPTY ? 1 : 0;
            i = stop + 1;
        }
        int stop = Math.min(i, to);
        if (named && lines > 0) {
            hits.add(FindingType.SOURCE_CODE, NAMED_FENCE, start, stop);
        } else {
            report(start, stop, sure, code, lines - code, hits);
        }
        return Math.min(to, lineEnd(b, stop, to) + 1);
    }

    private static void report(int run, int end, int sure, int code, int other, Hits hits) {
        if (run < 0 || code < 2 || code < 2 * other || sure == 0 || end <= run) {
            return;
        }
        boolean enough = (sure >= SURE || (sure == SURE - 1 && code > SURE)) && 3 * sure >= code;
        double confidence =
                enough ? Math.clamp(LEAST + PER_LINE * (sure - SURE), LEAST, MOST) : FEW;
        hits.add(FindingType.SOURCE_CODE, confidence, run, end);
    }

    @Override
    public String identity() {
        return "source-code 1";
    }

    /// Code inside an encoding is found by whoever decodes it; what a decoder makes of code is not.
    @Override
    public boolean readsDecoded() {
        return false;
    }
}
