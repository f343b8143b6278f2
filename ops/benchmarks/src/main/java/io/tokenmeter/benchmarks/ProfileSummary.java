package io.tokenmeter.benchmarks;

import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import jdk.jfr.consumer.RecordedClass;
import jdk.jfr.consumer.RecordedEvent;
import jdk.jfr.consumer.RecordedFrame;
import jdk.jfr.consumer.RecordedStackTrace;
import jdk.jfr.consumer.RecordedThread;
import jdk.jfr.consumer.RecordingFile;

/** Reads a flight recording and says where processor time and allocated bytes went. */
public final class ProfileSummary {
  private static final int LINES = 25;
  private static final String OWN_PACKAGES = "io.tokenmeter.";
  private static final String KAFKA_PACKAGES = "org.apache.kafka.";
  private static final String BENCH_PACKAGES = "io.tokenmeter.benchmarks.process.";

  private final Tally threads = new Tally("CPU samples by thread");
  private final Tally packages = new Tally("CPU samples by package of the top frame");
  private final Tally topFrames = new Tally("CPU samples by top frame");
  private final Tally ownFrames =
      new Tally("CPU samples by nearest frame of " + OWN_PACKAGES + "*");
  private final Tally inclusive = new Tally("CPU samples by any frame, callees included", 45);
  private final Tally allocatedTypes = new Tally("Allocated bytes by type");
  private final Tally allocatingFrames = new Tally("Allocated bytes by top frame");
  private final Tally allocatingOwn =
      new Tally("Allocated bytes by nearest frame of " + OWN_PACKAGES + "*");

  private ProfileSummary() {}

  /** The summary of a recording, as lines of text. */
  public static String of(Path recording) throws IOException {
    ProfileSummary summary = new ProfileSummary();
    try (RecordingFile file = new RecordingFile(recording)) {
      while (file.hasMoreEvents()) {
        summary.add(file.readEvent());
      }
    }
    return summary.toText(recording);
  }

  private void add(RecordedEvent event) {
    RecordedStackTrace stack = event.getStackTrace();
    if (stack == null || stack.getFrames().isEmpty()) {
      return;
    }
    switch (event.getEventType().getName()) {
      case "jdk.ExecutionSample" -> addExecution(event, stack);
      case "jdk.ObjectAllocationSample" -> addAllocation(event, stack);
      default -> {
        // Other events are for a profiler's own view of the recording.
      }
    }
  }

  private void addExecution(RecordedEvent event, RecordedStackTrace stack) {
    RecordedThread thread = event.getThread("sampledThread");
    threads.add(thread == null ? "?" : threadGroup(thread), 1);
    packages.add(packageOf(stack.getFrames().get(0)), 1);
    topFrames.add(name(stack.getFrames().get(0)), 1);
    ownFrames.add(nearestOwn(stack), 1);
    inclusive.addEach(
        stack.getFrames().stream()
            .map(ProfileSummary::name)
            .filter(name -> name.startsWith(OWN_PACKAGES) || name.startsWith(KAFKA_PACKAGES))
            .distinct()
            .toList());
  }

  private void addAllocation(RecordedEvent event, RecordedStackTrace stack) {
    long bytes = event.getLong("weight");
    RecordedClass type = event.getClass("objectClass");
    allocatedTypes.add(type == null ? "?" : type.getName(), bytes);
    allocatingFrames.add(name(stack.getFrames().get(0)), bytes);
    allocatingOwn.add(nearestOwn(stack), bytes);
  }

  private static String threadGroup(RecordedThread thread) {
    String name = Optional.ofNullable(thread.getJavaName()).orElse(thread.getOSName());
    return name.replaceAll("[0-9a-f]{8}-[0-9a-f-]{27}", "*").replaceAll("\\d+", "#");
  }

  private static String name(RecordedFrame frame) {
    return frame.getMethod().getType().getName() + "." + frame.getMethod().getName();
  }

  private static String packageOf(RecordedFrame frame) {
    String type = frame.getMethod().getType().getName();
    int end = type.lastIndexOf('.');
    return end < 0 ? "(none)" : type.substring(0, end);
  }

  private static String nearestOwn(RecordedStackTrace stack) {
    return stack.getFrames().stream()
        .map(ProfileSummary::name)
        .filter(name -> name.startsWith(OWN_PACKAGES) && !name.startsWith(BENCH_PACKAGES))
        .findFirst()
        .orElse("(none)");
  }

  private String toText(Path recording) {
    List<String> lines = new ArrayList<>();
    lines.add("Profile " + recording);
    for (Tally tally :
        List.of(
            threads,
            packages,
            topFrames,
            ownFrames,
            inclusive,
            allocatedTypes,
            allocatingFrames,
            allocatingOwn)) {
      lines.addAll(tally.lines());
    }
    return String.join(System.lineSeparator(), lines);
  }

  private static final class Tally {
    private final String title;
    private final int limit;
    private final Map<String, Long> amounts = new HashMap<>();
    private long total;

    Tally(String title) {
      this(title, LINES);
    }

    Tally(String title, int limit) {
      this.title = title;
      this.limit = limit;
    }

    void add(String name, long amount) {
      amounts.merge(name, amount, Long::sum);
      total += amount;
    }

    /** One sample that counts for several names. */
    void addEach(List<String> names) {
      names.forEach(name -> amounts.merge(name, 1L, Long::sum));
      total++;
    }

    List<String> lines() {
      List<String> lines = new ArrayList<>();
      lines.add("");
      lines.add("%s (%,d in all)".formatted(title, total));
      amounts.entrySet().stream()
          .sorted(Map.Entry.comparingByValue(Comparator.reverseOrder()))
          .limit(limit)
          .forEach(
              entry ->
                  lines.add(
                      "%6.1f %%  %s".formatted(100.0 * entry.getValue() / total, entry.getKey())));
      return lines;
    }
  }
}
