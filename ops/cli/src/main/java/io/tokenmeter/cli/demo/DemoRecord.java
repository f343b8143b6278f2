package io.tokenmeter.cli.demo;

import io.tokenmeter.schemas.UsageEvent;
import org.jspecify.annotations.Nullable;

/**
 * One record as the demo's producer sends it.
 *
 * @param key run_id, else event_id
 * @param event the value; null stands for bytes that are no event at all
 */
record DemoRecord(String key, @Nullable UsageEvent event) {

  static DemoRecord of(UsageEvent event) {
    String run = event.getRunId();
    return new DemoRecord(run == null ? event.getEventId() : run, event);
  }
}
