package io.tokenmeter.cli.reconcile;

import io.tokenmeter.cli.cluster.Cluster;
import io.tokenmeter.domain.reconcile.Metered;
import java.time.Instant;
import java.util.concurrent.ExecutionException;

/** Adds up what was metered. */
interface MeteredReader {

  /**
   * Reads what was metered in a span of time.
   *
   * @param from its start
   * @param to its end, exclusive
   */
  Metered read(Cluster cluster, Instant from, Instant to)
      throws ExecutionException, InterruptedException;

  /** How many requests were added up. */
  long requests();
}
