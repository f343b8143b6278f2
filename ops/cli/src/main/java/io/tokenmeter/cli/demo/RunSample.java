package io.tokenmeter.cli.demo;

import io.tokenmeter.schemas.RunStatus;
import io.tokenmeter.schemas.WorkflowRun;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collection;
import java.util.Comparator;
import java.util.List;
import java.util.function.Predicate;

/** A run that is worth a look, and why. */
record RunSample(WorkflowRun run, String about) {
  private static final Comparator<WorkflowRun> MOST_TO_SEE =
      Comparator.comparing(WorkflowRun::getRetries)
          .thenComparing(WorkflowRun::getSteps)
          .thenComparing(WorkflowRun::getRunId);

  /**
   * One of each kind.
   *
   * @param from none that began before is chosen
   */
  static List<RunSample> of(Collection<WorkflowRun> runs, Instant from) {
    List<RunSample> samples = new ArrayList<>();
    add(samples, runs, from, Company.SUPPORT, "retrieval, parallel lookups");
    add(samples, runs, from, Company.RESEARCH, "planner, researchers, writer");
    add(samples, runs, from, Company.REVIEW, "ReAct loop, growing context");
    chosen(runs, from, Company.REVIEW, RunSample::isLost)
        .forEach(run -> samples.add(new RunSample(run, "the same agent, lost")));
    return samples;
  }

  private static void add(
      List<RunSample> samples,
      Collection<WorkflowRun> runs,
      Instant from,
      String workflow,
      String about) {
    chosen(runs, from, workflow, run -> !isLost(run) && run.getStatus() == RunStatus.CLOSED)
        .forEach(run -> samples.add(new RunSample(run, about)));
  }

  private static boolean isLost(WorkflowRun run) {
    return run.getSteps() > DemoGuards.MOST_STEPS;
  }

  private static List<WorkflowRun> chosen(
      Collection<WorkflowRun> runs, Instant from, String workflow, Predicate<WorkflowRun> wanted) {
    return runs.stream()
        .filter(run -> workflow.equals(run.getWorkflow()))
        .filter(run -> !run.getFirstEventAt().isBefore(from) && wanted.test(run))
        .max(MOST_TO_SEE)
        .stream()
        .toList();
  }
}
