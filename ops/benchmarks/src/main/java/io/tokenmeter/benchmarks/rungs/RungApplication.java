package io.tokenmeter.benchmarks.rungs;

import io.tokenmeter.benchmarks.process.TotalsCheck;
import java.util.List;

/** One way to do the work. Its progress is seen from outside, by the offsets its group commits. */
public interface RungApplication extends AutoCloseable {

  /** The consumer group whose committed offsets show the progress. */
  String groupId();

  /** Begins to work, in threads of its own. */
  void start();

  /**
   * Whether it has ended by itself; a streams application never does.
   *
   * @throws IllegalStateException if the application has failed
   */
  boolean finished();

  /** Stops; everything processed is committed when it returns. */
  @Override
  void close();

  /** Adds up what was produced and lays it beside the exact totals; after {@link #close}. */
  List<TotalsCheck> checkTotals();
}
