package io.spillway.policy.document;

/// A name with the place where it is written.
public record Located(String value, Position at) {}
