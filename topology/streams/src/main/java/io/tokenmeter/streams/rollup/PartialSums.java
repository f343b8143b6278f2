package io.tokenmeter.streams.rollup;

import io.tokenmeter.domain.rollup.RollupTotals;
import io.tokenmeter.streams.usage.Name;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/**
 * One dimension's sums since the last commit, by key and minute: an open-addressing table. Not
 * thread-safe.
 */
final class PartialSums {
  /** A key's sum over one minute; {@code second} is the pair's second part. */
  record Partial(Name first, @Nullable Name second, long minute, RollupTotals totals) {}

  private static final int MIN_SLOTS = 256;

  private @Nullable Partial[] slots = new Partial[MIN_SLOTS];
  private int size;

  int size() {
    return size;
  }

  /** The sum of a key and minute, new if there was none. */
  RollupTotals totals(Name first, @Nullable Name second, long minute) {
    int mask = slots.length - 1;
    int slot = hash(first, second, minute) & mask;
    Partial partial;
    while ((partial = slots[slot]) != null) {
      // Names are interned: the same name is the same object.
      if (partial.first == first && partial.second == second && partial.minute == minute) {
        return partial.totals;
      }
      slot = slot + 1 & mask;
    }
    Partial added = new Partial(first, second, minute, new RollupTotals());
    slots[slot] = added;
    if (++size > slots.length / 2) {
      grow();
    }
    return added.totals;
  }

  /** Hands every sum to the consumer and forgets them. */
  void drain(Consumer<Partial> consumer) {
    for (Partial partial : slots) {
      if (partial != null) {
        consumer.accept(partial);
      }
    }
    clear();
  }

  void clear() {
    if (size > 0) {
      slots = new Partial[Math.max(MIN_SLOTS, slots.length / (size < slots.length / 8 ? 2 : 1))];
      size = 0;
    }
  }

  private void grow() {
    @Nullable Partial[] old = slots;
    slots = new Partial[old.length * 2];
    int mask = slots.length - 1;
    for (Partial partial : old) {
      if (partial != null) {
        int slot = hash(partial.first, partial.second, partial.minute) & mask;
        while (slots[slot] != null) {
          slot = slot + 1 & mask;
        }
        slots[slot] = partial;
      }
    }
  }

  private static int hash(Name first, @Nullable Name second, long minute) {
    long key = (long) first.id() << 32 ^ (second == null ? -1L : second.id()) ^ minute << 20;
    long mixed = key * 0x9E3779B97F4A7C15L;
    return (int) (mixed >>> 32);
  }
}
