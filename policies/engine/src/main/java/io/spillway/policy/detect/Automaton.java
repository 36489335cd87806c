package io.spillway.policy.detect;

import java.util.Arrays;
import java.util.List;

/// Finds many texts in one pass over bytes (Aho and Corasick, 1975). ASCII letters are compared
/// without regard to case; who cares about case looks again.
///
/// The textbook keeps a table of 256 ways on for each state. A hundred thousand words would need a
/// gigabyte of it, so the ways are in one hash table, but for those of the first state, through
/// which nearly every byte goes.
final class Automaton {
    private final int[] first = new int[256];
    private int[] keys;
    private int[] targets;
    private int edges;

    private int states = 1;
    private int[] fail;
    private int[] parent;
    private byte[] label;
    private int[] depth;

    /// Number of the text that ends in a state, -1 for none.
    private int[] ends;

    /// The nearest state along the failures in which a text ends, 0 for none.
    private int[] shorter;

    /// Told of each place where a text ends.
    interface Match {

        /// @param text its number in the list
        /// @param end byte behind it
        /// @return whether to go on
        boolean at(int text, int end);
    }

    /// @param texts without duplicates after folding ASCII letters to lower case
    Automaton(List<byte[]> texts) {
        int most = 1 + texts.stream().mapToInt(it -> it.length).sum();
        int size = Integer.highestOneBit(Math.max(16, most * 2)) * 2;
        keys = new int[size];
        targets = new int[size];
        parent = new int[most];
        label = new byte[most];
        depth = new int[most];
        ends = new int[most];
        Arrays.fill(ends, -1);
        for (int i = 0; i < texts.size(); i++) {
            add(texts.get(i), i);
        }
        parent = Arrays.copyOf(parent, states);
        label = Arrays.copyOf(label, states);
        depth = Arrays.copyOf(depth, states);
        ends = Arrays.copyOf(ends, states);
        fail = new int[states];
        shorter = new int[states];
        link();
    }

    private void add(byte[] text, int number) {
        int state = 0;
        for (byte raw : text) {
            int c = fold(raw);
            int next = edge(state, c);
            if (next == 0) {
                next = states++;
                parent[next] = state;
                label[next] = (byte) c;
                depth[next] = depth[state] + 1;
                put(state, c, next);
            }
            state = next;
        }
        ends[state] = number;
    }

    /// Failures lead to shorter states, so the states are gone through by depth.
    private void link() {
        int deepest = Arrays.stream(depth).max().orElse(0);
        var starts = new int[deepest + 2];
        for (int state = 0; state < states; state++) {
            starts[depth[state] + 1]++;
        }
        for (int i = 1; i < starts.length; i++) {
            starts[i] += starts[i - 1];
        }
        var ordered = new int[states];
        for (int state = 0; state < states; state++) {
            ordered[starts[depth[state]]++] = state;
        }
        for (int state : ordered) {
            if (depth[state] > 1) {
                fail[state] = next(fail[parent[state]], label[state] & 0xFF);
            }
            int failed = fail[state];
            shorter[state] = ends[failed] >= 0 ? failed : shorter[failed];
        }
    }

    private static int fold(byte c) {
        return c >= 'A' && c <= 'Z' ? c + ('a' - 'A') : c & 0xFF;
    }

    private void put(int state, int c, int target) {
        if (state == 0) {
            first[c] = target;
            return;
        }
        int key = (state << 8 | c) + 1;
        int slot = slot(key);
        while (keys[slot] != 0) {
            slot = slot + 1 & keys.length - 1;
        }
        keys[slot] = key;
        targets[slot] = target;
        edges++;
    }

    private int slot(int key) {
        return (key * 0x9E3779B1 >>> 7) & keys.length - 1;
    }

    /// The way on, 0 for none.
    private int edge(int state, int c) {
        if (state == 0) {
            return first[c];
        }
        int key = (state << 8 | c) + 1;
        int slot = slot(key);
        while (keys[slot] != 0) {
            if (keys[slot] == key) {
                return targets[slot];
            }
            slot = slot + 1 & keys.length - 1;
        }
        return 0;
    }

    private int next(int state, int c) {
        int from = state;
        while (true) {
            int to = edge(from, c);
            if (to != 0 || from == 0) {
                return to;
            }
            from = fail[from];
        }
    }

    /// Finds all, longer ones before shorter ones that end at the same place.
    void find(byte[] b, int from, int to, Match match) {
        int state = 0;
        for (int i = from; i < to; i++) {
            state = next(state, fold(b[i]));
            if (state == 0) {
                continue;
            }
            int end = ends[state] >= 0 ? state : shorter[state];
            while (end != 0) {
                if (!match.at(ends[end], i + 1)) {
                    return;
                }
                end = shorter[end];
            }
        }
    }
}
