package io.tokenmeter.benchmarks.intake;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.util.LinkedHashMap;
import java.util.Map;

/**
 * What the benchmark of the intake measured.
 *
 * @param eventsPerSecond events answered 200 a second
 * @param eventsPerCoreSecond the same, by the CPU time of the intake's process
 * @param p50Millis median time from request to answer, ms
 * @param p99Millis 99th percentile of it, ms
 * @param maxMillis longest, ms, before the outage
 * @param heapMebibytes what the heap was bounded to, MiB
 * @param peakMebibytes most memory the process had, heap and all, MiB
 * @param outageSeconds how long the broker stood still
 * @param refusals answers that said no, or did not come, in all
 * @param taken events answered 200 in all
 * @param lost events answered 200 that are not in usage-events
 * @param writtenTwice records of an event that is there already, for the application to drop
 */
public record IntakeBenchReport(
    double eventsPerSecond,
    double eventsPerCoreSecond,
    double p50Millis,
    double p99Millis,
    double maxMillis,
    int heapMebibytes,
    long peakMebibytes,
    int outageSeconds,
    long refusals,
    long taken,
    long lost,
    long writtenTwice) {

  /** As a person reads it. */
  public String toText() {
    return """
        Events a second            %,12.0f
        Events a core second       %,12.0f
        Latency p50, p99, max, ms  %,12.1f %,.1f %,.1f
        Heap bound, MiB            %,12d
        Peak memory, MiB           %,12d
        Broker still, s            %,12d
        Refusals, then sent again  %,12d
        Events answered 200        %,12d
        Of these lost              %,12d
        Written twice              %,12d  (the application drops them by event_id)"""
        .formatted(
            eventsPerSecond,
            eventsPerCoreSecond,
            p50Millis,
            p99Millis,
            maxMillis,
            heapMebibytes,
            peakMebibytes,
            outageSeconds,
            refusals,
            taken,
            lost,
            writtenTwice);
  }

  /** As a program reads it. */
  public String toJson() {
    Map<String, Object> fields = new LinkedHashMap<>();
    fields.put("events_per_second", eventsPerSecond);
    fields.put("events_per_core_second", eventsPerCoreSecond);
    fields.put("latency_p50_ms", p50Millis);
    fields.put("latency_p99_ms", p99Millis);
    fields.put("latency_max_ms", maxMillis);
    fields.put("heap_mib", heapMebibytes);
    fields.put("peak_mib", peakMebibytes);
    fields.put("outage_seconds", outageSeconds);
    fields.put("refusals", refusals);
    fields.put("events_taken", taken);
    fields.put("events_lost", lost);
    fields.put("events_written_twice", writtenTwice);
    try {
      return new ObjectMapper().writeValueAsString(fields);
    } catch (JsonProcessingException e) {
      throw new IllegalStateException(e);
    }
  }
}
