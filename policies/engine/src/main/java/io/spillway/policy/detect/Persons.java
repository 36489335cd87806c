package io.spillway.policy.detect;

import static io.spillway.policy.detect.Lexicon.ANY_NAME;
import static io.spillway.policy.detect.Lexicon.COMMON;
import static io.spillway.policy.detect.Lexicon.FAMOUS;
import static io.spillway.policy.detect.Lexicon.GIVEN;
import static io.spillway.policy.detect.Lexicon.INSTITUTION;
import static io.spillway.policy.detect.Lexicon.PARTICLE;
import static io.spillway.policy.detect.Lexicon.PERSONAL;
import static io.spillway.policy.detect.Lexicon.PLACE;
import static io.spillway.policy.detect.Lexicon.RANK;
import static io.spillway.policy.detect.Lexicon.ROLE;
import static io.spillway.policy.detect.Lexicon.STREET;
import static io.spillway.policy.detect.Lexicon.SURNAME;
import static io.spillway.policy.detect.Lexicon.TITLE;

/// Names of persons in alphabets with capital letters: reads a run of words that may be one name
/// and has [NameScore] judge it.
final class Persons {
    /// A longer run of capitalised words is a heading.
    private static final int LONGEST = 7;

    private final byte[] b;
    private final int to;
    private final Candidates found;
    private final Lexicon lexicon = Lexicon.builtIn();
    private final Word word;
    private final NameScore score;
    private final NameRun run = new NameRun();

    Persons(byte[] b, int from, int to, Candidates found) {
        this.b = b;
        this.to = to;
        this.found = found;
        this.word = new Word(b, to);
        this.score = new NameScore(b, from, to);
    }

    Candidates found() {
        return found;
    }

    /// The words that were read last.
    NameRun run() {
        return run;
    }

    /// Reads the run that begins with the capital letter there.
    ///
    /// @return where the pass goes on
    int capitalised(int i) {
        run.clear();
        int end = collect(i);
        if (run.size == 0) {
            return end;
        }
        if (run.size <= LONGEST) {
            judge(false);
        }
        return end;
    }

    private int collect(int i) {
        int at = i;
        int end = i;
        while (word.read(at) && run.size <= LONGEST) {
            if (!word.upper) {
                int after = particles(at);
                if (after < 0) {
                    break;
                }
                at = after;
                continue;
            }
            int flags = flags();
            if (run.size >= 2 && Surnames.isSuffix(word)) {
                return word.end;
            }
            boolean identifier = isIdentifier();
            end = word.end;
            if (identifier) {
                run.clear();
                return end;
            }
            run.add(word, flags);
            int next = next(end, flags);
            if (next < 0) {
                break;
            }
            at = next;
        }
        return Math.max(end, i + 1);
    }

    /// Jumps over particles such as `van der` when a capitalised word follows.
    private int particles(int i) {
        int at = i;
        for (int k = 0; k < 3 && word.read(at) && !word.upper; k++) {
            if (run.size == 0 || (lexicon.of(word.hash) & PARTICLE) == 0) {
                return -1;
            }
            if (word.end + 1 >= to || b[word.end] != ' ') {
                return -1;
            }
            at = word.end + 1;
            if (word.isUpper(at)) {
                run.particle = true;
                return at;
            }
        }
        return -1;
    }

    /// Where the next word of the run begins, or -1 where the run ends.
    private int next(int end, int flags) {
        int at = end;
        boolean initial = run.length(run.size - 1) <= 2;
        if (at < to && b[at] == '.' && (initial || (flags & (TITLE | RANK)) != 0)) {
            at++;
            if (initial && word.isUpper(at)) {
                return at;
            }
        }
        if (at + 1 < to && b[at] == ' ' && word.isLetter(at + 1)) {
            return at + 1;
        }
        return -1;
    }

    /// What is known of the word, or told by its form.
    private int flags() {
        int flags = lexicon.of(word.hash);
        if (flags == 0 && word.firstHash != word.hash) {
            int first = lexicon.of(word.firstHash);
            boolean word = (first & COMMON) != 0 && (first & GIVEN) == 0;
            return word ? COMMON : first & (ANY_NAME | COMMON);
        }
        if (flags == 0 && Surnames.isShaped(word)) {
            return SURNAME;
        }
        return flags;
    }

    private boolean isIdentifier() {
        int end = word.end;
        if (word.camel && !Surnames.isCamelName(word)) {
            return true;
        }
        if (end < to) {
            byte c = b[end];
            if (c == '_'
                    || c == '('
                    || c == '@'
                    || c == '/'
                    || (c == '\\' && !(end + 1 < to && b[end + 1] == '\''))
                    || c == '<'
                    || Bytes.is(c, Bytes.DIGIT)) {
                return true;
            }
            return c == '.' && end + 1 < to && Bytes.is(b[end + 1], Bytes.LOWER | Bytes.DIGIT);
        }
        return false;
    }

