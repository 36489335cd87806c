package io.spillway.testbed.engine;

import java.util.Arrays;

/// Counts and hashes the tokens of a prompt, without a vocabulary: about four characters of Latin
/// text make a token, one character of a script without spaces does.
///
/// Text is added piece by piece; how it is cut into pieces does not matter. Blocks are hashed with
/// everything before them, so equal hashes mean equal prefixes.
public final class PromptTokens {
    private static final int LATIN_CHARACTERS = 4;

    private long chain;
    private long token;
    private int pending;
    private int count;
    private long[] blocks = new long[64];

    /// @param salt separates prefix caches: equal text under another salt shares nothing
    public PromptTokens(String salt) {
        chain = mix(salt.length());
        for (int i = 0; i < salt.length(); i++) {
            chain = mix(chain * 31 + salt.charAt(i));
        }
    }

    /// Adds text.
    public PromptTokens text(CharSequence text) {
        for (int i = 0; i < text.length(); i++) {
            char c = text.charAt(i);
            if (c < 0x2E80 || Character.isLowSurrogate(c)) {
                token = token * 31 + c;
                if (++pending == LATIN_CHARACTERS) {
                    end();
                }
            } else {
                if (pending > 0) {
                    end();
                }
                token = c;
                end();
            }
        }
        return this;
    }

    /// Adds one token by its number.
    public PromptTokens id(int id) {
        if (pending > 0) {
            end();
        }
        token = id;
        end();
        return this;
    }

    /// Tokens so far, a begun one included; at least 1.
    public int count() {
        return Math.max(1, count + (pending > 0 ? 1 : 0));
    }

    /// Hashes of the full blocks so far.
    public long[] blocks() {
        return Arrays.copyOf(blocks, count / KvBlocks.TOKENS);
    }

    /// A number that depends on all of the text.
    public long digest() {
        return mix(chain ^ token ^ pending);
    }

    private void end() {
        chain = mix(chain * 31 + token);
        token = 0;
        pending = 0;
        if (++count % KvBlocks.TOKENS == 0) {
            int block = count / KvBlocks.TOKENS - 1;
            if (block == blocks.length) {
                blocks = Arrays.copyOf(blocks, block * 2);
            }
            blocks[block] = chain;
        }
    }

    /// Spreads the bits of a number (the finisher of SplitMix64).
    public static long mix(long value) {
        long z = value + 0x9E3779B97F4A7C15L;
        z = (z ^ (z >>> 30)) * 0xBF58476D1CE4E5B9L;
        z = (z ^ (z >>> 27)) * 0x94D049BB133111EBL;
        return z ^ (z >>> 31);
    }
}
