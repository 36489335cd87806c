package io.spillway.policy.detect;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.HashMap;
import java.util.Map;

/// What is known of single words: given names, surnames, words of other meaning, places, parts of
/// addresses. Read once from the word lists beside this class into a table of hashes, which for
/// some 45,000 words stand for the words themselves.
final class Lexicon {
    static final int GIVEN = 1;
    static final int SURNAME = 1 << 1;

    /// An ordinary English word.
    static final int COMMON = 1 << 2;

    /// A place, nation, brand, month or the like.
    static final int PLACE = 1 << 3;

    /// Makes the words before it an institution or a thing.
    static final int INSTITUTION = 1 << 4;

    /// A public figure or character of fiction by this word alone.
    static final int FAMOUS = 1 << 5;

    static final int TITLE = 1 << 6;
    static final int PARTICLE = 1 << 7;

    /// The last word of a street's name in English.
    static final int STREET = 1 << 8;

    /// A street word that is also an ordinary one, such as drive or court.
    static final int STREET_WEAK = 1 << 9;

    /// The first word of a street's name elsewhere: rue, via, calle.
    static final int STREET_FIRST = 1 << 10;

    static final int UNIT = 1 << 11;

    /// What a person is in a form or a sentence: patient, customer, colleague.
    static final int ROLE = 1 << 12;

    /// A verb that persons are the subject of: said, asked, lives.
    static final int SAYS = 1 << 13;

    /// Tells of works, fame and fiction.
    static final int STORY = 1 << 14;

    /// A relative or friend.
    static final int KIN = 1 << 15;

    /// A label or phrase that an address follows.
    static final int AT = 1 << 16;

    /// A title that fiction and history like too: Sir, Lord, Captain.
    static final int RANK = 1 << 17;

    /// What belongs to someone: account, order, diagnosis.
    static final int OWNED = 1 << 18;

    /// What a letter closes with.
    static final int CLOSING = 1 << 19;

    /// What a task begins with.
    static final int TASK = 1 << 20;

    /// The one who writes.
    static final int PERSONAL = 1 << 21;

    /// What a question begins with.
    static final int ASK = 1 << 22;

    /// May stand before the verb of a task.
    static final int POLITE = 1 << 23;

    /// Makes the name behind it a place: San, Port, Saint.
    static final int PLACE_FIRST = 1 << 24;

    /// Words of questions, tasks and the writer, which are no names inside a sentence either.
    static final int GRAMMAR = ASK | TASK | POLITE | PERSONAL;

    static final int ANY_NAME = GIVEN | SURNAME;

    private static final Lexicon BUILT_IN = load();

    /// How many low bits of an entry are flags. The others are those of the word's hash, whose low
    /// bits choose the place: together 56 bits, and one look into memory for a word.
    private static final int FLAG_BITS = 25;

    private static final int FLAGS = (1 << FLAG_BITS) - 1;

    private final long[] table;
    private final int mask;

    private Lexicon(Map<Long, Integer> words) {
        int size = Integer.highestOneBit(words.size() * 4);
        table = new long[size];
        mask = size - 1;
        words.forEach(this::put);
    }

    static Lexicon builtIn() {
        return BUILT_IN;
    }

    private void put(long key, int value) {
        int at = (int) key & mask;
        while (table[at] != 0) {
            at = (at + 1) & mask;
        }
        table[at] = key & ~FLAGS | value;
    }

    /// What is known of the word with that hash, 0 when nothing.
    int of(long hash) {
        int at = (int) hash & mask;
        for (long entry = table[at]; entry != 0; entry = table[at]) {
            if ((entry ^ hash) >>> FLAG_BITS == 0) {
                return (int) entry & FLAGS;
            }
            at = (at + 1) & mask;
        }
        return 0;
    }

    /// Whether the two words in either order name a public figure.
    boolean isFamous(long one, long other) {
        return (of(pair(one, other)) & FAMOUS) != 0;
    }

    private static long pair(long one, long other) {
        return Word.mix((one ^ other) * 31 + (one + other));
    }

    private static Lexicon load() {
        var words = new HashMap<Long, Integer>();
        add(words, GIVEN, read("given-names.txt"));
        add(words, SURNAME, read("surnames.txt"));
        add(words, COMMON, read("common-words.txt"));
        add(words, PLACE, read("places.txt"));
        add(words, INSTITUTION, read("institutions.txt"));
        add(words, FAMOUS, read("public-figures.txt"));
        for (var line : read("cue-words.txt").split("\n")) {
            int colon = line.indexOf(':');
            add(words, cue(line.substring(0, colon)), line.substring(colon + 1));
        }
        return new Lexicon(words);
    }

    private static int cue(String name) {
        return switch (name) {
            case "title" -> TITLE;
            case "particle" -> PARTICLE;
            case "street" -> STREET;
            case "street-weak" -> STREET_WEAK;
            case "street-first" -> STREET_FIRST;
            case "unit" -> UNIT;
            case "role" -> ROLE;
            case "says" -> SAYS;
            case "story" -> STORY;
            case "kin" -> KIN;
            case "at" -> AT;
            case "rank" -> RANK;
            case "closing" -> CLOSING;
            case "task" -> TASK;
            case "ask" -> ASK;
            case "polite" -> POLITE;
            case "place-first" -> PLACE_FIRST;
            case "personal" -> PERSONAL;
            case "owned" -> OWNED;
            default -> throw new IllegalStateException("cue-words.txt has no cue '" + name + "'");
        };
    }

    private static void add(Map<Long, Integer> words, int flag, String text) {
        for (var word : text.strip().split("\\s+")) {
            int join = word.indexOf('_');
            long hash =
                    join < 0
                            ? Word.hashOf(word)
                            : pair(
                                    Word.hashOf(word.substring(0, join)),
                                    Word.hashOf(word.substring(join + 1)));
            words.merge(hash, flag, (one, other) -> one | other);
        }
    }

    /// A list without its comments.
    static String read(String name) {
        try (var in = Lexicon.class.getResourceAsStream(name)) {
            if (in == null) {
                throw new IllegalStateException("the list " + name + " is not on the class path");
            }
            var text = new String(in.readAllBytes(), StandardCharsets.UTF_8);
            return text.lines()
                    .filter(it -> !it.isBlank() && it.charAt(0) != '#')
                    .reduce("", (one, other) -> one.isEmpty() ? other : one + "\n" + other);
        } catch (IOException e) {
            throw new UncheckedIOException("cannot read the list " + name, e);
        }
    }
}
