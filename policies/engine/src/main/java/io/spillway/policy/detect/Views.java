package io.spillway.policy.detect;

import java.util.ArrayDeque;
import java.util.Deque;

/// The views of one scan. Those that were read are made again, so that a scan needs room for as
/// many as lie over one another and not for each value.
final class Views {
    private final Deque<View> spare = new ArrayDeque<>();

    /// An empty view.
    View take(View.Kind kind, int capacity) {
        var view = spare.isEmpty() ? new View() : spare.pop();
        view.begin(kind, capacity);
        return view;
    }

    /// Says that nobody reads the view any more.
    void giveBack(View view) {
        spare.push(view);
    }
}
