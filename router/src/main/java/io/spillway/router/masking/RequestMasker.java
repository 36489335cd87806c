package io.spillway.router.masking;

import io.spillway.api.request.Classification;
import io.spillway.api.request.Classification.Source;
import io.spillway.api.request.RequestFacts;
import io.spillway.policy.detect.Scan;
import io.spillway.policy.detect.TextLeaf;
import io.spillway.policy.mask.Maskable;
import io.spillway.policy.mask.Masker;
import io.spillway.policy.mask.Placeholders;
import io.spillway.policy.mask.Remaining;
import io.spillway.policy.mask.Spellings;
import io.spillway.router.api.BodyParser;
import io.spillway.router.api.InvalidBodyException;
import io.spillway.router.api.ParsedBody;
import io.spillway.router.decision.Policy;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.random.RandomGenerator;
import org.jspecify.annotations.Nullable;

/// Makes the masked forms of one request that its policy may ask for, each with its class.
///
/// The class is the highest of that of the findings that masking left, that of a second scan of the
/// masked body itself, and the floors, which masking never touches.
public final class RequestMasker {
    /// A larger body is not masked and stays home: it is a table rather than a question.
    static final int LARGEST_BODY = 256 * 1024;

    private final Policy policy;
    private final RequestFacts facts;
    private final List<Source> floors;
    private final RandomGenerator random;

    /// @param floors what besides rules and text asks for a class
    public RequestMasker(
            Policy policy, RequestFacts facts, List<Source> floors, RandomGenerator random) {
        this.policy = policy;
        this.facts = facts;
        this.floors = floors;
        this.random = random;
    }

    /// Whether any form of a request with these findings differs from the request.
    public static boolean needed(Policy policy, Scan scan) {
        for (var types : policy.masks()) {
            if (Maskable.any(scan.findings(), types)) {
                return true;
            }
        }
        return false;
    }

    /// The masked forms by the types that an entry of the policy masks. What cannot be masked is
    /// missing.
    ///
    /// @param body with its text
    /// @param scan what was found in it
    /// @param whole its classification
    /// @param maskable types that the tenant lists
    public Map<Set<String>, MaskedRequest> forms(
            ParsedBody body, Scan scan, Classification whole, Collection<String> maskable) {
        var forms = new HashMap<Set<String>, MaskedRequest>();
        for (var asked : policy.masks()) {
            if (!Maskable.any(scan.findings(), asked)) {
                continue;
            }
            var types = new HashSet<>(asked);
            types.retainAll(maskable);
            var form =
                    Maskable.any(scan.findings(), types)
                            ? masked(body, scan, types)
                            : new MaskedRequest(body.withoutText(), whole, Set.of(), null);
            if (form != null) {
                forms.put(asked, form);
            }
        }
        return forms;
    }

    private @Nullable MaskedRequest masked(ParsedBody body, Scan scan, Set<String> types) {
        if (body.bytes().length > LARGEST_BODY) {
            return null;
        }
        try {
            var placeholders = Placeholders.fresh(random, tag -> occurs(tag, body)).orElse(null);
            if (placeholders == null) {
                return null;
            }
            var texts = BodyTexts.of(body);
            var masked = Masker.mask(texts.texts(), scan.findings(), types, placeholders);
            if (masked == null) {
                return null;
            }
            var sent = BodyParser.parse(facts.operation(), texts.splice(masked.replacements()));
            if (isSpelledOut(placeholders, sent)) {
                return null;
            }
            var again = policy.scan(sent.leaves());
            var remaining =
                    Remaining.of(
                            again.findings(), texts.replaced(masked.replacements()), placeholders);
            return new MaskedRequest(
                    sent.withoutText(),
                    stricter(
                            classify(new Scan(remaining, again.exhausted())),
                            classify(new Scan(masked.left(), scan.exhausted()))),
                    types,
                    placeholders);
        } catch (IOException | InvalidBodyException unreadable) {
            // The body was read strictly before, so this is a fault of ours: do not mask.
            return null;
        }
    }

    /// Whether a masked value is still there in another spelling.
    private static boolean isSpelledOut(Placeholders placeholders, ParsedBody sent) {
        var spellings = Spellings.of(placeholders);
        return sent.leaves().stream().anyMatch(it -> spellings.standIn(text(it)));
    }

    private static String text(TextLeaf leaf) {
        return new String(
                leaf.utf8(), leaf.from(), leaf.to() - leaf.from(), StandardCharsets.UTF_8);
    }

    private Classification classify(Scan scan) {
        var found = policy.classify(facts, scan, floors);
        return stricter(
                found, new Classification(found.dataClass(), facts.unscanned(), List.of(), floors));
    }

    /// What both ask for.
    static Classification stricter(Classification found, Classification other) {
        var sources = new LinkedHashSet<>(found.sources());
        sources.addAll(other.sources());
        var dataClass = found.dataClass().max(other.dataClass());
        for (var source : sources) {
            dataClass = dataClass.max(source.dataClass());
        }
        var unscanned = new HashSet<>(found.unscanned());
        unscanned.addAll(other.unscanned());
        return new Classification(dataClass, unscanned, found.findings(), new ArrayList<>(sources));
    }

    private static boolean occurs(String tag, ParsedBody body) {
        for (var leaf : body.leaves()) {
            if (occurs(tag, leaf)) {
                return true;
            }
        }
        return false;
    }

    private static boolean occurs(String tag, TextLeaf leaf) {
        var bytes = leaf.utf8();
        int last = leaf.to() - tag.length();
        for (int i = leaf.from(); i <= last; i++) {
            int matched = 0;
            while (matched < tag.length()
                    && Character.toLowerCase((char) (bytes[i + matched] & 0xff))
                            == tag.charAt(matched)) {
                matched++;
            }
            if (matched == tag.length()) {
                return true;
            }
        }
        return false;
    }
}
