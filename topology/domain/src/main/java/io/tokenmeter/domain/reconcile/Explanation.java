package io.tokenmeter.domain.reconcile;

/**
 * A likely cause of a difference.
 *
 * @param cause the cause
 * @param text what speaks for it, for a person
 */
public record Explanation(Cause cause, String text) {}
