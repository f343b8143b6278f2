package io.tokenmeter.benchmarks.workload;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collection;
import java.util.List;
import java.util.TreeSet;

/** Keeps count while a topic is filled, and notes where the wanted prefixes end. */
final class PrefixRecorder {
  private final TreeSet<Long> openMarks;
  private final long[] endOffsets;
  private final List<Prefix> prefixes = new ArrayList<>();
  private Totals totals = Totals.ZERO;

  PrefixRecorder(int partitions, Collection<Long> marks) {
    endOffsets = new long[partitions];
    openMarks = new TreeSet<>(marks);
  }

  void sent(int partition, long costPicos, boolean duplicate) {
    endOffsets[partition]++;
    totals = totals.plus(costPicos, duplicate);
    if (!openMarks.isEmpty() && openMarks.first() == totals.events()) {
      openMarks.pollFirst();
      prefixes.add(new Prefix(totals.events(), Arrays.stream(endOffsets).boxed().toList(), totals));
    }
  }

  /** The prefixes so far, in rising order. */
  List<Prefix> prefixes() {
    return prefixes;
  }
}
