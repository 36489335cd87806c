package io.spillway.policy.mask;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.Predicate;
import java.util.random.RandomGenerator;

/// What stands in the place of what, for one request: `[EMAIL_k7f3p9_1]` for a value.
///
/// The tag in the middle is random and occurs nowhere in the request, so that a placeholder in the
/// answer can only come from ours. Values live here and nowhere else: they must not be written
/// anywhere. Filled by [Masker] on one thread; read-only afterwards.
public final class Placeholders {
    private static final String LETTERS = "bcdfghjkmnpqrstvwxz";
    private static final String SIGNS = LETTERS + "23456789";
    private static final int TAG_LENGTH = 6;
    private static final int TAGS_TRIED = 8;

    private final String tag;
    private final List<Entry> entries = new ArrayList<>();
    private final Map<String, Entry> byValue = new HashMap<>();

    /// @param name such as `CN_ID_CARD`
    /// @param number 1, 2, ... within the request
    record Entry(String name, int number, String placeholder, String value) {

        /// Without the value.
        @Override
        public String toString() {
            return "Entry[" + placeholder + "]";
        }
    }

    private Placeholders(String tag) {
        this.tag = tag;
    }

    /// Fresh ones, empty when every tag tried occurs in the request already.
    ///
    /// @param taken whether a tag, given in lower case, occurs in the request in any case
    public static Optional<Placeholders> fresh(RandomGenerator random, Predicate<String> taken) {
        for (int i = 0; i < TAGS_TRIED; i++) {
            var tag = new StringBuilder(TAG_LENGTH);
            tag.append(LETTERS.charAt(random.nextInt(LETTERS.length())));
            while (tag.length() < TAG_LENGTH) {
                tag.append(SIGNS.charAt(random.nextInt(SIGNS.length())));
            }
            if (!taken.test(tag.toString())) {
                return Optional.of(new Placeholders(tag.toString()));
            }
        }
        return Optional.empty();
    }

    /// The tag, lower case.
    public String tag() {
        return tag;
    }

    /// Number of different values.
    public int size() {
        return entries.size();
    }

    /// The values that were replaced. Never to be written anywhere.
    public Set<String> values() {
        return new HashSet<>(byValue.keySet());
    }

    /// The placeholder of a value; equal values share one.
    String of(String type, String value) {
        return byValue.computeIfAbsent(value, _ -> add(type, value)).placeholder();
    }

    private Entry add(String type, String value) {
        var name = type.toUpperCase(Locale.ROOT).replaceAll("[^A-Z0-9]", "_");
        int number = entries.size() + 1;
        var entry = new Entry(name, number, "[" + name + "_" + tag + "_" + number + "]", value);
        entries.add(entry);
        return entry;
    }

    List<Entry> entries() {
        return entries;
    }

    /// Without the values.
    @Override
    public String toString() {
        return "Placeholders[" + entries.size() + "]";
    }
}
