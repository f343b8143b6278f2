package io.tokenmeter.domain.alert;

import io.tokenmeter.domain.money.Money;

/**
 * One part of the explanation of a change in spend.
 *
 * @param kind what changed
 * @param part the dollars of the change that are due to it; the parts of a finding add up to its
 *     change exactly
 * @param detail what it was and what it is, for a person, such as {@code 120 to 1,310 requests an
 *     hour}
 */
public record Driver(Kind kind, Money part, String detail) {
  /** What can change. */
  public enum Kind {
    /** More or fewer requests, retries apart. */
    REQUEST_VOLUME("request volume"),
    /** More or fewer tokens a request. */
    TOKENS_PER_REQUEST("tokens per request"),
    /** Other models. */
    MODEL_MIX("model mix"),
    /** Other unit prices of the same models. */
    PRICE_PER_TOKEN("price per token"),
    /** More or fewer of the input tokens read from the cache. */
    CACHE_HIT_RATE("cache-hit rate"),
    /** More or fewer requests that repeat an earlier attempt. */
    RETRIES("retries");

    private final String label;

    Kind(String label) {
      this.label = label;
    }

    /** The name in alerts. */
    public String label() {
      return label;
    }
  }
}
