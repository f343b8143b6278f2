package io.tokenmeter.benchmarks.process;

import com.sun.management.ThreadMXBean;
import java.lang.management.ManagementFactory;
import java.util.HashMap;
import java.util.Map;

/**
 * Heap bytes allocated by all Java threads of this process, ended ones up to their last look
 * included.
 */
final class AllocationMeter {
  private final ThreadMXBean threads = (ThreadMXBean) ManagementFactory.getThreadMXBean();
  private final Map<Long, Long> bytesByThread = new HashMap<>();

  long total() {
    long[] ids = threads.getAllThreadIds();
    long[] bytes = threads.getThreadAllocatedBytes(ids);
    for (int i = 0; i < ids.length; i++) {
      if (bytes[i] >= 0) {
        bytesByThread.put(ids[i], bytes[i]);
      }
    }
    return bytesByThread.values().stream().mapToLong(Long::longValue).sum();
  }
}
