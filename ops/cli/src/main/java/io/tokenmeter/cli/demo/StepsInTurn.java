package io.tokenmeter.cli.demo;

import java.time.Instant;
import java.util.List;

/**
 * One request after the other, from an application without spans.
 *
 * @param steps in their order
 * @param times how often the first one is made, at most
 */
record StepsInTurn(List<Step> steps, int times) implements RunPlan {

  @Override
  public void write(RunScript run) {
    Instant at = run.start();
    for (int left = run.upTo(times); left > 0; left--) {
      at = run.request(steps.get(0), null, at);
    }
    for (Step step : steps.subList(1, steps.size())) {
      at = run.request(step, null, at);
    }
    run.finish();
  }
}
