package io.tokenmeter.warehouse.endtoend;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;

/** Usage files of agents at work over two days, always the same ones. */
final class UsageFiles {

  private static final Instant FIRST_DAY = Instant.parse("2026-11-19T08:00:00Z");
  private static final int RUNS = 12;
  private static final int STEPS = 8;
  private static final List<String> MODELS = List.of("gpt-4o", "gpt-4o-mini", "house-llm-7b");

  private static final String NEVER_PRICED = "gpt-5-preview";

  private final Random random = new Random(6);
  private final Path directory;
  private int runs;

  UsageFiles(Path directory) {
    this.directory = directory;
  }

  /**
   * The next file: runs of two workflows, every third of their steps on a model without a price.
   */
  Path next() throws IOException {
    List<String> lines = new ArrayList<>();
    for (int i = 0; i < RUNS; i++) {
      addRun(lines, ++runs);
    }
    return Files.write(directory.resolve("usage-" + runs + ".jsonl"), lines);
  }

  private void addRun(List<String> lines, int run) {
    Instant start = FIRST_DAY.plus(random.nextInt(2 * 24 * 60), ChronoUnit.MINUTES);
    boolean helpdesk = run % 2 == 0;
    for (int step = 1; step <= STEPS; step++) {
      // One request costs more than half a dollar, which raises an alert.
      long input = run == 5 && step == 4 ? 400_000 : 500 + random.nextInt(6_000);
      long output = 1 + random.nextInt(900);
      lines.add(
          """
          {"event_id":"run-%1$d-step-%2$d","occurred_at":"%3$s","provider":"openai","model":"%4$s",\
          "run_id":"run-%1$d","step_id":"s%2$d","step_name":"%5$s","workflow":"%6$s","team":"%7$s",\
          "project":"%6$s-2026","api_key_id":"key-%8$d","customer_id":"customer-%9$d","attempt":1,\
          "input_tokens":%10$d,"cache_read_tokens":%11$d,"output_tokens":%12$d,"latency_ms":%13$d,\
          "extra_units":{"web_searches":%14$d},"tags":{"feature":"answers","it's":"quoted \\"text\\""}%15$s}"""
              .formatted(
                  run,
                  step,
                  start.plusSeconds(20L * step).plus(random.nextInt(1_000_000), ChronoUnit.MICROS),
                  run == 7 ? NEVER_PRICED : MODELS.get((run + step) % MODELS.size()),
                  step % 2 == 0 ? "act" : "think",
                  helpdesk ? "helpdesk" : "research",
                  helpdesk ? "support" : "search",
                  run % 4,
                  run % 5,
                  input,
                  random.nextInt((int) input),
                  output,
                  100 + random.nextInt(9_000),
                  random.nextInt(3),
                  step == STEPS
                      ? ",\"outcome\":\"%s\"".formatted(run % 3 == 0 ? "escalated" : "resolved")
                      : ""));
    }
  }
}
