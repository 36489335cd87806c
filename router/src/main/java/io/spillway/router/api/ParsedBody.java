package io.spillway.router.api;

import io.spillway.policy.detect.TextLeaf;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/// What one strict reading of an inference request's body found. Refers to the body's bytes, which
/// nobody may change.
///
/// @param bytes the body as received
/// @param members top-level members in order
/// @param model value of `model`
/// @param stream value of `stream`, false when absent
/// @param includeUsage whether the caller asked for usage in the stream
/// @param maxTokens value of `max_completion_tokens` or `max_tokens`, null when absent
/// @param choices value of `n`, 1 when absent
/// @param user value of `user`, null when absent
/// @param leaves all text that a model server may read: strings, unusual names, long numbers
/// @param unscanned kinds of content that no detector can read
/// @param prompts number of messages or prompts
@SuppressWarnings("ArrayRecordComponent") // a body, never compared
public record ParsedBody(
        byte[] bytes,
        List<Member> members,
        String model,
        boolean stream,
        boolean includeUsage,
        @Nullable Integer maxTokens,
        int choices,
        @Nullable String user,
        List<TextLeaf> leaves,
        Set<String> unscanned,
        int prompts) {

    public ParsedBody {
        members = List.copyOf(members);
        leaves = List.copyOf(leaves);
        unscanned = Set.copyOf(unscanned);
    }

    /// One top-level member and where it stands in the body.
    ///
    /// @param name its name, escapes resolved
    /// @param nameFrom offset of the name's opening quote
    /// @param from first byte of the value
    /// @param to byte after the value's last
    public record Member(String name, int nameFrom, int from, int to) {}

    /// The same without the text, which is not needed once the request is classified.
    public ParsedBody withoutText() {
        return new ParsedBody(
                bytes,
                members,
                model,
                stream,
                includeUsage,
                maxTokens,
                choices,
                user,
                List.of(),
                unscanned,
                prompts);
    }

    /// The member of that name, null when there is none.
    public @Nullable Member member(String name) {
        for (var member : members) {
            if (member.name().equals(name)) {
                return member;
            }
        }
        return null;
    }

    /// A member's value as JSON text.
    public String text(Member member) {
        return new String(
                bytes, member.from(), member.to() - member.from(), StandardCharsets.UTF_8);
    }

    /// Bytes of all leaves together.
    public long textBytes() {
        long sum = 0;
        for (var leaf : leaves) {
            sum += leaf.to() - leaf.from();
        }
        return sum;
    }

    /// Without the text.
    @Override
    public String toString() {
        return "ParsedBody[bytes=%d, leaves=%d]".formatted(bytes.length, leaves.size());
    }
}
