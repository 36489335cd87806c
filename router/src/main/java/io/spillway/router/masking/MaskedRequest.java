package io.spillway.router.masking;

import io.spillway.api.request.Classification;
import io.spillway.policy.mask.Placeholders;
import io.spillway.router.api.ParsedBody;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/// A request as some places are to see it.
///
/// @param body what is sent, before a dialect's edits
/// @param classification class of that body, never below what was left in it
/// @param types types that were masked: those of the entry that the tenant lists
/// @param placeholders what stands for what, null when nothing was replaced
public record MaskedRequest(
        ParsedBody body,
        Classification classification,
        Set<String> types,
        @Nullable Placeholders placeholders) {

    public MaskedRequest {
        types = Set.copyOf(types);
    }

    /// Whether anything was replaced.
    public boolean differs() {
        return placeholders != null;
    }

    /// The same with another class.
    public MaskedRequest with(Classification other) {
        return new MaskedRequest(body, other, types, placeholders);
    }

    /// Without the text.
    @Override
    public String toString() {
        return "MaskedRequest[types=%s, class=%s]"
                .formatted(types, classification.dataClass().wire());
    }
}
