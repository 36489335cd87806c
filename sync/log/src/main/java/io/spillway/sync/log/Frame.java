package io.spillway.sync.log;

import com.fasterxml.jackson.annotation.JsonSubTypes;
import com.fasterxml.jackson.annotation.JsonTypeInfo;
import com.fasterxml.jackson.databind.annotation.JsonDeserialize;
import com.fasterxml.jackson.databind.annotation.JsonSerialize;
import io.spillway.api.environment.RegistryObject;
import io.spillway.api.state.Beacon;
import io.spillway.api.state.ChangeSet;
import io.spillway.api.state.Watermark;
import java.util.List;

/// One message of the change stream, before it is signed. See [SignedLine] for the way it travels.
@JsonTypeInfo(use = JsonTypeInfo.Id.NAME, property = "type")
@JsonSubTypes({
    @JsonSubTypes.Type(value = Frame.Snapshot.class, name = "snapshot"),
    @JsonSubTypes.Type(value = Frame.Change.class, name = "change"),
    @JsonSubTypes.Type(value = Frame.Withheld.class, name = "withheld"),
    @JsonSubTypes.Type(value = Frame.Pulse.class, name = "beacon")
})
public sealed interface Frame {

    /// Where the replica stands once it has applied this frame, or must stand already for a beacon.
    Watermark watermark();

    /// The whole state that the replica may see.
    ///
    /// @param digest what [StateDigest] makes of the objects
    record Snapshot(
            Watermark watermark,
            @JsonSerialize(contentUsing = KindedObject.Writer.class)
                    @JsonDeserialize(contentUsing = KindedObject.Reader.class)
                    List<RegistryObject> objects,
            String digest)
            implements Frame {
        public Snapshot {
            objects = List.copyOf(objects);
        }
    }

    /// One change set, to be applied whole.
    record Change(ChangeSet changeSet) implements Frame {
        @Override
        public Watermark watermark() {
            return new Watermark(changeSet.origin(), changeSet.epoch(), changeSet.seq());
        }
    }

    /// Stands in place of a change set that the replica may not see, so that its numbers stay
    /// gapless.
    ///
    /// @param removed objects that the replica held and that are now above its clearance
    record Withheld(Watermark watermark, List<Removed> removed) implements Frame {
        public Withheld {
            removed = List.copyOf(removed);
        }
    }

    /// The origin's statement that the state at a watermark is the newest.
    record Pulse(Beacon beacon) implements Frame {
        @Override
        public Watermark watermark() {
            return beacon.watermark();
        }
    }

    /// Identity of an object that a replica must forget.
    record Removed(RegistryObject.Kind kind, String key) {}
}
