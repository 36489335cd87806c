package io.spillway.api.request;

import org.jspecify.annotations.Nullable;

/// What a detector saw. The text itself is never part of it.
///
/// @param type what it is, such as `email` or `cn-id-card`
/// @param category the family it belongs to, such as `pii` or `secret`
/// @param confidence 0.0 to 1.0; a wrong check digit lowers it
/// @param start first code point of the span inside the string at `path`
/// @param end code point after the span's last
/// @param path where the string stands in the request body, as a JSON pointer (RFC 6901)
/// @param literal whether the span holds the value itself, character by character. False when it
///   was found behind an encoding or across several strings: then the span is where the carrier
///   stands, and replacing it would not remove the value
/// @param vendor whose token or key it is, as the detectors' tables write the name; null when that
///   cannot be told
public record Finding(
        String type,
        String category,
        double confidence,
        int start,
        int end,
        String path,
        boolean literal,
        @Nullable String vendor) {

    /// Longest name of a vendor, in characters.
    private static final int LONGEST_VENDOR = 40;

    public Finding {
        if (!(confidence >= 0.0 && confidence <= 1.0) || start < 0 || end < start) {
            throw new IllegalArgumentException(
                    "finding '%s' has confidence=%s, span=[%d, %d); expected 0.0 <= confidence <= 1.0 and 0 <= start <= end"
                            .formatted(type, confidence, start, end));
        }
        if (vendor != null && (vendor.isBlank() || vendor.length() > LONGEST_VENDOR)) {
            throw new IllegalArgumentException(
                    "finding '%s' has a vendor of %d characters; expected 1 to %d, or null"
                            .formatted(type, vendor.length(), LONGEST_VENDOR));
        }
    }

    /// A finding that is no vendor's.
    public Finding(
            String type,
            String category,
            double confidence,
            int start,
            int end,
            String path,
            boolean literal) {
        this(type, category, confidence, start, end, path, literal, null);
    }

    /// A finding of the value as it stands in the text.
    public Finding(
            String type, String category, double confidence, int start, int end, String path) {
        this(type, category, confidence, start, end, path, true);
    }
}
