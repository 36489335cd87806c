package io.spillway.policy.condition;

/// A compiled condition. Stateless and safe for use by many threads, each with its own [Scope].
@FunctionalInterface
public interface Check {

    /// Evaluates it; never throws for anything that a request can hold.
    Truth test(Scope scope);
}
