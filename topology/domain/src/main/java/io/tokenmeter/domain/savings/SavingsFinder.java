package io.tokenmeter.domain.savings;

import io.tokenmeter.domain.money.Money;
import io.tokenmeter.domain.price.PriceBook;
import io.tokenmeter.domain.usage.Unit;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/**
 * Finds what requests would have cost less, group by group, by pricing each of them again as it
 * might have been. Ways to save overlap: their figures do not add up.
 */
public final class SavingsFinder {
  /** Below this difference in the share of cached input nothing is said. */
  private static final double CACHE_GAP = 0.1;

  /** How much less often a cheaper model may succeed. */
  private static final double SUCCESS_SLACK = 0.02;

  /** The part of the output beyond the 99th percentile below which a cap is not worth it. */
  private static final double TAIL = 0.01;

  private static final double PERCENTILE = 0.99;

  private final Collection<ServedRequest> requests;
  private final Repricer prices;
  private final int fewest;

  /**
   * A finder.
   *
   * @param requests requests with a cost
   * @param book prices, also of times past
   * @param fewest groups with fewer requests say nothing
   */
  public SavingsFinder(Collection<ServedRequest> requests, PriceBook book, int fewest) {
    this.requests = requests;
    this.prices = new Repricer(book);
    this.fewest = fewest;
  }

  /** Requests at the standard tier that may wait, where there are batch prices. */
  public List<Saving> batch() {
    List<ServedRequest> waiting =
        requests.stream().filter(r -> r.mayWait() && r.isStandard()).toList();
    List<Saving> savings = new ArrayList<>();
    for (RequestGroup group : RequestGroup.of(waiting, ServedRequest::group)) {
      Money saved = group.saved(prices, prices::inBatch);
      if (saved.signum() > 0) {
        savings.add(
            group.saving(
                Saving.Kind.BATCH, null, saved, "named by the rule, served at the standard tier"));
      }
    }
    return savings;
  }

  /** Groups that cache less than another group of the same model. */
  public List<Saving> cache() {
    List<RequestGroup> groups = large(ServedRequest::group);
    List<Saving> savings = new ArrayList<>();
    for (RequestGroup group : groups) {
      RequestGroup best = bestAtCaching(group, groups);
      if (best == null || cacheShare(best) - cacheShare(group) < CACHE_GAP) {
        continue;
      }
      Money saved =
          group.saved(
              prices,
              request ->
                  prices.cached(
                      request,
                      part(request, best, Unit.CACHE_READ),
                      part(request, best, Unit.CACHE_WRITE)));
      if (saved.signum() > 0) {
        savings.add(
            group.saving(
                Saving.Kind.CACHE,
                best.key().subject(),
                saved,
                "%s of %d input tokens cached, %s there"
                    .formatted(
                        Percent.of(cacheShare(group)),
                        group.tokens(Unit.INPUT),
                        Percent.of(cacheShare(best)))));
      }
    }
    return savings;
  }

  /** Tasks of which a cheaper model does a part already. */
  public List<Saving> smallerModels() {
    List<RequestGroup> groups = large(ServedRequest::task);
    List<Saving> savings = new ArrayList<>();
    for (RequestGroup group : groups) {
      Saving best = null;
      for (RequestGroup other : groups) {
        boolean candidate =
            !other.key().equals(group.key())
                && other.key().subject().equals(group.key().subject())
                && other.success() >= group.success() - SUCCESS_SLACK;
        Saving saving = candidate ? moved(group, other) : null;
        if (saving != null && (best == null || saving.saved().compareTo(best.saved()) > 0)) {
          best = saving;
        }
      }
      if (best != null) {
        savings.add(best);
      }
    }
    return savings;
  }

  /** Long tails of output, and output that ends at its cap. */
  public List<Saving> output() {
    List<Saving> savings = new ArrayList<>();
    for (RequestGroup group : large(ServedRequest::group)) {
      addTail(group, savings);
      addAtCap(group, savings);
    }
    return savings;
  }

  private @Nullable Saving moved(RequestGroup group, RequestGroup to) {
    String provider = to.key().provider();
    String model = to.key().model();
    Money saved = group.saved(prices, request -> prices.by(provider, model, request));
    return saved.signum() <= 0
        ? null
        : group.saving(
            Saving.Kind.SMALLER_MODEL,
            model + " (" + provider + ")",
            saved,
            "%s of %d succeed, %s of %d there"
                .formatted(
                    Percent.of(group.success()),
                    group.size(),
                    Percent.of(to.success()),
                    to.size()));
  }

  private void addTail(RequestGroup group, List<Saving> savings) {
    long[] outputs =
        group.requests().stream().mapToLong(r -> r.tokens(Unit.OUTPUT)).sorted().toArray();
    long cap = outputs[(int) Math.ceil(PERCENTILE * outputs.length) - 1];
    long all = group.tokens(Unit.OUTPUT);
    long beyond = 0;
    for (long output : outputs) {
      beyond += Math.max(0, output - cap);
    }
    if (all > 0 && cap > 0 && beyond / (double) all >= TAIL) {
      Money saved = group.saved(prices, request -> prices.cut(request, cap));
      savings.add(
          group.saving(
              Saving.Kind.OUTPUT_CAP,
              "cap at " + cap,
              saved,
              "%s of %d output tokens are beyond the 99th percentile"
                  .formatted(Percent.of(beyond / (double) all), all)));
    }
  }

  private static void addAtCap(RequestGroup group, List<Saving> savings) {
    List<ServedRequest> atCap = group.requests().stream().filter(SavingsFinder::isAtCap).toList();
    if (!atCap.isEmpty()) {
      Money spent = atCap.stream().map(ServedRequest::cost).reduce(Money.ZERO, Money::plus);
      savings.add(
          new Saving(
              Saving.Kind.AT_CAP,
              group.key().subject(),
              group.key().provider(),
              group.key().model(),
              null,
              atCap.size(),
              spent,
              Money.ZERO,
              "%d of %d requests wrote until their cap".formatted(atCap.size(), group.size())));
    }
  }

  private static boolean isAtCap(ServedRequest request) {
    Long cap = request.maxOutput();
    return cap != null && cap > 0 && request.tokens(Unit.OUTPUT) >= cap;
  }

  private @Nullable RequestGroup bestAtCaching(RequestGroup of, List<RequestGroup> groups) {
    RequestGroup best = null;
    for (RequestGroup other : groups) {
      boolean sameModel =
          other.key().provider().equals(of.key().provider())
              && other.key().model().equals(of.key().model());
      if (sameModel && (best == null || cacheShare(other) > cacheShare(best))) {
        best = other;
      }
    }
    return best;
  }

  private static double cacheShare(RequestGroup group) {
    long input = group.tokens(Unit.INPUT);
    return input == 0 ? 0 : group.tokens(Unit.CACHE_READ) / (double) input;
  }

  /** Tokens of a request, if they were the same part of its input as for a whole group. */
  private static long part(ServedRequest request, RequestGroup as, Unit unit) {
    return (long) (request.tokens(Unit.INPUT) * (as.tokens(unit) / (double) as.tokens(Unit.INPUT)));
  }

  private List<RequestGroup> large(Function<ServedRequest, @Nullable String> subject) {
    return RequestGroup.of(requests, subject).stream()
        .filter(group -> group.size() >= fewest)
        .toList();
  }
}
