package io.tokenmeter.mapping;

import io.tokenmeter.domain.usage.UsageValidator;
import java.time.Duration;
import java.util.Optional;

/**
 * What the mappings accept.
 *
 * @param maxBytes largest body, bytes
 * @param maxItems most items (spans, events, payloads) in one body
 * @param maxDepth deepest nesting of JSON
 * @param maxSkew how far in the future an event may lie
 * @param defaultProvider provider of items whose format has none, such as OpenMeter's events
 */
public record MappingOptions(
    int maxBytes, int maxItems, int maxDepth, Duration maxSkew, Optional<String> defaultProvider) {

  /** 16 MiB, 50,000 items, 64 levels, the application's own skew, no default provider. */
  public static final MappingOptions DEFAULT =
      new MappingOptions(16 << 20, 50_000, 64, UsageValidator.DEFAULT_MAX_SKEW, Optional.empty());

  public MappingOptions withMaxBytes(int bytes) {
    return new MappingOptions(bytes, maxItems, maxDepth, maxSkew, defaultProvider);
  }

  public MappingOptions withMaxItems(int items) {
    return new MappingOptions(maxBytes, items, maxDepth, maxSkew, defaultProvider);
  }

  public MappingOptions withMaxSkew(Duration skew) {
    return new MappingOptions(maxBytes, maxItems, maxDepth, skew, defaultProvider);
  }

  public MappingOptions withDefaultProvider(String provider) {
    return new MappingOptions(maxBytes, maxItems, maxDepth, maxSkew, Optional.of(provider));
  }
}
