package io.tokenmeter.domain.savings;

import io.tokenmeter.domain.money.Money;
import io.tokenmeter.domain.money.MoneySum;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/** Another way to serve the requests of a group, and what they would have cost less that way. */
final class Alternative {
  private final Saving.Kind kind;
  private final RequestGroup group;
  private final @Nullable String name;
  private final String evidence;
  private final Function<ServedRequest, @Nullable Money> price;
  private final MoneySum saved = new MoneySum();

  /**
   * An alternative.
   *
   * @param price what a request would cost instead, or null if that cannot be said
   */
  Alternative(
      Saving.Kind kind,
      RequestGroup group,
      @Nullable String name,
      String evidence,
      Function<ServedRequest, @Nullable Money> price) {
    this.kind = kind;
    this.group = group;
    this.name = name;
    this.evidence = evidence;
    this.price = price;
  }

  Saving.Kind kind() {
    return kind;
  }

  RequestGroup group() {
    return group;
  }

  /** Adds a request of the group; one that cannot be priced both ways saves nothing. */
  void add(ServedRequest request, Repricer prices) {
    Money other = price.apply(request);
    Money own = other == null ? null : prices.asServed(request);
    if (other != null && own != null) {
      saved.add(own.minus(other));
    }
  }

  Saving saving() {
    return group.saving(kind, name, saved.toMoney(), evidence);
  }
}
