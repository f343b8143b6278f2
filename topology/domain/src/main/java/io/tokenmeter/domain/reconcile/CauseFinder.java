package io.tokenmeter.domain.reconcile;

import io.tokenmeter.domain.cost.CostKind;
import java.math.BigDecimal;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/**
 * Finds out why a day of a model differs, from what agrees and what does not: the pattern tells
 * causes apart, and the words say which pattern it was, so that a person can judge.
 */
final class CauseFinder {
  private static final BigDecimal TWICE = BigDecimal.valueOf(2);
  private static final BigDecimal HALF = new BigDecimal("0.5");

  private final Tolerance tolerance;
  private final Amounts billed;
  private final Amounts metered;

  private CauseFinder(Tolerance tolerance, Amounts billed, Amounts metered) {
    this.tolerance = tolerance;
    this.billed = billed;
    this.metered = metered;
  }

  /** The likely causes, the likeliest first. */
  static List<Explanation> find(Tolerance tolerance, Amounts billed, Amounts metered) {
    CauseFinder finder = new CauseFinder(tolerance, billed, metered);
    List<Explanation> found = new ArrayList<>();
    if (metered.isEmpty()) {
      found.add(say(Cause.MISSING_EVENTS, "it is billed, and nothing of it was metered"));
    } else if (billed.isEmpty()) {
      found.add(say(Cause.NO_LINE, "it was metered, and the export has no line for it"));
    } else {
      finder.compare(found);
    }
    return found;
  }

  /** Whether all that both sides know is within the tolerance. */
  static boolean agree(Tolerance tolerance, Amounts billed, Amounts metered) {
    CauseFinder finder = new CauseFinder(tolerance, billed, metered);
    return finder.costAgrees() && finder.tokensAgree(TokenKind.values());
  }

  private void compare(List<Explanation> found) {
    if (metered.unpriced() > 0 && !costAgrees()) {
      found.add(
          say(
              Cause.UNPRICED,
              metered.unpriced()
                  + " metered requests have no price yet, so their cost is missing"));
    }
    if (!billed.knowsTokens()) {
      found.addAll(costWithoutTokens());
    } else if (tokensAgree(TokenKind.values())) {
      if (found.isEmpty()) {
        found.addAll(costWithEqualTokens());
      }
    } else {
      found.add(Objects.requireNonNullElseGet(cachedOtherwise(), this::eventsOrUnknown));
    }
  }

  private List<Explanation> costWithEqualTokens() {
    BigDecimal difference = orZero(metered.cost()).subtract(orZero(billed.cost())).abs();
    if (difference.compareTo(billed.roundingUsd()) <= 0) {
      return List.of(say(Cause.ROUNDING, "it is no more than the rounding of the export's lines"));
    }
    BigDecimal ratio = Ratio.of(metered.cost(), billed.cost());
    Explanation batch = batch(ratio);
    if (batch != null) {
      return List.of(batch);
    }
    return List.of(
        say(
            Cause.PRICE,
            ratio == null
                ? "tokens agree, and nothing is billed for them"
                : "tokens agree, and the cost differs by the factor "
                    + Ratio.text(ratio)
                    + kinds()
                    + ": another price, such as a negotiated or regional one"));
  }

  private @Nullable Explanation batch(@Nullable BigDecimal ratio) {
    Long own = metered.batchTokens();
    Long bill = billed.batchTokens();
    if (own != null && bill != null && !tolerance.agree(bill, own)) {
      return say(
          Cause.BATCH_TIER,
          "tokens agree, but %d of them are billed in the batch tier and %d were metered there"
              .formatted(bill, own));
    }
    if (ratio != null && (bill == null || bill > 0) && Ratio.near(ratio, TWICE)) {
      return say(
          Cause.BATCH_TIER,
          "tokens agree, and half of the metered cost is billed, as for batch traffic metered at"
              + " the standard tier");
    }
    if (ratio != null && own != null && own > 0 && Ratio.near(ratio, HALF)) {
      return say(
          Cause.BATCH_TIER,
          "tokens agree, and twice the metered cost is billed, as for standard traffic metered in"
              + " the batch tier");
    }
    return null;
  }

