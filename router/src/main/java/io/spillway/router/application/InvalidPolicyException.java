package io.spillway.router.application;

/// A state that cannot be put in force because of its policy.
final class InvalidPolicyException extends Exception {
    private static final long serialVersionUID = 1L;

    InvalidPolicyException(String message) {
        super(message);
    }
}
