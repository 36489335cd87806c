package io.spillway.router.api;

import com.fasterxml.jackson.core.io.JsonStringEncoder;
import io.spillway.api.connector.Dialect.BodyEdits;
import java.io.ByteArrayOutputStream;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;

/// Changes top-level members of a body and leaves every other byte as it came.
public final class BodySplice {
    private BodySplice() {}

    @SuppressWarnings("ArrayRecordComponent") // never compared
    private record Cut(int from, int to, byte[] replacement) {}

    /// The body with the edits applied; the very same array when there are none.
    ///
    /// A member that is set and exists keeps its place; a new one comes first.
    public static byte[] apply(ParsedBody body, BodyEdits edits) {
        var set = new LinkedHashMap<String, String>();
        edits.set().forEach(member -> set.put(member.name(), member.rawValue()));
        var remove = Set.copyOf(edits.remove());
        var cuts = new ArrayList<Cut>();
        boolean anyKept = false;
        for (int i = 0; i < body.members().size(); i++) {
            var member = body.members().get(i);
            var value = set.remove(member.name());
            if (value != null) {
                cuts.add(new Cut(member.from(), member.to(), utf8(value)));
                anyKept = true;
            } else if (remove.contains(member.name())) {
                cuts.add(removal(body.members(), i, anyKept));
            } else {
                anyKept = true;
            }
        }
        if (!set.isEmpty()) {
            cuts.add(insertion(body, set, anyKept));
        }
        return cuts.isEmpty() ? body.bytes() : splice(body.bytes(), cuts);
    }

    /// A member goes together with the comma before it, or, when none is kept before it, with the
    /// one after it.
    private static Cut removal(List<ParsedBody.Member> members, int index, boolean keptBefore) {
        var member = members.get(index);
        if (keptBefore) {
            return new Cut(members.get(index - 1).to(), member.to(), new byte[0]);
        }
        boolean last = index == members.size() - 1;
        int to = last ? member.to() : members.get(index + 1).nameFrom();
        return new Cut(member.nameFrom(), to, new byte[0]);
    }

    private static Cut insertion(ParsedBody body, Map<String, String> set, boolean anyKept) {
        var text = new StringBuilder();
        for (var entry : set.entrySet()) {
            text.append(text.isEmpty() ? "\"" : ",\"").append(entry.getKey()).append("\":");
            text.append(entry.getValue());
        }
        if (anyKept) {
            text.append(',');
        }
        int brace = 0;
        while (body.bytes()[brace] != '{') {
            brace++;
        }
        return new Cut(brace + 1, brace + 1, utf8(text.toString()));
    }

    private static byte[] splice(byte[] bytes, List<Cut> cuts) {
        cuts.sort(Comparator.comparingInt(Cut::from).thenComparingInt(Cut::to));
        var out = new ByteArrayOutputStream(bytes.length + 256);
        int at = 0;
        for (var cut : cuts) {
            out.write(bytes, at, cut.from() - at);
            out.writeBytes(cut.replacement());
            at = cut.to();
        }
        out.write(bytes, at, bytes.length - at);
        return out.toByteArray();
    }

    /// A JSON string with that text.
    public static String quoted(String text) {
        var out = new StringBuilder(text.length() + 2).append('"');
        JsonStringEncoder.getInstance().quoteAsString(text, out);
        return out.append('"').toString();
    }

    private static byte[] utf8(String text) {
        return text.getBytes(StandardCharsets.UTF_8);
    }
}
