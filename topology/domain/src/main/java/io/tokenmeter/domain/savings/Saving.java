package io.tokenmeter.domain.savings;

import io.tokenmeter.domain.money.Money;
import org.jspecify.annotations.Nullable;

/**
 * What some requests would have cost less, and why.
 *
 * @param kind what would have to change
 * @param subject whose requests: a group, or a task
 * @param provider who billed them
 * @param model the model that served them; may stand for several
 * @param alternative what would serve them instead, or whom to follow; null where it is obvious
 * @param requests how many requests the figure comes from
 * @param spent what they cost
 * @param saved what they would have cost less; negative where the change costs more, 0 for a mere
 *     hint
 * @param evidence the counts it rests on, for a person
 */
public record Saving(
    Kind kind,
    String subject,
    String provider,
    String model,
    @Nullable String alternative,
    long requests,
    Money spent,
    Money saved,
    String evidence) {

  /** What would have to change. */
  public enum Kind {
    /** Requests that may wait are served in the batch tier. */
    BATCH("They wait for the batch tier, at the price list's batch prices."),
    /** More of the input is read from the provider's cache. */
    CACHE(
        "The same part of their input is read from and written to the cache as for the subject of"
            + " the same model that caches most; whether their prompts repeat like that is not"
            + " known."),
    /** A cheaper model that already does the same task does all of it. */
    SMALLER_MODEL(
        "The cheaper model, which already does the same step or workflow and succeeds about as"
            + " often, does it with the same tokens; success is the request's status, not the"
            + " quality of the answer."),
    /** Nothing is written beyond what 99 of 100 requests need. */
    OUTPUT_CAP(
        "Output is capped at what 99 of 100 of their requests stay within; one of a hundred is cut"
            + " off there."),
    /** Output that ends at its cap. */
    AT_CAP(
        "No saving is claimed: output that ends at its cap is likely cut off, paid for and asked"
            + " for again."),
    /** Capacity is rented by the hour instead of paid by the token. */
    CAPACITY(
        "As many units are rented all the time as the busiest hour needs, at the given throughput;"
            + " cached input is counted as if it were computed, and what running it takes beside"
            + " the rent is not counted.");

    private final String assumption;

    Kind(String assumption) {
      this.assumption = assumption;
    }

    /** What is assumed, for a person. */
    public String assumption() {
      return assumption;
    }
  }
}
