package io.tokenmeter.domain.savings;

import io.tokenmeter.domain.money.Money;
import io.tokenmeter.domain.money.MoneySum;
import io.tokenmeter.domain.usage.Unit;
import org.jspecify.annotations.Nullable;

/** What there is to know of the requests of one subject with one model, none of which is kept. */
final class RequestGroup {
  private final Key key;
  private final OutputLengths outputs = new OutputLengths();
  private final MoneySum spent = new MoneySum();
  private final MoneySum spentAtCap = new MoneySum();
  private long size;
  private long succeeded;
  private long input;
  private long cacheRead;
  private long cacheWrite;
  private long atCap;

  /** Whose requests they are, and who served them. */
  record Key(String subject, String provider, String model) implements Comparable<Key> {
    static Key of(String subject, ServedRequest request) {
      return new Key(subject, request.provider(), request.model());
    }

    boolean hasModelOf(Key other) {
      return provider.equals(other.provider) && model.equals(other.model);
    }

    @Override
    public int compareTo(Key other) {
      int bySubject = subject.compareTo(other.subject);
      int byProvider = bySubject != 0 ? bySubject : provider.compareTo(other.provider);
      return byProvider != 0 ? byProvider : model.compareTo(other.model);
    }
  }

  RequestGroup(Key key) {
    this.key = key;
  }

  void add(ServedRequest request) {
    size++;
    succeeded += request.ok() ? 1 : 0;
    spent.add(request.cost());
    input += request.tokens(Unit.INPUT);
    cacheRead += request.tokens(Unit.CACHE_READ);
    cacheWrite += request.tokens(Unit.CACHE_WRITE);
    outputs.add(request.tokens(Unit.OUTPUT));
    if (request.isAtCap()) {
      atCap++;
      spentAtCap.add(request.cost());
    }
  }

  Key key() {
    return key;
  }

  long size() {
    return size;
  }

  /** The part of the requests that succeeded, 0 to 1. */
  double success() {
    return succeeded / (double) size;
  }

  long inputTokens() {
    return input;
  }

  /** The part of the input that was read from the cache, 0 to 1. */
  double cacheReadShare() {
    return input == 0 ? 0 : cacheRead / (double) input;
  }

  /** The part of the input that was written to the cache, 0 to 1. */
  double cacheWriteShare() {
    return input == 0 ? 0 : cacheWrite / (double) input;
  }

  /** How long the requests' output was. */
  OutputLengths outputs() {
    return outputs;
  }

  /** A saving of this group. */
  Saving saving(Saving.Kind kind, @Nullable String alternative, Money saved, String evidence) {
    return new Saving(
        kind,
        key.subject(),
        key.provider(),
        key.model(),
        alternative,
        size,
        spent.toMoney(),
        saved,
        evidence);
  }

  /** The requests that wrote until their cap, as a hint; null if there are none. */
  @Nullable Saving atCap() {
    if (atCap == 0) {
      return null;
    }
    return new Saving(
        Saving.Kind.AT_CAP,
        key.subject(),
        key.provider(),
        key.model(),
        null,
        atCap,
        spentAtCap.toMoney(),
        Money.ZERO,
        "%d of %d requests wrote until their cap".formatted(atCap, size));
  }
}
