package io.tokenmeter.pricelists;

/**
 * Decisions a reader of a public list has to take.
 *
 * @param providerFallbacks whether a provider takes over the prices of the providers that
 *     genai-prices names as its {@code fallback_model_providers}; Azure, for instance, those of
 *     OpenAI for models without a price of its own
 */
public record ReadOptions(boolean providerFallbacks) {

  /** A provider's prices are its own. */
  public static final ReadOptions DEFAULT = new ReadOptions(false);
}
