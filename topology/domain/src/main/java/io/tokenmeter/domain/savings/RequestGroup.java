package io.tokenmeter.domain.savings;

import io.tokenmeter.domain.money.Money;
import io.tokenmeter.domain.money.MoneySum;
import io.tokenmeter.domain.usage.Unit;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.TreeMap;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/** Requests of one subject with one model. */
final class RequestGroup {
  private final Key key;
  private final List<ServedRequest> requests = new ArrayList<>();
  private final MoneySum spent = new MoneySum();
  private long succeeded;

  /** Whose requests they are, and who served them. */
  record Key(String subject, String provider, String model) implements Comparable<Key> {
    @Override
    public int compareTo(Key other) {
      int bySubject = subject.compareTo(other.subject);
      int byProvider = bySubject != 0 ? bySubject : provider.compareTo(other.provider);
      return byProvider != 0 ? byProvider : model.compareTo(other.model);
    }
  }

  private RequestGroup(Key key) {
    this.key = key;
  }

  /**
   * Groups requests.
   *
   * @param subject whose a request is; null leaves it out
   */
  static Collection<RequestGroup> of(
      Collection<ServedRequest> requests, Function<ServedRequest, @Nullable String> subject) {
    Map<Key, RequestGroup> groups = new TreeMap<>();
    for (ServedRequest request : requests) {
      String of = subject.apply(request);
      if (of != null) {
        Key key = new Key(of, request.provider(), request.model());
        groups.computeIfAbsent(key, RequestGroup::new).add(request);
      }
    }
    return groups.values();
  }

  private void add(ServedRequest request) {
    requests.add(request);
    spent.add(request.cost());
    succeeded += request.ok() ? 1 : 0;
  }

  Key key() {
    return key;
  }

  List<ServedRequest> requests() {
    return requests;
  }

  int size() {
    return requests.size();
  }

  Money spent() {
    return spent.toMoney();
  }

  /** The part of the requests that succeeded, 0 to 1. */
  double success() {
    return succeeded / (double) requests.size();
  }

  /** Tokens of a unit, all requests together. */
  long tokens(Unit unit) {
    return requests.stream().mapToLong(request -> request.tokens(unit)).sum();
  }

  /**
   * What the requests would cost less; those that cannot be priced both ways save nothing.
   *
   * @param alternative what a request would cost instead, or null if that cannot be said
   */
  Money saved(Repricer prices, Function<ServedRequest, @Nullable Money> alternative) {
    MoneySum saved = new MoneySum();
    for (ServedRequest request : requests) {
      Money other = alternative.apply(request);
      Money own = other == null ? null : prices.asServed(request);
      if (own != null) {
        saved.add(own.minus(Objects.requireNonNull(other)));
      }
    }
    return saved.toMoney();
  }

  /** A saving of this group. */
  Saving saving(Saving.Kind kind, @Nullable String alternative, Money saved, String evidence) {
    return new Saving(
        kind,
        key.subject(),
        key.provider(),
        key.model(),
        alternative,
        requests.size(),
        spent(),
        saved,
        evidence);
  }
}
