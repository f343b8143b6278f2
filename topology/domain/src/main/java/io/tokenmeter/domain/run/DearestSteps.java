package io.tokenmeter.domain.run;

import java.util.ArrayList;
import java.util.List;

/**
 * The dearest steps of a run, at most {@value #BOUND}; the same whatever order they come in: of two
 * that cost the same, the one whose event id sorts first is first.
 *
 * <p>A step that is corrected takes its new place. One that becomes cheaper may leave it to a step
 * that was let go, which is not known any more until it is added again.
 */
final class DearestSteps {
  private static final int BOUND = 10;

  private final List<PackedStep> steps = new ArrayList<>(8);

  void add(RunStep step) {
    if (step.correction()) {
      put(step);
    } else {
      offer(step);
    }
  }

  /** Gives a step that may be here the place that it has now. */
  void put(RunStep step) {
    String id = ShortText.of(step.eventId(), PackedStep.ID_LENGTH);
    steps.removeIf(known -> known.eventId().equals(id));
    offer(step);
  }

  private void offer(RunStep step) {
    if ((step.costHigh() | step.costLow()) == 0) {
      return;
    }
    if (steps.size() == BOUND && compareCost(step, steps.get(BOUND - 1)) < 0) {
      return; // most steps of a long run: no object is made of them
    }
    PackedStep dear = PackedStep.of(step);
    int at = steps.size();
    while (at > 0 && isBefore(dear, steps.get(at - 1))) {
      at--;
    }
    steps.add(at, dear);
    if (steps.size() > BOUND) {
      steps.remove(BOUND);
    }
  }

  private static boolean isBefore(PackedStep one, PackedStep other) {
    int cost = compareCost(one, other);
    return cost > 0 || (cost == 0 && one.eventId().compareTo(other.eventId()) < 0);
  }

  private static int compareCost(RunStep one, RunStep other) {
    return one.costHigh() != other.costHigh()
        ? Long.compare(one.costHigh(), other.costHigh())
        : Long.compareUnsigned(one.costLow(), other.costLow());
  }

  List<PackedStep> list() {
    return List.copyOf(steps);
  }

  void encode(StateWriter out) {
    out.number(steps.size());
    steps.forEach(step -> PackedStep.writeWithinRun(out, step));
  }

  static DearestSteps decode(StateReader in) {
    DearestSteps dearest = new DearestSteps();
    for (int left = in.count(); left > 0; left--) {
      dearest.steps.add(PackedStep.read(in));
    }
    return dearest;
  }
}