  /** The factors by kind, where they are not all the same. */
  private String kinds() {
    List<String> parts = new ArrayList<>();
    for (CostKind kind : CostKind.values()) {
      BigDecimal ratio = Ratio.of(metered.cost(kind), billed.cost(kind));
      if (ratio != null && !Ratio.near(ratio, BigDecimal.ONE)) {
        parts.add(
            kind.name().toLowerCase(Locale.ROOT).replace('_', ' ') + " by " + Ratio.text(ratio));
      }
    }
    return parts.isEmpty() ? "" : " (" + String.join(", ", parts) + ")";
  }

  private List<Explanation> costWithoutTokens() {
    BigDecimal ratio = Ratio.of(metered.cost(), billed.cost());
    if (costAgrees() || ratio == null || metered.unpriced() > 0) {
      return List.of();
    }
    Explanation batch = batch(ratio);
    String text =
        "the metered cost is "
            + Ratio.text(ratio)
            + " times the billed one"
            + kinds()
            + "; the export has no tokens that would tell events that are missing from another"
            + " price";
    return batch != null && Ratio.near(ratio, TWICE)
        ? List.of(
            say(
                Cause.BATCH_TIER,
                "half of the metered cost is billed, as for batch traffic metered at the standard"
                    + " tier; the export has no tokens to tell"))
        : List.of(say(Cause.UNKNOWN, text));
  }

  private @Nullable Explanation cachedOtherwise() {
    Long bill = billed.tokens(TokenKind.INPUT);
    Long own = metered.tokens(TokenKind.INPUT);
    if (bill == null || own == null || !tokensAgree(TokenKind.OUTPUT)) {
      return null;
    }
    if (tokensAgree(TokenKind.INPUT)) {
      return say(
          Cause.CACHED_TOKENS,
          "input and output agree, but %d cached tokens are billed and %d were metered"
              .formatted(cached(billed), cached(metered)));
    }
    if (cached(billed) > 0 && tolerance.agree(bill, own + cached(billed))) {
      return say(
          Cause.CACHED_TOKENS,
          "the metered input lacks just the billed cached tokens: the producer reports input"
              + " without them, as Anthropic's API does, and it was taken for the whole");
    }
    if (cached(metered) > 0 && tolerance.agree(bill, own - cached(metered))) {
      return say(
          Cause.CACHED_TOKENS,
          "the metered input has its cached tokens on top of the billed input: they are counted"
              + " twice by the producer, or the export's input is without them");
    }
    return null;
  }

  private Explanation eventsOrUnknown() {
    BigDecimal common = null;
    for (TokenKind kind : TokenKind.values()) {
      BigDecimal ratio = Ratio.of(metered.tokens(kind), billed.tokens(kind));
      if (ratio != null && common != null && !Ratio.near(ratio, common)) {
        return say(Cause.UNKNOWN, "kinds of tokens differ by different factors: no single cause");
      }
      common = ratio == null ? common : ratio;
    }
    if (common == null || Ratio.near(common, BigDecimal.ONE)) {
      return say(Cause.UNKNOWN, "no single cause explains the difference");
    }
    BigDecimal share = common.subtract(BigDecimal.ONE);
    return share.signum() < 0
        ? say(
            Cause.MISSING_EVENTS,
            "all kinds of tokens are short by about the same "
                + Ratio.percent(share.negate())
                + ": events are missing")
        : say(
            Cause.SURPLUS_EVENTS,
            "all kinds of tokens exceed the bill by about the same "
                + Ratio.percent(share)
                + ": events came in twice, or are of an account that the export does not cover");
  }

  private static long cached(Amounts amounts) {
    return orZero(amounts.tokens(TokenKind.CACHE_READ))
        + orZero(amounts.tokens(TokenKind.CACHE_WRITE));
  }

  private boolean tokensAgree(TokenKind... kinds) {
    for (TokenKind kind : kinds) {
      Long bill = billed.tokens(kind);
      if (bill != null && !tolerance.agree(bill, orZero(metered.tokens(kind)))) {
        return false;
      }
    }
    return true;
  }

  private boolean costAgrees() {
    BigDecimal bill = billed.cost();
    return bill == null || tolerance.agree(bill, orZero(metered.cost()));
  }

  private static long orZero(@Nullable Long count) {
    return count == null ? 0 : count;
  }

  private static BigDecimal orZero(@Nullable BigDecimal usd) {
    return usd == null ? BigDecimal.ZERO : usd;
  }

  private static Explanation say(Cause cause, String text) {
    return new Explanation(cause, text);
  }
}
