package io.spillway.policy;

import io.spillway.api.request.Classification;
import io.spillway.api.request.RequestFacts;
import io.spillway.policy.detect.Scan;
import io.spillway.policy.detect.TextLeaf;
import io.spillway.policy.mask.Maskable;
import io.spillway.policy.mask.Masker;
import io.spillway.policy.mask.Placeholders;
import io.spillway.policy.mask.Remaining;
import io.spillway.policy.mask.Spellings;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Random;
import java.util.Set;

/// The classes that the texts of a policy's test have once they are masked, for a tenant that lists
/// every type as maskable.
final class MaskedForms {
    private MaskedForms() {}

    static Map<Set<String>, Classification> of(
            CompiledPolicy policy, RequestFacts facts, List<String> messages, Scan scan) {
        var forms = new HashMap<Set<String>, Classification>();
        for (var types : policy.masks()) {
            // Nothing leaves a test, so the tags need not be hard to guess.
            var placeholders =
                    Placeholders.fresh(
                            new Random(1),
                            tag -> messages.stream().anyMatch(it -> it.contains(tag)));
            if (Maskable.any(scan.findings(), types) && placeholders.isPresent()) {
                var texts = new ArrayList<Masker.Text>();
                for (var message : messages) {
                    texts.add(new Masker.Text(path(texts.size()), message));
                }
                var masked = Masker.mask(texts, scan.findings(), types, placeholders.get());
                if (masked != null) {
                    classify(policy, facts, texts, masked, placeholders.get())
                            .ifPresent(it -> forms.put(types, it));
                }
            }
        }
        return forms;
    }

    /// Empty when a masked value is still there in another spelling.
    private static Optional<Classification> classify(
            CompiledPolicy policy,
            RequestFacts facts,
            List<Masker.Text> texts,
            Masker.Masked masked,
            Placeholders placeholders) {
        var byPath = new HashMap<String, String>();
        var leaves = new ArrayList<TextLeaf>();
        var spellings = Spellings.of(placeholders);
        for (int i = 0; i < texts.size(); i++) {
            int index = i;
            var here = masked.replacements().stream().filter(it -> it.text() == index).toList();
            var text = Masker.apply(texts.get(i).text(), here);
            if (spellings.standIn(text)) {
                return Optional.empty();
            }
            byPath.put(path(i), text);
            var utf8 = text.getBytes(StandardCharsets.UTF_8);
            leaves.add(new TextLeaf(path(i), utf8, 0, utf8.length));
        }
        var again = policy.detectors().scan(leaves);
        var seen =
                policy.classify(
                        facts,
                        new Scan(
                                Remaining.of(again.findings(), byPath, placeholders),
                                again.exhausted()),
                        List.of());
        var left = policy.classify(facts, masked.left(), List.of());
        return Optional.of(
                new Classification(
                        seen.dataClass().max(left.dataClass()),
                        seen.unscanned(),
                        seen.findings(),
                        seen.sources()));
    }

    private static String path(int message) {
        return "/messages/" + message + "/content";
    }
}
