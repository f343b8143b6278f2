package io.tokenmeter.cli.demo;

import io.tokenmeter.schemas.UsageEvent;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.List;
import java.util.PriorityQueue;
import java.util.Random;

/**
 * The company's usage, in the order in which it is reported: runs begin at random, more of them by
 * day, and take as long as their requests do.
 *
 * <p>The same seed gives the same traffic for the same timeline.
 */
final class TrafficGenerator {
  private static final double MICROS_PER_HOUR = 3.6e9;

  private final Random random;
  private final Timeline timeline;
  private final DayCycle cycle;
  private final double size;
  private final PriorityQueue<DueEvent> due = new PriorityQueue<>(DueEvent.IN_TURN);
  private final PriorityQueue<Beginning> beginnings = new PriorityQueue<>();

  /** When the next run of a workflow may begin. */
  private record Beginning(Workflow workflow, Instant at) implements Comparable<Beginning> {
    @Override
    public int compareTo(Beginning other) {
      int byTime = at.compareTo(other.at);
      return byTime == 0 ? workflow.name().compareTo(other.workflow.name()) : byTime;
    }
  }

  /**
   * Traffic from the beginning of a timeline.
   *
   * @param size how many times its usual number of runs the company has
   */
  TrafficGenerator(long seed, Timeline timeline, double size) {
    random = new Random(seed);
    this.timeline = timeline;
    this.size = size;
    // Whenever the demo is started, it shows an afternoon.
    cycle = new DayCycle(timeline.live());
    for (Workflow workflow : Company.workflows(timeline)) {
      boolean isNew = workflow.when() == Workflow.Schedule.NEW;
      beginnings.add(next(workflow, isNew ? timeline.live() : timeline.from()));
    }
  }

  /** What has been reported by a time since the last call. */
  List<UsageEvent> until(Instant time) {
    while (!beginnings.peek().at().isAfter(time)) {
      Beginning beginning = beginnings.poll();
      begin(beginning.workflow(), beginning.at());
      beginnings.add(next(beginning.workflow(), beginning.at()));
    }
    List<UsageEvent> events = new ArrayList<>();
    while (!due.isEmpty() && !due.peek().at().isAfter(time)) {
      events.add(due.poll().event());
    }
    return events;
  }

  /**
   * By chance, at the rate of the busiest hour, of which {@link #begin} leaves some out; but what
   * always reports does so by the clock.
   */
  private Beginning next(Workflow workflow, Instant after) {
    boolean byChance = workflow.when() != Workflow.Schedule.UNTIL_IT_BREAKS;
    double share = byChance ? -Math.log(1 - random.nextDouble()) : 1;
    double hours = share / (workflow.perHour() * size);
    return new Beginning(
        workflow, after.plus(1 + Math.round(hours * MICROS_PER_HOUR), ChronoUnit.MICROS));
  }

  private void begin(Workflow workflow, Instant at) {
    boolean happens =
        switch (workflow.when()) {
          case BY_DAY -> random.nextDouble() < cycle.at(at);
          case UNTIL_IT_BREAKS -> at.isBefore(timeline.invoicesStop());
          case ALWAYS, NEW -> true;
        };
    if (happens) {
      RunScript run = new RunScript(workflow, at, random);
      workflow.plan().write(run);
      due.addAll(run.events());
    }
  }
}
