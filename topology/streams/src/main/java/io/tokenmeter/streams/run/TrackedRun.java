package io.tokenmeter.streams.run;

import io.tokenmeter.domain.run.RunState;
import java.nio.charset.StandardCharsets;
import org.apache.kafka.common.utils.Bytes;

/** A run that a task has as an object. */
final class TrackedRun {
  /** The run id in UTF-8. */
  final Bytes key;

  final RunState state;

  /** Whether it differs from what the store has. */
  boolean changed;

  /** Whether it differs from what was last written to workflow-runs. */
  boolean unwritten;

  TrackedRun(Bytes key, RunState state) {
    this.key = key;
    this.state = state;
  }

  String id() {
    return new String(key.get(), StandardCharsets.UTF_8);
  }
}
