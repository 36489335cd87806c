package io.spillway.policy.document;

import io.spillway.api.request.DataClass;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.Optional;

/// What may stand in one mapping of a policy file. Reading a file, the JSON Schema and the hints
/// for unknown keys all rest on this one description.
///
/// @param what how messages call the mapping, such as `a placement rule`
/// @param description what it is for
/// @param keys its keys, in the order in which they are usually written
public record Shape(String what, String description, List<Key> keys) {

    public Shape {
        keys = List.copyOf(keys);
    }

    /// The names of its keys.
    public List<String> names() {
        return keys.stream().map(Key::name).toList();
    }

    /// The key of that name.
    public Optional<Key> key(String name) {
        return keys.stream().filter(it -> it.name().equals(name)).findFirst();
    }

    /// One key.
    ///
    /// @param example a value as it is written in YAML's flow style, which is JSON
    public record Key(
            String name, boolean required, Value value, String description, String example) {

        static Key required(String name, Value value, String description, String example) {
            return new Key(name, true, value, description, example);
        }

        static Key optional(String name, Value value, String description, String example) {
            return new Key(name, false, value, description, example);
        }

        static Key name(String of) {
            return required(
                    "name",
                    new Value.Text("^.{1,128}$"),
                    "Name of the " + of + ", for explanations.",
                    "\"personal-data\"");
        }
    }

    /// What a key can hold.
    public sealed interface Value {
        Value ANY_TEXT = new Text("");
        Value TEXTS = new Listing(ANY_TEXT, 0);
        Value CLASS = words(DataClass.class);

        /// Mappings of a shape.
        static Value list(Shape shape) {
            return new Listing(new Section(shape), 0);
        }

        /// The names of constants, in lower case.
        static Value words(Class<? extends Enum<?>> type) {
            return new Choice(
                    Arrays.stream(type.getEnumConstants())
                            .map(it -> it.name().toLowerCase(Locale.ROOT))
                            .toList());
        }

        /// Exactly this text.
        record Constant(String text) implements Value {}

        /// Text.
        ///
        /// @param pattern regular expression of ECMAScript that it matches, empty for any
        record Text(String pattern) implements Value {}

        /// A condition in the part of CEL that policies know.
        record Condition() implements Value {}

        /// One of these words.
        record Choice(List<String> words) implements Value {
            public Choice {
                words = List.copyOf(words);
            }
        }

        /// A whole number within bounds.
        record Whole(long least, long most) implements Value {}

        /// A number from 0 to 1.
        record Share() implements Value {}

        /// True or false.
        record Flag() implements Value {}

        /// A list.
        ///
        /// @param least fewest entries
        record Listing(Value entry, int least) implements Value {}

        /// One or the other.
        record Either(Value one, Value other) implements Value {}

        /// A mapping with the keys of a shape.
        record Section(Shape shape) implements Value {}

        /// A mapping whose keys the author chooses.
        record Named(String pattern, Value value) implements Value {}
    }
}