    /// A word of a text that has no capitals at all.
    ///
    /// @return where the pass goes on
    int uncapitalised(int i) {
        if (!word.read(i)) {
            return i + 1;
        }
        int end = word.end;
        int flags = flags();
        if (word.camel || !isLowerName(flags) || isIdentifier()) {
            return end;
        }
        run.clear();
        run.add(word, flags);
        return lowerRun(end);
    }

    private static boolean isLowerName(int flags) {
        return (flags & ANY_NAME) != 0
                && (flags & (COMMON | PLACE | PARTICLE | STREET | INSTITUTION)) == 0;
    }

    private int lowerRun(int end) {
        int at = end;
        while (run.size < 3 && at + 1 < to && b[at] == ' ' && word.read(at + 1)) {
            int flags = flags();
            boolean unknown = flags == 0 && word.length >= 3 && !isIdentifier();
            if (word.upper || !(isLowerName(flags) || (unknown && run.size == 1))) {
                break;
            }
            run.add(word, flags);
            at = word.end;
        }
        judge(true);
        return at;
    }

    /// A lower-case name behind a word that announces one, in a text that has capitals elsewhere.
    ///
    /// @return where the pass goes on
    int afterAnchor(int start, int end) {
        if (!word.read(start) || word.end != end) {
            return end;
        }
        int cue = score.announces(word.hash, start);
        if (cue == 0) {
            return end;
        }
        int at = end;
        while (at < to && at - end < 4 && (b[at] == ' ' || b[at] == ':' || b[at] == '.')) {
            at++;
        }
        if (at == end || !word.read(at) || word.upper) {
            return end;
        }
        int flags = flags();
        boolean known = isLowerName(flags);
        boolean named = cue == NameContext.NAMED && flags == 0 && word.length >= 4;
        if (!(known || named) || isIdentifier()) {
            return end;
        }
        run.clear();
        run.add(word, flags);
        return lowerRun(word.end);
    }

    private void judge(boolean lower) {
        int size = run.size;
        int first = 0;
        boolean title = false;
        while (first < size && isLead(first)) {
            title |= (run.flags[first] & TITLE) != 0;
            first++;
        }
        int last = first;
        while (last < size && isNamePart(last, first)) {
            last++;
        }
        boolean cut = last < size;
        if (last == first) {
            return;
        }
        if (cut && isThing(last)) {
            return;
        }
        score.judge(new NameParts(run, first, last, title, lower, cut), found);
        invert(last);
    }

    /// `Smith, John`: a surname, a comma and a given name that nothing follows.
    private void invert(int last) {
        int end = run.ends[last - 1];
        if (last != run.size || last != 1 || (run.flags[0] & SURNAME) == 0 || end + 2 >= to) {
            return;
        }
        if (b[end] != ',' || b[end + 1] != ' ' || !word.read(end + 2) || !word.upper) {
            return;
        }
        int flags = lexicon.of(word.hash);
        if ((flags & GIVEN) == 0 || ((flags | run.flags[0]) & (COMMON | PLACE | FAMOUS)) != 0) {
            return;
        }
        int after = word.end;
        boolean initial = after + 1 < to && b[after] == ' ' && word.isUpper(after + 1);
        boolean ends = after >= to || b[after] != ',';
        if (ends || initial) {
            score.inverted(run.starts[0], after, found);
        }
    }

    /// A word before the name: a title, or one of the sentence such as `Please` or `Dear`.
    private boolean isLead(int k) {
        int flags = run.flags[k];
        if (run.length(k) == 1) {
            return k + 1 == run.size
                    || run.ends[k] + 1 != run.starts[k + 1] && b[run.ends[k]] != '.';
        }
        if ((flags & (TITLE | RANK)) != 0) {
            boolean given = (flags & GIVEN) != 0 && (flags & TITLE) == 0;
            return k + 1 < run.size && !(given && (run.flags[k + 1] & ANY_NAME) != 0);
        }
        if ((flags & PERSONAL) != 0) {
            return true;
        }
        boolean name = (flags & ANY_NAME) != 0;
        boolean word = (flags & (COMMON | PLACE | INSTITUTION | ROLE)) != 0;
        if (!word) {
            return false;
        }
        return !name
                || (k + 1 < run.size && (run.flags[k + 1] & ANY_NAME) != 0 && (flags & GIVEN) == 0);
    }

    private boolean isNamePart(int k, int first) {
        int flags = run.flags[k];
        if (run.length(k) == 1) {
            return k + 1 < run.size || k > first;
        }
        if ((flags & INSTITUTION) != 0 && (flags & ANY_NAME) == 0) {
            return false;
        }
        return (flags & ANY_NAME) != 0 || (flags & (COMMON | PLACE | TITLE | STREET)) == 0;
    }

    private boolean isThing(int k) {
        int flags = run.flags[k];
        return (flags & (INSTITUTION | STREET)) != 0 && run.length(k) > 1 || (flags & PLACE) != 0;
    }
}
