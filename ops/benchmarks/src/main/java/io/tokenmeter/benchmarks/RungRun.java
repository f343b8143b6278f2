package io.tokenmeter.benchmarks;

import io.tokenmeter.benchmarks.process.RungResult;
import java.util.Map;

/**
 * One run of a rung.
 *
 * @param result what its process measured
 * @param bytesByTopic bytes that were written to each topic during the whole run
 */
public record RungRun(RungResult result, Map<String, Long> bytesByTopic) {

  /** Bytes written to Kafka per event, everything included. */
  public double bytesPerEvent() {
    return (double) bytesByTopic.values().stream().mapToLong(Long::longValue).sum()
        / result.events();
  }
}
