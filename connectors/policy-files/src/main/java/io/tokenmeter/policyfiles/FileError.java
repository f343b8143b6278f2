package io.tokenmeter.policyfiles;

/**
 * What is wrong at a line of a file, and what to write instead.
 *
 * @param line counted from 1
 */
public record FileError(int line, String message) {}
