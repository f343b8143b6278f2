package io.tokenmeter.policyfiles;

/**
 * An entry and where it stands.
 *
 * @param line counted from 1
 * @param value a policy or a budget
 */
public record FileEntry<T>(int line, T value) {}
