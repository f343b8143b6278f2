package io.tokenmeter.cli.demo;

import io.tokenmeter.cli.demo.Workflow.Schedule;
import io.tokenmeter.schemas.UsageEvent;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.PriorityQueue;
import java.util.Random;

/**
 * What goes wrong at the company beside its traffic: a request that reads a whole archive, an agent
 * that takes the same step again and again, and strangers who use a leaked key.
 */
final class DemoFaults {
  private static final int LOOPS = 150;
  private static final Duration LOOP_EVERY = Duration.ofSeconds(6);
  private static final Duration STRANGER_EVERY = Duration.ofSeconds(20);

  private final Random random;
  private final PriorityQueue<DueEvent> due = new PriorityQueue<>(DueEvent.IN_TURN);

  /**
   * The faults of a timeline.
   *
   * @param size how many times its usual number of runs the company has
   */
  DemoFaults(long seed, Timeline timeline, double size) {
    // Not the traffic's own numbers, or its ids would be given out twice.
    random = new Random(~seed);
    Instant archive = timeline.archiveRead();
    Instant loop = timeline.agentLoops();
    add(workflow(Company.RESEARCH, "insights", "research", "key-research"), archive, archive());
    add(workflow(Company.REVIEW, "platform", "devtools", "key-devtools-ci"), loop, lostAgent());
    addStrangers(timeline, size);
  }

  /** The events that have become due since the last call. */
  List<UsageEvent> until(Instant time) {
    List<UsageEvent> events = new ArrayList<>();
    while (!due.isEmpty() && !due.peek().at().isAfter(time)) {
      events.add(due.poll().event());
    }
    return events;
  }

  private void add(Workflow workflow, Instant at, RunPlan plan) {
    RunScript run = new RunScript(workflow, at, random);
    plan.write(run);
    due.addAll(run.events());
  }

  private static RunPlan archive() {
    Step read =
        Step.of("read-archive", "researcher", Company.ANTHROPIC, "claude-opus-4-6", 180_000, 2000);
    return run -> run.request(read, 0, null, run.start());
  }

  /** It reads the same file, forgets it, and reads it again. */
  private static RunPlan lostAgent() {
    Step think = Company.reviewStep().input(3000);
    return run -> {
      Span root = run.open("review", think.agent(), null, run.start());
      for (int i = 0; i < LOOPS; i++) {
        run.request(think, 2500, root, run.start().plus(LOOP_EVERY.multipliedBy(i)));
      }
      run.finish(root, run.start().plus(LOOP_EVERY.multipliedBy(LOOPS)));
    };
  }

  /** Whoever finds a key asks for what is expensive. */
  private void addStrangers(Timeline timeline, double size) {
    Workflow none = workflow("", "commerce", "storefront", Company.LEAKED_KEY);
    Step chat = Step.of("", "", Company.OPENAI, "gpt-4.1", 4000, 900);
    Duration every = Duration.ofMillis(Math.round(STRANGER_EVERY.toMillis() / size));
    for (Instant at = timeline.keyLeaks(); at.isBefore(timeline.leakStops()); at = at.plus(every)) {
      RunScript run = new RunScript(none, at, random);
      run.request(chat, null, at);
      run.events().forEach(strange -> due.add(new DueEvent(strange.at(), anonymous(strange))));
    }
  }

  /** Strangers say nothing of who they are. */
  private static UsageEvent anonymous(DueEvent strange) {
    UsageEvent event = strange.event();
    event.setWorkflow(null);
    event.setRunId(null);
    event.setStepId(null);
    event.setStepName(null);
    event.setAgent(null);
    event.setAttempt(null);
    event.setRetryOf(null);
    return event;
  }

  private static Workflow workflow(String name, String team, String project, String key) {
    return new Workflow(name, team, project, key, 0, 0, Schedule.BY_DAY, run -> {});
  }
}
