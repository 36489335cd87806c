package io.spillway.policy.detect;

import java.util.Arrays;

/// From where in a text each byte of a view of it came.
///
/// Holds only the places where view and text fall out of step. Between two of them the view
/// advances by one and the text by as much each time: by one where it was copied, by the length of
/// an escape, by nothing where several bytes stand for one place.
final class Origins {
    private static final int OPEN = -1;

    private int[] view = new int[16];
    private int[] text = new int[16];

    /// How far the text advances with each byte, [#OPEN] until the second byte tells.
    private int[] step = new int[16];

    private int size;

    void clear() {
        size = 0;
    }

    /// Only the view's byte `v` comes from `t`. Called in order of `v`.
    void put(int v, int t) {
        int last = size - 1;
        if (last >= 0 && step[last] == OPEN && v == view[last] + 1 && t >= text[last]) {
            step[last] = t - text[last];
        } else if (last < 0 || step[last] == OPEN || t != source(last, v)) {
            add(v, t, OPEN);
        }
    }

    /// From the view's byte `v` on, bytes come one by one from `t` on. Called in order of `v`.
    void copy(int v, int t) {
        int last = size - 1;
        if (last < 0 || step[last] != 1 || t != source(last, v)) {
            add(v, t, 1);
        }
    }

    private void add(int v, int t, int by) {
        if (size > 0 && view[size - 1] == v) {
            size--;
        }
        if (size == view.length) {
            view = Arrays.copyOf(view, size * 2);
            text = Arrays.copyOf(text, size * 2);
            step = Arrays.copyOf(step, size * 2);
        }
        view[size] = v;
        text[size] = t;
        step[size] = by;
        size++;
    }

    private int source(int place, int v) {
        int by = step[place] == OPEN ? 1 : step[place];
        return text[place] + (v - view[place]) * by;
    }

    /// Where the view's byte `v` begins in the text.
    int of(int v) {
        int low = 0;
        int high = size - 1;
        while (low < high) {
            int middle = (low + high + 1) >>> 1;
            if (view[middle] <= v) {
                low = middle;
            } else {
                high = middle - 1;
            }
        }
        int source = source(low, v);
        // Bytes that one longer escape gave all begin where it begins.
        return low + 1 < size ? Math.min(source, text[low + 1]) : source;
    }
}
