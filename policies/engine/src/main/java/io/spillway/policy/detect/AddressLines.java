package io.spillway.policy.detect;

/// Adds an address, in pieces where a room stands on a line of its own: street, room and town are
/// then one finding each, as forms and address books have them.
final class AddressLines {
    private final byte[] b;
    private final AddressMarks marks;

    AddressLines(byte[] b, AddressMarks marks) {
        this.b = b;
        this.marks = marks;
    }

    void add(int start, int end, int score, int kind, Candidates found) {
        int room = room(start, end);
        if (room < 0) {
            found.replace(start, end, score, kind);
            return;
        }
        found.replace(start, before(room), score, kind);
        int behind = Math.min(end, marks.roomEnd(room));
        found.add(room, behind, score, kind);
        int rest = behind;
        while (rest < end && AddressMarks.isGap(b[rest])) {
            rest++;
        }
        found.add(rest, end, score, kind);
    }

    /// Where a line inside the address begins with a room, or -1.
    private int room(int start, int end) {
        boolean line = false;
        for (int i = start; i < end; i++) {
            if (line && !AddressMarks.isGap(b[i])) {
                if (marks.isRoom(i)) {
                    return i;
                }
                line = false;
            }
            line |= b[i] == '\n';
        }
        return -1;
    }

    private int before(int room) {
        int end = room;
        while (AddressMarks.isGap(b[end - 1])) {
            end--;
        }
        return end;
    }
}
