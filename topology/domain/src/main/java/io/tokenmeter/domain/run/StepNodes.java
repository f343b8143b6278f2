package io.tokenmeter.domain.run;

import java.util.Arrays;
import java.util.Comparator;
import org.jspecify.annotations.Nullable;

/**
 * The steps that a {@link StepTree} knows, by key: an open-addressing table that also knows which
 * of them was touched longest ago.
 */
final class StepNodes {
  private @Nullable StepNode[] slots = new StepNode[16];
  private int size;
  private long touches;

  int size() {
    return size;
  }

  /** The step with a key; null if it is not known. */
  @Nullable StepNode get(long key) {
    return slots[slot(key)];
  }

  /** The same, which becomes the one that was touched last. */
  @Nullable StepNode touch(long key) {
    StepNode node = get(key);
    if (node != null) {
      node.touched = ++touches;
    }
    return node;
  }

  /** Adds a step whose key is not here. */
  void add(StepNode node) {
    if (2 * size >= slots.length) {
      StepNode[] all = all();
      slots = new StepNode[2 * slots.length];
      for (StepNode known : all) {
        slots[slot(known.key)] = known;
      }
    }
    node.touched = ++touches;
    slots[slot(node.key)] = node;
    size++;
  }

  /** Keeps only these, in the order in which they were touched. */
  void retain(StepNode[] nodes) {
    Arrays.fill(slots, null);
    size = 0;
    for (StepNode node : nodes) {
      add(node);
    }
  }

  /** All steps, in any order. */
  StepNode[] all() {
    StepNode[] all = new StepNode[size];
    int count = 0;
    for (StepNode node : slots) {
      if (node != null) {
        all[count++] = node;
      }
    }
    return all;
  }

  /** All steps, the one that was touched longest ago first. */
  StepNode[] oldestFirst() {
    StepNode[] nodes = all();
    Arrays.sort(nodes, Comparator.comparingLong(node -> node.touched));
    return nodes;
  }

  /** Where a key is, or would be. */
  private int slot(long key) {
    int mask = slots.length - 1;
    int slot = (int) (key * 0x9E3779B97F4A7C15L >>> 32) & mask;
    StepNode node;
    while ((node = slots[slot]) != null && node.key != key) {
      slot = slot + 1 & mask;
    }
    return slot;
  }
}
