package io.spillway.policy.document;

/// A place in a policy file.
///
/// @param line counted from 1
/// @param column in code points, counted from 1
public record Position(int line, int column) implements Comparable<Position> {

    @Override
    public int compareTo(Position other) {
        return line != other.line
                ? Integer.compare(line, other.line)
                : Integer.compare(column, other.column);
    }
}
