package io.tokenmeter.domain.price;

/**
 * The price of a unit in requests with a long context.
 *
 * @param threshold input tokens of the whole request that must be crossed
 * @param picosPerUnit USD 1e-12 per unit
 */
public record ContextTier(long threshold, long picosPerUnit) {}
