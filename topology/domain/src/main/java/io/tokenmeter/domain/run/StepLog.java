package io.tokenmeter.domain.run;

import java.util.LinkedHashMap;
import java.util.Map;

/**
 * The steps of a short run, one after the other as bytes.
 *
 * <p>Most runs are short, and most of what is known of a run is only asked for when it is written
 * out, once or twice in its life. Until then it is one array: cheap to add to, to store and to hold
 * by the ten thousand, where {@link RunDetails} are a hundred objects.
 */
final class StepLog {
  /** Steps, spans and corrections; a run of more than that has {@link RunDetails}. */
  static final int BOUND = 24;

  private final StateWriter steps;
  private int size;

  StepLog() {
    steps = new StateWriter();
  }

  private StepLog(int size, byte[] bytes) {
    this.size = size;
    steps = new StateWriter(bytes);
  }

  boolean isFull() {
    return size == BOUND;
  }

  void add(RunStep step) {
    size++;
    PackedStep.writeWithinRun(steps, step);
  }

  /** What the steps are made of. */
  RunDetails details() {
    RunDetails details = new RunDetails();
    StateReader in = steps.read();
    boolean corrected = false;
    for (int left = size; left > 0; left--) {
      RunStep step = PackedStep.read(in);
      details.add(step);
      corrected |= step.correction();
    }
    if (corrected) {
      // One that became cheaper may have left its place to one that was let go by then.
      latest().values().forEach(details::reconsider);
    }
    return details;
  }

  /** Each step as it was logged last, by its event. */
  private Map<String, RunStep> latest() {
    Map<String, RunStep> latest = new LinkedHashMap<>();
    StateReader in = steps.read();
    for (int left = size; left > 0; left--) {
      RunStep step = PackedStep.read(in);
      latest.put(step.eventId(), step);
    }
    return latest;
  }

  void encode(StateWriter out) {
    out.number(size).bytes(steps);
  }

  static StepLog decode(StateReader in) {
    return new StepLog(in.count(), in.bytes());
  }
}
