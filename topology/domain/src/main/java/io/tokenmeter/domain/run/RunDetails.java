package io.tokenmeter.domain.run;

import io.tokenmeter.domain.money.Money;
import io.tokenmeter.domain.rollup.WindowCalendar;
import java.util.List;

/** What the steps of a run are made of: their parts, the dearest of them, and their shape. */
public final class RunDetails {
  private static final int MODELS = 16;
  private static final int STEP_NAMES = 32;
  private static final int AGENTS = 16;

  private final Breakdown models;
  private final Breakdown stepNames;
  private final Breakdown agents;
  private final DearestSteps dearest;
  private final StepTree tree;
  private final IdenticalSteps identical;
  private final MinuteCosts minutes;

  RunDetails() {
    models = new Breakdown(MODELS);
    stepNames = new Breakdown(STEP_NAMES);
    agents = new Breakdown(AGENTS);
    dearest = new DearestSteps();
    tree = new StepTree();
    identical = new IdenticalSteps();
    minutes = new MinuteCosts();
  }

  private RunDetails(StateReader in) {
    models = Breakdown.decode(MODELS, in);
    stepNames = Breakdown.decode(STEP_NAMES, in);
    agents = Breakdown.decode(AGENTS, in);
    dearest = DearestSteps.decode(in);
    tree = StepTree.decode(in);
    identical = IdenticalSteps.decode(in);
    minutes = MinuteCosts.decode(in);
  }

  void add(RunStep step) {
    if (!step.correction()) {
      tree.add(step);
    }
    if (step.span()) {
      return;
    }
    if (!step.correction()) {
      identical.add(step);
    }
    models.add(step.model(), step);
    stepNames.add(step.stepName(), step);
    agents.add(step.agent(), step);
    dearest.add(step);
    addToMinute(step);
  }

  private void addToMinute(RunStep step) {
    long minute = WindowCalendar.minuteOf(step.occurredAtMicros());
    CountedStep before = step.counted();
    if (before == null) {
      minutes.add(minute, step.costHigh(), step.costLow());
    } else {
      Money more = Money.of(step.costHigh(), step.costLow()).minus(before.cost());
      minutes.add(minute, more.hi(), more.lo());
    }
  }

  /** Considers a step that was added before for the dearest once more, as it is now. */
  void reconsider(RunStep step) {
    dearest.put(step);
  }

  /** The steps by model. */
  public List<Breakdown.Part> byModel() {
    return models.parts();
  }

  /** The steps by their name. */
  public List<Breakdown.Part> byStepName() {
    return stepNames.parts();
  }

  /** The steps by agent. */
  public List<Breakdown.Part> byAgent() {
    return agents.parts();
  }

  /** The ten steps that cost most, the dearest first. */
  public List<PackedStep> dearestSteps() {
    return dearest.list();
  }

  /** Steps from a root to the deepest step, both counted, and the critical path. */
  public RunShape shape() {
    return tree.shape();
  }

  /** Repetitions of the most repeated step: same name, agent, model and input tokens. */
  public long identicalSteps() {
    return identical.most();
  }

  /** Cost in the dearest minute of the clock. */
  public Money dearestMinute() {
    return minutes.peak();
  }

  void encode(StateWriter out) {
    models.encode(out);
    stepNames.encode(out);
    agents.encode(out);
    dearest.encode(out);
    tree.encode(out);
    identical.encode(out);
    minutes.encode(out);
  }

  static RunDetails decode(StateReader in) {
    return new RunDetails(in);
  }
}
