package io.spillway.policy.simulate;

/// Why a recorded request cannot be decided again. Each such request counts as newly leaving:
/// nobody can say that it stays.
public enum Undecidable {
    NOT_RECORDED("what it was made of was not recorded"),
    FINDINGS_LEFT_OUT("it has more findings than are recorded"),
    CLASSIFICATION_FAILED("its classification failed, so findings may be missing"),
    OTHER_DETECTORS("it was scanned by other detectors than the candidate's"),
    OTHER_ENVIRONMENTS("the environments it was decided on are not in the log"),
    NOT_REPRODUCED("the policy of then decides otherwise than was recorded");

    private final String words;

    Undecidable(String words) {
        this.words = words;
    }

    /// The reason in words.
    public String words() {
        return words;
    }
}
