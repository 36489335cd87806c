package io.spillway.policy.evaluate;

import java.util.List;
import org.jspecify.annotations.Nullable;

/// A text whose author said what is in it.
///
/// @param text the text
/// @param entities everything sensitive in it, null when the author only said whether there is
///   anything
/// @param sensitive whether anything in it is sensitive, null when the entities say so
public record Sample(String text, @Nullable List<Entity> entities, @Nullable Boolean sensitive) {

    public Sample {
        entities = entities == null ? null : List.copyOf(entities);
        if (entities == null && sensitive == null) {
            throw new IllegalArgumentException(
                    "a sample needs entities or sensitive; nothing is known about this one");
        }
    }

    /// A labelled span.
    ///
    /// @param type the author's name for what it is
    /// @param start first code point
    /// @param end code point after the last
    public record Entity(String type, int start, int end) {

        public Entity {
            if (start < 0 || end <= start) {
                throw new IllegalArgumentException(
                        "an entity needs 0 <= start < end, this one has [%d, %d)"
                                .formatted(start, end));
            }
        }
    }
}
