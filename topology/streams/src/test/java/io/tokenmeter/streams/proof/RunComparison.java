package io.tokenmeter.streams.proof;

import io.tokenmeter.schemas.RunPart;
import io.tokenmeter.schemas.WorkflowRun;
import java.math.BigDecimal;
import java.util.HashMap;
import java.util.Map;

/** Holds the latest record of each run against its events. */
final class RunComparison {
  private final Map<String, ExpectedRun> expected = new HashMap<>();
  private final OutputLedger output;

  RunComparison(InputLedger input, ReferencePrices prices, OutputLedger output) {
    this.output = output;
    for (InputEvent event : input.events().values()) {
      if (event.run() != null) {
        expected
            .computeIfAbsent(event.run(), id -> new ExpectedRun())
            .add(event, prices.cost(event));
      }
    }
  }

  void addTo(Differences differences) {
    expected.forEach(
        (id, run) -> {
          WorkflowRun found = output.runs().get(id);
          if (found == null) {
            differences.add("no record of run " + id);
          } else {
            compare("run " + id, run, found, differences);
          }
        });
    output.runs().keySet().stream()
        .filter(id -> !expected.containsKey(id))
        .forEach(id -> differences.add("a run of no event: " + id));
  }

  private static void compare(
      String of, ExpectedRun run, WorkflowRun found, Differences differences) {
    differences.compare("cost", of, run.cost, found.getCostUsd());
    differences.compare("cost of retries", of, run.retryCost, found.getRetryCostUsd());
    differences.compare("cost by model", of, run.costByModel, byModel(found));
    differences.compare("steps", of, run.steps, found.getSteps());
    differences.compare("spans", of, run.spans, found.getSpans());
    differences.compare("errors", of, run.errors, found.getErrors());
    differences.compare("retries", of, run.retries, found.getRetries());
    differences.compare("unpriced", of, run.unpriced, found.getUnpricedSteps());
    differences.compare("input tokens", of, run.input, found.getInputTokens());
    differences.compare("cache reads", of, run.cacheRead, found.getCacheReadTokens());
    differences.compare("output tokens", of, run.output, found.getOutputTokens());
    differences.compare("latency", of, run.latency, found.getLatencyMs());
    differences.compare("first event", of, run.first, found.getFirstEventAt());
    differences.compare("last event", of, run.last, found.getLastEventAt());
    differences.compare("depth", of, run.depth(), found.getDepth());
    differences.compare("critical path", of, run.criticalPath(), found.getCriticalPathMs());
  }

  private static Map<String, BigDecimal> byModel(WorkflowRun run) {
    Map<String, BigDecimal> costs = new HashMap<>();
    for (RunPart part : run.getByModel()) {
      costs.put(part.getName(), part.getCostUsd());
    }
    return costs;
  }
}
