package io.tokenmeter.domain.run;

import java.util.Map;
import java.util.TreeMap;

/** The longest path among the steps that had ended by some time. */
final class EndedPaths {
  /** By end, rising; of two, the later one has the longer path, or it would not be here. */
  private final TreeMap<Long, Long> pathByEnd = new TreeMap<>();

  void add(long end, long path) {
    if (path <= longestBy(end)) {
      return;
    }
    pathByEnd.put(end, path);
    Map.Entry<Long, Long> later = pathByEnd.higherEntry(end);
    while (later != null && later.getValue() <= path) {
      pathByEnd.remove(later.getKey());
      later = pathByEnd.higherEntry(end);
    }
  }

  /** The longest path that had ended at a time or before; 0 if none had. */
  long longestBy(long time) {
    Map.Entry<Long, Long> last = pathByEnd.floorEntry(time);
    return last == null ? 0 : last.getValue();
  }
}
