package io.spillway.policy.detect;

import java.util.Arrays;

/// From where in a text each byte of a view of it came.
///
/// Holds only the places where view and text fall out of step; between two of them both advance by
/// one, or the view stands still at one place of the text.
final class Origins {
    private int[] view = new int[16];
    private int[] text = new int[16];
    private int size;

    /// From the view's byte `v` on, bytes come one by one from `t` on. Called in order of `v`.
    void at(int v, int t) {
        if (size > 0 && t - text[size - 1] == v - view[size - 1]) {
            return;
        }
        if (size > 0 && view[size - 1] == v) {
            text[size - 1] = t;
            return;
        }
        if (size == view.length) {
            view = Arrays.copyOf(view, size * 2);
            text = Arrays.copyOf(text, size * 2);
        }
        view[size] = v;
        text[size] = t;
        size++;
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
        int source = text[low] + (v - view[low]);
        // Bytes that one longer escape gave all begin where it begins.
        return low + 1 < size ? Math.min(source, text[low + 1]) : source;
    }
}
