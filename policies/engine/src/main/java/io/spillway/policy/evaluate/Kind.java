package io.spillway.policy.evaluate;

import java.util.Set;
import org.jspecify.annotations.Nullable;

/// What a label means here.
///
/// @param type the finding type that a labelled entity counts under
/// @param accepts finding types that match it: the type's whole family
/// @param part what it is a part of when authors label it piece by piece, such as a given name
record Kind(String type, Set<String> accepts, @Nullable Part part) {

    /// Things that authors label in pieces. Neighbouring pieces count as one entity.
    enum Part {
        NAME,
        ADDRESS
    }
}
