package io.tokenmeter.benchmarks;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.SerializationFeature;
import java.io.UncheckedIOException;
import java.util.ArrayList;
import java.util.EnumMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** The outcome of a bench run, as a table or as JSON. */
public final class BenchReport {
  private static final List<Rung> COMPARED =
      List.of(
          Rung.IDIOMATIC_DSL,
          Rung.LIGHT_DSL,
          Rung.PLAIN_CONSUMER,
          Rung.TRANSACTIONAL_COPY,
          Rung.TOKENMETER_UNWATCHED);

  private final BenchOptions options;
  private final Map<Rung, RungSummary> rungs;

  private BenchReport(BenchOptions options, Map<Rung, RungSummary> rungs) {
    this.options = options;
    this.rungs = rungs;
  }

  static BenchReport of(BenchOptions options, Map<Rung, List<RungRun>> runs) {
    Map<Rung, RungSummary> summaries = new EnumMap<>(Rung.class);
    runs.forEach((rung, measured) -> summaries.put(rung, RungSummary.of(measured)));
    return new BenchReport(options, summaries);
  }

  /** The rungs that were run. */
  public Map<Rung, RungSummary> rungs() {
    return rungs;
  }

  /** Whether every total of every rung was exact. */
  public boolean exact() {
    return rungs.values().stream().allMatch(RungSummary::exact);
  }

  /** One JSON object. */
  public String toJson() {
    Map<String, Object> json = new LinkedHashMap<>();
    Map<String, Object> byRung = new LinkedHashMap<>();
    rungs.forEach((rung, summary) -> byRung.put(rung.id(), toJson(summary)));
    json.put("rungs", byRung);
    json.put("ratios", ratios());
    json.put("workload", workload());
    json.put("settings", settings());
    json.put("machine", Machine.describe());
    try {
      return new ObjectMapper().enable(SerializationFeature.INDENT_OUTPUT).writeValueAsString(json);
    } catch (JsonProcessingException e) {
      throw new UncheckedIOException(e);
    }
  }

  private static Map<String, Object> toJson(RungSummary rung) {
    Map<String, Object> json = new LinkedHashMap<>();
    json.put("events_per_second", Math.round(rung.eventsPerSecond()));
    json.put("cpu_seconds_per_million_events", rounded(rung.cpuSecondsPerMillion(), 3));
    json.put(
        "broker_cpu_seconds_per_million_events", rounded(rung.brokerCpuSecondsPerMillion(), 3));
    json.put("allocated_bytes_per_million_events", Math.round(rung.allocatedBytesPerMillion()));
    json.put("gc_seconds_per_million_events", rounded(rung.gcSecondsPerMillion(), 3));
    json.put("bytes_written_per_event", rounded(rung.bytesWrittenPerEvent(), 1));
    Map<String, Object> byTopic = new LinkedHashMap<>();
    rung.bytesByTopic().forEach((topic, bytes) -> byTopic.put(topic, rounded(bytes, 2)));
    json.put("bytes_written_per_event_by_topic", byTopic);
    json.put("events", rung.events());
    json.put("measured_seconds", rounded(rung.measuredSeconds(), 2));
    json.put("whole_seconds", rounded(rung.wholeSeconds(), 2));
    json.put("runs_events_per_second", rung.runs().stream().map(Math::round).toList());
    json.put("totals_exact", rung.exact());
    json.put("wrong_totals", rung.wrongTotals());
    return json;
  }

  private Map<String, Object> ratios() {
    Map<String, Object> ratios = new LinkedHashMap<>();
    RungSummary tokenmeter = rungs.get(Rung.TOKENMETER);
    for (Rung rung : COMPARED) {
      RungSummary other = rungs.get(rung);
      if (tokenmeter != null && other != null) {
        double ratio = tokenmeter.eventsPerSecond() / other.eventsPerSecond();
        ratios.put("tokenmeter_to_" + rung.id(), rounded(ratio, 3));
      }
    }
    return ratios;
  }

  private Map<String, Object> workload() {
    Map<String, Object> workload = new LinkedHashMap<>();
    workload.put("events", options.events());
    workload.put("variant", options.variant().label());
    workload.put("seed", options.seed());
    workload.put("partitions", options.partitions());
    return workload;
  }

  private Map<String, Object> settings() {
    Map<String, Object> settings = new LinkedHashMap<>();
    settings.put("runs", options.runs());
    settings.put("threads", options.threads());
    settings.put("warm_up_share", options.warmUpShare());
    settings.put("jvm_options", options.jvmOptions());
    return settings;
  }

  /** A table, the ratios, and what the figures depend on. */
  public String toText() {
    List<String> lines = new ArrayList<>();
    lines.add(
        "%,d events (%s), %d partitions, %d threads, median of %d run(s), steady state"
            .formatted(
                options.events(),
                options.variant().label(),
                options.partitions(),
                options.threads(),
                options.runs()));
    lines.add("");
    lines.add(
        "%-34s %10s %11s %11s %12s %10s  %s"
            .formatted(
                "", "events/s", "CPU s/M", "broker s/M", "alloc MB/M", "bytes/ev.", "totals"));
    rungs.forEach((rung, summary) -> lines.add(line(rung, summary)));
    lines.add("");
    ratios().forEach((name, ratio) -> lines.add("%-34s %s".formatted(name, ratio)));
    lines.add("");
    rungs.forEach(
        (rung, summary) -> {
          if (summary.events() < options.events()) {
            lines.add(
                "(%s) is slow and processed the first %,d events only."
                    .formatted(rung.letter(), summary.events()));
          }
        });
    lines.add(
        "CPU seconds of the rung's own process and of the broker, and heap bytes allocated, per million events;");
    lines.add("bytes that the broker took from producers per event, internal topics included.");
    Machine.describe().forEach((name, value) -> lines.add("%-12s %s".formatted(name, value)));
    lines.add("%-12s %s".formatted("JVM options", String.join(" ", options.jvmOptions())));
    return String.join(System.lineSeparator(), lines);
  }

  private static String line(Rung rung, RungSummary summary) {
    return "%-34s %,10.0f %11.2f %11.2f %,12.0f %,10.0f  %s"
        .formatted(
            "(" + rung.letter() + ") " + rung.title(),
            summary.eventsPerSecond(),
            summary.cpuSecondsPerMillion(),
            summary.brokerCpuSecondsPerMillion(),
            summary.allocatedBytesPerMillion() / 1e6,
            summary.bytesWrittenPerEvent(),
            summary.exact() ? "OK" : String.join("; ", summary.wrongTotals()));
  }

  private static double rounded(double value, int digits) {
    double factor = Math.pow(10, digits);
    return Math.round(value * factor) / factor;
  }
}
