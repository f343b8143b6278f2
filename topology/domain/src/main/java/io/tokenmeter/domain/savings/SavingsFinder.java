package io.tokenmeter.domain.savings;

import io.tokenmeter.domain.price.PriceBook;
import io.tokenmeter.domain.usage.Unit;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import java.util.stream.Stream;

/**
 * Finds what requests would have cost less, group by group, by pricing each of them again as it
 * might have been. Ways to save overlap: their figures do not add up.
 *
 * <p>All requests are handed over twice, in any order: to {@link #survey}, which learns what there
 * is to compare, then to {@link #price}. None is kept, so memory grows with groups only.
 */
public final class SavingsFinder {
  /** Below this difference in the share of cached input nothing is said. */
  private static final double CACHE_GAP = 0.1;

  /** How much less often a cheaper model may succeed. */
  private static final double SUCCESS_SLACK = 0.02;

  /** The part of the output beyond the 99th percentile below which a cap is not worth it. */
  private static final double TAIL = 0.01;

  private static final double PERCENTILE = 0.99;

  private final Repricer prices;
  private final int fewest;
  private final RequestGroups waiting =
      new RequestGroups(r -> r.mayWait() && r.isStandard() ? r.group() : null);
  private final RequestGroups groups = new RequestGroups(ServedRequest::group);
  private final RequestGroups tasks = new RequestGroups(ServedRequest::task);
  private boolean surveyed;

  /**
   * A finder.
   *
   * @param book prices, also of times past
   * @param fewest groups with fewer requests say nothing
   */
  public SavingsFinder(PriceBook book, int fewest) {
    this.prices = new Repricer(book);
    this.fewest = fewest;
  }

  /** Takes in one of the requests, before the first of them is priced. */
  public void survey(ServedRequest request) {
    waiting.survey(request);
    groups.survey(request);
    tasks.survey(request);
  }

  /** Prices one of the requests as it might have been, after all were surveyed. */
  public void price(ServedRequest request) {
    if (!surveyed) {
      surveyed = true;
      waiting.all().forEach(this::compareWithBatch);
      groups.large(fewest).forEach(this::compareWithBestAtCaching);
      groups.large(fewest).forEach(this::compareWithCap);
      tasks.large(fewest).forEach(this::compareWithOtherModels);
    }
    waiting.price(request, prices);
    groups.price(request, prices);
    tasks.price(request, prices);
  }

  /** What was found, once all requests are priced: by kind, in the order of the subjects. */
  public List<Saving> savings() {
    return Stream.of(
            best(waiting, Saving.Kind.BATCH),
            best(groups, Saving.Kind.CACHE),
            best(tasks, Saving.Kind.SMALLER_MODEL),
            best(groups, Saving.Kind.OUTPUT_CAP),
            groups.large(fewest).stream().map(RequestGroup::atCap).filter(Objects::nonNull))
        .flatMap(kind -> kind)
        .toList();
  }

  /** The alternative of each group that saves most, if it saves anything. */
  private static Stream<Saving> best(RequestGroups of, Saving.Kind kind) {
    return of.alternatives().stream()
        .map(
            alternatives ->
                alternatives.stream()
                    .filter(alternative -> alternative.kind() == kind)
                    .map(Alternative::saving)
                    .reduce((a, b) -> b.saved().compareTo(a.saved()) > 0 ? b : a))
        .flatMap(Optional::stream)
        .filter(saving -> saving.saved().signum() > 0);
  }

  /** Requests at the standard tier that may wait, where there are batch prices. */
  private void compareWithBatch(RequestGroup group) {
    waiting.compareWith(
        new Alternative(
            Saving.Kind.BATCH,
            group,
            null,
            "named by the rule, served at the standard tier",
            prices::inBatch));
  }

  /** Groups that cache less than another group of the same model. */
  private void compareWithBestAtCaching(RequestGroup group) {
    RequestGroup best =
        groups.large(fewest).stream()
            .filter(other -> other.key().hasModelOf(group.key()))
            .reduce((a, b) -> b.cacheReadShare() > a.cacheReadShare() ? b : a)
            .orElse(group);
    if (best.cacheReadShare() - group.cacheReadShare() < CACHE_GAP) {
      return;
    }
    groups.compareWith(
        new Alternative(
            Saving.Kind.CACHE,
            group,
            best.key().subject(),
            "%s of %d input tokens cached, %s there"
                .formatted(
                    Percent.of(group.cacheReadShare()),
                    group.inputTokens(),
                    Percent.of(best.cacheReadShare())),
            request ->
                prices.cached(
                    request,
                    (long) (request.tokens(Unit.INPUT) * best.cacheReadShare()),
                    (long) (request.tokens(Unit.INPUT) * best.cacheWriteShare()))));
  }

  /** Tasks of which another model does a part already. */
  private void compareWithOtherModels(RequestGroup group) {
    for (RequestGroup other : tasks.large(fewest)) {
      if (!other.key().equals(group.key())
          && other.key().subject().equals(group.key().subject())
          && other.success() >= group.success() - SUCCESS_SLACK) {
        String provider = other.key().provider();
        String model = other.key().model();
        tasks.compareWith(
            new Alternative(
                Saving.Kind.SMALLER_MODEL,
                group,
                model + " (" + provider + ")",
                "%s of %d succeed, %s of %d there"
                    .formatted(
                        Percent.of(group.success()),
                        group.size(),
                        Percent.of(other.success()),
                        other.size()),
                request -> prices.by(provider, model, request)));
      }
    }
  }

  /** Long tails of output. */
  private void compareWithCap(RequestGroup group) {
    OutputLengths outputs = group.outputs();
    long cap = outputs.percentile(PERCENTILE);
    double tail = outputs.beyond(cap) / (double) Math.max(1, outputs.sum());
    if (cap > 0 && tail >= TAIL) {
      groups.compareWith(
          new Alternative(
              Saving.Kind.OUTPUT_CAP,
              group,
              "cap at " + cap,
              "%s of %d output tokens are beyond the 99th percentile"
                  .formatted(Percent.of(tail), outputs.sum()),
              request -> prices.cut(request, cap)));
    }
  }
}
