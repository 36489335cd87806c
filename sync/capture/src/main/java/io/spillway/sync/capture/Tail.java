package io.spillway.sync.capture;

import io.spillway.api.request.DataClass;
import io.spillway.api.state.ChangeSet;
import io.spillway.sync.log.Frame;
import io.spillway.sync.log.FrameSigner;
import io.spillway.sync.log.StateDigest.Identity;
import java.util.EnumMap;
import java.util.HashMap;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/// The newest change sets by number, ready to be sent. Not for use by several threads at once; its
/// entries are.
final class Tail {
    private final int most;
    private final Map<Long, Entry> entries = new HashMap<>();
    private long newest;

    Tail(int most) {
        this.most = most;
    }

    void add(ChangeSet changeSet, Map<Identity, DataClass> before) {
        newest = changeSet.seq();
        entries.put(newest, new Entry(changeSet, before));
        entries.remove(newest - most);
    }

    /// The change set with a number, null when it is too old or too new.
    @Nullable Entry get(long seq) {
        return entries.get(seq);
    }

    void clear() {
        entries.clear();
    }

    /// One change set with its signed lines, which are made once for all followers.
    static final class Entry {
        private final ChangeSet changeSet;
        private final Map<Identity, DataClass> before;
        private final Map<DataClass, String> withheld = new EnumMap<>(DataClass.class);
        private @Nullable String visible;

        Entry(ChangeSet changeSet, Map<Identity, DataClass> before) {
            this.changeSet = changeSet;
            this.before = before;
        }

        /// The line for a follower of some clearance.
        synchronized String line(DataClass clearance, FrameSigner signer) {
            if (clearance.covers(changeSet.dataClass())) {
                if (visible == null) {
                    visible = signer.sign(new Frame.Change(changeSet)).toLine();
                }
                return visible;
            }
            return withheld.computeIfAbsent(clearance, it -> withheld(it, signer));
        }

        private String withheld(DataClass clearance, FrameSigner signer) {
            var at = new Frame.Change(changeSet).watermark();
            var frame = new Frame.Withheld(at, RegistryView.removed(before, clearance));
            return signer.sign(frame).toLine();
        }
    }
}
