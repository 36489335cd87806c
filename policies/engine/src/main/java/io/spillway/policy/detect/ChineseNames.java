package io.spillway.policy.detect;

/// Names of persons in Chinese.
final class ChineseNames {
    ChineseNames(byte[] b, int from, int to, Candidates found) {}

    int at(int i) {
        return i + 3;
    }

    void finish() {}
}
