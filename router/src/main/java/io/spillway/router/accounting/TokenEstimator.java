package io.spillway.router.accounting;

import java.util.concurrent.ConcurrentHashMap;
import org.jspecify.annotations.Nullable;

/// Expected tokens per model, learned from what servers state. Thread-safe.
///
/// `prompt = a * ascii + w * wide + o * other + m * messages`, one set of coefficients per model,
/// moved towards each answer by normalised least mean squares (the usual step for a stream of
/// samples of very different size). Never for money: see [TokenBound].
public final class TokenEstimator {
    /// Tokens that a chat template may add per message, and once per prompt: for the bound.
    private static final long TEMPLATE_TOKENS = 16;

    private static final int MOST_MODELS = 1024;

    private final ConcurrentHashMap<String, ModelTokens> models = new ConcurrentHashMap<>();

    /// Expected prompt tokens.
    public int expectedPrompt(String model, TextSize size) {
        return of(model).prompt(size);
    }

    /// Expected generated tokens over all choices.
    ///
    /// @param maxTokens the caller's limit per choice, null for none
    public int expectedOutput(String model, @Nullable Integer maxTokens, int choices) {
        double perChoice = of(model).output();
        double limit = maxTokens == null ? Double.MAX_VALUE : maxTokens;
        return (int) Math.min(Integer.MAX_VALUE, Math.min(perChoice, limit) * choices);
    }

    /// Learns from an answer that ended normally.
    ///
    /// @param promptTokens prompt tokens that the server stated
    /// @param completionTokens generated tokens over all choices
    public void observed(
            String model, TextSize size, long promptTokens, long completionTokens, int choices) {
        of(model).learn(size, promptTokens, (double) completionTokens / Math.max(1, choices));
    }

    /// The most tokens a request can use: no tokenizer makes more tokens than the text has bytes.
    ///
    /// @param maxTokens the caller's limit per choice, null for none; 0 for embeddings
    /// @param contextTokens longest prompt plus answer of the model
    public static TokenBound bound(
            TextSize size, @Nullable Integer maxTokens, int choices, int contextTokens) {
        long prompt = size.utf8Bytes() + TEMPLATE_TOKENS * (size.messages() + 1L);
        long output = maxTokens == null ? contextTokens : Math.min(maxTokens, contextTokens);
        return new TokenBound(
                Math.min(prompt, contextTokens),
                Math.max(0, output),
                Math.max(1, choices),
                contextTokens);
    }

    private ModelTokens of(String model) {
        var known = models.get(model);
        if (known != null) {
            return known;
        }
        // Names come from the registry; should they not, one entry serves all that are too many.
        return models.size() >= MOST_MODELS
                ? models.computeIfAbsent("", _ -> new ModelTokens())
                : models.computeIfAbsent(model, _ -> new ModelTokens());
    }
}
