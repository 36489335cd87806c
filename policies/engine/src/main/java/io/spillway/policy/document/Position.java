package io.spillway.policy.document;

/// A place in a policy file or in a file that it imports.
///
/// @param file name of the imported file, empty for the policy file itself
/// @param line counted from 1
/// @param column in code points, counted from 1
public record Position(String file, int line, int column) implements Comparable<Position> {

    /// A place in the policy file itself.
    public Position(int line, int column) {
        this("", line, column);
    }

    @Override
    public int compareTo(Position other) {
        if (!file.equals(other.file)) {
            return file.compareTo(other.file);
        }
        return line != other.line
                ? Integer.compare(line, other.line)
                : Integer.compare(column, other.column);
    }

    /// `line 7`, or `FILE:7` in an imported file.
    public String words() {
        return file.isEmpty() ? "line " + line : file + ":" + line;
    }
}
