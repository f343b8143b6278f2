package io.tokenmeter.benchmarks;

import io.tokenmeter.benchmarks.workload.Variant;
import java.nio.file.Path;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * What may be chosen about a bench run.
 *
 * @param events events of the workload, resent copies included
 * @param partitions partitions of the topics
 * @param runs how often each rung is run
 * @param variant what is special about the traffic
 * @param rungs which rungs, in this order
 * @param threads consumer or stream threads of a rung
 * @param seed the same seed gives the same events
 * @param idiomaticEvents how many of the events rung (c) processes, at most
 * @param lightEvents how many of the events rung (c') processes, at most
 * @param warmUpShare share of a rung's work that is done before measuring begins
 * @param jvmOptions options of every rung's JVM
 * @param profiles where to write a flight recording of every run and its summary; absent for none
 * @param directory where to keep the processes' files and the broker's data; absent for a temporary
 *     directory that is deleted at the end
 */
public record BenchOptions(
    long events,
    int partitions,
    int runs,
    Variant variant,
    List<Rung> rungs,
    int threads,
    long seed,
    long idiomaticEvents,
    long lightEvents,
    double warmUpShare,
    List<String> jvmOptions,
    @Nullable Path profiles,
    @Nullable Path directory) {

  /** Share of a rung's work that is done before measuring begins, unless chosen otherwise. */
  public static final double DEFAULT_WARM_UP_SHARE = 0.2;

  /** How many of the workload's events a rung processes. */
  public long eventsOf(Rung rung) {
    return switch (rung) {
      case IDIOMATIC_DSL -> Math.min(events, idiomaticEvents);
      case LIGHT_DSL -> Math.min(events, lightEvents);
      case PLAIN_CONSUMER, TRANSACTIONAL_COPY, TOKENMETER_UNWATCHED, TOKENMETER -> events;
    };
  }
}
