package io.tokenmeter.streams.run;

import io.tokenmeter.domain.alert.Finding;
import io.tokenmeter.domain.alert.FindingCodec;
import io.tokenmeter.domain.run.CountedRun;
import io.tokenmeter.domain.run.RunLife;
import io.tokenmeter.streams.Meters;
import java.nio.charset.StandardCharsets;
import java.util.Set;
import org.apache.kafka.streams.processor.api.ProcessorContext;
import org.apache.kafka.streams.processor.api.Record;
import org.jspecify.annotations.Nullable;

/**
 * What a task says of its runs: their records, what they add to their workflows' roll-ups when they
 * close, and findings.
 */
final class RunRecords {
  private final ProcessorContext<Object, byte[]> context;
  private final RunTimes times;
  private final RunStates runs;
  private final TrackRun.Outputs outputs;
  private final Meters meters;
  private final Set<String> successes;
  private final WorkflowRunWriter writer;
  private final RunawayWatch runaways;

  /** Null where runs are not in the roll-ups. */
  private final @Nullable RunStatistics statistics;

  RunRecords(
      ProcessorContext<Object, byte[]> context,
      RunTimes times,
      RunStates runs,
      RunFollowing following,
      TrackRun.Surroundings surroundings) {
    this.context = context;
    this.times = times;
    this.runs = runs;
    outputs = surroundings.outputs();
    meters = surroundings.meters();
    successes = following.successes();
    writer = new WorkflowRunWriter(surroundings.wireHeader());
    runaways = new RunawayWatch(surroundings.policies());
    statistics =
        following.sumPartitions() > 0 ? new RunStatistics(following.sumPartitions()) : null;
  }

  /** Writes a run out, closed if it is over. */
  void write(TrackedRun run) {
    RunLife life = run.state.life();
    if (life.isClosed()) {
      count(run); // a step was corrected since
    } else if (times.isOver(run)) {
      close(run);
    }
    if (run.unwritten) {
      run.unwritten = false; // its revision was taken when it changed
    } else {
      life.nextRevision();
    }
    forward(run.key.get(), writer.value(run.id(), run.state), outputs.runs());
  }

  private void close(TrackedRun run) {
    count(run);
    report(runaways.end(run, times.now()));
    times.expectNoMore(run);
  }

  /** Lets a run that is over count in its workflow's statistics as it is now. */
  private void count(TrackedRun run) {
    RunLife life = run.state.life();
    CountedRun counts = run.state.counts(successes);
    if (statistics != null) {
      statistics.count(life.counted(), counts);
    }
    life.close(counts);
    runs.change(run);
  }

  /** Reports a run that has changed if it is a runaway now. */
  void judge(TrackedRun run) {
    report(runaways.judge(run, times.now()));
  }

  private void report(@Nullable Finding finding) {
    if (finding != null) {
      meters.finding(finding.detector());
      forward(
          finding.subject().toString().getBytes(StandardCharsets.UTF_8),
          FindingCodec.encode(finding),
          outputs.findings());
    }
  }

  /** Hands on what the runs that closed add to the roll-ups. */
  void drainStatistics() {
    if (statistics != null) {
      statistics.drain((partition, sums) -> forward(partition, sums, outputs.sums()));
    }
  }

  private void forward(Object key, byte[] value, String output) {
    context.forward(new Record<>(key, value, context.currentSystemTimeMs()), output);
  }
}
