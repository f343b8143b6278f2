package io.tokenmeter.cli.demo;

import java.time.Instant;
import java.util.List;

/**
 * Agents that hand work on: a planner divides it, researchers work side by side, a writer puts
 * their notes together. Each agent's work is a span of its own.
 *
 * @param plan the planner's request
 * @param research what a researcher does, each step up to {@code times}
 * @param most researchers at most
 * @param write the writer's requests, one after the other
 */
record HandOff(String span, Step plan, List<Step> research, int times, int most, List<Step> write)
    implements RunPlan {

  @Override
  public void write(RunScript run) {
    Span root = run.open(span, null, null, run.start());
    Instant planned = run.request(plan, root, run.start());
    Instant known = planned;
    int researchers = 1 + run.upTo(most - 1);
    for (int i = 0; i < researchers; i++) {
      Instant end = agent(run, root, research, times, planned);
      known = end.isAfter(known) ? end : known;
    }
    run.finish(root, agent(run, root, write, 1, known));
  }

  private static Instant agent(
      RunScript run, Span root, List<Step> steps, int times, Instant start) {
    String agent = steps.get(0).agent();
    Span span = run.open(agent, agent, root, start);
    Instant at = start;
    for (Step step : steps) {
      for (int left = run.upTo(times); left > 0; left--) {
        at = run.request(step, span, at);
      }
    }
    run.close(span, at);
    return at;
  }
}
