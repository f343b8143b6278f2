package io.tokenmeter.domain.run;

import java.util.Arrays;

/** The longest path among the steps that had ended by some time. */
final class EndedPaths {
  private static final long[] NONE = new long[0];

  /** Rising; so are the paths that end there, or they would not be here. */
  private long[] ends = NONE;

  private long[] paths = NONE;
  private int size;

  void add(long end, long path) {
    int after = endedBy(end);
    if (path <= (after == 0 ? 0 : paths[after - 1])) {
      return;
    }
    int from = after > 0 && ends[after - 1] == end ? after - 1 : after;
    int to = after;
    while (to < size && paths[to] <= path) {
      to++;
    }
    replace(from, to, end, path);
  }

  /** Puts one path in the place of those from an index up to another, which it makes needless. */
  private void replace(int from, int to, long end, long path) {
    if (from == to && size == ends.length) {
      ends = Arrays.copyOf(ends, 2 * size + 2);
      paths = Arrays.copyOf(paths, 2 * size + 2);
    }
    System.arraycopy(ends, to, ends, from + 1, size - to);
    System.arraycopy(paths, to, paths, from + 1, size - to);
    ends[from] = end;
    paths[from] = path;
    size += from + 1 - to;
  }

  /** The longest path that had ended at a time or before; 0 if none had. */
  long longestBy(long time) {
    int ended = endedBy(time);
    return ended == 0 ? 0 : paths[ended - 1];
  }

  /** Number of paths that had ended at a time or before. */
  private int endedBy(long time) {
    int low = 0;
    int high = size;
    while (low < high) {
      int middle = (low + high) >>> 1;
      if (ends[middle] <= time) {
        low = middle + 1;
      } else {
        high = middle;
      }
    }
    return low;
  }
}
