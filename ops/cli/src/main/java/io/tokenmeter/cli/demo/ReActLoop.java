package io.tokenmeter.cli.demo;

import java.time.Duration;
import java.time.Instant;

/**
 * An agent that thinks, uses a tool, reads the result and thinks again. Each step sends all that
 * came before, so that the context grows, and most of it comes from the cache.
 *
 * @param step the step that is repeated; its input is the first prompt
 * @param result usual size of a tool's result, tokens
 * @param most steps at most
 */
record ReActLoop(String span, Step step, Step last, int result, int most) implements RunPlan {
  private static final int LEAST = 4;
  private static final Duration TOOL = Duration.ofMillis(900);

  @Override
  public void write(RunScript run) {
    Span root = run.open(span, step.agent(), null, run.start());
    int context = run.size(step.input());
    int known = 0;
    Instant at = run.start();
    int steps = Math.max(LEAST, run.upTo(most));
    for (int i = 0; i < steps; i++) {
      Step next = i == steps - 1 ? last : step;
      at = run.request(next.input(context), known, root, at).plus(TOOL);
      known = context;
      context += next.output() + run.size(result);
    }
    run.finish(root, at);
  }
}
