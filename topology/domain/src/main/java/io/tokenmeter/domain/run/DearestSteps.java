package io.tokenmeter.domain.run;

import java.util.ArrayList;
import java.util.List;

/**
 * The dearest steps of a run, at most {@value #BOUND}; the same whatever order they come in.
 *
 * <p>A step that is corrected takes its new place. One that becomes cheaper may leave it to a step
 * that was let go, which is not known any more until it is added again.
 */
final class DearestSteps {
  private static final int BOUND = 10;

  private final List<DearStep> steps = new ArrayList<>(2);

  void add(RunStep step) {
    if (step.correction()) {
      put(step);
    } else {
      offer(step);
    }
  }

  /** Gives a step that may be here the place that it has now. */
  void put(RunStep step) {
    String id = ShortText.of(step.eventId(), DearStep.ID_LENGTH);
    steps.removeIf(known -> known.eventId().equals(id));
    offer(step);
  }

  private void offer(RunStep step) {
    if ((step.costHigh() | step.costLow()) == 0) {
      return;
    }
    if (steps.size() == BOUND && isCheaperThanLast(step)) {
      return; // most steps of a long run: no object is made of them
    }
    DearStep dear = DearStep.of(step);
    int at = steps.size();
    while (at > 0 && DearStep.ORDER.compare(dear, steps.get(at - 1)) < 0) {
      at--;
    }
    steps.add(at, dear);
    if (steps.size() > BOUND) {
      steps.remove(BOUND);
    }
  }

  private boolean isCheaperThanLast(RunStep step) {
    DearStep last = steps.get(BOUND - 1);
    return step.costHigh() != last.cost().hi()
        ? step.costHigh() < last.cost().hi()
        : Long.compareUnsigned(step.costLow(), last.cost().lo()) < 0;
  }

  List<DearStep> list() {
    return List.copyOf(steps);
  }

  void encode(StateWriter out) {
    out.number(steps.size());
    steps.forEach(step -> step.encode(out));
  }

  static DearestSteps decode(StateReader in) {
    DearestSteps dearest = new DearestSteps();
    for (int left = in.count(); left > 0; left--) {
      dearest.steps.add(DearStep.decode(in));
    }
    return dearest;
  }
}
