package io.tokenmeter.cli.savings;

import io.tokenmeter.cli.totals.LatestCosted;
import io.tokenmeter.domain.money.Money;
import io.tokenmeter.domain.money.MoneySum;
import io.tokenmeter.domain.savings.CapacityComparison;
import io.tokenmeter.domain.savings.CapacityOffer;
import io.tokenmeter.domain.savings.Saving;
import io.tokenmeter.domain.savings.SavingsFinder;
import io.tokenmeter.domain.savings.ServedRequest;
import java.time.Instant;
import java.util.List;
import java.util.stream.Stream;

/** All that is to be found out about the requests of a span of time, in two readings of them. */
final class Survey {
  private final SavingsFinder finder;
  private final List<CapacityComparison> capacity;
  private final MoneySum spent = new MoneySum();
  private long requests;

  /** Nothing read yet. */
  Survey(SavingsFinder finder, List<CapacityOffer> offers, Instant from, Instant to) {
    this.finder = finder;
    this.capacity = offers.stream().map(offer -> new CapacityComparison(offer, from, to)).toList();
  }

  void read(ServedRequests served, LatestCosted usage) {
    served.read(usage, this::add);
    served.read(usage, finder::price);
  }

  private void add(ServedRequest request) {
    requests++;
    spent.add(request.cost());
    finder.survey(request);
    capacity.forEach(comparison -> comparison.add(request));
  }

  /** How many requests there are. */
  long requests() {
    return requests;
  }

  /** What they cost. */
  Money spent() {
    return spent.toMoney();
  }

  /** What they would have cost less. */
  List<Saving> savings() {
    return Stream.concat(
            finder.savings().stream(), capacity.stream().map(CapacityComparison::saving))
        .toList();
  }
}
